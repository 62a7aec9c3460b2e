"""How schools stood on a day, and why an event cannot happen to them then."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, F, Min, Q

from gengdu.policy import lists
from gengdu.records.queries import in_force
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.models import SchoolEvent, SchoolProfile, SchoolStage, Stage
from gengdu.registers.staff.models import Post


def profile_on(school_id: int, on: date) -> SchoolProfile | None:
    """Return what a school was on a day; None where it was not open."""
    return SchoolProfile.objects.filter(in_force(on), school=school_id).first()


def stages_on(school_id: int, on: date) -> tuple[str, ...]:
    """Return the stages a school taught on a day, lower ones first."""
    taught = set(
        SchoolStage.objects.filter(in_force(on), school=school_id).values_list("stage", flat=True)
    )
    return tuple(stage for stage in Stage.values if stage in taught)


def still_running(on: date) -> Q:
    """Return the condition that a dated row is live and holds on a day or later."""
    return Q(superseded_at=None) & (Q(ends_on=None) | Q(ends_on__gt=on))


def pupils_on(school_id: int, on: date) -> int:
    """Return how many pupils a school had on a day."""
    return Enrolment.objects.filter(in_force(on), school=school_id).count()


def staff_on(school_id: int, on: date) -> int:
    """Return how many people worked at a school on a day."""
    return Post.objects.filter(in_force(on), school=school_id).count()


def classes_on(school_id: int, on: date) -> list[tuple[str, int, int, int]]:
    """Return the classes that have pupils: stage, grade, number, pupils; in order."""
    rows = (
        Enrolment.objects.filter(in_force(on), school=school_id)
        .values("stage", "grade", "class_number")
        .annotate(pupils=Count("pk"))
    )
    order = list(Stage.values)
    return sorted(
        ((row["stage"], row["grade"], row["class_number"], row["pupils"]) for row in rows),
        key=lambda row: (order.index(row[0]), *row[1:]),
    )


def class_label(system: str, stage: str, grade: int, number: int) -> str:
    """Return what a class is called, such as 三年级2班."""
    return f"{lists.grade_label(system, stage, grade)}{number}班"


def obstacles(school_id: int, on: date, *, may_be_new: bool = False) -> list[str]:
    """Return why no event can happen to a school on a day; empty where one can.

    A school that takes others over may have opened that very day.
    """
    first = SchoolProfile.objects.filter(school=school_id, superseded_at=None).aggregate(
        day=Min("starts_on")
    )["day"]
    profile = profile_on(school_id, on)
    if profile is None:
        return [_not_open(school_id, on, first)]
    found = []
    if first == on and not may_be_new:
        found.append(f"{profile.name}当天才设立，变动日期应晚于 {on}。")
    later = _later(school_id, on)
    if later is not None:
        found.append(
            f"{profile.name}在 {later} 还有后来的变动。请先撤销那次变动，再登记 {on} 的变动。"
        )
    return found


def _not_open(school_id: int, on: date, first: date | None) -> str:
    if first is None:
        return "底册里没有这所学校，请核对后重选。"
    if on < first:
        return f"学校自 {first} 起办学，变动日期不应早于这一天。"
    last = SchoolProfile.objects.filter(school=school_id, superseded_at=None).latest("starts_on")
    return f"{last.name}已于 {last.ends_on} 结束办学，不能再登记 {on} 的变动。"


def _later(school_id: int, on: date) -> date | None:
    """Return the first later day on which something else happened to a school."""
    profiles = SchoolProfile.objects.filter(superseded_at=None, school=school_id)
    days = [
        *profiles.filter(starts_on__gt=on).values_list("starts_on", flat=True),
        *profiles.filter(ends_on__gt=on).values_list("ends_on", flat=True),
        *SchoolEvent.objects.filter(
            Q(school=school_id) | Q(successor=school_id), superseded_at=None, happened_on__gt=on
        ).values_list("happened_on", flat=True),
    ]
    return min((day for day in days if day is not None), default=None)


def day_before(on: date) -> date:
    """Return the day before."""
    return on - timedelta(1)


def name_taken(name: str, on: date, *, besides: int | None = None) -> bool:
    """Tell whether a school open on a day goes by a name."""
    rows = SchoolProfile.objects.filter(still_running(on), name=name)
    return rows.exclude(school=besides).exists()


def identifier_taken(identifier: str, on: date, *, besides: int | None = None) -> bool:
    """Tell whether another school has an identifier on a day or later."""
    rows = SchoolProfile.objects.filter(still_running(on), identifier=identifier)
    return rows.exclude(school=besides).exists()


def town_of(village_id: int, on: date) -> tuple[int, str] | None:
    """Return the town a village belongs to and the kind of town."""
    return (
        PlaceRecord.objects.filter(in_force(on), place=village_id)
        .annotate(kind=F("parent__kind"))
        .values_list("parent_id", "kind")
        .first()
    )
