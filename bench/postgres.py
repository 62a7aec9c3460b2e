"""Runs the lifted SQL on PostgreSQL, for comparison alone: it is no work for users' server."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import psycopg
import pyarrow as pa

from gengdu.analytics.engines.base import PARAMETER, Parameters
from gengdu.datasets import snapshots
from gengdu.datasets.snapshots import Snapshot
from gengdu.datasets.tables import TABLES

_TYPES = {pa.int64(): "bigint", pa.float64(): "double precision", pa.string(): "text",
          pa.date32(): "date", pa.bool_(): "boolean"}  # fmt: skip


class PostgresEngine:
    """Tables are loaded before; what is kept becomes a temporary table with statistics."""

    dialect = "postgres"

    def __init__(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self._connection = connection

    def register(self, name: str, table: pa.Table) -> None:
        """Write rows into a temporary table."""
        columns = ", ".join(f"{f.name} {_TYPES[f.type]}" for f in table.schema)
        self._connection.execute(f"drop table if exists {name}")
        self._connection.execute(f"create temp table {name} ({columns})")
        with self._connection.cursor().copy(f"copy {name} from stdin") as copy:
            for row in table.to_pylist():
                copy.write_row(list(row.values()))

    def read(self, name: str, files: Sequence[str], schema: pa.Schema, *, keep: bool) -> None:
        """Do nothing: it was loaded."""

    def enter(self, space: str) -> bool:
        """Know one space alone."""
        return True

    def leave_all(self) -> None:
        """Do nothing."""

    def define(self, name: str, sql: str, parameters: Parameters, *, keep_result: bool) -> None:
        """Keep the result of a query in a temporary table."""
        self._connection.execute(f"drop table if exists {name}")
        self._execute(f"create temp table {name} as {sql}", parameters)
        self._connection.execute(f"analyze {name}")

    def run(self, sql: str, parameters: Parameters) -> pa.Table:
        """Return the result of a query."""
        cursor = self._execute(sql, parameters)
        assert cursor.description is not None
        names = [column.name for column in cursor.description]
        rows = cursor.fetchall()
        columns = list(zip(*rows, strict=True)) or [()] * len(names)
        return pa.table({name: list(values) for name, values in zip(names, columns, strict=True)})

    def _execute(self, sql: str, parameters: Parameters) -> psycopg.Cursor[tuple[object, ...]]:
        text = re.sub(r"as double\)", "as double precision)", sql)
        names = set(PARAMETER.findall(text))
        cursor = psycopg.ClientCursor(self._connection)
        if not names:  # then the driver takes % as it is
            return cursor.execute(text)
        text = PARAMETER.sub(r"%(\1)s", text.replace("%", "%%"))
        return cursor.execute(text, {name: parameters[name] for name in names})


@contextmanager
def loaded(of: Sequence[Snapshot]) -> Iterator[PostgresEngine]:
    """Hold an engine over a database of its own with the tables of snapshots, with statistics."""
    server = os.environ["GENGDU_DATABASE_URL"]
    name = "bench_counties"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"drop database if exists {name}")
        admin.execute(f"create database {name}")
    try:
        with psycopg.connect(server, dbname=name, autocommit=True) as connection:
            connection.execute("set work_mem = '512MB'; set temp_buffers = '256MB'")
            with tempfile.TemporaryDirectory() as folder:
                for table in TABLES:
                    _load(connection, table, of, Path(folder) / "rows.csv")
            yield PostgresEngine(connection)
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"drop database if exists {name} with (force)")


def _load(
    connection: psycopg.Connection[tuple[object, ...]], table: str, of: Sequence[Snapshot],
    file: Path,
) -> None:  # fmt: skip
    schema = snapshots.schema_of(TABLES[table])
    columns = ", ".join(["county bigint", *(f"{f.name} {_TYPES[f.type]}" for f in schema)])
    connection.execute(f"create unlogged table {table} ({columns})")
    files = [one.file(table) for one in of]
    duckdb.sql(
        f"copy (select county, {', '.join(schema.names)} from read_parquet({files}, "
        f"hive_partitioning = true)) to '{file}' (format csv, header false)"
    )
    with (
        connection.cursor().copy(f"copy {table} from stdin (format csv)") as copy,
        file.open("rb") as rows,
    ):
        while block := rows.read(1 << 20):
            copy.write(block)
    connection.execute(f"analyze {table}")
