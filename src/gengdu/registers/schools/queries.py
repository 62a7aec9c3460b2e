"""Reads the school register as it stood on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gengdu.access.models import Account, ScopeKind
from gengdu.access.scope import Viewer
from gengdu.records.queries import in_force
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.models import SchoolProfile


def open_schools(*, on: date) -> QuerySet[SchoolProfile]:
    """Return the profile of every school open on a day, with its town (place id and name)."""
    village = PlaceRecord.objects.filter(in_force(on), place=OuterRef("village_id"))
    town = PlaceRecord.objects.filter(in_force(on), place=OuterRef("town_id"))
    return (
        SchoolProfile.objects.filter(in_force(on))
        .annotate(
            village_name=Subquery(village.values("short_name")[:1]),
            town_id=Subquery(village.values("parent_id")[:1]),
        )
        .annotate(town_name=Subquery(town.values("short_name")[:1]))
    )


def with_pupils(profiles: QuerySet[SchoolProfile], *, on: date) -> QuerySet[SchoolProfile]:
    """Add how many pupils each school has on a day."""
    enrolled = (
        Enrolment.objects.filter(in_force(on), school=OuterRef("school_id"))
        .order_by()
        .values("school")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return profiles.annotate(pupils=Coalesce(Subquery(enrolled, output_field=IntegerField()), 0))


def viewer_of(account: Account, *, on: date) -> Viewer:
    """Return who looks, with the schools of the viewer's town, or the own one, on a day."""
    viewer = Viewer.of(account)
    if viewer.scope_kind == ScopeKind.SCHOOL and viewer.scope_key is not None:
        return replace(viewer, schools=frozenset([viewer.scope_key]))
    if viewer.scope_kind != ScopeKind.TOWN:
        return viewer
    ids = within_scope(viewer, on=on).values_list("school_id", flat=True)
    return replace(viewer, schools=frozenset(ids))


def within_scope(viewer: Viewer, *, on: date) -> QuerySet[SchoolProfile]:
    """Return the schools that a viewer's scope holds on a day."""
    schools = open_schools(on=on)
    if viewer.sees_district:
        return schools
    if viewer.scope_kind == ScopeKind.TOWN:
        return schools.filter(Q(town_id=viewer.scope_key))
    return schools.filter(Q(school_id=viewer.scope_key))
