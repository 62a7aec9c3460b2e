"""Counts pupils and staff at each school on the day, as they would be without an event and with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from gengdu.records.models import Dated
from gengdu.records.queries import in_force
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.events.plans import Plan
from gengdu.registers.schools.models import School
from gengdu.registers.staff.models import Post

School_ = int | School
"""The id of a school, or one that is not saved yet."""


@dataclass(frozen=True)
class Headcount:
    """People of one school on the day of an event; `name` is empty for all schools together."""

    name: str
    pupils: int
    pupils_after: int
    staff: int
    staff_after: int


def headcounts(plan: Plan, named: Sequence[tuple[School_, str]]) -> list[Headcount]:
    """Return the people of each school named, and of all of them together."""
    pupils, pupils_after = _counts(Enrolment, plan)
    staff, staff_after = _counts(Post, plan)
    lines = [
        Headcount(
            name, pupils[_key(school)], pupils_after[_key(school)],
            staff[_key(school)], staff_after[_key(school)],
        )
        for school, name in named
    ]  # fmt: skip
    return [
        *lines,
        Headcount(
            "",
            sum(line.pupils for line in lines),
            sum(line.pupils_after for line in lines),
            sum(line.staff for line in lines),
            sum(line.staff_after for line in lines),
        ),
    ]


def _counts(
    model: type[Enrolment] | type[Post], plan: Plan
) -> tuple[Counter[Hashable], Counter[Hashable]]:
    manager: Any = model._default_manager
    rows = manager.filter(in_force(plan.on), school__in=plan.schools).values("school")
    without = Counter({row["school"]: row["n"] for row in rows.annotate(n=Count("pk"))})
    with_it = Counter(without)
    for rewrite in plan.rewrites:
        if rewrite.model is not model:
            continue
        if rewrite.old is not None and _holds(rewrite.old, plan.on):
            with_it[_school(rewrite.old)] -= 1
        for row in rewrite.new:
            if _holds(row, plan.on):
                with_it[_school(row)] += 1
    return without, with_it


def _holds(row: Any, on: date) -> bool:
    assert isinstance(row, Dated)
    return row.starts_on <= on and (row.ends_on is None or row.ends_on > on)


def _school(row: Any) -> Hashable:
    return row.school_id if row.school_id is not None else id(row.school)


def _key(school: School_) -> Hashable:
    if isinstance(school, int):
        return school
    return school.pk if school.pk is not None else id(school)
