"""Measure 15: pupils reach the national quality standard; every rural school is distinctive."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.spec.cases import DAY, entry_cases, event_cases, on_days, row, rows
from tests.spec.district import PLACE_RECORDS, PLACES, SCHOOLS_AND_PLACES

RESULT = {"school_id": 12, "subject": "语文", "pupils_tested": 40, "pupils_reached": 39}


def test_the_pupils_of_all_schools_and_subjects_are_added_before_dividing(world) -> None:
    few = RESULT | {"subject": "数学", "pupils_tested": 10, "pupils_reached": 5}
    results = rows(RESULT | {"held_on": "2025-05-05"}, few | {"held_on": "2025-05-05"})
    district = world(**SCHOOLS_AND_PLACES, quality_results=results)

    share = district.value("quality_standard_share", DAY)

    assert share == Fraction(44, 50)


@on_days("2025-01-01", DAY)
def test_results_count_in_the_year_of_the_test(world, day, counts) -> None:
    district = world(**SCHOOLS_AND_PLACES, quality_results=row(**RESULT, held_on=day))

    share = district.value("quality_standard_share", DAY)

    assert share == (Fraction(39, 40) if counts else None)


@event_cases
def test_only_approved_results_count(world, change, known, counts) -> None:
    results = row(**RESULT, held_on="2025-05-05", **change)
    district = world(**SCHOOLS_AND_PLACES, quality_results=results)

    share = district.value("quality_standard_share", DAY, known)

    assert share == (Fraction(39, 40) if counts else None)


def test_results_of_a_school_in_the_street_do_not_count(world) -> None:
    results = row(**RESULT | {"school_id": 21}, held_on="2025-05-05")
    district = world(**SCHOOLS_AND_PLACES, quality_results=results)

    share = district.value("quality_standard_share", DAY)

    assert share is None


@pytest.mark.parametrize(
    ("ends_on", "share"),
    [
        pytest.param("2025-08-01", Fraction(39, 40), id="after the test"),
        pytest.param("2025-05-05", None, id="before the test"),
    ],
)
def test_results_count_although_the_school_closed_later_that_year(world, ends_on, share) -> None:
    profile = row(school_id=12, category="primary", village_id=102, in_plan="yes", ends_on=ends_on)
    towns = {"places": PLACES, "place_records": PLACE_RECORDS, "school_profiles": profile}
    district = world(**towns, quality_results=row(**RESULT, held_on="2025-05-05"))

    found = district.value("quality_standard_share", DAY)

    assert found == share


def test_nobody_tested_is_no_value_and_not_zero(world) -> None:
    results = row(**RESULT | {"pupils_tested": 0, "pupils_reached": 0}, held_on="2025-05-05")
    district = world(**SCHOOLS_AND_PLACES, quality_results=results)

    share = district.value("quality_standard_share", DAY)

    assert share is None


@entry_cases
def test_a_distinctive_school_counts_while_its_title_is_valid(world, change, known, counts) -> None:
    title = row(school_id=14, **change)
    district = world(**SCHOOLS_AND_PLACES, distinctive_schools=title)

    share = district.counts("distinctive_school_share", DAY, known)

    assert share == (counts, 4)


@pytest.mark.parametrize("school_id", [13, 21])
def test_the_title_of_a_kindergarten_or_a_school_in_the_street_does_not_count(
    world, school_id
) -> None:
    district = world(**SCHOOLS_AND_PLACES, distinctive_schools=row(school_id=school_id))

    share = district.counts("distinctive_school_share", DAY)

    assert share == (0, 4)


def test_a_school_with_two_distinctive_titles_counts_once(world) -> None:
    titles = rows({"school_id": 14}, {"school_id": 14})
    district = world(**SCHOOLS_AND_PLACES, distinctive_schools=titles)

    share = district.counts("distinctive_school_share", DAY)

    assert share == (1, 4)
