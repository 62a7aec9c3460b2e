"""What may be done to pass 优质均衡, at what cost and within which limits: settings, not law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from gengdu.board.evaluations import STAGES
from gengdu.planning.path_to_target import Action, Budget, Transfer
from gengdu.planning.path_to_target.problem import Kind
from gengdu.policy import facts

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FACTS = "path_actions"
TRANSFER = "transfer_teacher"
QUALIFIED, LEAD, SPORTS_ARTS = "qualified_teachers", "lead_teachers", "sports_arts_teachers"
AREA, SPORTS_AREA = "teaching_area", "sports_area"
EQUIPMENT, MULTIMEDIA = "equipment_value", "multimedia_classrooms"
KINDS: tuple[Kind, ...] = tuple(
    tuple(name for name, has in zip((QUALIFIED, LEAD, SPORTS_ARTS), flags, strict=True) if has)
    for flags in [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
)
"""Every kind of teacher, by what one of them counts for."""


@dataclass(frozen=True)
class Sort:
    """One sort of action.

    Attributes:
        name: Also of its facts: <name>_cost, _each, _months, and _adds or _together where it has.
        label: What it is called.
        unit: What one of it is.
        measure: Of the plan: its lead and partners own the tasks.
        adds: Indicators that one of it adds to: by 1, or None for the amount in its fact.
        budget: Which money it takes: staff, building or equipment.
        lacks: What the teachers that it is done to do not count for yet; "" for none.
    """

    name: str
    label: StrOrPromise
    unit: StrOrPromise
    measure: int
    adds: Mapping[str, int | None]
    budget: str
    lacks: str = ""

    @property
    def is_of_people(self) -> bool:
        """Whether it is done for a stage; otherwise for a whole school."""
        return self.budget == "staff"


SORTS = (
    Sort("hire_teacher", _("招聘教师"), _("名"), 12, {QUALIFIED: 1}, "staff"),
    Sort("hire_sports_arts_teacher", _("招聘体育、艺术教师"), _("名"), 12,
         {QUALIFIED: 1, SPORTS_ARTS: 1}, "staff"),
    Sort(TRANSFER, _("教师交流轮岗"), _("名"), 12, {}, "staff"),
    Sort("upgrade_degree", _("在职教师提升学历"), _("名"), 13, {QUALIFIED: 1}, "staff", QUALIFIED),
    Sort("name_lead_teacher", _("评选县级骨干教师"), _("名"), 13, {LEAD: 1}, "staff", LEAD),
    Sort("convert_rooms", _("闲置房屋改为教学用房"), _("间"), 8, {AREA: None}, "building"),
    Sort("build_rooms", _("新建教学用房"), _("间"), 8, {AREA: None}, "building"),
    Sort("build_sports_ground", _("新建、改建运动场地"), _("块"), 8, {SPORTS_AREA: None},
         "building"),
    Sort("buy_equipment", _("购置教学仪器设备"), _("批"), 8, {EQUIPMENT: None}, "equipment"),
    Sort("equip_multimedia_classroom", _("建设网络多媒体教室"), _("间"), 10,
         {MULTIMEDIA: 1, EQUIPMENT: None}, "equipment"),
)  # fmt: skip
SORT = {sort.name: sort for sort in SORTS}
BUDGETS = {"all": _("全部经费"), "staff": _("人员"), "building": _("基建"), "equipment": _("设备")}


@dataclass(frozen=True)
class Terms:
    """What one sort of action costs and how often it may be done.

    Attributes:
        cost: Of one, in yuan.
        adds: The amount in its fact; None where it has none.
        each: At one school or stage at most; who leave one, for the transfer.
        together: In the whole district at most; None without limit.
        months: From its start until it counts.
    """

    cost: Fraction
    adds: Fraction | None
    each: int
    together: int | None
    months: int


@dataclass(frozen=True)
class Allowed:
    """What is allowed: the settings of a day, and what somebody changed to try it out.

    Attributes:
        terms: By sort.
        budgets: In yuan, by the keys of BUDGETS; those left out are without limit.
        of_schools: By sort and school: how many there, whatever the terms say for each.
    """

    terms: Mapping[str, Terms]
    budgets: Mapping[str, Fraction] = field(default_factory=dict)
    of_schools: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def on(cls, day: date) -> Allowed:
        """Return the settings of a day."""
        return cls({sort.name: _terms(sort.name, day) for sort in SORTS})

    def changed(self, changes: Mapping[tuple[str, str], Fraction | None]) -> Allowed:
        """Return the terms with some changed: by sort and cost, each or together."""
        terms = dict(self.terms)
        for (name, which), value in changes.items():
            terms[name] = _with(terms[name], which, value)
        return replace(self, terms=terms)

    def actions(self) -> Iterator[Action]:
        """Yield the actions of every sort but the transfer."""
        for sort in SORTS:
            if sort.name == TRANSFER:
                continue
            terms = self.terms[sort.name]
            adds = {
                name: Fraction(amount) if amount is not None else terms.adds or Fraction(0)
                for name, amount in sort.adds.items()
            }
            draws = frozenset(kind for kind in KINDS if sort.lacks and sort.lacks not in kind)
            yield Action(
                sort.name, adds, terms.cost, at_school=not sort.is_of_people,
                most_each=self._most_each(sort), most_otherwise=terms.each,
                most_together=terms.together, draws_on=draws,
            )  # fmt: skip

    def _most_each(self, sort: Sort) -> dict[tuple[str, str], int]:
        """Return the limits of single schools, for each of their stages where people count."""
        stages = list(STAGES) if sort.is_of_people else [""]
        return {
            (school, stage): most
            for (name, school), most in self.of_schools.items()
            if name == sort.name
            for stage in stages
        }

    def transfer(self) -> Transfer | None:
        """Return how teachers may move; None where nobody may."""
        terms = self.terms[TRANSFER]
        most_out = self._most_each(SORT[TRANSFER])
        if terms.cost <= 0 or not (terms.each or any(most_out.values())):
            return None
        return Transfer(TRANSFER, terms.cost, most_out, terms.each, terms.together)

    def money(self, *, may_move: bool) -> tuple[Budget, ...]:
        """Return the budgets, over the transfer too where teachers may move."""
        there = [sort for sort in SORTS if may_move or sort.name != TRANSFER]
        return tuple(
            Budget(key, yuan, frozenset(one.name for one in there if key in ("all", one.budget)))
            for key, yuan in self.budgets.items()
        )


def _with(terms: Terms, which: str, value: Fraction | None) -> Terms:
    if which == "together":
        return replace(terms, together=None if value is None else int(value))
    if value is None:
        return terms
    return replace(terms, cost=value) if which == "cost" else replace(terms, each=int(value))


def _terms(name: str, day: date) -> Terms:
    def number(which: str) -> Fraction | None:
        known = f"{FACTS}.{name}_{which}"
        return facts.value(known, on=day) if known in facts.plan().facts else None

    together = number("together")
    return Terms(
        cost=number("cost") or Fraction(0),
        adds=number("adds"),
        each=int(number("each") or 0),
        together=int(together) if together is not None else None,
        months=int(number("months") or 0),
    )
