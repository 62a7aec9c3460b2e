"""What places, schools and people were called on a day, many at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gengdu.records.queries import in_force
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.pupils.models import PupilRecord
from gengdu.registers.schools.models import SchoolProfile
from gengdu.registers.staff.models import StaffRecord

_MOST_KEYS = 30_000  # SQLite takes 32,766 parameters in one statement


def schools(on: date, ids: Iterable[int]) -> dict[int, str]:
    """Return the name of each school on a day; of one closed by then, its last name."""
    wanted = list(ids)
    rows = SchoolProfile.objects.filter(
        superseded_at=None, school__in=wanted, starts_on__lte=on
    ).order_by("starts_on")
    return dict(rows.values_list("school_id", "name"))


def places(on: date, ids: Iterable[int]) -> dict[int, str]:
    """Return the name of each place on a day."""
    rows = PlaceRecord.objects.filter(in_force(on), place__in=list(ids))
    return dict(rows.values_list("place_id", "short_name"))


def staff(ids: Iterable[int]) -> dict[int, str]:
    """Return the name of each member of staff; the caller has checked the viewer's right."""
    wanted = list(ids)[:_MOST_KEYS]
    rows = StaffRecord.objects.filter(staff__in=wanted, superseded_at=None)
    return dict(rows.values_list("staff", "name"))


def pupils(ids: Iterable[int]) -> dict[int, str]:
    """Return the name of each pupil; the caller has checked the viewer's right."""
    wanted = list(ids)[:_MOST_KEYS]
    rows = PupilRecord.objects.filter(pupil__in=wanted, superseded_at=None)
    return dict(rows.values_list("pupil", "name"))
