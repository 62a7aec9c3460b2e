"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gengdu.access.models import Role, ScopeKind
from gengdu.chapters.moral_education.models import SchoolPlan
from gengdu.kernel.periods import Period
from gengdu.records import refusals
from gengdu.records.models import State
from gengdu.registers.schools.models import School
from tests import world
from tests.world import known

pytestmark = pytest.mark.django_db
FIRST, MIDDLE, LAST = date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1)


@pytest.fixture
def school() -> School:
    return School.objects.create()


def plan(school: School, starts_on: date, ends_on: date | None = None, **more: Any) -> SchoolPlan:
    dates = {"starts_on": starts_on, "ends_on": ends_on, "recorded_at": known(FIRST)}
    said = {"school": school, "version": 1, "state": State.APPROVED, **dates, **more}
    return SchoolPlan(**{"item": world.new_item(SchoolPlan), **said})


@contextmanager
def refused_as_overlap() -> Iterator[None]:
    """Expect that the database refuses, for the reason that a form would give."""
    with pytest.raises(IntegrityError) as refused:
        yield
    assert "起止日期与已有记录重叠" in refusals.reason(refused.value)


@pytest.fixture
def first_half(school: School) -> SchoolPlan:
    """A plan from January until before July 2024."""
    made = plan(school, FIRST, MIDDLE)
    made.save()
    return made


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        pytest.param(FIRST, MIDDLE, id="the same period"),
        pytest.param(MIDDLE - timedelta(1), LAST, id="the last day"),
        pytest.param(FIRST - timedelta(9), FIRST + timedelta(1), id="the first day"),
        pytest.param(FIRST - timedelta(9), None, id="around it, open"),
        pytest.param(FIRST + timedelta(9), MIDDLE - timedelta(9), id="inside it"),
    ],
)
def test_a_row_that_shares_a_day_is_refused_on_save(
    first_half: SchoolPlan, starts_on: date, ends_on: date | None
) -> None:
    with refused_as_overlap():
        plan(first_half.school, starts_on, ends_on).save()


def test_periods_that_touch_share_no_day(first_half: SchoolPlan) -> None:
    plan(first_half.school, MIDDLE).save()
    plan(first_half.school, FIRST - timedelta(9), FIRST).save()

    assert SchoolPlan.objects.count() == 3


def test_another_school_may_have_the_same_period(first_half: SchoolPlan) -> None:
    plan(School.objects.create(), FIRST, MIDDLE).save()

    assert SchoolPlan.objects.count() == 2


def test_bulk_create_is_refused_as_a_whole(first_half: SchoolPlan) -> None:
    later = [plan(first_half.school, MIDDLE, LAST), plan(first_half.school, MIDDLE + timedelta(9))]

    with refused_as_overlap(), transaction.atomic():
        SchoolPlan.objects.bulk_create(later)

    assert SchoolPlan.objects.count() == 1


def test_an_update_that_stretches_a_period_is_refused(first_half: SchoolPlan) -> None:
    plan(first_half.school, MIDDLE).save()

    with refused_as_overlap(), transaction.atomic():
        SchoolPlan.objects.filter(pk=first_half.pk).update(ends_on=None)

    first_half.refresh_from_db()
    assert first_half.ends_on == MIDDLE


def test_raw_sql_is_refused_too(first_half: SchoolPlan) -> None:
    sql = (
        "INSERT INTO moral_education_schoolplan "
        "(school_id, item_id, version, starts_on, state, recorded_at, goals, all_staff, "
        "whole_process, all_round, safeguards) "
        "VALUES (%s, %s, 2, '2024-06-30', 'approved', '2024-06-30 00:00:00', '', '', '', '', '')"
    )
    item = world.new_item(SchoolPlan)

    with refused_as_overlap(), connection.cursor() as cursor:
        cursor.execute(sql, [first_half.school_id, item.pk])


def test_a_superseded_row_may_overlap(first_half: SchoolPlan) -> None:
    plan(first_half.school, FIRST, MIDDLE, superseded_at=known(LAST)).save()

    assert SchoolPlan.objects.filter(superseded_at=None).count() == 1


