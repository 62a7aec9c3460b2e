"""One indicator of one stage: every school on one scale, and its part in the coefficient."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gengdu.analytics.quality_balance import resources, spreading, verdict
from gengdu.analytics.quality_balance.resources import Rules
from gengdu.analytics.quality_balance.school_rows import Stage
from gengdu.analytics.quality_balance.spreading import Part
from gengdu.analytics.quality_balance.verdict import SchoolVerdict
from gengdu.board.evaluations import District
from gengdu.board.school_resources import words
from gengdu.kernel.quantities import shown

ROOM_ABOVE = Fraction(21, 20)
"""The scale ends a little above the largest value."""


@dataclass(frozen=True)
class Bar:
    """One school on the scale; lengths are percent of the scale.

    Attributes:
        part: Its part in the variance; None where the coefficient is not known.
    """

    school_id: int
    school: SchoolVerdict
    value: str
    length: float
    is_met: bool | None
    is_kept: bool
    missing: str
    part: Part | None

    @property
    def part_shown(self) -> str:
        """Its share of the variance."""
        return shown(self.part.of_variance if self.part else None, "share")

    @property
    def part_percent(self) -> float:
        """Its share of the variance, in percent."""
        return float(self.part.of_variance) * 100 if self.part else 0.0

    @property
    def weight_shown(self) -> str:
        """Its share of the pupils."""
        return shown(self.part.weight if self.part else None, "share")


def of(found: District, stage: Stage, name: str, rules: Rules) -> dict[str, Any]:
    """Return what the page of an indicator shows; the bars stand lowest first."""
    judged = next(one for one in found.evaluation.stages if one.stage == stage)
    spread = judged.spreads[name]
    parts = spreading.parts(found.evaluation, stage, name, is_weighted=rules.is_weighted)
    first = spreading.first_to_move(parts)
    line = rules.lines[stage][name]
    scale = _scale(found, stage, name, line)
    return {
        "judged": judged,
        "is_weighted": rules.is_weighted,
        "name": name,
        "full_name": words.full(name),
        "bars": _bars(found, stage, name, rules, scale, parts),
        "line": shown(line, "per_pupil"),
        "floor": shown(line * rules.floor, "per_pupil"),
        "line_at": float(line / scale * 100),
        "floor_at": float(line * rules.floor / scale * 100),
        "mean_at": float(spread.mean / scale * 100) if spread else None,
        "mean": shown(spread.mean if spread else None, "per_pupil"),
        "deviation": shown(spread.deviation if spread else None, "per_pupil"),
        "coefficient": shown(spread.coefficient if spread else None, verdict.COEFFICIENT),
        "limit": shown(judged.limit, verdict.COEFFICIENT),
        "is_within": spread.is_within(judged.limit) if spread else None,
        "is_borderline": name in judged.borderline,
        "first": first,
        "first_id": found.id_of(first.school) if first else None,
        "first_part": shown(first.of_variance if first else None, "share"),
        "first_without": shown(first.without if first else None, verdict.COEFFICIENT),
        "moved_within": bool(first and first.without is not None and first.without <= judged.limit),
    }


def _scale(found: District, stage: Stage, name: str, line: Fraction) -> Fraction:
    values = [
        measured.value
        for one in found.evaluation.schools
        if one.stage.row.stage == stage and (measured := one.stage.measured[name]) is not None
    ]
    return max([*values, line]) * ROOM_ABOVE


def _bars(
    found: District, stage: Stage, name: str, rules: Rules, scale: Fraction,
    parts: tuple[Part, ...],
) -> list[Bar]:  # fmt: skip
    of_row = {part.school.stage.row.row: part for part in parts}
    schools = [one for one in found.evaluation.schools if one.stage.row.stage == stage]
    bars = [_bar(found, one, name, rules, scale, of_row.get(one.stage.row.row)) for one in schools]
    return sorted(bars, key=lambda bar: (bar.is_met is not None, bar.length))


def _bar(
    found: District, one: SchoolVerdict, name: str, rules: Rules, scale: Fraction,
    part: Part | None,
) -> Bar:  # fmt: skip
    measured = one.stage.measured[name]
    if measured is None:
        return Bar(found.id_of(one), one, "—", 0.0, None, False, "", None)
    return Bar(
        found.id_of(one), one, words.two_places(measured.value),
        float(measured.value / scale * 100), measured.is_met,
        not measured.is_met and measured.value >= rules.floor * measured.line,
        words.amount(measured.missing, name) if measured.missing else "", part,
    )  # fmt: skip


def known_name(name: str) -> bool:
    """Tell whether an address names one of the seven."""
    return name in resources.INDICATORS
