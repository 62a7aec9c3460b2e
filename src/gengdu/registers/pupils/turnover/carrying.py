"""Carries the class register up: the classes of the new year with their homeroom teachers."""

from __future__ import annotations

from collections.abc import Mapping

from gengdu.kernel.school_years import SchoolYear
from gengdu.records import rewriting
from gengdu.records.rewriting import Rewrite
from gengdu.registers.pupils.turnover.reading import Seat, Start
from gengdu.registers.schools.models import SchoolClass


def carry_classes(
    start: Start, year: SchoolYear, seats: set[Seat], came_from: Mapping[Seat, Seat]
) -> list[Rewrite]:
    """Return the classes to record: one for each that has pupils and is not there yet.

    A teacher goes up with the class who still works at the school on the first day. A class of the
    old year that was left open ends with it.
    """
    by_seat = {_seat(row): row for row in start.classes}
    found = [
        rewriting.ended(row, year.starts_on)
        for row in start.classes
        if row.school_id not in start.turned
        and (row.ends_on is None or row.ends_on > year.starts_on)
    ]
    for seat in sorted(seats - start.has_class):
        old = by_seat.get(came_from.get(seat, seat)) if seat in came_from else None
        row = SchoolClass(
            school_id=seat.school, stage=seat.stage, grade=seat.grade,
            class_number=seat.class_number, homeroom_teacher_id=_teacher(start, old, seat),
            starts_on=year.starts_on, ends_on=year.ends_on,
        )  # fmt: skip
        found.append(Rewrite(None, (row,)))
    return found


def _seat(row: SchoolClass) -> Seat:
    return Seat(row.school_id, row.stage, row.grade, row.class_number)


def _teacher(start: Start, old: SchoolClass | None, seat: Seat) -> int | None:
    if old is None or old.homeroom_teacher_id is None:
        return None
    teacher: int = old.homeroom_teacher_id
    return teacher if (teacher, seat.school) in start.posts else None
