"""Plans what becomes of everything that points to a school which ends or gives a part away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from gengdu.records import rewriting
from gengdu.records.models import Dated, Recorded
from gengdu.records.rewriting import Rewrite
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.events import examples
from gengdu.registers.schools.events.class_numbers import ClassNumbers
from gengdu.registers.schools.events.plans import Effect, Plan
from gengdu.registers.schools.events.rules import Link, OnSchoolEnd, links
from gengdu.registers.schools.events.standing import still_running
from gengdu.registers.schools.models import School, SchoolClass

Heir = Callable[[Dated], School | None]
NOTES = {
    "schools.SchoolClass": "班级带着班主任转入，班号有冲突的另编",
    "staff.LeadershipTerm": "校长、副校长任期随学校结束，本人的岗位转入",
    "moral_education.CampusTitle": "称号属于原校，不转给承接学校",
}


@dataclass(frozen=True)
class HandingOver:
    """A school whose records end, or go on elsewhere, on a day.

    Attributes:
        heir: Where a row goes on; None where nobody takes it over.
        numbers: The class numbers at the successor.
        system: The school system that grades are called by.
    """

    school_id: int
    on: date
    heir: Heir
    numbers: ClassNumbers
    system: str

    def plan_all(self, plan: Plan) -> None:
        """Plan what becomes of all records of a school that ends."""
        for link in links():
            if link.rule is OnSchoolEnd.STAYS:
                kept = link.model._default_manager.filter(
                    **{link.field: self.school_id}, superseded_at=None
                )
                plan.note(link.label, Effect.KEPT, kept.count(), note="仍记在原校名下")
            else:
                self.plan_table(plan, link, self.running(link))

    def running(self, link: Link) -> list[Dated]:
        """Return the rows of a table that hold on the day or later."""
        model: Any = link.model
        rows = model.objects.filter(still_running(self.on), **{link.field: self.school_id})
        return list(rows.order_by("pk"))

    def plan_table(self, plan: Plan, link: Link, rows: list[Dated]) -> None:
        """Plan what becomes of some rows of one table."""
        ended: list[Recorded] = []
        carried: list[Recorded] = []
        for row in rows:
            heir = self.heir(row) if link.rule is OnSchoolEnd.CARRIES_ON else None
            rewrite = self._rewrite(link, row, heir) if heir else rewriting.ended(row, self.on)
            plan.add(rewrite)
            goes_on = heir is not None and _goes_on(rewrite, self.on)
            (carried if goes_on else ended).append(row)
        note = NOTES.get(link.model._meta.label, "")
        for effect, some in ((Effect.CARRIED_ON, carried), (Effect.ENDED, ended)):
            shown = examples.of(some, system=self.system)
            plan.note(link.label, effect, len(some), shown, note)

    def _rewrite(self, link: Link, row: Dated, heir: School) -> Rewrite:
        changed = {link.field: heir, **self._renumbered(row)}
        rewrite = rewriting.changed_from(row, self.on, **changed)
        if _is_needless(link, rewrite.new[-1], heir):  # type: ignore[arg-type]
            return rewriting.ended(row, self.on)
        return rewrite

    def _renumbered(self, row: Dated) -> dict[str, Any]:
        if isinstance(row, Enrolment):
            number = self.numbers.new(row)
            return {"class_number": number, "class_code": "", "campus_code": ""}
        if isinstance(row, SchoolClass):
            return {"class_number": self.numbers.new(row)}
        return {}


def _goes_on(rewrite: Rewrite, on: date) -> bool:
    return any(row.starts_on >= on for row in rewrite.new if isinstance(row, Dated))


def _is_needless(link: Link, carried: Dated, heir: School) -> bool:
    """Tell whether a row would tie a school to itself, or say what is recorded there already."""
    if heir.pk is None or link.is_of_a_person:
        return False
    if any(getattr(carried, f"{name}_id") == heir.pk for name in link.others):
        return True
    said = rewriting.values_of(carried)
    said.pop("item_id", None)
    starts_on, ends_on = said.pop("starts_on"), said.pop("ends_on")
    same: Any = link.model._default_manager.filter(still_running(starts_on), **said)
    return bool(same.filter(Q() if ends_on is None else Q(starts_on__lt=ends_on)).exists())
