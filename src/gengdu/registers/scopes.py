"""Which rows of a register a viewer may see."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gengdu.access.models import ScopeKind
from gengdu.access.scope import Viewer


def everything(viewer: Viewer, on: date) -> Q | None:
    """Return the condition that hides nothing: schools, villages and bodies are public."""
    return Q()


def district_only(viewer: Viewer, on: date) -> Q | None:
    """Return the condition that shows all to those who see the whole district, else nothing."""
    return Q() if viewer.sees_district else None


def own_schools(viewer: Viewer, on: date) -> Q | None:
    """Return the condition on the school of a row: the viewer's own, or those of the town."""
    if viewer.sees_district:
        return Q()
    schools = schools_of(viewer)
    return Q(school_id__in=schools) if schools else None


def schools_of(viewer: Viewer) -> set[int]:
    """Return the schools of a viewer who does not see the whole district."""
    schools = set(viewer.schools)
    if viewer.scope_kind == ScopeKind.SCHOOL and viewer.scope_key is not None:
        schools.add(viewer.scope_key)
    return schools
