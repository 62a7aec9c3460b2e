"""Tells access what the schools and towns of a scope are called (settings.SCOPE_NAMES)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gengdu.registers.schools.models import SchoolProfile
from gengdu.registers.schools.queries import open_schools


def schools(ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Return the name of each school on a day; of one closed by then, its last name."""
    rows = SchoolProfile.objects.filter(
        superseded_at=None, school__in=list(ids), starts_on__lte=on
    ).order_by("starts_on")
    return dict(rows.values_list("school_id", "name"))


def schools_offered(*, on: date) -> list[tuple[int, str]]:
    """Return the schools open on a day, by name."""
    return list(open_schools(on=on).order_by("name").values_list("school_id", "name"))


def towns_offered(*, on: date) -> list[tuple[int, str]]:
    """Return the towns and streets that have schools on a day."""
    found = {
        profile.town_id: profile.town_name  # type: ignore[attr-defined]
        for profile in open_schools(on=on)
    }
    return sorted((key, name) for key, name in found.items() if key is not None)
