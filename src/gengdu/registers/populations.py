"""Whom ledgers should cover: rural schools, all schools, villages; and what they declare of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from gengdu.records.coverage import Coverage, Point, Population, Town, Unit
from gengdu.records.queries import in_force, known_rows
from gengdu.registers.places.models import PlaceKind, PlaceRecord
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.models import Campus, SchoolProfile

NOWHERE = Town(0, "")
IN_PLAN = Q(in_plan=True)


def rural_schools(**more: Any) -> Coverage:
    """Return a coverage of the rural schools; all schools may be looked at as well."""
    return Coverage((RURAL_SCHOOLS, OPEN_SCHOOLS), **more)


def villages(**more: Any) -> Coverage:
    """Return a coverage of the villages of the towns; those of the streets may be looked at too."""
    return Coverage((TOWN_VILLAGES, ALL_VILLAGES), **more)


Towns = Mapping[date, Mapping[int, int]]
"""On each day the units there are, each with the id of its town."""


@dataclass(frozen=True)
class Period:
    """From when until when something was so: a school in a village, a village in a town.

    Attributes:
        of: Id of what it was in; of a town, its own.
    """

    of: int
    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Tell whether it was so on a day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


Periods = Mapping[int, Sequence[Period]]


def _periods(rows: Iterable[tuple[int, int, date, date | None]]) -> Periods:
    """Return by unit in what it was, and when."""
    found: defaultdict[int, list[Period]] = defaultdict(list)
    for unit, of, starts_on, ends_on in rows:
        found[unit].append(Period(of, starts_on, ends_on))
    return found


def _at(periods: Periods, unit: int, day: date) -> int | None:
    """Return in what a unit was on a day."""
    return next((one.of for one in periods.get(unit, ()) if one.holds(day)), None)


def _towns(on: date, known: date | None) -> dict[int, Town]:
    """Return every town and street as named on a day, by id."""
    rows = PlaceRecord.objects.filter(
        in_force(on, known), place__kind__in=[PlaceKind.TOWN, PlaceKind.STREET]
    ).select_related("place")
    return {
        row.place_id: Town(
            row.place_id, row.short_name, _point(row.place.latitude, row.place.longitude)
        )
        for row in rows
    }


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


def _sites(on: date, known: date | None) -> dict[int, Point]:
    """Return where each school stands: the first of its campuses with a point."""
    rows = Campus.objects.filter(in_force(on, known), latitude__isnull=False).order_by("-pk")
    found = rows.values_list("school_id", "latitude", "longitude")
    return {school: point for school, *at in found if (point := _point(*at)) is not None}


def _schools(condition: Q) -> Callable[[date, date | None], list[Unit]]:
    def units(on: date, known: date | None) -> list[Unit]:
        towns, sites = _towns(on, known), _sites(on, known)
        village = PlaceRecord.objects.filter(in_force(on, known), place=OuterRef("village_id"))
        rows = (
            SchoolProfile.objects.filter(in_force(on, known), condition)
            .annotate(
                town_id=Subquery(village.values("parent_id")[:1]),
                code=Subquery(village.values("code")[:1]),
            )
            .order_by("code", "name")
            .values_list("school_id", "name", "town_id")
        )
        return [
            Unit(school, name, towns.get(town, NOWHERE), sites.get(school))
            for school, name, town in rows
        ]

    return units


def _schools_on(condition: Q) -> Callable[[Sequence[date], date | None], Towns]:
    def towns(days: Sequence[date], known: date | None) -> Towns:
        profiles = SchoolProfile.objects.filter(known_rows(known), condition)
        schools = _periods(profiles.values_list("school_id", "village_id", "starts_on", "ends_on"))
        villages = _villages(known)
        return {
            day: {
                school: _at(villages, village, day) or NOWHERE.id
                for school in schools
                if (village := _at(schools, school, day)) is not None
            }
            for day in days
        }

    return towns


def _villages(known: date | None) -> Periods:
    """Return in which town each village was, and when."""
    rows = PlaceRecord.objects.filter(
        known_rows(known), place__kind=PlaceKind.VILLAGE, parent__isnull=False
    )
    return _periods(rows.values_list("place_id", "parent_id", "starts_on", "ends_on"))


def _own_towns(kinds: tuple[str, ...], known: date | None) -> Periods:
    """Return when each town of some kinds belonged to the county of the plan."""
    rows = PlaceRecord.objects.filter(known_rows(known), place__kind__in=kinds, parent__is_own=True)
    return _periods(rows.values_list("place_id", "place_id", "starts_on", "ends_on"))


def _in_own_towns(*kinds: str) -> Callable[[date, date | None], list[Unit]]:
    def units(on: date, known: date | None) -> list[Unit]:
        towns, own = _towns(on, known), _own_towns(kinds, known)
        rows = PlaceRecord.objects.filter(in_force(on, known), place__kind=PlaceKind.VILLAGE)
        found = rows.order_by("code").values_list("place_id", "short_name", "parent_id")
        return [
            Unit(village, name, towns[town])
            for village, name, town in found
            if town is not None and _at(own, town, on) is not None and town in towns
        ]

    return units


def _in_own_towns_on(*kinds: str) -> Callable[[Sequence[date], date | None], Towns]:
    def towns(days: Sequence[date], known: date | None) -> Towns:
        villages, own = _villages(known), _own_towns(kinds, known)
        return {
            day: {
                village: town
                for village in villages
                if (town := _at(villages, village, day)) is not None
                and _at(own, town, day) is not None
            }
            for day in days
        }

    return towns


def classes(
    days: Sequence[date], known: date | None
) -> Mapping[date, Mapping[tuple[int, str], int]]:
    """Return how many schools, grades and classes there are at each school, by enrolment."""
    rows = (
        Enrolment.objects.filter(known_rows(known), starts_on__lte=max(days))
        .filter(Q(ends_on=None) | Q(ends_on__gt=min(days)))
        .order_by()
        .values_list("school_id", "stage", "grade", "class_number", "starts_on", "ends_on")
        .distinct()
    )
    seats = list(rows)
    return {day: _classes_on(day, seats) for day in days}


def _classes_on(day: date, seats: Iterable[tuple[Any, ...]]) -> Counter[tuple[int, str]]:
    here = {seat[:4] for seat in seats if Period(*seat[3:]).holds(day)}
    found = Counter((school, "class") for school, *_class in here)
    found.update((school, "grade") for school, _stage, _grade in {seat[:3] for seat in here})
    found.update((school, "school") for school in {seat[0] for seat in here})
    return found


RURAL_SCHOOLS = Population(
    "rural", _("乡村学校"), _("学校"), _("所"),
    _("应有：所选日期开办、列入乡村学校名单的学校和幼儿园"),
    _schools(IN_PLAN), _schools_on(IN_PLAN), page="school",
)  # fmt: skip
OPEN_SCHOOLS = Population(
    "all", _("全部学校"), _("学校"), _("所"),
    _("应有：所选日期开办的全部学校和幼儿园，含未列入乡村学校名单的"),
    _schools(Q()), _schools_on(Q()), page="school",
)  # fmt: skip
TOWN_VILLAGES = Population(
    "towns", _("各镇村居"), _("村居"), _("个"),
    _("应有：各镇的村和社区（不含街道的社区），与目标的口径一致"),
    _in_own_towns(PlaceKind.TOWN), _in_own_towns_on(PlaceKind.TOWN), has_points=False,
)  # fmt: skip
ALL_VILLAGES = Population(
    "all", _("全区村居"), _("村居"), _("个"),
    _("应有：全区各镇、街道的村和社区；目标只算各镇的"),
    _in_own_towns(PlaceKind.TOWN, PlaceKind.STREET),
    _in_own_towns_on(PlaceKind.TOWN, PlaceKind.STREET), has_points=False,
)  # fmt: skip
