"""Measure 1: every rural school, kindergartens included, has its own plan in force."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, DAY_BEFORE, NEXT_DAY, entry_cases, history_cases, row, rows
from tests.spec.district import SCHOOL_ENDS, SCHOOLS_AND_PLACES


@entry_cases
def test_a_school_plan_counts_while_approved_and_in_force(world, change, known, counts) -> None:
    plan = row(school_id=11, **change)
    district = world(**SCHOOLS_AND_PLACES, school_plans=plan)

    share = district.counts("school_plan_share", DAY, known)

    assert share == (counts, 5)


@history_cases
def test_a_school_plan_counts_from_its_approval_until_it_is_taken_away(
    world, history, known, counts
) -> None:
    drawn = rows(*({"school_id": 11, **one} for one in history))
    district = world(**SCHOOLS_AND_PLACES, school_plans=drawn)

    share = district.counts("school_plan_share", DAY, known)

    assert share == (counts, 5)


@pytest.mark.parametrize(("schools", "on", "share"), SCHOOL_ENDS.values(), ids=SCHOOL_ENDS)
def test_a_school_plan_counts_for_its_own_school_while_the_plan_asks_for_it(
    world, schools, on, share
) -> None:
    """The plan is not ended with its school here, so that nothing else keeps it from counting."""
    district = world(**schools, school_plans=row(school_id=11))

    assert district.counts("school_plan_share", on) == share


def test_a_revision_that_waits_leaves_the_plan_in_force(world) -> None:
    waiting = {"school_id": 11, "state": "at_bureau", "starts_on": DAY}
    district = world(**SCHOOLS_AND_PLACES, school_plans=rows({"school_id": 11}, waiting))

    share = district.counts("school_plan_share", DAY)

    assert share == (1, 5)


@pytest.mark.parametrize(
    ("on", "counts"), [(DAY_BEFORE, 1), (DAY, 0), (NEXT_DAY, 1)], ids=["before", "gap", "after"]
)
def test_a_day_between_two_plans_has_none(world, on, counts) -> None:
    old, new = {"school_id": 11, "ends_on": DAY}, {"school_id": 11, "starts_on": NEXT_DAY}
    district = world(**SCHOOLS_AND_PLACES, school_plans=rows(old, new))

    share = district.counts("school_plan_share", on)

    assert share == (counts, 5)


def test_all_is_reached_when_every_rural_school_has_its_plan(world) -> None:
    every = [{"school_id": school} for school in (11, 12, 13, 14, 15)]
    district = world(**SCHOOLS_AND_PLACES, school_plans=rows(*every))

    assert district.value("school_plan_share", DAY) == 1


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
