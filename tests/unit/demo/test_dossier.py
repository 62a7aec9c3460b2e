"""The demo keeps of its staff what a real district does, invented and marked so."""

from __future__ import annotations

import sqlite3

import pytest

from gengdu.demo.columns import COLUMNS
from gengdu.demo.load import EXPECTED_ROWS
from gengdu.demo.moments import LAST_DAY
from gengdu.kernel import cells
from gengdu.registers.staff.dossier import HONOUR_LEVELS, PROFESSIONAL_LEVELS, TITLE_KINDS

LIVE = "superseded_at IS NULL"
IN_FORCE = f"{LIVE} AND starts_on <= '{LAST_DAY}' AND (ends_on IS NULL OR ends_on > '{LAST_DAY}')"


def numbers(store: sqlite3.Connection, sql: str) -> list[int]:
    return [row[0] for row in store.execute(sql)]


def test_every_teacher_in_post_holds_a_certificate(district: sqlite3.Connection) -> None:
    without = numbers(
        district,
        f"SELECT staff_id FROM staff_post WHERE {IN_FORCE} AND kind = 'teacher' "
        f"AND staff_id NOT IN (SELECT staff_id FROM staff_certificate WHERE {LIVE})",
    )

    assert without == []


def test_everybody_in_post_has_one_contract_with_the_school_of_the_post(
    district: sqlite3.Connection,
) -> None:
    posts = sorted(district.execute(f"SELECT staff_id, school_id FROM staff_post WHERE {IN_FORCE}"))

    contracts = sorted(
        district.execute(f"SELECT staff_id, school_id FROM staff_contractterm WHERE {IN_FORCE}")
    )

    assert contracts == posts


def test_contracts_of_a_person_are_numbered_in_the_order_of_their_days(
    district: sqlite3.Connection,
) -> None:
    rows = district.execute(
        f"SELECT staff_id, sequence FROM staff_contractterm WHERE {LIVE} "
        "ORDER BY staff_id, starts_on"
    ).fetchall()

    assert rows == sorted(rows)


def test_titles_are_of_kinds_and_levels_that_the_register_knows(
    district: sqlite3.Connection,
) -> None:
    found = set(district.execute(f"SELECT kind, level FROM staff_stafftitle WHERE {LIVE}"))

    assert {kind for kind, _ in found} == set(TITLE_KINDS)
    assert all(
        level in (PROFESSIONAL_LEVELS if kind == "professional" else HONOUR_LEVELS)
        for kind, level in found
    )


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("staff_certificate", "number"),
        ("staff_training", "programme"),
        ("bodies_bodyalias", "alias"),
        ("bodies_bodyofficer", "name"),
        ("bodies_bodyofficer", "post"),
    ],
)
def test_what_is_invented_says_so(district: sqlite3.Connection, table: str, column: str) -> None:
    unmarked = f"SELECT count(*) FROM {table} WHERE {column} NOT LIKE '%示例%'"

    assert numbers(district, f"SELECT count(*) FROM {table}") != [0]
    assert numbers(district, unmarked) == [0]


def test_every_body_has_somebody_who_answers_for_it(district: sqlite3.Connection) -> None:
    wanted = numbers(district, "SELECT id FROM bodies_body")

    for duty in ("leader", "liaison"):
        found = f"SELECT body_id FROM bodies_bodyofficer WHERE {IN_FORCE} AND duty = '{duty}'"
        assert sorted(numbers(district, found)) == sorted(wanted)


def test_telephone_numbers_are_such_as_an_import_takes(district: sqlite3.Connection) -> None:
    for (phone,) in district.execute("SELECT phone FROM bodies_bodyofficer"):
        assert cells.Phone().parse(phone) == phone


def test_training_was_completed_while_in_post_and_not_in_the_future(
    district: sqlite3.Connection,
) -> None:
    outside = numbers(
        district,
        f"SELECT t.id FROM staff_training t WHERE completed_on > '{LAST_DAY}' "
        f"OR NOT EXISTS (SELECT 1 FROM staff_post p WHERE p.{LIVE} AND p.staff_id = t.staff_id "
        "AND p.starts_on <= t.completed_on AND (p.ends_on IS NULL OR p.ends_on > t.completed_on))",
    )

    assert outside == []


def test_the_number_of_rows_told_beforehand_is_the_number_written(
    district: sqlite3.Connection,
) -> None:
    written = sum(numbers(district, f"SELECT count(*) FROM {table}")[0] for table in COLUMNS)

    assert written == EXPECTED_ROWS
