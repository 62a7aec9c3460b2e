"""Measure 9: every rural kindergarten has all the equipment it needs."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, entry_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES


@pytest.mark.parametrize(("is_complete", "counted"), [("yes", 1), ("no", 0)])
def test_a_kindergarten_counts_when_its_check_found_everything(world, is_complete, counted) -> None:
    check = row(school_id=13, is_complete=is_complete)
    district = world(**SCHOOLS_AND_PLACES, equipment_checks=check)

    share = district.reported("kindergarten_equipped_share", DAY)

    assert share == (counted, 0, 1)


def test_a_kindergarten_never_checked_is_not_reported(world) -> None:
    district = world(**SCHOOLS_AND_PLACES)

    share = district.reported("kindergarten_equipped_share", DAY)

    assert share == (0, 1, 1)


@entry_cases
def test_a_check_counts_while_approved_and_valid(world, change, known, counts) -> None:
    check = row(school_id=13, is_complete="yes", **change)
    district = world(**SCHOOLS_AND_PLACES, equipment_checks=check)

    share = district.reported("kindergarten_equipped_share", DAY, known)

    assert share == (counts, 1 - counts, 1)


def test_the_newer_check_decides_from_its_day_on(world) -> None:
    old = {"school_id": 13, "is_complete": "no", "ends_on": DAY}
    new = {"school_id": 13, "is_complete": "yes", "starts_on": DAY}
    district = world(**SCHOOLS_AND_PLACES, equipment_checks=rows(old, new))

    shares = [district.counts("kindergarten_equipped_share", on) for on in ("2025-12-30", DAY)]

    assert shares == [(0, 1), (1, 1)]


def test_the_check_of_a_primary_school_is_not_asked_for(world) -> None:
    check = row(school_id=11, is_complete="yes")
    district = world(**SCHOOLS_AND_PLACES, equipment_checks=check)

    share = district.reported("kindergarten_equipped_share", DAY)

    assert share == (0, 1, 1)


@pytest.mark.parametrize(("in_plan", "kindergartens"), [("yes", 1), ("no", 0)])
def test_only_kindergartens_on_the_plans_list_are_asked_for(world, in_plan, kindergartens) -> None:
    profile = row(school_id=13, category="kindergarten", village_id=101, in_plan=in_plan)
    district = world(**SCHOOLS_AND_PLACES | {"school_profiles": profile})

    _, rows_found = district.counts("kindergarten_equipped_share", DAY)

    assert rows_found == kindergartens


@entry_cases
def test_the_work_plan_for_kindergartens_counts_while_in_force(
    world, change, known, counts
) -> None:
    plan = row(kind="kindergarten_plan", title="规范化规划", **change)
    district = world(plan_documents=plan)

    found = district.counts("kindergarten_plan_documents", DAY, known)

    assert found == (counts, counts)


def test_another_document_is_not_the_work_plan_for_kindergartens(world) -> None:
    district = world(plan_documents=row(kind="condition_improvement_plan", title="改善工作规划"))

    found = district.counts("kindergarten_plan_documents", DAY)

    assert found == (0, 0)
