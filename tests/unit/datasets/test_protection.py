"""Persons are taken out of what leaves the county, and its indicators stay what they were."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from gengdu.datasets import protection, snapshots
from gengdu.datasets.protection import Becomes, Protector, Undeclared, becomes
from gengdu.datasets.tables import DAY, TABLES, TEXT, Table
from gengdu.kernel.dates import years_before

KEY = b"k" * 32
ON = date(2025, 12, 31)
PERSONS = {"staff_id", "pupil_id"}


def test_every_column_says_what_becomes_of_it() -> None:
    assert protection.undeclared() == []


def test_a_new_column_that_says_nothing_stops_the_writing() -> None:
    table = Table("staff_records", "staff.StaffRecord", "…", {"id": pa.int64(), "phone": TEXT})

    with pytest.raises(Undeclared, match=r"staff_records\.phone"):
        becomes(table, "phone")


def test_numbers_of_persons_and_of_rows_about_them_are_keyed() -> None:
    for table in TABLES.values():
        for column in PERSONS & set(table.columns):
            assert becomes(table, column) == Becomes.KEYED
        if PERSONS & set(table.columns):
            assert becomes(table, "id") == Becomes.KEYED


def test_a_text_without_a_code_is_kept_only_of_schools_and_places() -> None:
    free = {"name", "title", "document_number", "scheme"}
    kept = {
        table.name for table in TABLES.values() for column in free & set(table.columns)
        if becomes(table, column) == Becomes.KEPT
    }  # fmt: skip

    assert kept == {"place_records", "school_profiles"}


def protected(of: str, key: bytes = KEY, **columns: list[object]) -> dict[str, list[object]]:
    table = TABLES[of]
    schema = pa.schema([(column, table.columns[column]) for column in columns])
    batch = pa.RecordBatch.from_pydict(columns, schema=schema)
    found: dict[str, list[object]] = Protector(key, ON).protect(table, batch).to_pydict()
    return found


def test_the_same_person_stays_the_same_in_every_table() -> None:
    [post] = protected("posts", staff_id=[7])["staff_id"]
    [degree] = protected("degrees", staff_id=[7])["staff_id"]

    assert post == degree != 7


def test_a_pupil_and_a_teacher_of_one_number_are_not_taken_for_each_other() -> None:
    assert (
        protected("posts", staff_id=[7])["staff_id"]
        != (protected("enrolments", pupil_id=[7])["pupil_id"])
    )


def test_another_key_gives_other_numbers() -> None:
    assert protected("posts", staff_id=[7]) != protected("posts", b"x" * 32, staff_id=[7])


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Protector(b"short", ON)


def test_free_text_is_gone() -> None:
    assert protected("labour_sites", name=["王老师的菜园", None])["name"] == [None, None]


@pytest.mark.parametrize(
    ("born", "cut"),
    [
        (date(1980, 12, 31), date(1980, 12, 31)),  # 45 that day
        (date(1981, 1, 1), date(1981, 12, 31)),  # 44
        (date(1980, 1, 1), date(1980, 12, 31)),
        (date(1979, 12, 31), date(1979, 12, 31)),
    ],
)
def test_a_birth_date_keeps_the_age_on_the_day_alone(born: date, cut: date) -> None:
    assert protected("staff_records", birth_date=[born])["birth_date"] == [cut]


def test_no_age_limit_of_that_day_tells_a_cut_birth_date_from_the_real_one() -> None:
    days = [
        date.fromordinal(n)
        for n in range(date(1959, 12, 1).toordinal(), date(1962, 2, 1).toordinal())
    ]
    for on in (ON, date(2024, 2, 29)):
        table = TABLES["staff_records"]
        batch = pa.RecordBatch.from_pydict(
            {"birth_date": days}, schema=pa.schema({"birth_date": DAY})
        )
        cut = Protector(KEY, on).protect(table, batch).to_pydict()["birth_date"]
        for limit in (years_before(on, years) for years in range(60, 68)):
            assert [day > limit for day in days] == [day > limit for day in cut]


def test_the_columns_stay_what_they_were() -> None:
    for table in TABLES.values():
        schema = snapshots.schema_of(table)
        empty = pa.RecordBatch.from_pylist([], schema=schema)
        assert Protector(KEY, ON).protect(table, empty).schema == schema
