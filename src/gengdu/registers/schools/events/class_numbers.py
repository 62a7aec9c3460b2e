"""Finds numbers for classes that come to a school where the same numbers are in use already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from gengdu.kernel.school_years import SchoolYear
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.events.standing import still_running
from gengdu.registers.schools.models import SchoolClass

Cohort = tuple[str, int]
"""Stage, and the year in which its children entered the stage: it outlasts going up."""


@dataclass(frozen=True)
class ClassNumbers:
    """By how much the class numbers of each cohort are raised at the successor."""

    raised: dict[Cohort, int] = field(default_factory=dict)

    @classmethod
    def at(cls, successor_id: int, school_id: int, on: date) -> ClassNumbers:
        """Compare the classes of both schools from a day on.

        A cohort whose numbers are free keeps them; else all are put behind those in use.
        """
        coming, there = _numbers(school_id, on), _numbers(successor_id, on)
        return cls(
            {
                cohort: max(there[cohort])
                for cohort, numbers in coming.items()
                if numbers & there.get(cohort, set())
            }
        )

    def new(self, row: Enrolment | SchoolClass) -> int:
        """Return the number a class has at the successor."""
        return row.class_number + self.raised.get(cohort_of(row), 0)

    def changed(self, on: date) -> list[tuple[str, int, int]]:
        """Return stage, grade on a day, and by how much its numbers rise; lower grades first."""
        year = SchoolYear.containing(on).begins_in
        return sorted((stage, year - entered, by) for (stage, entered), by in self.raised.items())


def cohort_of(row: Enrolment | SchoolClass) -> Cohort:
    """Return the cohort of a class or of one child's place in it."""
    return row.stage, SchoolYear.containing(row.starts_on).begins_in - row.grade


def _numbers(school_id: int, on: date) -> dict[Cohort, set[int]]:
    rows: Iterable[Enrolment | SchoolClass] = [
        *Enrolment.objects.filter(still_running(on), school=school_id),
        *SchoolClass.objects.filter(still_running(on), school=school_id),
    ]
    found: dict[Cohort, set[int]] = {}
    for row in rows:
        found.setdefault(cohort_of(row), set()).add(row.class_number)
    return found
