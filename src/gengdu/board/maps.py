"""What the map of the zone shows: county outlines, town points, and schools or towns by result."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gengdu.access.scope import Viewer
from gengdu.analytics import forms
from gengdu.analytics.forms import Counts
from gengdu.analytics.run import Moment, Result
from gengdu.board import names, pages
from gengdu.kernel.quantities import shown
from gengdu.records.queries import in_force
from gengdu.registers.places.models import PlaceKind, PlaceRecord
from gengdu.registers.schools.models import Campus

COUNTED, PARTLY, NOT_COUNTED, UNREPORTED = "met", "on_course", "late", "unknown"


def of_result(result: Result, viewer: Viewer) -> dict[str, Any] | None:
    """Return the map of a result; None for what has no place, such as documents."""
    if not result.schools and not result.towns:
        return None
    return {
        "towns": _towns(result, viewer),
        "schools": _schools(result, viewer),
        "legend": _legend(result),
    }


def town_points(on: date) -> list[dict[str, Any]]:
    """Return every town and street of the plan's county that has a point, as named on a day."""
    rows = PlaceRecord.objects.filter(
        in_force(on),
        parent__is_own=True,
        place__kind__in=[PlaceKind.TOWN, PlaceKind.STREET],
        place__latitude__isnull=False,
    ).select_related("place")
    return [
        {
            "id": row.place_id,
            "name": row.short_name,
            "at": [row.place.latitude, row.place.longitude],
            "value": "",
        }
        for row in rows
    ]


def site_of(school_id: int, moment: Moment) -> list[float] | None:
    """Return where a school stands, as latitude and longitude."""
    return _sites(moment).get(school_id)


def _towns(result: Result, viewer: Viewer) -> list[dict[str, Any]]:
    """Return every town with the value that the comparison beside the map shows, or hides."""
    values = {group.key: group.value for group in pages.groups(result, viewer, of="town")}
    return [town | {"value": values.get(town["id"], "")} for town in town_points(result.moment.on)]


def _shown(result: Result, parts: Any) -> str:
    return shown(forms.value(result.card.form, parts), result.card.unit)


def _schools(result: Result, viewer: Viewer) -> list[dict[str, Any]]:
    """Return a pin for each school whose rows the viewer may open."""
    sensitivity = result.card.sensitivity
    sites = _sites(result.moment)
    called = names.schools(result.moment.on, result.schools)
    return [
        {
            "id": school,
            "name": called.get(school, ""),
            "at": sites[school],
            "kind": kind_of(parts),
            "value": _shown(result, parts) if result.card.unit_kind != "school" else "",
        }
        for school, parts in result.schools.items()
        if school in sites and viewer.may_open(sensitivity, town_id=None, school_id=school)
    ]


def _sites(moment: Moment) -> dict[int, list[float]]:
    rows = Campus.objects.filter(in_force(moment.on), latitude__isnull=False).order_by("-pk")
    found = rows.values_list("school", "latitude", "longitude")
    return {school: [lat, lon] for school, lat, lon in found if lat is not None and lon is not None}


def kind_of(parts: Any) -> str:
    """Return how a school stands: all its rows count, some do not, or some are not reported."""
    everything = sum(parts.values(), Counts())
    if everything.unreported:
        return UNREPORTED
    if everything.counted == everything.rows:
        return COUNTED
    return PARTLY if everything.counted else NOT_COUNTED


def _legend(result: Result) -> list[tuple[str, str, str]]:
    """Return (kind, sign, words) for each kind of pin."""
    legend = [
        (COUNTED, "●", _("计入")),
        (NOT_COUNTED, "✕", _("未计入")),
        (UNREPORTED, "？", _("未报")),
    ]
    if result.card.unit_kind != "school":
        legend.insert(1, (PARTLY, "◐", _("部分计入")))
    return legend
