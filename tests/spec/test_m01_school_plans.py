"""Measure 1: every rural school, kindergartens included, has its own plan in force."""

from __future__ import annotations

from tests.spec.cases import DAY, entry_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES


@entry_cases
def test_a_school_plan_counts_while_approved_and_in_force(world, change, known, counts) -> None:
    plan = row(school_id=11, **change)
    district = world(**SCHOOLS_AND_PLACES, school_plans=plan)

    share = district.counts("school_plan_share", DAY, known)

    assert share == (counts, 5)


def test_the_plan_of_a_kindergarten_counts(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, school_plans=row(school_id=13))

    share = district.counts("school_plan_share", DAY)

    assert share == (1, 5)


def test_the_plan_of_a_school_in_the_street_does_not_count(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, school_plans=row(school_id=21))

    share = district.counts("school_plan_share", DAY)

    assert share == (0, 5)


def test_a_plan_that_follows_another_without_a_gap_counts_once(world) -> None:
    old, new = {"school_id": 11, "ends_on": DAY}, {"school_id": 11, "starts_on": DAY}
    district = world(**SCHOOLS_AND_PLACES, school_plans=rows(old, new))

    share = district.counts("school_plan_share", DAY)

    assert share == (1, 5)


def test_each_town_is_counted_apart(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, school_plans=row(school_id=15))

    towns = district.result("school_plan_share", DAY).towns

    assert {town: (found["all"].counted, found["all"].rows) for town, found in towns.items()} == {
        2: (0, 4),
        3: (1, 1),
    }
