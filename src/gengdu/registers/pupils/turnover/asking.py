"""Reads what a page of the turnover is asked for, within the rights of whoever asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from gengdu.access.models import Account
from gengdu.kernel.school_years import SchoolYear
from gengdu.records.queries import in_force
from gengdu.registers.pupils.turnover import reading
from gengdu.registers.schools import queries as schools
from gengdu.registers.schools.models import SchoolProfile
from gengdu.web import moments


@dataclass(frozen=True)
class Asked:
    """What the address of a page asks for, with the viewer's rights.

    Attributes:
        offered: The schools of the viewer, by id.
        chosen: The one school looked at; None for all of them.
        within: Schools that may be handed pupils; None for all.
    """

    year: SchoolYear
    years: tuple[SchoolYear, ...]
    offered: dict[int, str]
    chosen: int | None
    within: frozenset[int] | None

    @property
    def scope(self) -> frozenset[int]:
        """The schools that turn over."""
        return frozenset(self.offered) if self.chosen is None else frozenset({self.chosen})

    @property
    def address(self) -> str:
        """The address of the preview."""
        school = f"&school={self.chosen}" if self.chosen else ""
        return f"{reverse('school_year')}?year={self.year.begins_in}{school}"


def asked_for(request: HttpRequest) -> Asked:
    """Read which year and schools are asked for; what is not the viewer's does not exist."""
    assert isinstance(request.user, Account)
    request.gengdu_menu = reverse("school_year")  # type: ignore[attr-defined]
    this_year = SchoolYear.containing(moments.moment_of(request).on)
    years = (SchoolYear(this_year.begins_in + 1), this_year)
    year = next(
        (item for item in years if str(item.begins_in) == request.GET.get("year")), years[0]
    )
    on = reading.last_day(year)
    viewer = schools.viewer_of(request.user, on=on)
    rows = schools.within_scope(viewer, on=on).order_by("name")
    offered = dict(rows.values_list("school_id", "name"))
    text = request.GET.get("school", "")
    chosen = int(text) if text.isdecimal() else None
    if chosen is not None and chosen not in offered:
        raise PermissionDenied
    within = None if viewer.sees_district else frozenset(offered)
    return Asked(year, years, offered, chosen, within)


def other_schools(asked: Asked) -> list[tuple[int, str]]:
    """Return the schools that a pupil can be sent to by name; a head sends nobody away."""
    if asked.within is not None:
        return []
    rows = SchoolProfile.objects.filter(in_force(asked.year.starts_on))
    return list(rows.exclude(school=asked.chosen).order_by("name").values_list("school_id", "name"))


def system_of(asked: Asked) -> str:
    """Return the school system of the school looked at."""
    rows = SchoolProfile.objects.filter(in_force(reading.last_day(asked.year)), school=asked.chosen)
    return rows.values_list("school_system", flat=True).get()
