"""One small district with names, in the real database; tests vary it with the functions below.

崮山镇 has Li's school at the town seat; 泊于镇 has Zhao's small school and a kindergarten; the
street has a city school that is on no list; one school was merged away in 2022. Six teachers, nine
children. Wang works at the bureau, Sun at 泊于镇.

Li must never see Zhao's pupils or staff; Sun sees 泊于镇 alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.trail import triggers
from gengdu.access.trail.models import TrailEntry
from gengdu.chapters.delivery.models import PlanDocument, WrittenJudgement
from gengdu.chapters.inclusion.models import AidPayment, AidRecognition
from gengdu.chapters.moral_education.models import CampusTitle, SchoolPlan
from gengdu.chapters.urban_rural.models import Partnership
from gengdu.records.models import Item, SampleDistrict, State
from gengdu.records.sounds import sound
from gengdu.registers.places.models import Place, PlaceKind, PlaceRecord
from gengdu.registers.pupils.models import Enrolment, Pupil, PupilRecord
from gengdu.registers.schools.models import (
    Campus,
    FacilityReport,
    School,
    SchoolEvent,
    SchoolEventKind,
    SchoolProfile,
    SchoolStage,
)
from gengdu.registers.staff.models import Degree, LeadershipTerm, Post, Staff, StaffRecord

ON = date(2025, 12, 31)
LONG_AGO = date(2015, 9, 1)
NOTICE_DAY = date(2023, 6, 30)
CLOSED_ON = date(2022, 9, 1)
# The plan of Zhao's school holds from 2025-02-01 and was approved only on 2025-06-10.
LATE_PLAN_HOLDS_FROM = date(2025, 2, 1)
LATE_PLAN_KNOWN_ON = date(2025, 6, 10)
PASSWORD = "only-in-tests"


def known(day: date) -> datetime:
    """Return the moment at which a row became known: noon, world time, of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """The district's people, places and schools, by the names the tests use."""

    gushan: Place
    boyu: Place
    street: Place
    li_school: School
    zhao_school: School
    kindergarten: School
    city_school: School
    closed_school: School
    wang: Account
    li: Account
    zhao: Account
    sun: Account

    @property
    def schools(self) -> tuple[School, ...]:
        """The schools open on the last day."""
        return (self.li_school, self.zhao_school, self.kindergarten, self.city_school)

    @property
    def towns(self) -> tuple[Place, ...]:
        """The towns and the street."""
        return (self.gushan, self.boyu, self.street)


def build() -> World:
    """Write the district into the database."""
    county = place("county", "371072", "经开区", None)
    gushan = place("town", "371072103", "崮山镇", county, at=(37.34, 122.30))
    boyu = place("town", "371072105", "泊于镇", county, at=(37.36, 122.37))
    street = place("street", "371072008", "皇冠街道", county, at=(37.41, 122.16))
    zaobu = place("village", "371072103201", "皂埠村", gushan)
    place("village", "371072103202", "百尺所村", gushan)
    boyu_village = place("village", "371072105201", "泊于村", boyu)
    songxu = place("village", "371072105202", "松徐家村", boyu)
    huangguan = place("village", "371072008001", "皇冠社区", street)

    li_school = school("崮山小学", "primary", zaobu, at_town_seat=True, at=(37.345, 122.31))
    zhao_school = school("松徐小学", "primary", songxu, at=(37.365, 122.38))
    kindergarten = school("泊于幼儿园", "kindergarten", boyu_village, stage="preschool")
    city_school = school("皇冠小学", "primary", huangguan, in_plan=False)

    closed_school = school("旧泊于小学", "primary", boyu_village)
    merge(closed_school, zhao_school, CLOSED_ON)
    SampleDistrict.objects.create(scale=1, seed=1, last_day=ON)

    _staff(li_school, zhao_school, kindergarten, city_school)
    _children(li_school, zhao_school, kindergarten, city_school)
    _ledgers(li_school, zhao_school, kindergarten, city_school)
    return World(
        gushan, boyu, street, li_school, zhao_school, kindergarten, city_school, closed_school,
        wang=account("wang", "教育分局", Role.BUREAU_OFFICER, ScopeKind.DISTRICT, None),
        li=account("li", "崮山小学校长", Role.SCHOOL_HEAD, ScopeKind.SCHOOL, li_school.pk),
        zhao=account("zhao", "松徐小学校长", Role.SCHOOL_HEAD, ScopeKind.SCHOOL, zhao_school.pk),
        sun=account("sun", "泊于镇助理", Role.TOWN_OFFICER, ScopeKind.TOWN, boyu.pk),
    )  # fmt: skip


