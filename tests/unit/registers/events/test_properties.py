"""Whatever happens to schools, the past stays, nobody is lost or doubled, and all can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from gengdu.records.models import Change
from gengdu.registers.places.models import Place
from gengdu.registers.schools.events import operations, planning, standing
from gengdu.registers.schools.events.asked import (
    Asked,
    ClassKey,
    Ending,
    Moving,
    NewSchool,
    Opening,
    Part,
    Recoding,
    Renaming,
    Split,
)
from gengdu.registers.schools.events.plans import Plan
from gengdu.registers.schools.models import SchoolClass, SchoolProfile
from gengdu.registers.staff.models import ContractTerm, Post
from tests import world
from tests.unit.registers.events import counting
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
NOW, KNOWN = datetime(2026, 1, 5, 1, tzinfo=UTC), world.known(date(2024, 9, 1))
FIRST, LAST = date(2022, 6, 1), date(2026, 8, 30)
KINDS = ("opened", "closed", "merged", "renamed", "moved", "recoded", "split", "split_up")
# What an event adds to the number of schools from its day on.
MORE_SCHOOLS = {"opened": 1, "closed": -1, "merged": -1, "split": 1, "split_up": 1}


@dataclass(frozen=True)
class Drawn:
    """An event before it is known which schools there are."""

    kind: str
    on: date
    school: int
    other: int
    choice: int


events = st.builds(
    Drawn,
    kind=st.sampled_from(KINDS),
    on=st.integers(0, (LAST - FIRST).days).map(lambda days: FIRST + timedelta(days)),
    school=st.integers(0, 20),
    other=st.integers(0, 20),
    choice=st.integers(0, 1000),
)


@pytest.fixture(scope="module")
def rich_district(district: World, django_db_blocker: Any) -> World:
    """The small world with contracts, and with the classes that its children are in."""
    with django_db_blocker.unblock():
        for post in Post.objects.filter(superseded_at=None, ends_on=None):
            ContractTerm.objects.create(
                staff_id=post.staff_id, school_id=post.school_id, sequence=1,
                starts_on=date(2024, 9, 1), ends_on=date(2027, 9, 1), recorded_at=KNOWN,
            )  # fmt: skip
        for school in (district.li_school, district.zhao_school):
            for grade, year in ((3, 2024), (4, 2025)):
                SchoolClass.objects.create(
                    school=school, stage="primary", grade=grade, class_number=1, recorded_at=KNOWN,
                    starts_on=date(year, 9, 1), ends_on=date(year + 1, 9, 1),
                )  # fmt: skip
        world.child("P10", "宫四", district.zhao_school)
    return district


def asked_for(drawn: Drawn) -> Asked | None:
    """Return a question about schools that are open; None where none is."""
    there = list(
        SchoolProfile.objects.filter(standing.still_running(drawn.on), starts_on__lte=drawn.on)
        .order_by("school_id")
    )  # fmt: skip
    if not there:
        return None
    school, other = there[drawn.school % len(there)], there[drawn.other % len(there)]
    villages = list(
        Place.objects.filter(kind="village").order_by("pk").values_list("pk", flat=True)
    )
    village = villages[drawn.choice % len(villages)]
    new = _new(f"新校{drawn.choice}", village)
    match drawn.kind:
        case "opened":
            return Opening(drawn.on, new)
        case "closed" | "merged":
            return Ending(drawn.on, school.school_id, other.school_id, drawn.kind == "merged")
        case "renamed":
            return Renaming(drawn.on, school.school_id, f"{school.name}改{drawn.choice}")
        case "moved":
            return Moving(drawn.on, school.school_id, village, school.in_plan, False)
        case "recoded":
            code = f"2137{drawn.choice:06d}"
            stages = standing.stages_on(school.school_id, drawn.on)
            return Recoding(drawn.on, school.school_id, "nine_year", code, stages)
    return _split(drawn, school, village)


def _new(name: str, village: int) -> NewSchool:
    return NewSchool(name, "primary", village, ("preschool", "primary", "junior"))


def _split(drawn: Drawn, school: SchoolProfile, village: int) -> Split:
    classes = [ClassKey(*row[:3]) for row in standing.classes_on(school.school_id, drawn.on)]
    given_away = frozenset(
        key for number, key in enumerate(classes) if (drawn.choice >> number) % 2 == 0
    )
    posts = Post.objects.filter(standing.still_running(drawn.on), school=school.school_id)
    staff = frozenset(posts.order_by("pk").values_list("staff_id", flat=True)[:1])
    parts = (Part(_new(f"甲校{drawn.choice}", village), given_away, staff),)
    if drawn.kind == "split_up":
        parts += (Part(_new(f"乙校{drawn.choice}", village), frozenset()),)
    return Split(drawn.on, school.school_id, parts, parent_ends=drawn.kind == "split_up")


def check_one(drawn: Drawn, asked: Asked, plan: Plan, account: Any, number: int) -> Change:
    """Let one event happen and compare every day before and after."""
    days = [*counting.turning_days(FIRST, LAST), drawn.on - counting.DAY, drawn.on]
    were, live_before = counting.of_days(days), counting.live_rows()

    change = operations.commit(
        asked, digest=plan.digest, account=account, at=NOW + timedelta(minutes=number)
    )

    for day, (by_school, in_all) in counting.of_days(days).items():
        assert counting.pupils_twice(day) == []
        if day < drawn.on:
            assert (by_school, in_all) == were[day], (day, drawn)
            continue
        assert in_all["pupils"] == were[day][1]["pupils"], (day, drawn)
        assert in_all["staff"] == were[day][1]["staff"], (day, drawn)
        more = MORE_SCHOOLS.get(drawn.kind, 0)
        assert in_all["schools"] == were[day][1]["schools"] + more, (day, drawn)
    assert counting.known_before(change) == live_before
    return change


@settings(
    max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(events, min_size=1, max_size=5))
def test_the_past_stays_nobody_is_lost_or_doubled_and_all_is_undone(
    rich_district: World, drawn_events: list[Drawn]
) -> None:
    with transaction.atomic():
        happened: list[tuple[Change, Any]] = []
        for number, drawn in enumerate(drawn_events):
            asked = asked_for(drawn)
            plan = planning.plan(asked) if asked is not None else None
            if asked is None or plan is None or plan.problems:
                continue
            before = counting.live_rows()
            change = check_one(drawn, asked, plan, rich_district.wang, number)
            happened.append((change, before))
            event(drawn.kind)
        for number, (change, before) in enumerate(reversed(happened)):
            at = NOW + timedelta(hours=1, minutes=number)
            operations.undo(change, account=rich_district.wang, at=at)
            assert counting.live_rows() == before
        transaction.set_rollback(True)
