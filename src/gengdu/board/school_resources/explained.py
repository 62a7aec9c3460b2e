"""One school in plain words: what it reaches, what it lacks, and what it would lose first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gengdu.analytics.quality_balance import margins, spreading
from gengdu.analytics.quality_balance.margins import Margin
from gengdu.analytics.quality_balance.resources import INDICATORS, Rules
from gengdu.analytics.quality_balance.verdict import NAMES_ZH, SchoolVerdict
from gengdu.analytics.verdicts import Verdict
from gengdu.board.evaluations import STAGES, STANDINGS, District
from gengdu.board.school_resources import words
from gengdu.kernel.quantities import shown

MOST_SAID = 3
"""How many of what would be lost first are said."""


@dataclass(frozen=True)
class Standing:
    """One indicator of one stage of the school, as its row shows it.

    Attributes:
        word: met, kept (below the line, not below the floor), below, or unknown.
        of_line: Length of the bar, in percent of twice the line.
    """

    name: str
    label: str
    number: str
    word: str
    value: str
    line: str
    floor: str
    resource: str
    pupils: str
    of_line: float
    said: str
    part: str
    is_borderline: bool


@dataclass(frozen=True)
class Explained:
    """One stage of the school."""

    school: SchoolVerdict
    label: str
    standing: str
    rows: tuple[Standing, ...]
    sentences: tuple[str, ...]
    first_lost: tuple[str, ...]


def stages(found: District, school_id: int, rules: Rules) -> list[Explained]:
    """Return every assessed stage of a school; none where it is not assessed."""
    own = [one for one in found.evaluation.schools if found.id_of(one) == school_id]
    return [_explained(found, one, rules) for one in own]


def _explained(found: District, one: SchoolVerdict, rules: Rules) -> Explained:
    made = margins.margins(one, rules)
    lost = [words.falling(margin) for margin in margins.tightest(made)[:MOST_SAID]]
    return Explained(
        one, str(STAGES[one.stage.row.stage.value]), STANDINGS[one.verdict],
        tuple(_row(found, one, name, made.get(name), rules) for name in INDICATORS),
        tuple(_sentences(one, made)), tuple(lost),
    )  # fmt: skip


def _row(
    found: District, one: SchoolVerdict, name: str, margin: Margin | None, rules: Rules
) -> Standing:
    line = rules.lines[one.stage.row.stage][name]
    common = (shown(line, "per_pupil"), shown(line * rules.floor, "per_pupil"))
    if margin is None:
        return Standing(name, NAMES_ZH[name], words.NUMBERS[name], "unknown", "—", *common,
                        "—", "—", 0.0, _("未报"), "—", False)  # fmt: skip
    measured = margin.measured
    word = "met" if measured.is_met else "kept" if margin.is_at_floor else "below"
    return Standing(
        name, NAMES_ZH[name], words.NUMBERS[name], word, words.two_places(measured.value),
        *common, shown(measured.resource, "per_pupil"), shown(measured.pupils, "per_pupil"),
        min(100.0, float(margin.of_line) * 50), words.lacking(margin) or words.sparing(margin),
        _part(found, one, name, rules), name in one.borderline,
    )  # fmt: skip


def _part(found: District, one: SchoolVerdict, name: str, rules: Rules) -> str:
    parts = spreading.parts(
        found.evaluation, one.stage.row.stage, name, is_weighted=rules.is_weighted
    )
    part = next((part for part in parts if part.school is one), None)
    return shown(part.of_variance if part else None, "share")


def _sentences(one: SchoolVerdict, made: Mapping[str, Margin]) -> list[str]:
    """Return the verdict in words: how many are met, which is not, and what it takes."""
    unmet = [margin for margin in made.values() if not margin.measured.is_met]
    blank = [NAMES_ZH[name] for name in INDICATORS if name not in made]
    met = [NAMES_ZH[name] for name, margin in made.items() if margin.measured.is_met]
    said = [_("达到数值的有 %(count)s 项：%(names)s。") % {
        "count": len(met), "names": "、".join(met) or _("无"),
    }]  # fmt: skip
    said += [_of_unmet(margin) for margin in unmet]
    if blank:
        said.append(_("未报的有：%(names)s，未报不当作零，也不当作达标。") % {
            "names": "、".join(blank),
        })  # fmt: skip
    said.append(_conclusion(one, unmet))
    return said


def _of_unmet(margin: Margin) -> str:
    share = shown(margin.of_line, "share")
    said = {
        "name": NAMES_ZH[margin.name], "share": share, "lacking": words.lacking(margin),
        "floor": shown(margin.floor_share, "share"),
        "above": shown(margin.of_line - margin.floor_share, "share").removesuffix("%"),
    }  # fmt: skip
    if margin.is_at_floor:
        told = _("%(name)s为数值的 %(share)s，高出 %(floor)s 线 %(above)s 个百分点；%(lacking)s。")
    else:
        told = _("%(name)s为数值的 %(share)s，低于 %(floor)s 线；%(lacking)s。")
    return told % said


def _conclusion(one: SchoolVerdict, unmet: list[Margin]) -> str:
    if one.verdict == Verdict.UNKNOWN:
        return _("补报以后才能判定。")
    if one.verdict == Verdict.MET:
        return _("七项全部达到，达标。") if not unmet else _("六项达到，其余一项不低于底线，达标。")
    if len(unmet) == 1:
        return _("有一项低于底线，未达标。")
    return _("应有六项达到，未达到的有 %(count)s 项，未达标。") % {"count": len(unmet)}
