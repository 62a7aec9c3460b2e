"""The year turns over: who goes where, once, as previewed, and back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gengdu.kernel.school_years import SchoolYear
from gengdu.records.models import Change
from gengdu.records.queries import in_force
from gengdu.records.writing import CannotUndo, Moved
from gengdu.registers.pupils.models import Enrolment, Pupil
from gengdu.registers.pupils.turnover import operations, planning
from gengdu.registers.pupils.turnover.choices import Choices, Outcome
from gengdu.registers.pupils.turnover.placing import Classes
from gengdu.registers.pupils.turnover.planning import Plan
from gengdu.registers.schools.events import operations as events
from gengdu.registers.schools.events import planning as event_planning
from gengdu.registers.schools.events.asked import Ending
from gengdu.registers.schools.models import School, SchoolClass
from tests import world
from tests.unit.registers.events import counting
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
NEXT = SchoolYear(2026)
FIRST_DAY = NEXT.starts_on
NOW = datetime(2026, 8, 20, 1, tzinfo=UTC)
Schools = dict[str, School]


def choices(year: Schools, *names: str, **more: Any) -> Choices:
    return Choices(NEXT, frozenset(year[name].pk for name in names or year), **more)


def pupil(code: str) -> int:
    return Pupil.objects.get(pupil_code=code).pk


def turn(district: World, asked: Choices) -> Change:
    plan = planning.plan(asked)
    return operations.commit(asked, digest=plan.digest, account=district.wang, at=NOW)


def outcome(plan: Plan, code: str) -> Outcome:
    wanted = pupil(code)
    return next(step.outcome for step in plan.steps if step.old.pupil == wanted)


def place(code: str, on: date = FIRST_DAY) -> tuple[int, str, int, int]:
    row = Enrolment.objects.get(in_force(on), pupil=pupil(code))
    return row.school_id, row.stage, row.grade, row.class_number


def test_everybody_goes_up_by_the_school_system(district: World, year: Schools) -> None:
    plan = planning.plan(choices(year))

    assert outcome(plan, "P01") is Outcome.PROMOTED
    assert outcome(plan, "N1") is Outcome.HANDED_OVER
    assert outcome(plan, "F1") is Outcome.HANDED_OVER
    assert outcome(plan, "J1") is Outcome.GRADUATED
    assert outcome(plan, "P08") is Outcome.UNPLACED  # nobody knows where kindergarten children went


def test_a_nine_year_school_keeps_its_own_and_others_follow_last_years_flows(
    district: World, year: Schools
) -> None:
    turn(district, choices(year))

    assert place("N1") == (year["nine"].pk, "junior", 1, 1)
    assert place("F1") == (year["junior"].pk, "junior", 1, 1)
    assert place("P01") == (year["li"].pk, "primary", 5, 1)


def test_in_six_years_of_primary_school_nobody_graduates_after_five(
    district: World, year: Schools
) -> None:
    year["li"].profiles.update(school_system="six_three")

    turn(district, choices(year))

    assert place("F1") == (year["li"].pk, "primary", 6, 1)


def test_the_receiving_school_can_be_chosen_or_left_open(district: World, year: Schools) -> None:
    li, junior, nine = (year[name].pk for name in ("li", "junior", "nine"))
    to_nine = planning.plan(choices(year, targets={(li, "primary"): nine}))
    open_yet = planning.plan(choices(year, targets={(li, "primary"): None}))

    assert {step.to for step in to_nine.steps if step.old.pupil == pupil("F1")} == {
        (nine, "junior", 1)
    }
    assert outcome(open_yet, "F1") is Outcome.UNPLACED
    assert junior != nine


def test_repeaters_stay_and_leavers_go(district: World, year: Schools) -> None:
    asked = choices(year, repeaters=frozenset({pupil("P01")}), leavers=frozenset({pupil("P02")}))

    turn(district, asked)

    assert place("P01") == (year["li"].pk, "primary", 4, 1)
    assert not Enrolment.objects.filter(in_force(FIRST_DAY), pupil=pupil("P02")).exists()


def test_one_pupil_can_be_moved_to_another_school(district: World, year: Schools) -> None:
    turn(district, choices(year, moves={pupil("P01"): year["city"].pk}))

    assert place("P01")[:3] == (year["city"].pk, "primary", 5)


def test_classes_go_up_with_their_teacher(district: World, year: Schools) -> None:
    turn(district, choices(year))

    found = SchoolClass.objects.get(in_force(FIRST_DAY), school=year["li"], grade=5)
    assert found.homeroom_teacher is not None
    new = SchoolClass.objects.get(in_force(FIRST_DAY), school=year["junior"], grade=1)
    assert new.homeroom_teacher is None


def test_a_teacher_who_left_does_not_go_up(district: World, year: Schools) -> None:
    teacher = SchoolClass.objects.get(school=year["li"]).homeroom_teacher
    assert teacher is not None
    teacher.posts.update(ends_on=FIRST_DAY)

    turn(district, choices(year))

    found = SchoolClass.objects.get(in_force(FIRST_DAY), school=year["li"], grade=5)
    assert found.homeroom_teacher is None


def test_pupils_of_a_school_merged_on_the_first_day_go_up_at_the_successor(
    district: World, year: Schools
) -> None:
    asked = Ending(FIRST_DAY, year["zhao"].pk, year["li"].pk, True)
    digest = event_planning.plan(asked).digest
    events.commit(asked, digest=digest, account=district.wang, at=NOW)

    turn(district, choices(year))

    assert place("P05") == (year["li"].pk, "primary", 5, 2)


def test_the_second_time_nothing_is_added_and_said_so(district: World, year: Schools) -> None:
    turn(district, choices(year))
    rows = Enrolment.objects.count()

    with pytest.raises(operations.AlreadyTurned, match="没有改动任何数据"):
        turn(district, choices(year, "li"))
    assert Enrolment.objects.count() == rows


def test_who_left_is_not_brought_back_by_a_second_turnover(district: World, year: Schools) -> None:
    turn(district, choices(year, leavers=frozenset({pupil("P02")})))

    with pytest.raises(operations.AlreadyTurned):
        turn(district, choices(year))


def test_whoever_waited_can_be_placed_later(district: World, year: Schools) -> None:
    first = turn(district, choices(year))
    kindergarten, li = year["kindergarten"].pk, year["li"].pk

    turn(district, choices(year, targets={(kindergarten, "preschool"): li}))

    assert place("P08")[:3] == (li, "primary", 1)
    with pytest.raises(CannotUndo, match="待落实"):
        operations.undo(first, account=district.wang, at=NOW)


def test_a_head_hands_nobody_to_another_school(district: World, year: Schools) -> None:
    own = frozenset({year["li"].pk})

    plan = planning.plan(choices(year, "li", within=own))

    assert outcome(plan, "F1") is Outcome.UNPLACED
    assert outcome(plan, "P01") is Outcome.PROMOTED


def test_who_has_a_place_in_the_new_year_already_is_left_alone(
    district: World, year: Schools
) -> None:
    Enrolment.objects.create(
        pupil_id=pupil("P01"), school=year["city"], stage="primary", grade=5, class_number=3,
        starts_on=date(2026, 10, 1), ends_on=NEXT.ends_on, recorded_at=NOW,
    )  # fmt: skip

    plan = planning.plan(choices(year))

    assert outcome(plan, "P01") is Outcome.ALREADY


def test_what_moved_since_the_preview_is_not_written(district: World, year: Schools) -> None:
    digest = planning.plan(choices(year)).digest
    world.child("P77", "新来", year["li"])

    with pytest.raises(Moved):
        operations.commit(choices(year), digest=digest, account=district.wang, at=NOW)
    assert not Change.objects.exists()


@pytest.mark.parametrize(("pupils", "sizes"), [(45, [45]), (46, [23, 23]), (91, [31, 30, 30])])
def test_new_classes_are_even_and_of_standard_size(pupils: int, sizes: list[int]) -> None:
    sexes = {number: "male" if number % 2 else "female" for number in range(pupils)}

    numbers = Classes({}, FIRST_DAY).deal((1, "primary", 1), range(pupils), sexes)

    assert sorted(Counter(numbers.values()).values(), reverse=True) == sizes
    boys = Counter(number for pupil, number in numbers.items() if pupil % 2)
    assert max(boys.values()) - min(boys.values()) <= 1


codes = [f"P0{n}" for n in range(1, 10)] + [f"{k}{n}" for k in "NJFW" for n in (1, 2, 3)]


@settings(
    max_examples=30, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    st.sets(st.sampled_from(codes)), st.sets(st.sampled_from(codes)), st.sets(st.integers(0, 5)),
    st.dictionaries(st.sampled_from(codes), st.integers(0, 5), max_size=3),
    st.dictionaries(st.integers(0, 5), st.none() | st.integers(0, 5)),
)  # fmt: skip
def test_everybody_is_accounted_for_once_and_all_can_be_undone(
    district: World, year: Schools, repeaters: set[str], leavers: set[str], left_out: set[int],
    moves: dict[str, int], targets: dict[int, int | None],
) -> None:  # fmt: skip
    every = sorted(school.pk for school in year.values())
    ids = dict(Pupil.objects.values_list("pupil_code", "pk"))
    stages = ("preschool", "primary")
    asked = Choices(
        NEXT,
        frozenset(school for place, school in enumerate(every) if place not in left_out),
        frozenset(ids[code] for code in repeaters), frozenset(ids[code] for code in leavers),
        {ids[code]: every[place] for code, place in moves.items()},
        {(every[key], stage): None if to is None else every[to]
         for key, to in targets.items() for stage in stages},
    )  # fmt: skip
    with transaction.atomic():
        days = [*counting.turning_days(date(2022, 6, 1), date(2026, 8, 31))]
        were, before = counting.of_days(days), counting.live_rows()
        plan = planning.plan(asked)
        old = Enrolment.objects.filter(in_force(date(2026, 8, 31)), school__in=asked.schools)

        assert Counter(step.old.pupil for step in plan.steps) == Counter(
            old.values_list("pupil_id", flat=True)
        )
        placed = {step.old.pupil for step in plan.steps if step.to}
        assert placed == set(plan.seats)
        if plan.has_news:
            _turn_twice_and_back(district, asked, plan, before)
        assert counting.of_days(days) == were
        transaction.set_rollback(True)


def _turn_twice_and_back(district: World, asked: Choices, plan: Plan, before: Any) -> None:
    change = operations.commit(asked, digest=plan.digest, account=district.wang, at=NOW)
    new = Enrolment.objects.filter(in_force(FIRST_DAY))
    assert sorted(new.values_list("pupil_id", flat=True)) == sorted(plan.seats)
    with pytest.raises(operations.AlreadyTurned):
        turn(district, replace(asked, repeaters=frozenset(), leavers=frozenset()))
    operations.undo(change, account=district.wang, at=NOW)
    assert counting.live_rows() == before
