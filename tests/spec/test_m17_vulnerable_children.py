"""Measure 17: resource centres, aid for every child recognised, a plan for each dropout."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, NEXT_DAY, entry_cases, event_cases, register_cases, row, rows
from tests.spec.district import PLACE_RECORDS, PLACES, SCHOOLS_AND_PLACES

PUPIL = row(pupil_id=9, school_id=12, stage="primary", grade=2)
RECOGNISED = row(pupil_id=9, category="特困供养")


@entry_cases
def test_a_resource_centre_counts_while_approved_and_open(world, change, known, counts) -> None:
    centre = row(town_id=2, school_id=11, **change)
    district = world(**SCHOOLS_AND_PLACES, resource_centres=centre)

    share = district.counts("resource_centre_share", DAY, known)

    assert share == (counts, 2)


@pytest.mark.parametrize(
    ("town_id", "school_id", "counted"),
    [
        pytest.param(2, 14, 1, id="junior school of the town"),
        pytest.param(2, 13, 0, id="kindergarten of the town"),
        pytest.param(2, 15, 0, id="school of the other town"),
        pytest.param(3, 15, 1, id="the other town"),
        pytest.param(4, 21, 0, id="the street"),
    ],
)
def test_a_centre_stands_at_a_primary_or_junior_school_of_its_own_town(
    world, town_id, school_id, counted
) -> None:
    centre = row(town_id=town_id, school_id=school_id)
    district = world(**SCHOOLS_AND_PLACES, resource_centres=centre)

    share = district.counts("resource_centre_share", DAY)

    assert share == (counted, 2)


def test_a_town_with_two_centres_counts_once(world) -> None:
    centres = rows({"town_id": 2, "school_id": 11}, {"town_id": 2, "school_id": 14})
    district = world(**SCHOOLS_AND_PLACES, resource_centres=centres)

    share = district.counts("resource_centre_share", DAY)

    assert share == (1, 2)


@pytest.mark.parametrize(("ends_on", "counted"), [(DAY, 0), (NEXT_DAY, 1)])
def test_a_centre_ends_with_the_school_it_stands_at(world, ends_on, counted) -> None:
    profile = row(school_id=11, category="primary", village_id=101, in_plan="yes", ends_on=ends_on)
    centre = row(town_id=2, school_id=11)
    district = world(**SCHOOLS_AND_PLACES | {"school_profiles": profile}, resource_centres=centre)

    share = district.counts("resource_centre_share", DAY)

    assert share == (counted, 2)


@pytest.mark.parametrize(
    ("held_on", "on", "counts"),
    [
        pytest.param("2025-09-01", DAY, 1, id="first day of the term"),
        pytest.param("2025-08-31", DAY, 0, id="last day of the term before"),
        pytest.param(DAY, DAY, 1, id="that day"),
        pytest.param(NEXT_DAY, DAY, 0, id="the next day"),
        pytest.param("2026-03-01", "2026-06-30", 1, id="first day of the spring term"),
        pytest.param("2026-02-28", "2026-06-30", 0, id="last day of the autumn term"),
    ],
)
def test_aid_counts_in_the_term_it_is_paid_in(world, held_on, on, counts) -> None:
    paid = row(pupil_id=9, held_on=held_on)
    pupil = {"enrolments": PUPIL, "aid_recognitions": RECOGNISED}
    district = world(**SCHOOLS_AND_PLACES, **pupil, aid_payments=paid)

    share = district.counts("aid_share", on)

    assert share == (counts, 1)


@event_cases
def test_only_an_approved_payment_counts(world, change, known, counts) -> None:
    paid = row(pupil_id=9, held_on="2025-10-10", **change)
    pupil = {"enrolments": PUPIL, "aid_recognitions": RECOGNISED}
    district = world(**SCHOOLS_AND_PLACES, **pupil, aid_payments=paid)

    share = district.counts("aid_share", DAY, known)

    assert share == (counts, 1)


def test_a_pupil_paid_twice_counts_once(world) -> None:
    paid = rows({"pupil_id": 9, "held_on": "2025-10-10"}, {"pupil_id": 9, "held_on": "2025-11-11"})
    pupil = {"enrolments": PUPIL, "aid_recognitions": RECOGNISED}
    district = world(**SCHOOLS_AND_PLACES, **pupil, aid_payments=paid)

    share = district.counts("aid_share", DAY)

    assert share == (1, 1)


@entry_cases
def test_a_pupil_is_asked_for_while_recognised(world, change, known, counts) -> None:
    recognised = row(pupil_id=9, category="低保", **change)
    district = world(**SCHOOLS_AND_PLACES, enrolments=PUPIL, aid_recognitions=recognised)

    share = district.counts("aid_share", DAY, known)

    assert share == (0, counts)


@register_cases
def test_a_recognised_pupil_is_asked_for_while_enrolled(world, change, known, counts) -> None:
    pupil = row(pupil_id=9, school_id=12, stage="primary", **change)
    district = world(**SCHOOLS_AND_PLACES, enrolments=pupil, aid_recognitions=RECOGNISED)

    share = district.counts("aid_share", DAY, known)

    assert share == (0, counts)


@pytest.mark.parametrize(("school_id", "pupils"), [(13, 1), (22, 0)])
def test_children_of_rural_kindergartens_are_asked_for_and_of_the_street_not(
    world, school_id, pupils
) -> None:
    pupil = row(pupil_id=9, school_id=school_id)
    district = world(**SCHOOLS_AND_PLACES, enrolments=pupil, aid_recognitions=RECOGNISED)

    share = district.counts("aid_share", DAY)

    assert share == (0, pupils)


def test_with_nobody_recognised_there_is_no_value(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, enrolments=PUPIL)

    value = district.value("aid_share", DAY)

    assert value is None


CASE = {"pupil_id": 9, "school_id": 12, "found_on": "2025-12-01"}
STEPS = {"plan_on": "2025-12-02", "first_visit_on": "2025-12-03"}


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        pytest.param({}, 1, id="planned and visited in time"),
        pytest.param({"first_visit_on": "2025-12-01"}, 1, id="visited on the day found"),
        pytest.param({"first_visit_on": "2025-12-04"}, 1, id="visited on the third day"),
        pytest.param({"first_visit_on": "2025-12-05"}, 0, id="visited on the fourth day"),
        pytest.param({"first_visit_on": ""}, 0, id="never visited"),
        pytest.param({"plan_on": ""}, 0, id="without a plan"),
        pytest.param({"plan_on": DAY}, 1, id="planned that day"),
        pytest.param({"plan_on": NEXT_DAY}, 0, id="planned the next day"),
    ],
)
def test_a_case_needs_a_plan_and_a_first_visit_within_three_days(world, change, counted) -> None:
    case = row(**CASE | STEPS | change)
    district = world(**SCHOOLS_AND_PLACES, dropout_cases=case)

    share = district.counts("dropout_plan_share", DAY)

    assert share == (counted, 1)


@pytest.mark.parametrize(
    ("found_on", "asked"),
    [
        pytest.param("2025-12-28", 1, id="3 days ago"),
        pytest.param("2025-12-29", 0, id="2 days ago"),
    ],
)
def test_a_case_is_asked_for_once_its_first_three_days_have_passed(world, found_on, asked) -> None:
    case = row(**CASE | {"found_on": found_on})
    district = world(**SCHOOLS_AND_PLACES, dropout_cases=case)

    share = district.counts("dropout_plan_share", DAY)

    assert share == (0, asked)


@pytest.mark.parametrize(
    ("found_on", "year"),
    [("2024-12-28", 2024), ("2024-12-29", 2025), ("2025-12-28", 2025), ("2025-12-29", 2026)],
)
def test_every_case_is_asked_for_in_exactly_one_year(world, found_on, year) -> None:
    case = row(**CASE | {"found_on": found_on})
    district = world(**SCHOOLS_AND_PLACES, dropout_cases=case)

    years = [
        y for y in (2024, 2025, 2026) if district.counts("dropout_plan_share", f"{y}-12-31")[1]
    ]

    assert years == [year]


@event_cases
def test_only_approved_cases_are_asked_for(world, change, known, counts) -> None:
    case = row(**CASE, **change)
    district = world(**SCHOOLS_AND_PLACES, dropout_cases=case)

    share = district.counts("dropout_plan_share", DAY, known)

    assert share == (0, counts)


def test_a_case_of_a_school_in_the_street_is_not_asked_for(world) -> None:
    case = row(**CASE | {"school_id": 21})
    district = world(**SCHOOLS_AND_PLACES, dropout_cases=case)

    share = district.counts("dropout_plan_share", DAY)

    assert share == (0, 0)


@pytest.mark.parametrize(
    ("ends_on", "asked"),
    [
        pytest.param("2025-12-15", 1, id="after the child was found"),
        pytest.param("2025-12-01", 0, id="before the child was found"),
    ],
)
def test_a_case_is_asked_for_although_the_school_closed_since(world, ends_on, asked) -> None:
    profile = row(school_id=12, category="primary", village_id=102, in_plan="yes", ends_on=ends_on)
    towns = {"places": PLACES, "place_records": PLACE_RECORDS, "school_profiles": profile}
    district = world(**towns, dropout_cases=row(**CASE))

    share = district.counts("dropout_plan_share", DAY)

    assert share == (0, asked)
