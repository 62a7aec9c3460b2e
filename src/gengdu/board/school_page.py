"""Gathers one school's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from gengdu.access.scope import Viewer
from gengdu.analytics.cards import Card
from gengdu.analytics.forms import Counts
from gengdu.analytics.run import Moment
from gengdu.analytics.standing import STRIVING_FORCES
from gengdu.board import maps, names, pages, queries
from gengdu.kernel.quantities import shown
from gengdu.policy import facts, lists
from gengdu.policy.facts import Fact
from gengdu.records.queries import in_force
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools import queries as schools
from gengdu.registers.schools.models import FacilityReport, SchoolEvent, SchoolProfile, Stage
from gengdu.registers.staff.models import Degree, LeadershipTerm, Post, PostKind, StaffRecord

WORST_FIRST = (maps.NOT_COUNTED, maps.UNREPORTED, maps.PARTLY, maps.COUNTED, "striving")


def gather(school_id: int, moment: Moment, viewer: Viewer) -> dict[str, Any] | None:
    """Return what a school's page shows; None for a school that has not existed by the day."""
    on = moment.on
    profiles = SchoolProfile.objects.filter(school=school_id, superseded_at=None, starts_on__lte=on)
    history = list(profiles.order_by("-starts_on"))
    if not history:
        return None
    profile = schools.open_schools(on=on).filter(school_id=school_id).first()
    town_id = profile.town_id if profile else None  # type: ignore[attr-defined]
    return {
        "profile": profile or history[0],
        "is_open": profile is not None,
        "history": history,
        "events": _events(school_id, moment),
        "grades": _grades(school_id, moment, history[0].school_system),
        "staff": _staff(school_id, moment),
        "leaders": _leaders(school_id, moment),
        "facilities": _facilities(school_id, moment),
        "in_plan": _in_plan(school_id, moment, viewer, town_id),
        "map": _map(school_id, moment),
    }


def _leaders(school_id: int, moment: Moment) -> list[tuple[str, LeadershipTerm]]:
    terms = LeadershipTerm.objects.filter(in_force(moment.on), school=school_id).order_by("-role")
    called = names.staff(term.staff_id for term in terms)
    return [(called[term.staff_id], term) for term in terms]


def _events(school_id: int, moment: Moment) -> list[tuple[SchoolEvent, str]]:
    rows = SchoolEvent.objects.filter(superseded_at=None, happened_on__lte=moment.on)
    own = list(
        (rows.filter(school=school_id) | rows.filter(successor=school_id)).order_by("-happened_on")
    )
    ids = {event.school_id for event in own} | {
        event.successor_id for event in own if event.successor_id
    }
    called = names.schools(moment.on, ids)
    return [(event, _other_school(event, school_id, called)) for event in own]


def _other_school(event: SchoolEvent, school_id: int, called: dict[int, str]) -> str:
    other = event.successor_id if event.school_id == school_id else event.school_id
    return called.get(other, "") if other else ""


def _grades(school_id: int, moment: Moment, system: str) -> list[dict[str, Any]]:
    """Return pupils and classes by stage and grade."""
    rows = (
        Enrolment.objects.filter(in_force(moment.on), school=school_id)
        .values("stage", "grade")
        .annotate(pupils=Count("pk"), classes=Count("class_number", distinct=True))
    )
    order = list(Stage.values)
    found = sorted(rows, key=lambda row: (order.index(row["stage"]), row["grade"]))
    most = max((row["pupils"] for row in found), default=1)
    return [
        {
            "label": lists.grade_label(system, row["stage"], row["grade"]),
            "pupils": row["pupils"],
            "classes": row["classes"],
            "mean": row["pupils"] / row["classes"],
            "percent": 100 * row["pupils"] / most,
        }
        for row in found
    ]


def _staff(school_id: int, moment: Moment) -> dict[str, Any]:
    posts = Post.objects.filter(in_force(moment.on), school=school_id)
    teachers = posts.filter(kind=PostKind.TEACHER)
    dated = Degree.objects.filter(superseded_at=None, level__gte=3, obtained_on__lte=moment.on)
    reported = StaffRecord.objects.filter(
        Q(education_obtained_on=None) | Q(education_obtained_on__lte=moment.on),
        superseded_at=None,
        education_level__gte=3,
    )
    graduates = teachers.filter(
        Q(staff__in=dated.values("staff")) | Q(staff__in=reported.values("staff"))
    )
    return {
        "all": posts.count(),
        "teachers": teachers.count(),
        "bachelor": graduates.count(),
        "subjects": teachers.exclude(subject="")
        .values("subject")
        .annotate(n=Count("pk"))
        .order_by("-n"),
    }


def _facilities(school_id: int, moment: Moment) -> dict[str, Any]:
    """Return the yearly reports side by side, newest first: years, and a row for each item."""
    reports = list(
        FacilityReport.objects.filter(
            school=school_id, superseded_at=None, year__lte=moment.on.year
        ).order_by("-year")[:4]
    )
    items = (
        field
        for field in FacilityReport._meta.concrete_fields
        if field.null and not field.is_relation and field.name != "superseded_at"
    )
    rows = (
        (field.verbose_name, [getattr(report, field.name) for report in reports]) for field in items
    )
    reported = [row for row in rows if any(value is not None for value in row[1])]
    return {"years": [report.year for report in reports], "rows": reported}


def _in_plan(
    school_id: int, moment: Moment, viewer: Viewer, town_id: int | None
) -> list[dict[str, Any]]:
    """Return where the school counts among the promises, those it holds back first."""
    lines = []
    for result in queries.results(moment):
        parts, card = result.schools.get(school_id), result.card
        if parts is None or card.compared_with is None:
            continue
        if not viewer.may_open(card.sensitivity, town_id=town_id, school_id=school_id):
            continue
        counts = sum(parts.values(), Counts())
        lines.append({
            "card": card,
            "promise": facts.fact(card.compared_with),
            "value": shown(pages.group_value(card, parts), _unit(card)),
            "counts": counts,
            "kind": _kind(facts.fact(card.compared_with), parts),
        })  # fmt: skip
    return sorted(lines, key=lambda line: WORST_FIRST.index(line["kind"]))


def _unit(card: Card) -> str:
    return "share" if card.form == "ratio_of_shares" else card.unit


def _kind(promise: Fact, parts: Mapping[str, Counts]) -> str:
    """Return how the school stands; what is only striven for is no fault where it is missing."""
    found = maps.kind_of(parts)
    is_striven_for = promise.force in STRIVING_FORCES
    return "striving" if is_striven_for and found == maps.NOT_COUNTED else found


def _map(school_id: int, moment: Moment) -> dict[str, Any] | None:
    site = maps.site_of(school_id, moment)
    if site is None:
        return None
    pin = {"id": school_id, "name": "", "at": site, "kind": maps.COUNTED, "value": ""}
    pin["name"] = names.schools(moment.on, [school_id])[school_id]
    return {"towns": maps.town_points(moment.on), "schools": [pin], "legend": []}
