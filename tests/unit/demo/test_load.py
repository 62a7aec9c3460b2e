import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password

from gengdu.access.models import Role
from gengdu.demo import load
from gengdu.demo.accounts import COLLEAGUES, DEMO_PASSWORD, EVERYBODY, NUMBERS
from gengdu.records import triggers


class Killed(Exception):
    pass


def quietly(done: int, expected: int, label: str) -> None:
    """Take note of nothing."""


@pytest.fixture(scope="module")
def loaded(demo_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(demo_path)
    yield connection
    connection.close()


def test_only_the_finished_database_is_left(loaded: sqlite3.Connection) -> None:
    file = Path(loaded.execute("PRAGMA database_list").fetchone()[2])

    assert not file.with_name(f"{file.name}.part").exists()
    assert loaded.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_triggers_are_back_in_place(loaded: sqlite3.Connection) -> None:
    found = {
        row[0] for row in loaded.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }

    of_locks = {f"locked_evaluation_no_{change}" for change in ("update", "delete")}
    assert found == {*triggers.expected("sqlite"), *of_locks}


def test_every_table_starts_at_revision_1(loaded: sqlite3.Connection) -> None:
    found = dict(loaded.execute('SELECT "table", revision FROM records_tablerevision'))

    assert set(found.values()) == {1}
    assert set(found) == {model._meta.db_table for model in triggers.recorded_models()}


def test_the_database_says_that_it_is_a_demo(loaded: sqlite3.Connection) -> None:
    found = loaded.execute("SELECT scale, seed, last_day FROM records_sampledistrict").fetchall()

    assert found == [(1, 20230630, "2026-09-30")]


def test_each_demo_account_reaches_its_school_or_town(loaded: sqlite3.Connection) -> None:
    found = {
        row[0]: row[1:]
        for row in loaded.execute(
            "SELECT username, role, scope_kind, scope_key, password "
            "FROM access_account WHERE is_demo"
        )
    }
    school = loaded.execute(
        "SELECT school_id FROM schools_schoolprofile WHERE name = '示例五渚河小学'"
    ).fetchone()[0]

    assert set(found) == {account.username for account in EVERYBODY}
    assert found["fenju"][:3] == ("bureau_officer", "district", None)
    assert found["xiaozhang"][:3] == ("school_head", "school", school)
    assert found["zhen"][:2] == ("town_officer", "town")
    assert {row[0] for row in found.values()} == set(Role.values)
    assert check_password(DEMO_PASSWORD, found["zhen"][3])
    assert {found[one.username][3][0] for one in COLLEAGUES} == {UNUSABLE_PASSWORD_PREFIX}


def test_accounts_have_the_ids_by_which_steps_name_them(loaded: sqlite3.Connection) -> None:
    found = dict(loaded.execute("SELECT username, id FROM access_account"))

    assert found == NUMBERS


def test_a_file_already_there_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite3"
    path.write_text("kept")

    with pytest.raises(load.AlreadyThere, match="已经存在，没有改动它"):
        load.load(path, scale=1, seed=1, progress=quietly)

    assert path.read_text() == "kept"


def test_a_load_that_is_killed_leaves_what_was_there(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    path = tmp_path / "demo.sqlite3"
    path.write_text("kept")

    def killed(done: int, expected: int, label: str) -> None:
        if done > 0:
            raise Killed

    with django_db_blocker.unblock(), pytest.raises(Killed):
        load.load(path, scale=1, seed=1, progress=killed, replace=True)

    assert path.read_text() == "kept"
