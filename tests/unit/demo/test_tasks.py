"""The demo's tasks: each deed is one that the page of tasks allows to who did it."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

import pytest

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.chapters.delivery.task_ledger import operations, queries, rights
from gengdu.chapters.delivery.task_ledger.models import CarriedBy, ImprovementTask, TaskStage
from gengdu.chapters.delivery.task_ledger.queries import Light
from gengdu.demo.accounts import EVERYBODY
from gengdu.demo.moments import LAST_DAY
from gengdu.demo.school_list import SCHOOLS

TASK = "delivery_improvementtask"
Row = dict[str, Any]


def read(district: sqlite3.Connection, sql: str, *given: object) -> list[Row]:
    found = district.execute(sql, given)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def task(row: Row) -> ImprovementTask:
    days = {name: row[name] and date.fromisoformat(row[name]) for name in ("due_on", "start_by")}
    return ImprovementTask(**{
        name: value for name, value in {**row, **days}.items() if name != "levels"
    })  # fmt: skip


@pytest.fixture(scope="module")
def live(district: sqlite3.Connection) -> list[ImprovementTask]:
    return [
        task(row) for row in read(district, f"SELECT * FROM {TASK} WHERE superseded_at IS NULL")
    ]


def viewer(number: int) -> Viewer:
    who = EVERYBODY[number - 1]
    key = next((n for n, spec in enumerate(SCHOOLS, 1) if spec.name == who.scope_name), None)
    return Viewer(who.role, who.scope_kind, key, body_key=who.body_key)


def test_each_deed_is_allowed_to_who_did_it_and_leads_where_it_says(
    district: sqlite3.Connection,
) -> None:
    for step in read(district, "SELECT * FROM delivery_taskstep ORDER BY id"):
        before, after = (
            task(read(district, f"SELECT * FROM {TASK} WHERE {column} = ?", step["change_id"])[0])
            for column in ("superseded_in_id", "recorded_in_id")
        )
        deed = operations.Deed(
            step["kind"], step["item_id"], before.pk, viewer(step["account_id"]), Account(),
            date.fromisoformat(step["on"]), step["note"], step["done"],
        )  # fmt: skip

        assert operations.why_not(deed, before) == ""
        assert (before.stage, after.stage, after.done) == (
            step["before"], step["after"], step["done"],
        )  # fmt: skip
        assert after.stage == operations.LEADS_TO[step["kind"]][1]


def test_tasks_stand_at_every_stage_and_light_on_the_last_day(live: list[ImprovementTask]) -> None:
    lights = {queries.light(row, LAST_DAY, 30) for row in live}

    assert {row.stage for row in live} == set(TaskStage.values)
    assert {Light.LATE, Light.SOON, Light.ON_TIME, Light.CLOSED} <= lights
    assert all(row.what.startswith("示例") for row in live)


@pytest.mark.parametrize("number", range(1, 12))
def test_everybody_who_may_sign_in_sees_a_task(live: list[ImprovementTask], number: int) -> None:
    who = viewer(number)
    seen = [
        row for row in live
        if who.sees_district or row.lead == who.body_key or row.school_id == who.scope_key
    ]  # fmt: skip

    assert seen


def test_bodies_and_schools_carry_tasks_that_they_answer_for(live: list[ImprovementTask]) -> None:
    people = [viewer(number) for number in range(1, len(EVERYBODY) + 1)]

    assert all(any(rights.answers_for(who, row) for who in people) for row in live)
    assert {row.carried_by for row in live} == set(CarriedBy.values)
