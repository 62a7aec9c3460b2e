"""What the quality-balance evaluation asks of each school, counted from the registers."""

from __future__ import annotations

from typing import Any

import pytest

from gengdu.analytics.quality_balance import school_rows
from gengdu.analytics.quality_balance.resources import RELATION
from tests.spec.cases import DAY, DAY_BEFORE, NEXT_DAY, rows
from tests.spec.district import SCHOOLS_AND_PLACES

PUPILS = rows(
    {"pupil_id": 1, "school_id": 11, "stage": "primary", "grade": 1, "class_number": 1},
    {"pupil_id": 2, "school_id": 11, "stage": "primary", "grade": 2, "class_number": 1},
    {"pupil_id": 3, "school_id": 14, "stage": "junior", "grade": 1, "class_number": 1},
    {"pupil_id": 4, "school_id": 13, "stage": "preschool", "grade": 1, "class_number": 1},
    {"pupil_id": 5, "school_id": 21, "stage": "primary", "grade": 1, "class_number": 1},
)
REPORT = {
    "school_id": 11, "year": 2025, "teaching_area_m2": 900.5, "indoor_sports_area_m2": 100,
    "sports_area_m2": 800, "equipment_yuan": 300_000, "multimedia_rooms": 4,
    "visiting_pe_teachers": 1, "visiting_music_teachers": 2, "visiting_art_teachers": 0,
    "visiting_arts_teachers": 0,
}  # fmt: skip


def listed(world: Any, on: str = DAY, **drawn: str) -> dict[tuple[int, str], dict[str, Any]]:
    district = world(**SCHOOLS_AND_PLACES, **{"enrolments": PUPILS, **drawn})
    found = district.relation(RELATION, on, "school_id, stage")
    return {(row["school_id"], row["stage"]): row for row in found}


def teachers(*people: dict[str, object]) -> dict[str, str]:
    """Return teachers of school 11, one row of each table for each."""
    posts, records = [], []
    for number, person in enumerate(people, start=1):
        post = {"staff_id": number, "school_id": 11, "kind": "teacher", "stage": "primary",
                "subject": "语文"}  # fmt: skip
        posts.append({key: person.get(key, value) for key, value in post.items()})
        record = {"education_level": "", "is_lead_teacher": ""}
        records.append({"staff_id": number, **{k: person.get(k, v) for k, v in record.items()}})
    return {"posts": rows(*posts), "staff_records": rows(*records)}


def test_each_school_stands_once_for_each_compulsory_stage_that_has_pupils(world: Any) -> None:
    found = listed(world)

    assert {key: row["pupils"] for key, row in found.items()} == {
        (11, "primary"): 2, (14, "junior"): 1, (21, "primary"): 1,
    }  # fmt: skip
    assert [found[key]["rural"] for key in sorted(found)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("starts", "ends", "pupils"),
    [(DAY, "", 1), (NEXT_DAY, "", 0), (DAY_BEFORE, DAY, 0), (DAY_BEFORE, NEXT_DAY, 1)],
)
def test_a_child_counts_while_enrolled(world: Any, starts: str, ends: str, pupils: int) -> None:
    child = rows({"pupil_id": 1, "school_id": 11, "stage": "primary", "grade": 1,
                  "class_number": 1, "starts_on": starts, "ends_on": ends})  # fmt: skip

    assert len(listed(world, enrolments=child)) == pupils


@pytest.mark.parametrize(
    ("stage", "level", "counts"),
    [("primary", 1, 0), ("primary", 2, 1), ("junior", 2, 0), ("junior", 3, 1), ("primary", "", 0)],
)
def test_above_the_required_schooling_is_college_in_primary_and_bachelor_in_junior_stages(
    world: Any, stage: str, level: object, counts: int
) -> None:
    child = rows({"pupil_id": 1, "school_id": 11, "stage": stage, "grade": 1, "class_number": 1})

    found = listed(world, enrolments=child, **teachers({"stage": stage, "education_level": level}))

    assert found[(11, stage)]["teachers_above"] == counts


def test_teachers_of_sports_and_arts_are_told_by_what_they_teach(world: Any) -> None:
    subjects = ("体育", "音乐", "美术", "艺术", "语文", "数学")

    found = listed(world, **teachers(*({"subject": subject} for subject in subjects)))

    assert found[(11, "primary")]["pe_art_teachers"] == 4


@pytest.mark.parametrize(
    ("told", "lead"), [(("yes", "no", "yes"), 2), (("no", "", "no"), 0), (("", "", ""), None)]
)
def test_lead_teachers_are_not_reported_where_nobody_said_of_any_whether_they_are(
    world: Any, told: tuple[str, ...], lead: int | None
) -> None:
    found = listed(world, **teachers(*({"is_lead_teacher": one} for one in told)))

    assert found[(11, "primary")]["backbone_teachers"] == lead


@pytest.mark.parametrize(
    ("level", "starts", "ends", "lead"),
    [
        ("district", DAY, "", 1),
        ("district", NEXT_DAY, "", 0),
        ("city", DAY_BEFORE, DAY, 0),
        ("city", DAY_BEFORE, NEXT_DAY, 1),
        ("school", DAY, "", 0),
    ],
)
@pytest.mark.parametrize("marked", ["yes", "no", ""])
def test_who_has_a_title_is_a_lead_teacher_while_it_is_held_whatever_the_mark_says(
    world: Any, level: str, starts: str, ends: str, lead: int, marked: str
) -> None:
    title = rows({"staff_id": 1, "kind": "lead_teacher", "level": level, "starts_on": starts,
                  "ends_on": ends})  # fmt: skip

    found = listed(world, **teachers({"is_lead_teacher": marked}), staff_titles=title)

    assert found[(11, "primary")]["backbone_teachers"] == lead


def test_a_title_of_the_profession_makes_nobody_a_lead_teacher(world: Any) -> None:
    title = rows({"staff_id": 1, "kind": "professional", "level": "senior", "starts_on": DAY})

    found = listed(world, **teachers({"is_lead_teacher": "no"}), staff_titles=title)

    assert found[(11, "primary")]["backbone_teachers"] == 0


def test_a_stage_without_teachers_has_none_and_a_school_without_a_report_reports_nothing(
    world: Any,
) -> None:
    row = listed(world)[(11, "primary")]

    assert (row["teachers_above"], row["backbone_teachers"], row["pe_art_teachers"]) == (0, 0, 0)
    assert [row[name] for name in school_rows.OF_SCHOOL] == [None] * 5
    assert row["visiting_pe_art_teachers"] is None


def test_the_newest_report_gives_areas_equipment_rooms_and_visiting_teachers(world: Any) -> None:
    older = {**REPORT, "year": 2024, "multimedia_rooms": 1}

    row = listed(world, facility_reports=rows(older, REPORT))[(11, "primary")]

    assert [row[name] for name in school_rows.OF_SCHOOL] == [900.5, 100, 800, 300_000, 4]
    assert row["visiting_pe_art_teachers"] == 3


def test_the_rows_are_those_that_a_file_would_hold(world: Any) -> None:
    found = listed(world, facility_reports=rows(REPORT))

    read = school_rows.of_records(found.values())

    assert [(row.school, row.stage.value, row.pupils) for row in read] == [
        ("甲小学", "primary", 2), ("甲初中", "junior", 1), ("丁小学", "primary", 1),
    ]  # fmt: skip
