"""Measure 13: rural teachers hold bachelor's degrees; some are chosen for the provincial award."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, NEXT_DAY, event_cases, register_cases, report_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES

TEACHER = row(staff_id=1, school_id=12, kind="teacher", stage="primary")
BACHELOR = row(staff_id=1, level=3, obtained_on="2010-07-01")


@pytest.mark.parametrize(("level", "counted"), [(2, 0), (3, 1), (4, 1)])
def test_a_teacher_with_a_bachelors_degree_or_more_counts(world, level, counted) -> None:
    degree = row(staff_id=1, level=level, obtained_on="2010-07-01")
    district = world(**SCHOOLS_AND_PLACES, posts=TEACHER, degrees=degree)

    share = district.reported("rural_bachelor_share", DAY)

    assert share == (counted, 0, 1)


@pytest.mark.parametrize(("obtained_on", "counted"), [(DAY, 1), (NEXT_DAY, 0)])
def test_a_degree_counts_from_the_day_it_was_obtained(world, obtained_on, counted) -> None:
    college = {"staff_id": 1, "level": 2, "obtained_on": "2010-07-01"}
    bachelor = {"staff_id": 1, "level": 3, "obtained_on": obtained_on}
    district = world(**SCHOOLS_AND_PLACES, posts=TEACHER, degrees=rows(bachelor, college))

    share = district.reported("rural_bachelor_share", DAY)

    assert share == (counted, 0, 1)


@pytest.mark.parametrize(
    ("obtained_on", "counted"),
    [("", 1), (DAY, 1), pytest.param(NEXT_DAY, 0, id="obtained the next day")],
)
def test_a_level_that_a_list_reports_counts_from_its_day_and_without_one_all_along(
    world, obtained_on, counted
) -> None:
    college = row(staff_id=1, level=2, obtained_on="2010-07-01")
    record = row(staff_id=1, education_level=3, education_obtained_on=obtained_on)
    district = world(**SCHOOLS_AND_PLACES, posts=TEACHER, degrees=college, staff_records=record)

    share = district.reported("rural_bachelor_share", DAY)

    assert share == (counted, 0, 1)


def test_a_reported_level_never_lowers_what_a_degree_proves(world) -> None:
    record = row(staff_id=1, education_level=2)
    district = world(**SCHOOLS_AND_PLACES, posts=TEACHER, degrees=BACHELOR, staff_records=record)

    share = district.reported("rural_bachelor_share", DAY)

    assert share == (1, 0, 1)


def test_a_teacher_without_any_degree_on_record_is_not_reported(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, posts=TEACHER)

    share = district.reported("rural_bachelor_share", DAY)

    assert share == (0, 1, 1)


@report_cases
def test_a_degree_counts_as_far_as_it_was_known(world, change, known, counts) -> None:
    degree = row(staff_id=1, level=3, obtained_on="2010-07-01", **change)
    district = world(**SCHOOLS_AND_PLACES, posts=TEACHER, degrees=degree)

    share = district.reported("rural_bachelor_share", DAY, known)

    assert share == (counts, 1 - counts, 1)


@register_cases
def test_a_teacher_is_asked_for_while_in_post(world, change, known, counts) -> None:
    post = row(staff_id=1, school_id=12, kind="teacher", stage="primary", **change)
    district = world(**SCHOOLS_AND_PLACES, posts=post, degrees=BACHELOR)

    share = district.counts("rural_bachelor_share", DAY, known)

    assert share == (counts, counts)


@pytest.mark.parametrize(
    ("change", "teachers"),
    [
        pytest.param({"school_id": 14, "stage": "junior"}, 1, id="junior school"),
        pytest.param({"school_id": 13, "stage": "preschool"}, 0, id="kindergarten"),
        pytest.param({"stage": "preschool"}, 0, id="kindergarten class of a primary school"),
        pytest.param({"stage": ""}, 1, id="stage not filled in"),
        pytest.param({"school_id": 21}, 0, id="school in the street"),
        pytest.param({"kind": "support"}, 0, id="support staff"),
        pytest.param({"kind": "care_worker"}, 0, id="care worker"),
    ],
)
def test_full_time_teachers_of_rural_compulsory_schools_are_asked_for(
    world, change, teachers
) -> None:
    post = {"staff_id": 1, "school_id": 12, "kind": "teacher", "stage": "primary"} | change
    district = world(**SCHOOLS_AND_PLACES, posts=row(**post), degrees=BACHELOR)

    share = district.counts("rural_bachelor_share", DAY)

    assert share == (teachers, teachers)


@pytest.mark.parametrize(("held_on", "counts"), [("2021-09-10", 1), (DAY, 1), (NEXT_DAY, 0)])
def test_a_teacher_chosen_by_that_day_counts(world, held_on, counts) -> None:
    chosen = row(staff_id=1, programme="young_rural_teacher", held_on=held_on)
    district = world(programme_selections=chosen)

    found = district.counts("young_teacher_award_count", DAY)

    assert found == (counts, counts)


@event_cases
def test_only_an_approved_choice_counts(world, change, known, counts) -> None:
    chosen = row(staff_id=1, programme="young_rural_teacher", held_on="2025-09-10", **change)
    district = world(programme_selections=chosen)

    found = district.counts("young_teacher_award_count", DAY, known)

    assert found == (counts, counts)


def test_a_teacher_chosen_twice_is_one_teacher(world) -> None:
    chosen = {"staff_id": 1, "programme": "young_rural_teacher"}
    twice = rows({**chosen, "held_on": "2023-09-10"}, {**chosen, "held_on": "2025-09-10"})
    district = world(programme_selections=twice)

    found = district.counts("young_teacher_award_count", DAY)

    assert found == (1, 1)


def test_another_programme_is_not_the_award(world) -> None:
    chosen = row(staff_id=1, programme="backbone_teacher", held_on="2025-09-10")
    district = world(programme_selections=chosen)

    found = district.counts("young_teacher_award_count", DAY)

    assert found == (0, 0)
