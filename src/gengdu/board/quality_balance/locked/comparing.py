"""What was reported beside what is known now: school by school, item by item, differences first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gengdu.analytics.quality_balance.item_list import GROUPS, VETO, item
from gengdu.analytics.quality_balance.resources import INDICATORS
from gengdu.analytics.quality_balance.school_rows import STAGES_ZH
from gengdu.analytics.quality_balance.verdict import COEFFICIENT, NAMES_ZH
from gengdu.analytics.verdicts import MARKED_VETO_ZH, MARKED_ZH, Verdict
from gengdu.board.quality_balance.presentation import GROUPS_ZH
from gengdu.board.quality_balance.report import Content, number
from gengdu.kernel.quantities import rounded, shown

NOT_THERE = "没有列入"


@dataclass(frozen=True)
class Pair:
    """One figure, reported and known now.

    Attributes:
        whose: The school, the stage or the item.
        what: Which figure of it.
        unit: In which both are shown.
        change: Known now less reported, as both are printed; empty where either is no number.
    """

    whose: str
    what: str
    reported: str
    now: str
    differs: bool
    change: str = ""

    @property
    def is_only_beyond_print(self) -> bool:
        """Whether the two differ, but not in the places that are printed."""
        return self.differs and self.reported == self.now


def compare(reported: Content, now: Content) -> list[Pair]:
    """Return every figure of both, those that differ first."""
    pairs = [*_verdicts(reported, now), *_stages(reported, now), *_schools(reported, now),
             *_items(reported, now)]  # fmt: skip
    return sorted(pairs, key=lambda pair: not pair.differs)


def rules_changed(reported: Content, now: Content) -> list[Pair]:
    """Return the rules that hold now otherwise than when it was locked."""
    then = {one["name"]: one for one in reported["rules"]}
    today = {one["name"]: one for one in now["rules"]}
    found = []
    for name in sorted(then.keys() | today.keys()):
        before, after = (side.get(name) for side in (then, today))
        if before != after:
            label = (after or before or {}).get("label", name)
            found.append(Pair(label, name, _rule(before), _rule(after), True))
    return found


def _rule(one: Mapping[str, Any] | None) -> str:
    if one is None:
        return "没有"
    value = number(one["value"])
    return f"{'' if value is None else f'{float(value):g}'}（{one['grade'] or '原文'}）"


def _pair(whose: str, what: str, before: str | None, after: str | None, unit: str) -> Pair:
    then, today = number(before), number(after)
    change = ""
    if then is not None and today is not None and then != today:
        # Of the printed numbers: beside them no other difference adds up.
        change = _signed(rounded(today, unit) - rounded(then, unit), unit)
    return Pair(whose, what, shown(then, unit), shown(today, unit), then != today, change)


def _signed(change: Fraction, unit: str) -> str:
    return (("+" if change > 0 else "-") + shown(abs(change), unit)) if change else ""


def word(verdict: str, *, is_veto: bool = False) -> str:
    """Return a verdict as people read it, with its sign."""
    return (MARKED_VETO_ZH if is_veto else MARKED_ZH)[Verdict(verdict)]


def _verdicts(reported: Content, now: Content) -> Iterator[Pair]:
    named = [("全区", "结论", "verdict"), ("全区", "资源配置", "resources")]
    for whose, what, key in named:
        yield Pair(whose, what, word(reported[key]), word(now[key]),
                   reported[key] != now[key])  # fmt: skip
    for group in GROUPS:
        before, after = reported["groups"][group], now["groups"][group]
        words = [word(one, is_veto=group == VETO) for one in (before, after)]
        yield Pair("全区", str(GROUPS_ZH[group]), words[0], words[1], before != after)


def _stages(reported: Content, now: Content) -> Iterator[Pair]:
    then = {one["stage"]: one for one in reported["stages"]}
    today = {one["stage"]: one for one in now["stages"]}
    for stage, label in STAGES_ZH.items():
        before, after = then.get(stage, {}), today.get(stage, {})
        if not before and not after:
            continue
        whose = f"全区{label}"
        for what, key in (("学校", "schools"), ("达标学校", "passed"), ("学生", "pupils")):
            yield _pair(whose, what, _text(before.get(key)), _text(after.get(key)), "pupils")
        for name in INDICATORS:
            for what, key, unit in (("均值", "means", "per_pupil"),
                                    ("差异系数", "coefficients", COEFFICIENT)):  # fmt: skip
                first, second = (side.get(key, {}).get(name) for side in (before, after))
                yield _pair(whose, f"{NAMES_ZH[name]}{what}", first, second, unit)


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def _schools(reported: Content, now: Content) -> Iterator[Pair]:
    then = {_key(one): one for one in reported["schools"]}
    today = {_key(one): one for one in now["schools"]}
    for key in dict.fromkeys([*then, *today]):
        before, after = then.get(key), today.get(key)
        some = before or after
        assert some is not None
        whose = f"{some['school']}（{STAGES_ZH[some['stage']]}）"
        if before is None or after is None:
            sides = ["列入" if side else NOT_THERE for side in (before, after)]
            yield Pair(whose, "是否列入", sides[0], sides[1], True)
            continue
        yield Pair(whose, "判定", word(before["verdict"]), word(after["verdict"]),
                   before["verdict"] != after["verdict"])  # fmt: skip
        yield _pair(whose, "学生", str(before["pupils"]), str(after["pupils"]), "pupils")
        for name in INDICATORS:
            values = (before["values"][name], after["values"][name])
            yield _pair(whose, NAMES_ZH[name], *values, "per_pupil")


def _key(school: Mapping[str, Any]) -> tuple[object, str]:
    return school["school_id"] or school["school"], school["stage"]


def _items(reported: Content, now: Content) -> Iterator[Pair]:
    today = {one["key"]: one for one in now["items"]}
    for before in reported["items"]:
        after = today.get(before["key"])
        if after is None:
            continue
        listed = item(before["key"])
        whose = listed.label_zh if listed else before["label"]
        is_veto = listed is not None and listed.is_veto
        words = [word(one["verdict"], is_veto=is_veto) for one in (before, after)]
        yield Pair(whose, "判定", words[0], words[1], before["verdict"] != after["verdict"])
        yield Pair(whose, "现状", before["said"] or "—", after["said"] or "—",
                   _told(before) != _told(after))  # fmt: skip


def _told(one: Mapping[str, Any]) -> tuple[object, ...]:
    """Return what an item came to, exactly: also figures that its words round."""
    return one["said"], one["figures"], one["values"], one["statement"]