def _staff(li_school: School, zhao_school: School, kindergarten: School, city: School) -> None:
    """Of five teachers at compulsory schools three are bachelors; Wu's degree is not on record."""
    li = teacher("S01", "李明", date(1976, 3, 2), li_school, degree=3)
    teacher("S02", "周静", date(1990, 7, 9), li_school, degree=2, subject="音乐")
    zhao = teacher("S03", "赵强", date(1985, 11, 20), zhao_school, degree=3)
    teacher("S04", "吴桐", date(1994, 1, 5), zhao_school, degree=None)
    chen = teacher("S05", "陈芳", date(1981, 5, 6), kindergarten, degree=2, stage="preschool")
    zheng = teacher("S06", "郑宁", date(1979, 12, 31), city, degree=4)
    term(li, li_school, date(2019, 9, 1))
    term(zhao, zhao_school, date(2022, 9, 1))
    term(chen, kindergarten, date(2021, 9, 1))
    term(zheng, city, date(2020, 9, 1))


def _children(li_school: School, zhao_school: School, kindergarten: School, city: School) -> None:
    """Two children of Zhao's school and one of Li's are recognised as needing aid; two are paid."""
    names = ("丛一", "丛二", "丛三", "丛四")
    children = [child(f"P0{n}", name, li_school) for n, name in enumerate(names, start=1)]
    needy = child("P05", "宫一", zhao_school)
    unpaid = child("P06", "宫二", zhao_school)
    child("P07", "宫三", zhao_school)
    child("P08", "毕一", kindergarten, stage="preschool")
    child("P09", "毕二", city)
    for pupil in (children[0], needy, unpaid):
        entry(AidRecognition, date(2025, 9, 1), pupil=pupil, category="low_income")
    for pupil in (children[0], needy):
        event(AidPayment, date(2025, 10, 15), pupil=pupil, aid_kind="生活补助", amount_yuan=500)


def _ledgers(li_school: School, zhao_school: School, kindergarten: School, city: School) -> None:
    entry(SchoolPlan, date(2023, 10, 1), school=li_school, version=1)
    entry(
        SchoolPlan,
        LATE_PLAN_HOLDS_FROM,
        recorded_on=LATE_PLAN_KNOWN_ON,
        school=zhao_school,
        version=1,
    )
    entry(SchoolPlan, date(2024, 1, 1), school=kindergarten, version=1, state=State.AT_BUREAU)
    for rural in (li_school, zhao_school, kindergarten):
        grant(rural, "green", "district", date(2024, 6, 1))
    grant(li_school, "reading", "city", date(2024, 6, 1))
    grant(kindergarten, "reading", "district", date(2023, 9, 1), ends_on=date(2025, 9, 1))
    entry(Partnership, date(2024, 9, 1), core_school=city, rural_school=li_school, kind="paired")
    entry(PlanDocument, date(2023, 8, 1), kind="special_work_plan", title="专项工作方案")
    event(WrittenJudgement, date(2025, 12, 1), promise="goals.rural_satisfaction",
          body="教育分局", text="群众满意度总体稳定。")  # fmt: skip
    report(li_school, 2025, school=1000, in_class=100, recording=1, sky=True)
    report(zhao_school, 2025, school=500, in_class=None, recording=0, sky=True)


def place(
    kind: str, code: str, name: str, parent: Place | None, at: tuple[float, float] | None = None
) -> Place:
    """Add a place with its one record."""
    latitude, longitude = at or (None, None)
    made = Place.objects.create(
        kind=PlaceKind(kind), is_own=parent is None, latitude=latitude, longitude=longitude,
        recorded_at=known(LONG_AGO),
    )  # fmt: skip
    PlaceRecord.objects.create(
        place=made, parent=parent, code=code, name=name, short_name=name, **_dated(LONG_AGO)
    )
    return made


def school(
    name: str, category: str, village: Place, *, in_plan: bool = True, at_town_seat: bool = False,
    stage: str = "primary", at: tuple[float, float] | None = None,
) -> School:  # fmt: skip
    """Add a school with profile, stage and campus."""
    made = School.objects.create(is_sample=True)
    SchoolProfile.objects.create(
        school=made, name=name, category=category, village=village, in_plan=in_plan,
        at_town_seat=at_town_seat, school_system="five_four", **_dated(LONG_AGO),
    )  # fmt: skip
    SchoolStage.objects.create(school=made, stage=stage, **_dated(LONG_AGO))
    latitude, longitude = at or (None, None)
    Campus.objects.create(
        school=made, name="本部", latitude=latitude, longitude=longitude, **_dated(LONG_AGO)
    )
    return made


def teacher(
    code: str, name: str, born: date, school: School, *, degree: int | None, stage: str = "primary",
    subject: str = "语文",
) -> Staff:  # fmt: skip
    """Add a teacher in post; without a degree on record where `degree` is None."""
    made = Staff.objects.create(staff_code=code)
    StaffRecord.objects.create(
        staff=made, name=name, sex="female", birth_date=born, recorded_at=known(LONG_AGO)
    )
    Post.objects.create(
        staff=made, school=school, kind="teacher", stage=stage, subject=subject, **_dated(LONG_AGO)
    )
    if degree is not None:
        Degree.objects.create(
            staff=made, level=degree, obtained_on=LONG_AGO, recorded_at=known(LONG_AGO)
        )
    return made


