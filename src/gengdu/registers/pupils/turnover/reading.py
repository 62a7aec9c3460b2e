"""Reads what the turnover of a school year starts from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from gengdu.kernel.school_years import SchoolYear
from gengdu.records.models import Change, ChangeKind
from gengdu.records.queries import in_force
from gengdu.registers.pupils.models import Enrolment, PupilRecord
from gengdu.registers.pupils.turnover.choices import Choices
from gengdu.registers.schools.models import SchoolClass, SchoolEvent, SchoolProfile, SchoolStage
from gengdu.registers.staff.models import Post


class Old(NamedTuple):
    """One pupil's place on the last day of the old year."""

    pupil: int
    school: int
    stage: str
    grade: int
    class_number: int


class Seat(NamedTuple):
    """A class of the new year."""

    school: int
    stage: str
    grade: int
    class_number: int


@dataclass
class Start:
    """What is known before the year turns over.

    Attributes:
        old: The places of the old year at the schools chosen.
        systems: School system of each school open in the new year.
        stages: Stages each school teaches in the new year.
        heirs: Where the pupils of a school go on that is closed by then.
        enrolled: Pupils who have a place in the new year already.
        turned: Schools whose year has turned over before.
        waiting: Pupils of theirs who were left unplaced.
        seats: How many pupils each class of the new year has already.
        classes: Rows of classes in force on the last day of the old year.
        has_class: Classes of the new year that are in the class register.
        posts: Who works where on the first day.
    """

    old: list[Old]
    names: dict[int, str]
    systems: dict[int, str]
    stages: dict[int, set[str]]
    heirs: dict[int, int]
    enrolled: set[int]
    turned: set[int]
    waiting: set[int]
    seats: Counter[Seat]
    classes: list[SchoolClass] = field(default_factory=list)
    has_class: set[Seat] = field(default_factory=set)
    posts: set[tuple[int, int]] = field(default_factory=set)

    def school_now(self, school: int) -> int | None:
        """Return where the pupils of a school are in the new year; None where it is gone."""
        seen: set[int] = set()
        while school not in self.systems and school in self.heirs and school not in seen:
            seen.add(school)
            school = self.heirs[school]
        return school if school in self.systems else None


def last_day(year: SchoolYear) -> date:
    """Return the last day before a school year."""
    return year.starts_on - timedelta(1)


def start(choices: Choices) -> Start:
    """Read everything for the schools chosen."""
    year, last, first = choices.year, last_day(choices.year), choices.year.starts_on
    fields = ("pupil_id", "school_id", "stage", "grade", "class_number")
    rows = Enrolment.objects.filter(in_force(last), school__in=choices.schools).order_by("pk")
    profiles = SchoolProfile.objects.filter(in_force(first))
    new = _of_the_year(year)
    turned, waiting = _runs(choices)
    return Start(
        old=[Old(*row) for row in rows.values_list(*fields)],
        names=names(first),
        systems=dict(profiles.values_list("school_id", "school_system")),
        stages=_stages(first),
        heirs=_heirs(first),
        enrolled={row[0] for row in new},
        turned=turned,
        waiting=waiting,
        seats=Counter(Seat(*row[1:]) for row in new),
        classes=list(SchoolClass.objects.filter(in_force(last), school__in=choices.schools)),
        has_class={
            Seat(*row)
            for row in SchoolClass.objects.filter(
                superseded_at=None, starts_on__gte=first, starts_on__lt=year.ends_on
            ).values_list("school_id", "stage", "grade", "class_number")
        },
        posts=set(Post.objects.filter(in_force(first)).values_list("staff_id", "school_id")),
    )


def _of_the_year(year: SchoolYear) -> list[tuple[int, int, str, int, int]]:
    rows = Enrolment.objects.filter(
        superseded_at=None, starts_on__lt=year.ends_on, ends_on__gt=year.starts_on
    ) | Enrolment.objects.filter(superseded_at=None, starts_on__lt=year.ends_on, ends_on=None)
    return list(rows.values_list("pupil_id", "school_id", "stage", "grade", "class_number"))


def names(on: date) -> dict[int, str]:
    """Return what each school was last called by a day."""
    rows = SchoolProfile.objects.filter(superseded_at=None, starts_on__lte=on)
    return dict(rows.order_by("starts_on").values_list("school_id", "name"))


def _stages(on: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for school, stage in SchoolStage.objects.filter(in_force(on)).values_list("school_id", "stage"):
        found.setdefault(school, set()).add(stage)
    return found


def _heirs(on: date) -> dict[int, int]:
    rows = SchoolEvent.objects.filter(
        superseded_at=None, happened_on__lte=on, kind__in=("merged", "closed")
    ).exclude(successor=None)
    return dict(rows.order_by("happened_on").values_list("school_id", "successor_id"))


def runs(year: SchoolYear) -> list[Change]:
    """Return the turnovers into a year that stand, the first first."""
    changes = Change.objects.filter(kind=ChangeKind.TURNOVER, undone_by=None).order_by("pk")
    return [change for change in changes if change.counts.get("year") == year.begins_in]


def _runs(choices: Choices) -> tuple[set[int], set[int]]:
    """Return the schools turned over before, and their pupils who wait for a place."""
    turned: set[int] = set()
    waiting: set[int] = set()
    gone: set[int] = set()
    for change in runs(choices.year):
        turned |= set(change.counts["schools"])
        waiting |= set(change.counts["unplaced"])
        gone |= set(change.counts["left"])
    return turned & choices.schools, waiting - gone


def sexes(pupils: Iterable[int]) -> dict[int, str]:
    """Return the sex of pupils, by which classes are mixed."""
    wanted = set(pupils)
    if not wanted:
        return {}
    rows = PupilRecord.objects.filter(superseded_at=None).values_list("pupil_id", "sex")
    return {pupil: sex for pupil, sex in rows if pupil in wanted}
