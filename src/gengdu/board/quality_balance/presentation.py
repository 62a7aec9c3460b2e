"""How the items of 优质均衡 are shown: words, lines with the grade of their source, links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gengdu.analytics.quality_balance.conclusion import Conclusion, Judged, read_otherwise
from gengdu.analytics.quality_balance.finding import Asked, AtSchool
from gengdu.analytics.quality_balance.item_list import GROUPS, VETO
from gengdu.analytics.quality_balance.resources import Rules, assess
from gengdu.analytics.quality_balance.verdict import evaluate
from gengdu.analytics.readings import COEFFICIENT, QUALITY_BALANCE, Chosen, reading
from gengdu.analytics.verdicts import Verdict
from gengdu.board.evaluations import STAGES, STANDINGS, District
from gengdu.board.quality_balance.standing import Standing
from gengdu.kernel.quantities import COMPARISON_SIGNS, shown
from gengdu.policy import facts

GROUPS_ZH = {
    "guarantee": _("政府保障程度"),
    "quality": _("教育质量"),
    "recognition": _("社会认可度"),
    VETO: _("一票否决"),
}
WORDS = {Verdict.MET: _("达到"), Verdict.UNMET: _("未达到"), Verdict.UNKNOWN: _("未报")}
WORDS_OF_VETO = {
    Verdict.MET: _("未发生"), Verdict.UNMET: _("发生"), Verdict.UNKNOWN: _("未报")
}  # fmt: skip
"""A veto names what must not happen: 弄虚作假 “达到” would read the wrong way round."""
SIGNS = {Verdict.MET: "●", Verdict.UNMET: "✕", Verdict.UNKNOWN: "？"}
STATEMENTS = "balance_statements"
REGISTERS = {
    **dict.fromkeys(("g03", "g06", "g13", "q1", "q4"), "facilities"),
    **dict.fromkeys(("g07", "g08", "g11", "g14", "g15", "q2"), "county"),
    "q9": "monitoring_results",
    "s1": "recognition_surveys",
}
"""The register in which the figures of an item are kept, where it is not the people's own."""
OF_THE_DISTRICT = frozenset({"county", "monitoring_results", "recognition_surveys", STATEMENTS})


@dataclass(frozen=True)
class Line:
    """One number that an item is held against."""

    name: str
    label: str
    shown: str
    grade: str


@dataclass(frozen=True)
class Other:
    """What a disputed item comes to in a reading that is not shown."""

    words: str
    said: str
    standing: str
    sign: str
    word: str


@dataclass(frozen=True)
class Row:
    """One item in the list, with what other readings of it would give."""

    judged: Judged
    standing: str
    sign: str
    word: str
    lines: tuple[Line, ...]
    register: str
    others: tuple[Other, ...] = ()

    @property
    def summary(self) -> str:
        """What it comes to, in one line; a veto by what was stated, its word stands beside."""
        judged = self.judged
        if judged.item.is_veto and judged.said_zh and judged.statement is not None:
            stated = judged.statement
            told = stated.text_zh or (judged.item.statement_zh if stated.holds else self.word)
            return f"{told}（{stated.year} 年）"
        return judged.said_zh


def page(found: Standing, sees_records: bool) -> dict[str, Any]:
    """Return what the list of items shows."""
    concluded = found.conclusion
    return {
        "found": found,
        "overall": _mark(concluded.verdict),
        "resources": _mark(concluded.resources),
        "other_coefficients": other_coefficients(
            found.district, found.moment.on, strict=found.asked.strict,
            chosen=found.asked.readings,
        ),
        "groups": [
            {
                "key": group,
                "label": GROUPS_ZH[group],
                "mark": _mark(concluded.verdict_of(group), is_veto=group == VETO),
                "met": sum(one.verdict == Verdict.MET for one in concluded.of_group(group)),
                "rows": [_row(one, found, sees_records) for one in concluded.of_group(group)],
            }
            for group in GROUPS
        ],
        "unreported": unreported(concluded),
        "sees_records": sees_records,
    }  # fmt: skip


def one(judged: Judged, found: Standing, sees_records: bool) -> dict[str, Any]:
    """Return what the page of one item shows: schools that fail first, then those not known."""
    finding = judged.finding
    order = [Verdict.UNMET, Verdict.UNKNOWN, Verdict.MET]
    schools = sorted(finding.schools if finding else (), key=lambda at: order.index(at.verdict))
    return {
        "row": _row(judged, found, sees_records),
        "group": GROUPS_ZH[judged.item.group],
        "measures": finding.measures if finding else (),
        "schools": [(at, _mark(at.verdict)) for at in schools],
        "labels": _labels(schools),
        "setting": next(
            (one.setting for one in QUALITY_BALANCE if one.item == judged.item.key), ""
        ),
        "sees_records": sees_records,
    }


def _labels(schools: Sequence[AtSchool]) -> bool:
    """Tell whether a school may have several numbers, which then say what they are."""
    return any(len(at.measures) > 1 for at in schools)


def unreported(concluded: Conclusion) -> list[tuple[Judged, str]]:
    """Return everything that was not reported, item by item."""
    return [(judged, text) for judged in concluded.judged for text in judged.missing_zh]


def other_coefficients(
    district: District, on: date, *, strict: bool, chosen: Chosen
) -> list[dict[str, str]]:
    """Return what resources come to where the coefficient is read otherwise.

    Args:
        district: As it is shown.
        on: The day whose rules hold.
        strict: Whether the relaxation for visiting teachers is left out.
        chosen: The readings that are shown.
    """
    others = COEFFICIENT.others(reading(COEFFICIENT.key, chosen, on))
    return [
        _read_as(number, district, Rules.on(on, strict=strict, chosen={COEFFICIENT.key: number}))
        for number in others
    ]


def _read_as(number: int, district: District, rules: Rules) -> dict[str, str]:
    other = evaluate(assess(district.rows, rules), rules)
    said = [f"{STAGES[one.stage.value]}：{one.reason_zh}" for one in other.stages]
    words = {"words": COEFFICIENT.readings[number], "said": "；".join(said)}
    return words | _mark(other.verdict)


def _others(judged: Judged, asked: Asked) -> tuple[Other, ...]:
    dispute = next((one for one in QUALITY_BALANCE if one.item == judged.item.key), None)
    if dispute is None:
        return ()
    return tuple(
        Other(dispute.readings[number], other.said_zh, **_mark(other.verdict))
        for number, other in read_otherwise(asked, judged).items()
    )


def _row(judged: Judged, found: Standing, sees_records: bool) -> Row:
    mark = _mark(judged.verdict, is_veto=judged.item.is_veto)
    lines = tuple(_line(name, found.moment.on) for name in judged.item.facts)
    register = REGISTERS.get(judged.item.key, "")
    if register in OF_THE_DISTRICT and not sees_records:
        register = ""
    others = _others(judged, found.asked)
    return Row(judged, mark["standing"], mark["sign"], mark["word"], lines, register, others)


def _line(name: str, on: date) -> Line:
    fact = facts.fact(name)
    value = fact.on(on)
    sign = COMPARISON_SIGNS.get(fact.compare, "")
    number = shown(value.value, fact.unit)
    return Line(name, fact.label_zh, f"{sign} {number}", value.grade or "")


def _mark(verdict: Verdict, *, is_veto: bool = False) -> dict[str, str]:
    words = WORDS_OF_VETO if is_veto else WORDS
    return {
        "standing": STANDINGS[verdict],
        "sign": SIGNS[verdict],
        "word": str(words[verdict]),
    }
