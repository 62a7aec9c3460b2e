"""Entries of the demo went the way that their ledgers declare, and their rows say so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from gengdu.access.scope import allows
from gengdu.demo.accounts import EVERYBODY, DemoAccount
from gengdu.demo.columns import COLUMNS, LEDGERS
from gengdu.demo.moments import LAST_DAY
from gengdu.demo.school_list import SCHOOLS
from gengdu.demo.trails import KEPT_SINCE, LABELS
from gengdu.kernel import cells
from gengdu.policy.working_days import add_working_days, is_working_day
from gengdu.records import ledgers
from gengdu.records.ledgers import Ledger
from gengdu.records.models import State, StepKind
from gengdu.records.waiting import expires_soon_days

NAMED = ("leadership_arrangements", "youth_links", "school_plans", "campus_titles",
         "parent_committees", "session_plans", "parent_sessions", "family_stations",
         "station_sessions", "balance_statements", "preschool_statements", "monitoring_results",
         "recognition_surveys", "preschool_years", "improvement_tasks")  # fmt: skip
TABLE = {LEDGERS[table]: table for table in LABELS}
Row = dict[str, Any]


def read(district: sqlite3.Connection, sql: str) -> list[Row]:
    found = district.execute(sql)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def declared(key: str) -> Ledger:
    found = ledgers.find(key)
    assert found is not None
    return found


def account(number: int) -> DemoAccount:
    return EVERYBODY[number - 1]


@pytest.fixture(scope="module")
def trails(district: sqlite3.Connection) -> dict[int, list[Row]]:
    """The steps of each entry, in order."""
    found: dict[int, list[Row]] = {}
    for step in read(
        district,
        "SELECT s.*, i.ledger FROM records_step s JOIN records_item i ON i.id = s.item_id "
        "ORDER BY s.id",
    ):
        found.setdefault(step["item_id"], []).append(step)
    return found


@pytest.fixture(scope="module")
def histories(district: sqlite3.Connection) -> dict[int, list[Row]]:
    """The rows of each entry of the ledgers with steps, in the order of their recording."""
    found: dict[int, list[Row]] = {}
    for table in TABLE.values():
        for row in read(district, f"SELECT * FROM {table} ORDER BY recorded_at, id"):
            found.setdefault(row["item_id"], []).append(row)
    return found


def test_the_ledgers_with_steps_are_called_as_they_are_declared() -> None:
    called = {LEDGERS[table]: label for table, label in LABELS.items()}

    assert called == {key: str(declared(key).label) for key in NAMED}


def test_each_step_is_one_that_the_flow_allows_to_who_took_it(
    trails: dict[int, list[Row]],
) -> None:
    for steps in trails.values():
        notice_ends = None
        for step in steps:
            role = account(step["account_id"]).role
            flow, on = declared(step["ledger"]).flow, date.fromisoformat(step["at"][:10])

            after = flow.after(
                step["kind"], step["before"], lambda wanted, role=role: allows(role, wanted),
                ends_on=notice_ends, on=on,
            )  # fmt: skip

            if step["kind"] != StepKind.REVOKE:
                assert step["after"] == after, step
            station = flow.at(step["after"])
            due_on = add_working_days(on, station.days_on(on)) if station else None
            assert step["due_on"] == (due_on.isoformat() if due_on else None), step
            notice_ends = due_on


def test_each_step_is_on_a_working_day_and_later_than_the_one_before(
    trails: dict[int, list[Row]],
) -> None:
    for steps in trails.values():
        moments = [step["at"] for step in steps]
        assert moments == sorted(set(moments))
        assert all(is_working_day(date.fromisoformat(moment[:10])) for moment in moments)
        assert all(moment[11:13] < "09" for moment in moments)
        assert moments[-1] < (LAST_DAY + timedelta(days=1)).isoformat()


def test_the_rows_of_an_entry_follow_its_steps(
    trails: dict[int, list[Row]], histories: dict[int, list[Row]]
) -> None:
    for item, steps in trails.items():
        before = [row for row in histories[item] if row["recorded_at"] <= steps[-1]["at"]]
        rows = before[-len(steps) - 1 :]  # tasks are worked on after they are agreed to
        assert [row["state"] for row in rows] == [
            *(step["before"] for step in steps), steps[-1]["after"],
        ]  # fmt: skip
        for row, following, step in zip(rows[:-1], rows[1:], steps, strict=True):
            assert row["superseded_at"] == following["recorded_at"] == step["at"]
            assert row["superseded_in_id"] == following["recorded_in_id"] == step["change_id"]


def test_what_is_not_simply_approved_says_how_it_came_there(
    trails: dict[int, list[Row]], histories: dict[int, list[Row]]
) -> None:
    for item, rows in histories.items():
        live = rows[-1]
        if live["state"] not in (State.APPROVED, State.DRAFT) or live.get("revoked_on"):
            assert item in trails, live
        if live["state"] == State.DRAFT:
            assert live["recorded_in_id"] is not None


def test_each_approval_since_steps_are_kept_has_them(
    trails: dict[int, list[Row]], histories: dict[int, list[Row]]
) -> None:
    late = (KEPT_SINCE + timedelta(days=30)).isoformat()

    without = [
        row
        for item, (row, *others) in histories.items()
        if row["recorded_at"] > late and row["state"] == State.APPROVED and item not in trails
    ]

    assert without == []


def test_accounts_act_on_entries_of_their_own_school(
    trails: dict[int, list[Row]], histories: dict[int, list[Row]]
) -> None:
    for item, steps in trails.items():
        school = histories[item][-1].get("school_id")
        for step in steps:
            who = account(step["account_id"])
            if who.scope_kind == "school":
                assert who.scope_name == SCHOOLS[school - 1].name


def test_who_sends_something_back_or_takes_it_away_says_why(trails: dict[int, list[Row]]) -> None:
    reasoned = [
        step
        for steps in trails.values()
        for step in steps
        if step["kind"] in (StepKind.RETURN, StepKind.REVOKE)
    ]

    assert {step["kind"] for step in reasoned} == {StepKind.RETURN, StepKind.REVOKE}
    assert all(step["note"] for step in reasoned)


STATES = {
    "campus_titles": {"draft", "at_school", "at_bureau", "at_notice", "returned", "approved",
                      "revoked"},
    "school_plans": {"draft", "at_school", "at_bureau", "returned", "approved"},
    "family_stations": {"draft", "at_bureau", "returned", "approved"},
    "leadership_arrangements": {"at_bureau", "approved"},
    "parent_committees": {"at_school", "at_bureau", "approved"},
}  # fmt: skip


@pytest.mark.parametrize(("ledger", "states"), STATES.items())
def test_entries_stand_at_each_station_on_the_last_day(
    district: sqlite3.Connection, ledger: str, states: set[str]
) -> None:
    rows = district.execute(f"SELECT state FROM {TABLE[ledger]} WHERE superseded_at IS NULL")

    assert {row[0] for row in rows} >= states


def test_a_revoked_title_ends_on_the_day_it_was_taken_away(district: sqlite3.Connection) -> None:
    found = read(
        district,
        f"SELECT * FROM {TABLE['campus_titles']} WHERE revoked_on IS NOT NULL "
        "AND superseded_at IS NULL ORDER BY state",
    )

    assert [(row["state"], row["ends_on"] == row["revoked_on"]) for row in found] == [
        ("approved", True),
        ("revoked", False),
    ]


def test_some_titles_are_about_to_expire(district: sqlite3.Connection) -> None:
    soon = (LAST_DAY + timedelta(days=expires_soon_days(LAST_DAY))).isoformat()

    found = read(
        district,
        f"SELECT * FROM {TABLE['campus_titles']} WHERE superseded_at IS NULL "
        f"AND state = 'approved' AND ends_on > '{LAST_DAY}' AND ends_on <= '{soon}'",
    )

    assert len(found) == 7


@pytest.mark.parametrize("section", ["all_staff", "whole_process", "all_round"])
def test_a_revised_plan_keeps_some_duties_and_changes_others(
    district: sqlite3.Connection, section: str
) -> None:
    rows = read(
        district,
        f"SELECT school_id, version, {section} FROM {TABLE['school_plans']} "
        "WHERE superseded_at IS NULL AND version < 3",
    )
    versions = {(row["school_id"], row["version"]): row[section].split("\n") for row in rows}
    revised = [school for school, version in versions if version == 2]

    kept = [set(versions[school, 1]) & set(versions[school, 2]) for school in revised]
    changed = [set(versions[school, 1]) ^ set(versions[school, 2]) for school in revised]

    assert len(revised) == 22
    assert all(kept)
    assert all(changed)


def written_cells(ledger: Ledger) -> Iterator[tuple[str, cells.Kind[Any]]]:
    """Yield the columns of a ledger that hold plain text, with what they take."""
    for column in ledger.columns:
        if isinstance(column.kind, cells.Text | cells.Lines | cells.Whole) and column.part:
            yield ledger.attname(column), column.kind


@pytest.mark.parametrize("key", NAMED)
def test_what_the_demo_writes_is_what_a_page_would_take(
    district: sqlite3.Connection, key: str
) -> None:
    for name, kind in written_cells(declared(key)):
        for (value,) in district.execute(
            f'SELECT DISTINCT "{name}" FROM {TABLE[key]} WHERE "{name}" <> \'\''
        ):
            assert kind.parse(value) == value


@pytest.mark.parametrize("key", NAMED)
def test_no_text_is_longer_than_its_column(district: sqlite3.Connection, key: str) -> None:
    model = next(m for m in apps.get_models() if m._meta.db_table == TABLE[key])
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField) and field.column in COLUMNS[TABLE[key]]:
            longest = district.execute(
                f'SELECT max(length("{field.column}")) FROM {TABLE[key]}'
            ).fetchone()[0]
            assert longest <= (field.max_length or 0), field.column


PEOPLE = {
    "leadership_arrangements": "secretary",
    "youth_links": "counsellor",
    "parent_committees": "chair",
    "session_plans": "speaker",
    "parent_sessions": "speaker",
    "family_stations": "manager",
    "station_sessions": "speaker",
}


@pytest.mark.parametrize(("key", "column"), PEOPLE.items())
def test_people_who_are_invented_say_so(
    district: sqlite3.Connection, key: str, column: str
) -> None:
    unmarked = f"SELECT count(*) FROM {TABLE[key]} WHERE {column} NOT LIKE '示例%'"

    assert district.execute(unmarked).fetchone() == (0,)


def test_sessions_are_held_when_the_school_was_open_and_not_in_the_future(
    district: sqlite3.Connection,
) -> None:
    wrong = district.execute(
        f"SELECT s.id FROM {TABLE['parent_sessions']} s WHERE held_on > '{LAST_DAY}' "
        "OR NOT EXISTS (SELECT 1 FROM schools_schoolprofile p WHERE p.school_id = s.school_id "
        "AND p.superseded_at IS NULL AND p.starts_on <= s.held_on "
        "AND (p.ends_on IS NULL OR p.ends_on > s.held_on))"
    ).fetchall()

    assert wrong == []


def test_village_sessions_are_held_by_a_station_that_is_there(
    district: sqlite3.Connection,
) -> None:
    wrong = district.execute(
        f"SELECT s.id FROM {TABLE['station_sessions']} s WHERE NOT EXISTS ("
        f"SELECT 1 FROM {TABLE['family_stations']} f WHERE f.village_id = s.village_id "
        "AND f.superseded_at IS NULL AND f.state = 'approved' AND f.starts_on <= s.held_on)"
    ).fetchall()

    assert wrong == []


def test_every_committee_is_of_a_grade_or_class_that_the_school_has(
    district: sqlite3.Connection,
) -> None:
    groups = district.execute(
        f'SELECT level, count(DISTINCT "group"), count(*) FROM {TABLE["parent_committees"]} '
        "WHERE superseded_at IS NULL GROUP BY level"
    ).fetchall()

    by_level = {level: (kinds, rows) for level, kinds, rows in groups}
    assert by_level["school"][0] == 1
    assert by_level["grade"][0] <= 12
    assert 1_000 < sum(rows for _, rows in by_level.values()) < 2_000
