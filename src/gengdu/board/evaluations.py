"""The national evaluations of the live registers, at any day and state of knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from gengdu.analytics import readings
from gengdu.analytics.quality_balance import resources, school_rows, verdict
from gengdu.analytics.quality_balance.resources import INDICATORS, Rules
from gengdu.analytics.quality_balance.verdict import Evaluation, SchoolVerdict
from gengdu.analytics.readings import NOTHING, Chosen
from gengdu.analytics.run import Moment
from gengdu.analytics.verdicts import Verdict
from gengdu.board.live import LiveIndicators, indicators
from gengdu.board.school_resources import words
from gengdu.kernel.quantities import shown

STAGES = {"primary": _("小学"), "junior": _("初中")}
STANDINGS = {Verdict.MET: "met", Verdict.UNMET: "late", Verdict.UNKNOWN: "unknown"}
"""The class of colour that a verdict goes by, as promises do."""


@dataclass(frozen=True)
class Cell:
    """One indicator of one stage of a school, as the matrix shows it."""

    name: str
    short: str
    shown: str
    is_met: bool | None
    is_kept: bool
    is_borderline: bool
    missing: str


@dataclass(frozen=True)
class Line:
    """One stage of a school in the matrix."""

    school_id: int
    verdict: SchoolVerdict
    stage_key: str
    stage: str
    standing: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class District:
    """How the district stands.

    Attributes:
        rows: What was evaluated.
        school_ids: The id of the school of each row.
        areas: The town of each school, by the school's name.
    """

    evaluation: Evaluation
    rows: Sequence[school_rows.SchoolRow]
    school_ids: dict[int, int]
    areas: dict[str, str]
    floor: Fraction

    def id_of(self, one: SchoolVerdict) -> int:
        """Return the id of the school of a verdict."""
        return self.school_ids[one.stage.row.row]

    @property
    def lines(self) -> list[Line]:
        """The matrix: schools that fail first, then those not known, then the others."""
        order = [Verdict.UNMET, Verdict.UNKNOWN, Verdict.MET]
        found = sorted(self.evaluation.schools, key=lambda one: order.index(one.verdict))
        return [self._line(one) for one in found]

    def _line(self, one: SchoolVerdict) -> Line:
        row = one.stage.row
        return Line(
            self.id_of(one), one, row.stage.value, str(STAGES[row.stage.value]),
            STANDINGS[one.verdict], tuple(_cell(one, name, self.floor) for name in INDICATORS),
        )  # fmt: skip

    @property
    def stages(self) -> list[dict[str, Any]]:
        """The two stages with mean, coefficient and limit of each indicator."""
        return [
            {
                "found": stage, "label": STAGES[stage.stage.value],
                "standing": STANDINGS[stage.verdict],
                "composite": shown(stage.composite, verdict.COEFFICIENT),
                "limit": shown(stage.limit, verdict.COEFFICIENT),
                "rows": [
                    {
                        "name": name,
                        "label": verdict.NAMES_ZH[name],
                        "mean": shown(spread.mean if spread else None, "per_pupil"),
                        "coefficient": shown(
                            spread.coefficient if spread else None, verdict.COEFFICIENT
                        ),
                        "percent": _percent(spread, stage.limit),
                        "is_within": spread.is_within(stage.limit) if spread else None,
                        "is_borderline": name in stage.borderline,
                    }
                    for name, spread in stage.spreads.items()
                ],
            }
            for stage in self.evaluation.stages
        ]  # fmt: skip


def _percent(spread: verdict.Spread | None, limit: Fraction) -> float:
    """Return a coefficient in percent of the scale, whose middle is the limit."""
    coefficient = spread.coefficient if spread else None
    return min(100.0, float(coefficient / limit) * 50) if coefficient is not None else 0.0


def _cell(one: SchoolVerdict, name: str, floor: Fraction) -> Cell:
    measured, short = one.stage.measured[name], str(words.SHORT[name])
    if measured is None:
        return Cell(name, short, "—", None, False, False, "")
    missing = shown(measured.missing, "per_pupil") if measured.missing else ""
    unit = words.COUNTED_IN[name]
    return Cell(
        name, short, words.two_places(measured.value), measured.is_met,
        measured.is_at_floor(floor),
        name in one.borderline, f"{missing} {unit}" if missing else "",
    )  # fmt: skip


def quality_balance(moment: Moment, *, strict: bool = False, chosen: Chosen = NOTHING) -> District:
    """Return how the district stands in the resource part of 优质均衡.

    Args:
        moment: The day, and the day whose knowledge counts.
        strict: Whether the relaxation for visiting teachers is left out.
        chosen: Readings that are asked for instead of the settings'.

    Raises:
        school_rows.Faulty: If the registers contradict themselves.
    """

    def made(live: LiveIndicators) -> District:
        table = live.relation(resources.RELATION, moment, order="school_id, stage").to_pylist()
        rows = school_rows.of_records(table)
        rules = Rules.on(moment.on, strict=strict, chosen=chosen)
        ids = {number: int(one["school_id"]) for number, one in enumerate(table, start=1)}
        areas = {str(one["school"]): str(one["town_id"]) for one in table}
        found = verdict.evaluate(resources.assess(rows, rules), rules)
        return District(found, rows, ids, areas, rules.floor)

    coefficient = readings.reading("coefficient", chosen, moment.on)
    return indicators.shown(("quality_balance", moment, strict, coefficient), made)
