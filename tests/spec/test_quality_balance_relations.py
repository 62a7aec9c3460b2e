"""What the guarantee and quality items are counted from, in the registers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gengdu.analytics.quality_balance import register_facts
from gengdu.analytics.quality_balance.register_facts import CountyFacts
from tests.spec.cases import DAY, DAY_BEFORE, NEXT_DAY, rows
from tests.spec.district import SCHOOLS_AND_PLACES

ON = date.fromisoformat(DAY)
PUPILS = rows(
    {"pupil_id": 1, "school_id": 11, "stage": "primary", "grade": 1, "class_number": 1},
    {"pupil_id": 2, "school_id": 11, "stage": "primary", "grade": 1, "class_number": 2},
    {"pupil_id": 3, "school_id": 14, "stage": "junior", "grade": 1, "class_number": 1},
    {"pupil_id": 4, "school_id": 13, "stage": "preschool", "grade": 1, "class_number": 1},
)
TEACHER = rows(
    {"staff_id": 1, "school_id": 11, "kind": "teacher", "stage": "primary", "subject": "语文"}
)


def gathered(world: Any, **drawn: str) -> CountyFacts:
    district = world(**SCHOOLS_AND_PLACES, **{"enrolments": PUPILS, **drawn})
    found = {
        name: district.relation(relation, DAY, order)
        for name, (relation, order) in register_facts.RELATIONS.items()
    }
    return register_facts.gather(found, ON)


def test_schools_with_pupils_of_compulsory_stages_are_gathered_with_their_classes(
    world: Any,
) -> None:
    found = gathered(world)

    assert {one.school_id: len(one.classes) for one in found.schools} == {11: 2, 14: 1}
    assert [one.pupils for one in found.schools] == [2, 1]


@pytest.mark.parametrize(
    ("completed", "hours"), [(DAY, 40), (NEXT_DAY, 0), ("2020-12-31", 0), ("2021-01-01", 40)]
)
def test_training_counts_that_was_completed_within_five_years(
    world: Any, completed: str, hours: int
) -> None:
    found = gathered(
        world, posts=TEACHER,
        trainings=rows({"staff_id": 1, "completed_on": completed, "hours": 40}),
    )  # fmt: skip

    [teacher] = found.schools[0].teachers
    assert (teacher.hours, teacher.has_training) == (hours, hours > 0)


@pytest.mark.parametrize(("issued", "has"), [(DAY, True), (NEXT_DAY, False), ("", True)])
def test_a_certificate_counts_from_its_day_and_one_without_a_day_all_along(
    world: Any, issued: str, has: bool
) -> None:
    found = gathered(world, posts=TEACHER, certificates=rows({"staff_id": 1, "issued_on": issued}))

    assert [one.has_certificate for one in found.schools[0].teachers] == [has]


def test_the_newest_report_of_a_school_counts_and_what_it_left_blank_is_not_reported(
    world: Any,
) -> None:
    reports = rows(
        {"school_id": 11, "year": 2024, "music_rooms": 1, "art_rooms": 1},
        {"school_id": 11, "year": 2025, "music_rooms": 2, "art_rooms": ""},
    )

    [school, _other] = gathered(world, facility_reports=reports).schools

    assert (school.figures["music_rooms"], school.figures["art_rooms"]) == (2, None)


def test_the_county_is_taken_from_its_newest_report(world: Any) -> None:
    reports = rows(
        {"year": 2024, "disabled_children": 9}, {"year": 2025, "disabled_children": 10},
        {"year": 2026, "disabled_children": 11},
    )  # fmt: skip

    found = gathered(world, county_reports=reports)

    assert (found.year, found.figures["disabled_children"]) == (2025, 10)


@pytest.mark.parametrize(("ends", "schools"), [(DAY, 1), (NEXT_DAY, 2)])
def test_a_class_is_there_while_a_child_is_in_it(world: Any, ends: str, schools: int) -> None:
    children = rows(
        {"pupil_id": 1, "school_id": 11, "stage": "primary", "grade": 1, "class_number": 1,
         "starts_on": DAY_BEFORE, "ends_on": ends},
        {"pupil_id": 3, "school_id": 14, "stage": "junior", "grade": 1, "class_number": 1,
         "starts_on": DAY_BEFORE, "ends_on": ""},
    )  # fmt: skip

    assert len(gathered(world, enrolments=children).schools) == schools
