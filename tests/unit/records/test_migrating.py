"""Databases that earlier versions made go on in this one, or are refused with a word."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from gengdu.records import migrating

DUMP = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"


def replaced() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return the migrations that stand for earlier ones, with those."""
    every = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {key: list(one.replaces) for key, one in every.items() if one.replaces}


@pytest.fixture(scope="module")
def made_once(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that the migrations of this version made."""
    file = tmp_path_factory.mktemp("migrated") / "gengdu.sqlite3"
    run(root, file)
    return file


@pytest.fixture
def migrated(made_once: Path, tmp_path: Path) -> Path:
    """A file of this version, to be changed."""
    return Path(shutil.copy(made_once, tmp_path))


def run(root: Path, file: Path) -> str:
    """Migrate a file in a process of its own; return what it is refused with."""
    said = (
        "from django import setup; setup()\n"
        "from gengdu.records import migrating\n"
        "try: migrating.migrate()\n"
        "except migrating.TooOld as error: print(error)"
    )
    env = {**os.environ, "GENGDU_DATABASE": str(file), "GENGDU_DATABASE_URL": "",
           "GENGDU_TRAIL_URL": "", "DJANGO_SETTINGS_MODULE": "gengdu.site.settings",
           "PYTHONPATH": str(root / "src")}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", said], env=env, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def say_applied(file: Path, rows: Iterable[tuple[str, str]]) -> None:
    """Write down the migrations of an earlier version instead of this one's."""
    with closing(sqlite3.connect(file)) as store, store:
        for key, before in replaced().items():
            for each in (key, *before):
                store.execute("DELETE FROM django_migrations WHERE app = ? AND name = ?", each)
        store.executemany(
            "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-11-01')", rows
        )


def schema(store: Any) -> dict[str, list[str]]:
    """Return what each table, index and trigger is made of, whatever the order."""
    return {
        name: sorted(re.split(r', (?="|CONSTRAINT)', sql.removesuffix(")")))
        for name, sql in store.execute(DUMP)
    }


@pytest.mark.sqlite
def test_a_file_of_the_earlier_migrations_goes_on_as_it_is(root: Path, migrated: Path) -> None:
    with closing(sqlite3.connect(migrated)) as store:
        before = schema(store)
    say_applied(migrated, [each for rows in replaced().values() for each in rows])

    assert run(root, migrated) == ""

    with closing(sqlite3.connect(migrated)) as store:
        assert schema(store) == before
        applied = set(store.execute("SELECT app, name FROM django_migrations"))
    assert set(replaced()) <= migrating.in_force(applied)
    assert not {each for rows in replaced().values() for each in rows} & migrating.in_force(applied)


@pytest.mark.sqlite
def test_a_file_that_stopped_half_way_is_refused_with_what_to_do(
    root: Path, migrated: Path
) -> None:
    say_applied(migrated, [rows[0] for rows in replaced().values()])
    with closing(sqlite3.connect(migrated)) as store:
        before = schema(store)

    said = run(root, migrated)

    assert "没有改动它" in said
    assert "gengdu serve" in said
    with closing(sqlite3.connect(migrated)) as store:
        assert schema(store) == before


@pytest.mark.sqlite
@pytest.mark.django_db
def test_migrations_make_the_same_tables_as_the_models(migrated: Path) -> None:
    with closing(sqlite3.connect(migrated)) as store:
        by_migrations = schema(store)
    with connections["default"].cursor() as cursor:
        by_models = schema(cursor)

    assert by_models == by_migrations
