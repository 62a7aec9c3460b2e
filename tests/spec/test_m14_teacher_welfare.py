"""Measure 14: a medical check for every rural teacher each year; achievement weighs more."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.spec.cases import (  # fmt: skip
    DAY,
    NEXT_DAY,
    entry_cases,
    event_cases,
    on_days,
    register_cases,
    row,
    rows,
)
from tests.spec.district import SCHOOLS_AND_PLACES

TEACHER = row(staff_id=1, school_id=13, kind="teacher", stage="preschool")
NOTICE_DAY = "2023-06-30"
OLD = {"scheme": "中小学", "weight": 0.3, "ends_on": "2024-01-01"}
NEW = {"scheme": "中小学", "weight": 0.36, "starts_on": "2024-01-01"}


@on_days("2025-01-01", DAY)
def test_a_medical_check_counts_in_the_year_it_is_held_in(world, day, counts) -> None:
    check = row(staff_id=1, held_on=day)
    district = world(**SCHOOLS_AND_PLACES, posts=TEACHER, medical_checks=check)

    share = district.counts("medical_check_share", DAY)

    assert share == (counts, 1)


@event_cases
def test_only_an_approved_medical_check_counts(world, change, known, counts) -> None:
    check = row(staff_id=1, held_on="2025-04-04", **change)
    district = world(**SCHOOLS_AND_PLACES, posts=TEACHER, medical_checks=check)

    share = district.counts("medical_check_share", DAY, known)

    assert share == (counts, 1)


def test_a_teacher_checked_twice_counts_once(world) -> None:
    checks = rows(
        {"staff_id": 1, "held_on": "2025-04-04"}, {"staff_id": 1, "held_on": "2025-10-10"}
    )
    district = world(**SCHOOLS_AND_PLACES, posts=TEACHER, medical_checks=checks)

    share = district.counts("medical_check_share", DAY)

    assert share == (1, 1)


@register_cases
def test_a_teacher_is_asked_for_a_check_while_in_post(world, change, known, counts) -> None:
    post = row(staff_id=1, school_id=12, kind="teacher", **change)
    district = world(**SCHOOLS_AND_PLACES, posts=post)

    share = district.counts("medical_check_share", DAY, known)

    assert share == (0, counts)


@pytest.mark.parametrize(
    ("change", "teachers"),
    [
        pytest.param({"school_id": 13}, 1, id="kindergarten"),
        pytest.param({"school_id": 22}, 0, id="school in the street"),
        pytest.param({"kind": "support"}, 0, id="support staff"),
    ],
)
def test_teachers_of_rural_schools_and_kindergartens_are_asked_for(world, change, teachers) -> None:
    post = row(**{"staff_id": 1, "school_id": 12, "kind": "teacher"} | change)
    district = world(**SCHOOLS_AND_PLACES, posts=post)

    share = district.counts("medical_check_share", DAY)

    assert share == (0, teachers)


@pytest.mark.parametrize("weight", [0.36, 0.3, 0.24])
def test_the_weight_in_force_is_compared_with_that_of_the_day_of_the_notice(world, weight) -> None:
    district = world(title_rule_weights=rows(OLD, NEW | {"weight": weight}))

    ratio = district.value("achievement_weight_growth", DAY)

    assert ratio == Fraction(str(weight)) / Fraction("0.3")


@pytest.mark.parametrize(
    ("changed_on", "ratio"),
    [
        pytest.param(DAY, Fraction(6, 5), id="from that day"),
        pytest.param(NEXT_DAY, 1, id="from the next day"),
        pytest.param("2023-07-01", Fraction(6, 5), id="the day after the notice"),
        pytest.param(NOTICE_DAY, 1, id="on the day of the notice"),
    ],
)
def test_a_weight_raised_after_the_day_of_the_notice_counts(world, changed_on, ratio) -> None:
    drawn = rows(OLD | {"ends_on": changed_on}, NEW | {"starts_on": changed_on})
    district = world(title_rule_weights=drawn)

    found = district.value("achievement_weight_growth", DAY)

    assert found == ratio


@entry_cases
def test_a_weight_counts_while_approved_and_in_force(world, change, known, counts) -> None:
    drawn = rows(OLD, NEW | change)
    district = world(title_rule_weights=drawn)

    found = district.value("achievement_weight_growth", DAY, known)

    assert found == (Fraction(6, 5) if counts else None)


def test_without_a_weight_on_the_day_of_the_notice_there_is_no_value(world) -> None:
    district = world(title_rule_weights=rows(NEW))

    found = district.value("achievement_weight_growth", DAY)

    assert found is None


def test_a_further_scheme_does_not_look_like_a_raise(world) -> None:
    unchanged = {"scheme": "中小学", "weight": 0.3}
    further = {"scheme": "幼儿园", "weight": 0.3, "starts_on": "2024-01-01"}
    district = world(title_rule_weights=rows(unchanged, further))

    found = district.value("achievement_weight_growth", DAY)

    assert found == 1


def test_all_schemes_in_force_on_both_days_are_added(world) -> None:
    other = {"scheme": "幼儿园", "weight": 0.2}
    district = world(title_rule_weights=rows(OLD, NEW, other))

    found = district.value("achievement_weight_growth", DAY)

    assert found == Fraction("0.56") / Fraction("0.5")
