"""Counts what the registers say of a day, school by school, and what they say in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from gengdu.records.models import Change, Dated
from gengdu.records.queries import in_force
from gengdu.records.rewriting import values_of
from gengdu.records.triggers import recorded_models
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.events.rules import links
from gengdu.registers.schools.models import SchoolProfile
from gengdu.registers.staff.models import Post

DAY = timedelta(1)
PEOPLE = {"pupils": Enrolment, "staff": Post, "schools": SchoolProfile}


def by_school(on: date) -> dict[str, Counter[int]]:
    """Return how many rows of each dated table each school has on a day."""
    found = {}
    for link in links():
        if issubclass(link.model, Dated):
            rows: Any = link.model._default_manager
            counted = rows.filter(in_force(on)).values(link.field).annotate(n=Count("pk"))
            found[link.label] = Counter({row[link.field]: row["n"] for row in counted})
    return found


def in_all(on: date) -> dict[str, int]:
    """Return how many pupils, staff and schools the district has on a day."""
    return {name: model.objects.filter(in_force(on)).count() for name, model in PEOPLE.items()}


def pupils_twice(on: date) -> list[int]:
    """Return the pupils who are enrolled more than once on a day."""
    rows = Enrolment.objects.filter(in_force(on)).values("pupil").annotate(n=Count("pk"))
    return [row["pupil"] for row in rows if row["n"] > 1]


def live_rows() -> dict[str, Counter[str]]:
    """Return what every live row of every table says."""
    return _said(Q(superseded_at=None))


def turning_days(first: date, last: date) -> list[date]:
    """Return the days on which anything begins or ends, and the days before them."""
    days = {first, last}
    for model in (*PEOPLE.values(), *(link.model for link in links())):
        if issubclass(model, Dated):
            for field in ("starts_on", "ends_on"):
                days |= set(model.objects.filter(superseded_at=None).values_list(field, flat=True))
    known = {day for day in days if day is not None}
    return sorted(day for day in known | {day - DAY for day in known} if first <= day <= last)


def of_days(days: Iterable[date]) -> dict[date, tuple[dict[str, Counter[int]], dict[str, int]]]:
    """Return the counts of many days."""
    return {day: (by_school(day), in_all(day)) for day in days}


def known_before(change: Change) -> dict[str, Counter[str]]:
    """Return what every row said that was live when a change was made."""
    live = Q(superseded_at=None) | Q(superseded_at__gte=change.at)
    return _said(live & Q(recorded_at__lt=change.at))


def _said(rows: Q) -> dict[str, Counter[str]]:
    return {
        model._meta.label: Counter(
            repr(values_of(row)) for row in model._default_manager.filter(rows)
        )
        for model in recorded_models()
    }
