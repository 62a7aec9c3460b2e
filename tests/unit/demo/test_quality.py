"""Over the whole demo, each check finds the planted mistakes and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gengdu.demo.faults import FAULTS, Fault
from gengdu.demo.moments import LAST_DAY
from gengdu.registers.quality import checks, evaluate
from gengdu.registers.quality.relations import RELATIONS

# The check that finds each planted mistake.
FOUND_BY = {
    "child_twice": "pupil_identity_twice_elsewhere",
    "birth_date_differs": "pupil_identity_birth",
    "sex_differs": "pupil_identity_sex",
    "too_old": "pupil_age",
    "no_registry_number": "pupil_no_registry_number",
    "area_ten_times": "facility_value_jumps",
    "class_too_large": "class_too_large",
    "teacher_twice": "staff_identity_twice",
    "not_reported": "facility_report_missing",
    "title_twice": "title_twice",
}
# How a row of a fault's table leads to the thing that a finding names.
THING = {
    "pupils_pupilrecord": "pupil_id",
    "pupils_enrolment": "pupil_id",
    "schools_facilityreport": "school_id",
    "schools_school": "id",
    "staff_staffrecord": "staff_id",
    "moral_education_campustitle": "school_id",
}
# What the demo lacks on purpose, or by what was planted: how many findings there are besides.
BESIDES = {
    "pupil_registry_twice": 2,  # the same child twice
    "pupil_no_guardian_phone": 6,  # the planted children
    "teacher_no_degree": 2,
}


@pytest.fixture(scope="module")
def demo(demo_path: Path) -> Iterator[sqlite3.Connection]:
    """The demo database with the shared relations put together."""
    store = sqlite3.connect(demo_path)
    for name, sql in RELATIONS.items():
        store.execute(f"CREATE TEMPORARY TABLE {name} AS {sql}", plain({"on": LAST_DAY}))
    yield store
    store.close()


def plain(given: dict[str, Any]) -> dict[str, Any]:
    """Write days as SQLite keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in given.items()
    }


def subjects(demo: sqlite3.Connection, key: str) -> list[int]:
    check = checks.get(key)
    rows = demo.execute(check.sql, plain(evaluate.parameters(check, LAST_DAY)))
    return sorted(row[0] for row in rows)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.key)
def test_each_planted_mistake_is_found_and_nothing_else(
    demo: sqlite3.Connection, fault: Fault
) -> None:
    ids = ", ".join(map(str, fault.row_ids))
    planted = demo.execute(f"SELECT {THING[fault.table]} FROM {fault.table} WHERE id IN ({ids})")

    found = subjects(demo, FOUND_BY[fault.key])

    assert set(found) == {row[0] for row in planted}
    assert len(found) == len(set(found))


def test_every_planted_mistake_has_its_check() -> None:
    assert {fault.key for fault in FAULTS} == set(FOUND_BY)


@pytest.mark.parametrize(
    "key", [check.key for check in checks.every() if check.key not in FOUND_BY.values()]
)
def test_the_other_checks_find_what_the_demo_lacks_on_purpose(
    demo: sqlite3.Connection, key: str
) -> None:
    assert len(subjects(demo, key)) == BESIDES.get(key, 0)
