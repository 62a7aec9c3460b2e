"""The tables of a later day: what is bound to happen, and nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from gengdu.analytics.foreseen import MADE_FROM, foreseen
from gengdu.datasets.tables import TABLES

AGES = {"male": 60, "female": 55}
ON, UNTIL = date(2026, 9, 30), date(2028, 12, 31)
THEN = datetime(2020, 1, 1)  # noqa: DTZ001 - Arrow keeps moments of the database without a zone


def table(name: str, *rows: dict[str, Any]) -> pa.Table:
    blank = dict.fromkeys(TABLES[name].columns) | {"recorded_at": THEN}
    every = [{**blank, "id": number, **row} for number, row in enumerate(rows, 1)]
    return pa.Table.from_pylist(every, schema=TABLES[name].schema)


def seen(**tables: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    def read(name: str) -> pa.Table:
        return table(name, *tables.get(name, []))

    return {name: foreseen(name, read, ON, UNTIL, ages=AGES).to_pylist() for name in MADE_FROM}


def pupil(number: int, grade: int, stage: str = "primary", **more: Any) -> dict[str, Any]:
    return {"pupil_id": number, "school_id": 1, "stage": stage, "grade": grade,
            "class_number": 1, "starts_on": date(2026, 9, 1), **more}  # fmt: skip


def grades_on(rows: list[dict[str, Any]], on: date) -> Counter[int]:
    return Counter(
        row["grade"] for row in rows
        if row["starts_on"] <= on and (row["ends_on"] is None or row["ends_on"] > on)
    )  # fmt: skip


def test_pupils_move_up_leave_after_the_last_grade_and_as_many_new_ones_come() -> None:
    school = [pupil(n, 1) for n in (1, 2, 3)] + [pupil(4, 2)] + [pupil(n, 3) for n in (5, 6)]

    rows = seen(enrolments=school)["enrolments"]

    assert grades_on(rows, date(2027, 8, 31)) == {1: 3, 2: 1, 3: 2}
    assert grades_on(rows, date(2027, 9, 1)) == {1: 3, 2: 3, 3: 1}
    assert grades_on(rows, date(2028, 12, 31)) == {1: 3, 2: 3, 3: 3}


def test_a_pupil_is_one_person_through_the_years_and_new_ones_are_nobody_known() -> None:
    rows = seen(enrolments=[pupil(7, 1), pupil(8, 2)])["enrolments"]

    mine = [row["grade"] for row in rows if row["pupil_id"] == 7]
    new = [row["pupil_id"] for row in rows if row["pupil_id"] < 0]
    assert mine == [1, 2]
    assert len(set(new)) == 2
    assert len({row["id"] for row in rows}) == len(rows)


def test_the_last_grade_is_the_one_that_the_school_teaches() -> None:
    five_years = [pupil(n, n) for n in range(1, 6)]
    junior = [pupil(10 + n, n, "junior", school_id=2) for n in range(1, 5)]

    rows = seen(enrolments=[*five_years, *junior])["enrolments"]
    stages = Counter(
        row["stage"] for row in rows
        if row["starts_on"] <= UNTIL and (row["ends_on"] is None or row["ends_on"] > UNTIL)
    )  # fmt: skip

    assert stages == {"primary": 5, "junior": 4}


def test_who_has_left_stays_away() -> None:
    left = pupil(1, 1, ends_on=date(2026, 9, 15))

    assert seen(enrolments=[left])["enrolments"] == [
        {**table("enrolments", left).to_pylist()[0], "superseded_at": None}
    ]


def post(staff: int, **more: Any) -> dict[str, Any]:
    return {"staff_id": staff, "school_id": 1, "kind": "teacher", "stage": "primary",
            "subject": "语文", "starts_on": date(2000, 9, 1), **more}  # fmt: skip


def ends(**tables: list[dict[str, Any]]) -> list[date | None]:
    return [row["ends_on"] for row in seen(**tables)["posts"]]


def test_who_reaches_the_age_by_the_last_day_retires_on_that_birthday() -> None:
    born = [date(1968, 12, 31), date(1969, 1, 1), date(1968, 2, 29)]
    records = [{"staff_id": n, "birth_date": day, "sex": "male"} for n, day in enumerate(born)]

    assert ends(posts=[post(n) for n in range(3)], staff_records=records) == [
        date(2028, 12, 31), None, date(2028, 2, 29),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sex", "born", "retires"),
    [
        ("female", date(1973, 12, 31), date(2028, 12, 31)),
        ("female", date(1974, 1, 1), None),
        ("male", date(1973, 12, 31), None),
        (None, date(1973, 12, 31), None),  # whose sex nobody recorded stays until the higher age
        (None, date(1968, 12, 31), date(2028, 12, 31)),
        ("female", date(1971, 9, 30), date(2026, 9, 30)),
        ("female", date(1968, 5, 1), date(2028, 5, 1)),  # past the age and still at work
        ("male", date(1966, 9, 29), None),
    ],
)
def test_everybody_retires_at_the_age_of_their_sex(
    sex: str | None, born: date, retires: date | None
) -> None:
    record = {"staff_id": 1, "birth_date": born, "sex": sex}

    assert ends(posts=[post(1)], staff_records=[record]) == [retires]


def test_an_end_that_is_known_stays_and_who_began_after_the_age_is_left_alone() -> None:
    records = [{"staff_id": n, "birth_date": date(1966, 1, 1)} for n in (1, 2)]
    posts = [post(1, ends_on=date(2030, 1, 1)), post(2, starts_on=date(2026, 3, 1))]

    assert ends(posts=posts, staff_records=records) == [date(2030, 1, 1), None]


def test_a_degree_under_way_is_there_on_the_day_it_is_expected() -> None:
    study = {"staff_id": 5, "level": 3, "starts_on": date(2025, 9, 1), "state": "approved"}
    studies = [
        {**study, "expected_on": date(2027, 7, 1)}, {**study, "expected_on": date(2029, 7, 1)},
        {**study, "expected_on": date(2026, 7, 1)},
        {**study, "expected_on": date(2027, 8, 1), "ends_on": date(2026, 9, 1)},
    ]  # fmt: skip

    rows = seen(degree_studies=studies)["degrees"]

    assert [(row["staff_id"], row["level"], row["obtained_on"]) for row in rows] == [
        (5, 3, date(2027, 7, 1))
    ]


def test_a_district_without_a_record_foresees_nothing() -> None:
    assert all(rows == [] for rows in seen().values())


@pytest.mark.parametrize("name", MADE_FROM)
def test_a_table_is_made_from_those_declared_and_no_others(name: str) -> None:
    asked = set()

    def read(source: str) -> pa.Table:
        asked.add(source)
        return table(source)

    foreseen(name, read, ON, UNTIL, ages=AGES)

    assert asked == set(MADE_FROM[name])
