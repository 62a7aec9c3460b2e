"""The demo district in memory: written once, asked by every test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from django.apps import apps

from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.analytics.run import Evaluator
from gengdu.datasets.tables import TABLES
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


@pytest.fixture(scope="session")
def evaluator(district: sqlite3.Connection) -> Evaluator:
    tables: dict[str, pa.Table] = {}

    def table_of(name: str) -> pa.Table:
        if name not in tables:
            tables[name] = read(district, name)
        return tables[name]

    return Evaluator(DuckDBEngine(), table_of)


def read(district: sqlite3.Connection, name: str) -> pa.Table:
    table = TABLES[name]
    source = apps.get_model(table.model)._meta.db_table
    written = {row[1] for row in district.execute(f"PRAGMA table_info({source})")}
    chosen = (name if name in written else "NULL" for name in table.columns)  # the rest is blank
    rows = district.execute(f"SELECT {', '.join(chosen)} FROM {source}").fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    arrays = [
        pa.array(list(values)).cast(wanted)
        for values, wanted in zip(columns, table.columns.values(), strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=table.schema)