def term(
    person: Staff, school: School, starts_on: date, ends_on: date | None = None
) -> LeadershipTerm:
    """Let a person lead a school from a day on; a full term is three years."""
    return LeadershipTerm.objects.create(
        staff=person, school=school, role="head", starts_on=starts_on, ends_on=ends_on,
        full_term_ends_on=starts_on.replace(year=starts_on.year + 3), recorded_at=known(starts_on),
    )  # fmt: skip


def child(code: str, name: str, school: School, *, stage: str = "primary") -> Pupil:
    """Add a child in the first class of a school since 2022, one enrolment for each school year."""
    made = Pupil.objects.create(pupil_code=code)
    PupilRecord.objects.create(
        pupil=made,
        name=name,
        name_sound=sound(name),
        sex="male",
        birth_date=date(2016, 3, 1),
        recorded_at=known(LONG_AGO),
    )
    for grade, year in enumerate(range(2022, 2026), start=1):
        Enrolment.objects.create(
            pupil=made, school=school, stage=stage, grade=grade, class_number=1,
            **_dated(date(year, 9, 1), date(year + 1, 9, 1)),
        )  # fmt: skip
    return made


def grant(
    school: School,
    kind: str,
    level: str,
    starts_on: date,
    *,
    ends_on: date | None = None,
    **more: Any,
) -> CampusTitle:
    """Grant a campus title to a school."""
    return entry(
        CampusTitle, starts_on, ends_on=ends_on, school=school, kind=kind, level=level, **more
    )


def entry(
    model: Any, starts_on: date, *, ends_on: date | None = None, recorded_on: date | None = None,
    state: str = State.APPROVED, **values: Any,
) -> Any:  # fmt: skip
    """Add a ledger entry that holds over a period, known and approved on its first day."""
    return model.objects.create(
        item=new_item(model), starts_on=starts_on, ends_on=ends_on, state=state,
        recorded_at=known(recorded_on or starts_on), **values,
    )  # fmt: skip


def event(model: Any, held_on: date, *, state: str = State.APPROVED, **values: Any) -> Any:
    """Add a ledger entry of one day, known the same day."""
    return model.objects.create(
        item=new_item(model), held_on=held_on, state=state, recorded_at=known(held_on), **values
    )


def new_item(model: Any) -> Item:
    """Add the identity of an entry of a ledger."""
    return Item.objects.create(ledger=model.ledger)


def report(
    of: School,
    year: int,
    *,
    school: int | None,
    in_class: int | None,
    recording: int | None,
    sky: bool | None,
) -> FacilityReport:
    """Add the facility report of one school year; None is not reported."""
    return FacilityReport.objects.create(
        school=of, year=year, school_bandwidth_mbps=school, class_bandwidth_mbps=in_class,
        recording_classrooms=recording, on_sky_classroom=sky, recorded_at=known(date(year, 10, 20)),
    )  # fmt: skip


def merge(closing: School, into: School, on: date) -> None:
    """Merge one school into another: what it has ends that day, its children go on there."""
    for model in (SchoolProfile, SchoolStage, Campus, Enrolment, Post, LeadershipTerm):
        model.objects.filter(school=closing, ends_on=None).update(ends_on=on)
    Enrolment.objects.filter(school=closing, starts_on__gte=on).update(school=into)
    for running in Enrolment.objects.filter(school=closing, ends_on__gt=on):
        until, running.ends_on = running.ends_on, on
        running.save()
        running.pk, running.school, running.starts_on, running.ends_on = None, into, on, until
        running.save(force_insert=True)
    SchoolEvent.objects.create(
        school=closing, successor=into, kind=SchoolEventKind.MERGED, happened_on=on,
        note="生源减少", recorded_at=known(on),
    )  # fmt: skip


def account(
    username: str, title: str, role: str, kind: str, key: int | None, **more: Any
) -> Account:
    """Add an account with a role and a scope; it has no password of use."""
    made = Account(
        username=username, title_zh=title, role=role, scope_kind=kind, scope_key=key, **more
    )
    made.set_unusable_password()
    made.save()
    return made


def remove_everything() -> None:
    """Delete all rows but keep tables, triggers and revision counters, which must never go back."""
    kept = {
        "records_tablerevision",
        "django_content_type",
        "auth_permission",
        TrailEntry._meta.db_table,
    }
    empty_trail()
    for alias in connections:
        connection = connections[alias]
        there = set(connection.introspection.table_names())
        tables = {
            model._meta.db_table for model in apps.get_models(include_auto_created=True)
        } & there
        with (
            connection.constraint_checks_disabled(),
            transaction.atomic(using=alias),
            connection.cursor() as cursor,
        ):
            for table in sorted(tables - kept):
                cursor.execute(f'DELETE FROM "{table}"')


def empty_trail() -> None:
    """Begin a new trail, which the database refuses as long as its triggers stand."""
    connection = connections["trail"]
    triggers.REFUSAL.remove(connection)
    TrailEntry.objects.all().delete()
    triggers.REFUSAL.install(connection)
    Path(settings.TRAIL_ANCHORS).unlink(missing_ok=True)


def _dated(starts_on: date, ends_on: date | None = None) -> dict[str, Any]:
    return {"starts_on": starts_on, "ends_on": ends_on, "recorded_at": known(starts_on)}
