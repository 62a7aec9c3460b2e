"""Where two plans differ, each difference with what is behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gengdu.policy.facts import Fact, Measure, Plan, Value
from gengdu.policy.notice import plain

WORDS = {"label_zh": "标题", "lead": "牵头单位", "partners": "配合单位", "kind": "类别",
         "unit": "单位", "compare": "比较", "force": "力度", "recurs": "周期",
         "scope": "范围"}  # fmt: skip
_OF_FACTS = ("kind", "unit", "compare", "force", "recurs", "scope")
_OF_VALUES = {"value": "数值", "upper": "上限", "due_on": "期限"}


@dataclass(frozen=True)
class Difference:
    """One thing in which a plan differs from another.

    Attributes:
        where: The measure, or the name of the fact.
        what: What differs.
        one, other: How each has it; empty where it has nothing.
        why: What is behind it.
    """

    where: str
    what: str
    one: str
    other: str
    why: str


def compare(one: Plan, other: Plan) -> list[Difference]:
    """Return every difference of two plans: measures by number, then facts and their numbers."""
    is_same = one.title == other.title or one.source.number == other.source.number
    mine, theirs = _facts(one), _facts(other)
    found = [
        _alone(fact, is_other=False, is_same=is_same)
        for name, fact in mine.items() if name not in theirs
    ]  # fmt: skip
    found += [
        _alone(fact, is_other=True, is_same=is_same)
        for name, fact in theirs.items() if name not in mine
    ]  # fmt: skip
    for name in mine.keys() & theirs.keys():
        found += _fact(mine[name], theirs[name])
    return [*_measures(one, other), *sorted(found, key=lambda each: (each.where, each.what))]


def _facts(plan: Plan) -> dict[str, Fact]:
    return {fact.name: fact for measure in plan.measures for fact in measure.facts}


def _measures(one: Plan, other: Plan) -> Iterator[Difference]:
    mine = {measure.number: measure for measure in one.measures}
    theirs = {measure.number: measure for measure in other.measures}
    for number in sorted(mine.keys() | theirs.keys()):
        where = f"第 {number} 条" if number else "工作目标"
        if number not in mine or number not in theirs:
            title, its = (
                every[number].label_zh if number in every else "" for every in (mine, theirs)
            )
            yield Difference(where, "措施", title, its, "只有一个方案有这一条")
            continue
        for what in ("label_zh", "lead", "partners"):
            said, its = _said(mine[number], what, one), _said(theirs[number], what, other)
            if said != its:
                yield Difference(where, WORDS[what], said, its, "两个方案写法不同")


def _said(measure: Measure, what: str, plan: Plan) -> str:
    if what == "label_zh":
        return measure.label_zh
    keys = [measure.lead] if what == "lead" else measure.partners
    return "、".join(plan.bodies[key] for key in keys)


def _alone(fact: Fact, *, is_other: bool, is_same: bool) -> Difference:
    """Return that only one plan has a fact; `is_same`: both are readings of one notice."""
    value = fact.values[-1]
    if not is_same:
        why = "只有这份通知写了" if is_other else "这份通知没有写"
    elif fact.kind != "goal":
        why = "人为定出的口径，读文件时不逐一列出"
    elif value.value is None or not any(mark.isdigit() for mark in value.quote or ""):
        why = "原话没有数字和年份，读文件时不算量化目标，须由人从正文选出"
    else:
        why = "只有一个方案把这句话记成一项"
    if value.grade == "setting":
        why = "通知没有写，沿用的口径"
    said = value.quote or fact.label_zh
    return Difference(fact.name, "事实", "" if is_other else said, said if is_other else "", why)


def _fact(one: Fact, other: Fact) -> Iterator[Difference]:
    for what in _OF_FACTS:
        mine, theirs = getattr(one, what) or "", getattr(other, what) or ""
        if mine != theirs:
            yield Difference(one.name, WORDS[what], mine, theirs, "两个方案的读法不同")
    yield from _values(one.name, one.values[-1], other.values[-1])


def _values(name: str, one: Value, other: Value) -> Iterator[Difference]:
    for what, zh in _OF_VALUES.items():
        mine, theirs = getattr(one, what), getattr(other, what)
        if mine != theirs:
            said, its = ("" if each is None else str(each) for each in (mine, theirs))
            is_from_above = what == "due_on" and not (said and its)
            why = "一方的期限由句首带下来" if is_from_above else "两个方案的读法不同"
            yield Difference(name, zh, said, its, why)
    mine, theirs = plain(one.quote or ""), plain(other.quote or "")
    if mine != theirs:
        within = mine in theirs or theirs in mine
        why = "引语长短不同，说的是同一句" if within else "引语取自不同的句子"
        if one.grade == "setting" or other.grade == "setting":
            why = "通知没有写，沿用的口径"
        yield Difference(name, "引语", mine, theirs, why)
