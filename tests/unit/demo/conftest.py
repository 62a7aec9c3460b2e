"""The demo district in memory: written once, asked by every test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gengdu.demo import generate, load
from gengdu.demo.columns import COLUMNS

SEED = 20230630


@pytest.fixture(scope="session")
def district() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for table, columns in COLUMNS.items():
        named = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f"CREATE TABLE {table} ({named}, PRIMARY KEY (id))")
    for batch in generate.batches(scale=1, seed=SEED):
        places = ", ".join("?" * len(batch.columns))
        connection.executemany(f"INSERT INTO {batch.table} VALUES ({places})", batch.rows)
    connection.execute("CREATE INDEX enrolled ON pupils_enrolment (starts_on, ends_on)")
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A whole demo database as `gengdu demo` writes it; for reading."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    with django_db_blocker.unblock():
        load.load(path, scale=1, seed=SEED, progress=lambda done, expected, label: None)
    return path
