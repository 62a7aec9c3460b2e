"""Measure 8: every school at a town seat reaches class Ⅱ or better on all items."""

from __future__ import annotations

import pytest

from gengdu.policy import lists
from tests.spec.cases import DAY, entry_cases, report_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES

ITEMS = [item["key"] for item in lists.items("condition_items")]


def assessed(items: list[str], **change: object) -> str:
    """Draw results of class Ⅱ of school 11; `change` is what differs for the last item."""
    result = {"school_id": 11, "condition_class": 2}
    *others, last = [{**result, "criterion": item} for item in items]
    return rows(*others, last | change)


@pytest.mark.parametrize(("last_class", "counted"), [(1, 1), (2, 1), (3, 0)])
def test_the_weakest_item_decides_and_class_ii_is_enough(world, last_class, counted) -> None:
    results = assessed(ITEMS, condition_class=last_class)
    district = world(**SCHOOLS_AND_PLACES, condition_results=results)

    share = district.reported("town_seat_class_ii_share", DAY)

    assert share == (counted, 1, 2)


def test_a_school_with_an_item_not_assessed_is_not_reported(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, condition_results=assessed(ITEMS[:-1]))

    share = district.reported("town_seat_class_ii_share", DAY)

    assert share == (0, 2, 2)


def test_one_item_below_class_ii_is_no_even_while_others_are_missing(world) -> None:
    results = row(school_id=11, criterion="track", condition_class=3)
    district = world(**SCHOOLS_AND_PLACES, condition_results=results)

    share = district.reported("town_seat_class_ii_share", DAY)

    assert share == (0, 1, 2)


@entry_cases
def test_a_result_counts_while_approved_and_valid(world, change, known, counts) -> None:
    district = world(**SCHOOLS_AND_PLACES, condition_results=assessed(ITEMS, **change))

    counted, unreported, _ = district.reported("town_seat_class_ii_share", DAY, known)

    assert (counted, unreported) == (counts, 2 - counts)


@pytest.mark.parametrize(
    ("change", "schools"),
    [
        pytest.param({}, 1, id="primary school at the town seat"),
        pytest.param({"category": "nine_year"}, 1, id="nine-year school"),
        pytest.param({"category": "kindergarten"}, 0, id="kindergarten"),
        pytest.param({"at_town_seat": "no"}, 0, id="outside the town seat"),
        pytest.param({"in_plan": "no"}, 0, id="not on the plan's list"),
    ],
)
def test_schools_at_a_town_seat_are_asked_for_but_no_kindergartens(world, change, schools) -> None:
    school = {"school_id": 11, "category": "primary", "village_id": 101}
    profile = row(**{**school, "in_plan": "yes", "at_town_seat": "yes", **change})
    district = world(**SCHOOLS_AND_PLACES | {"school_profiles": profile})

    _, rows_found = district.counts("town_seat_class_ii_share", DAY)

    assert rows_found == schools


@report_cases
def test_a_school_is_asked_for_as_far_as_its_profile_was_known(
    world, change, known, counts
) -> None:
    school = {"school_id": 11, "category": "primary", "village_id": 101}
    profile = row(**school, in_plan="yes", at_town_seat="yes", **change)
    district = world(**SCHOOLS_AND_PLACES | {"school_profiles": profile})

    found = district.counts("town_seat_class_ii_share", DAY, known)

    assert found == (0, counts)


@entry_cases
def test_the_improvement_plan_counts_while_in_force(world, change, known, counts) -> None:
    plan = row(kind="condition_improvement_plan", title="改善工作规划", **change)
    district = world(plan_documents=plan)

    found = district.counts("improvement_plan_documents", DAY, known)

    assert found == (counts, counts)


def test_another_document_is_not_the_improvement_plan(world) -> None:
    district = world(plan_documents=row(kind="kindergarten_plan", title="规范化规划"))

    found = district.counts("improvement_plan_documents", DAY)

    assert found == (0, 0)