def test_drafts_may_overlap_what_is_in_force(first_half: SchoolPlan) -> None:
    for state in (State.DRAFT, State.AT_BUREAU, State.RETURNED):
        plan(first_half.school, FIRST, MIDDLE, state=state).save()

    assert SchoolPlan.objects.count() == 4


def test_a_draft_that_overlaps_cannot_be_approved(first_half: SchoolPlan) -> None:
    draft = plan(first_half.school, FIRST, state=State.DRAFT)
    draft.save()

    with refused_as_overlap():
        SchoolPlan.objects.filter(pk=draft.pk).update(state=State.APPROVED)


def test_a_row_is_replaced_by_superseding_it_first(first_half: SchoolPlan) -> None:
    SchoolPlan.objects.filter(pk=first_half.pk).update(superseded_at=known(LAST))
    plan(first_half.school, FIRST).save()

    assert SchoolPlan.objects.get(superseded_at=None).ends_on is None


def test_a_superseded_row_may_not_come_back_to_life_over_its_successor(
    first_half: SchoolPlan,
) -> None:
    old = plan(first_half.school, FIRST, superseded_at=known(LAST))
    old.save()

    with refused_as_overlap():
        SchoolPlan.objects.filter(pk=old.pk).update(superseded_at=None)


def test_saving_a_row_again_does_not_overlap_with_itself(first_half: SchoolPlan) -> None:
    first_half.version = 2
    first_half.save()

    assert SchoolPlan.objects.get().version == 2


@pytest.mark.parametrize("ends_on", [FIRST, FIRST - timedelta(1)])
def test_a_row_that_does_not_end_after_its_start_is_refused(school: School, ends_on: date) -> None:
    with pytest.raises(IntegrityError) as refused:
        plan(school, FIRST, ends_on).save()

    assert refusals.reason(refused.value) == "结束日应晚于起始日。"


def test_a_second_account_of_one_name_is_refused_in_words(db: None) -> None:
    world.account("wang", "教育分局", Role.BUREAU_OFFICER, ScopeKind.DISTRICT, None)

    with pytest.raises(IntegrityError) as refused:
        world.account("wang", "崮山镇", Role.TOWN_OFFICER, ScopeKind.TOWN, 1)

    assert "已有同样的记录" in refusals.reason(refused.value)


@pytest.mark.django_db(transaction=True)
def test_a_reference_to_nothing_is_refused_in_words() -> None:
    with pytest.raises(IntegrityError) as refused:
        plan(School(pk=999), FIRST).save()

    assert "引用的记录不存在" in refusals.reason(refused.value)


def test_a_row_without_what_it_must_have_is_refused_in_words(school: School) -> None:
    with pytest.raises(IntegrityError) as refused:
        SchoolPlan.objects.create(school=school, version=1, starts_on=FIRST)

    assert "缺少必填的内容" in refusals.reason(refused.value)


def test_a_form_is_told_in_words_before_the_database_refuses(first_half: SchoolPlan) -> None:
    with pytest.raises(ValidationError, match="起止日期与已有记录重叠"):
        plan(first_half.school, FIRST).validate_constraints()
    with pytest.raises(ValidationError, match="结束日应晚于起始日"):
        plan(first_half.school, LAST, LAST).validate_constraints()


def test_validation_takes_what_the_database_takes(first_half: SchoolPlan) -> None:
    plan(first_half.school, MIDDLE, LAST).validate_constraints()
    first_half.validate_constraints()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(1, 30)), min_size=2, max_size=4)
)
def test_the_database_takes_a_row_exactly_when_no_live_period_overlaps(
    school: School, rows: list[tuple[int, int | None]]
) -> None:
    with transaction.atomic():
        kept: list[Period] = []
        for first, length in rows:
            starts_on = FIRST + timedelta(first)
            period = Period(starts_on, None if length is None else starts_on + timedelta(length))
            fits = not any(period.overlaps(other) for other in kept)
            try:
                with transaction.atomic():
                    plan(school, period.starts_on, period.ends_on).save()
            except IntegrityError:
                assert not fits
            else:
                assert fits
                kept.append(period)
        transaction.set_rollback(True)
