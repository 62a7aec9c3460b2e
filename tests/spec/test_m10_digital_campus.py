"""Measure 10: networks, recording rooms, the sky classroom and the shared course library."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, entry_cases, event_cases, on_days, report_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES

COLUMN = {
    "school_gigabit_share": "school_bandwidth_mbps",
    "class_hundred_share": "class_bandwidth_mbps",
    "recording_share": "recording_classrooms",
    "sky_classroom_share": "on_sky_classroom",
}
JUST_ENOUGH = {
    "school_gigabit_share": 1000,
    "class_hundred_share": 100,
    "recording_share": 1,
    "sky_classroom_share": "yes",
}
JUST_NOT = {
    "school_gigabit_share": 999,
    "class_hundred_share": 99,
    "recording_share": 0,
    "sky_classroom_share": "no",
}
UNITS = rows({"id": 31, "title": "第一单元"}, {"id": 32, "title": "第二单元"})


def report(cells: dict[str, object], **change: object) -> dict[str, object]:
    """Return school 12's report of one school year."""
    figures = {COLUMN[name]: cell for name, cell in cells.items()}
    return {"school_id": 12, "year": 2025, **figures, **change}


def reported(district, on: str = DAY, known: str | None = None) -> dict[str, tuple[int, int, int]]:
    """Return (counted, unreported, rows) of the four indicators of the yearly report."""
    return {name: district.reported(name, on, known) for name in COLUMN}


def test_a_school_that_just_reaches_the_figure_counts(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, facility_reports=row(**report(JUST_ENOUGH)))

    found = reported(district)

    assert found == dict.fromkeys(COLUMN, (1, 4, 5))


def test_a_school_just_below_the_figure_says_no(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, facility_reports=row(**report(JUST_NOT)))

    found = reported(district)

    assert found == dict.fromkeys(COLUMN, (0, 4, 5))


@pytest.mark.parametrize("name", COLUMN)
def test_a_report_without_the_figure_is_not_a_no(world, name) -> None:
    drawn = row(**report(JUST_NOT | {name: ""}))
    district = world(**SCHOOLS_AND_PLACES, facility_reports=drawn)

    found = reported(district)

    assert found == dict.fromkeys(COLUMN, (0, 4, 5)) | {name: (0, 5, 5)}


@pytest.mark.parametrize(
    ("year", "on", "counts"),
    [
        pytest.param(2025, DAY, 1, id="of this school year"),
        pytest.param(2024, DAY, 1, id="of the year before"),
        pytest.param(2023, DAY, 0, id="older"),
        pytest.param(2026, DAY, 0, id="of the next school year"),
        pytest.param(2023, "2025-08-31", 1, id="of the year before, on its last day"),
        pytest.param(2023, "2025-09-01", 0, id="older, on the first day of the school year"),
    ],
)
def test_a_report_speaks_for_its_school_year_and_the_next(world, year, on, counts) -> None:
    drawn = row(**report(JUST_ENOUGH, year=year))
    district = world(**SCHOOLS_AND_PLACES, facility_reports=drawn)

    found = reported(district, on)

    assert found == dict.fromkeys(COLUMN, (counts, 5 - counts, 5))


def test_the_newest_report_decides(world) -> None:
    drawn = rows(report(JUST_NOT), report(JUST_ENOUGH, year=2024))
    district = world(**SCHOOLS_AND_PLACES, facility_reports=drawn)

    found = reported(district)

    assert found == dict.fromkeys(COLUMN, (0, 4, 5))


@report_cases
def test_a_report_counts_as_far_as_it_was_known(world, change, known, counts) -> None:
    drawn = row(**report(JUST_ENOUGH, **change))
    district = world(**SCHOOLS_AND_PLACES, facility_reports=drawn)

    found = reported(district, DAY, known)

    assert found == dict.fromkeys(COLUMN, (counts, 5 - counts, 5))


def test_the_report_of_a_school_in_the_street_does_not_count(world) -> None:
    drawn = row(**report(JUST_ENOUGH, school_id=22))
    district = world(**SCHOOLS_AND_PLACES, facility_reports=drawn)

    found = reported(district)

    assert found == dict.fromkeys(COLUMN, (0, 5, 5))


@on_days("2025-09-01", DAY)
def test_a_shared_lesson_counts_in_its_school_year(world, day, counts) -> None:
    lesson = row(school_id=13, mode="expert", held_on=day)
    district = world(**SCHOOLS_AND_PLACES, shared_lessons=lesson)

    share = district.counts("online_lesson_share", DAY)

    assert share == (counts, 5)


@pytest.mark.parametrize("mode", ["dedicated", "expert", "school_network"])
def test_each_of_the_three_classrooms_counts_and_a_school_only_once(world, mode) -> None:
    lesson = {"school_id": 15, "mode": mode, "held_on": "2025-10-10"}
    district = world(**SCHOOLS_AND_PLACES, shared_lessons=rows(lesson, lesson))

    share = district.counts("online_lesson_share", DAY)

    assert share == (1, 5)


@event_cases
def test_only_an_approved_lesson_counts(world, change, known, counts) -> None:
    lesson = row(school_id=15, mode="expert", held_on="2025-10-10", **change)
    district = world(**SCHOOLS_AND_PLACES, shared_lessons=lesson)

    share = district.counts("online_lesson_share", DAY, known)

    assert share == (counts, 5)


def test_a_lesson_of_a_school_in_the_street_does_not_count(world) -> None:
    lesson = row(school_id=21, mode="expert", held_on="2025-10-10")
    district = world(**SCHOOLS_AND_PLACES, shared_lessons=lesson)

    share = district.counts("online_lesson_share", DAY)

    assert share == (0, 5)


@entry_cases
def test_a_unit_is_covered_while_a_reviewed_resource_is_there(world, change, known, counts) -> None:
    resource = row(unit_id=31, title="微课", is_free_for_rural="no", **change)
    district = world(curriculum_units=UNITS, course_resources=resource)

    share = district.counts("library_share", DAY, known)

    assert share == (counts, 2)


def test_a_unit_with_two_resources_is_covered_once(world) -> None:
    resources = rows({"unit_id": 31, "title": "微课"}, {"unit_id": 31, "title": "课件"})
    district = world(curriculum_units=UNITS, course_resources=resources)

    share = district.counts("library_share", DAY)

    assert share == (1, 2)


@report_cases
def test_a_unit_is_asked_for_as_far_as_it_was_known(world, change, known, counts) -> None:
    district = world(curriculum_units=row(id=31, title="第一单元", **change))

    share = district.counts("library_share", DAY, known)

    assert share == (0, counts)


@pytest.mark.parametrize(("is_free", "counted"), [("yes", 1), ("no", 0)])
def test_a_resource_counts_when_rural_teachers_use_it_free_of_charge(
    world, is_free, counted
) -> None:
    resource = row(unit_id=31, title="微课", is_free_for_rural=is_free)
    district = world(course_resources=resource)

    share = district.counts("library_free_share", DAY)

    assert share == (counted, 1)


@entry_cases
def test_a_resource_is_asked_for_while_in_the_library(world, change, known, counts) -> None:
    resource = row(unit_id=31, title="微课", is_free_for_rural="yes", **change)
    district = world(course_resources=resource)

    share = district.counts("library_free_share", DAY, known)

    assert share == (counts, counts)


@pytest.mark.parametrize("name", ["library_share", "library_free_share"])
def test_an_empty_library_or_catalogue_has_no_value(world, name) -> None:
    district = world()

    value = district.value(name, DAY)

    assert value is None
