"""Reads whole tables of the live database into Arrow, inside one state of it.

Both stores are read through the driver that Django writes with, never through a second library in
this process (docs/decisions/0002). PostgreSQL copies a table out as CSV, which Arrow parses by
itself: no cell becomes a Python object, and one block of text at a time is held beside the result.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from django.apps import apps
from django.db import connection
from pyarrow import csv

from gengdu.datasets.tables import Table

BATCH_ROWS = 50_000
BLOCK_BYTES = 8 << 20


def read_table(table: Table) -> pa.Table:
    """Return all rows of one table from the live database, cast to its declared schema.

    Times are naive and in UTC.
    """
    return pa.Table.from_batches(_batches(table, ""), schema=table.schema)


def read_batches(table: Table) -> Iterator[pa.RecordBatch]:
    """Yield all rows of one table in the order of their ids, one batch in memory at a time."""
    return _batches(table, f" ORDER BY {_quoted('id')}")


def _batches(table: Table, order: str) -> Iterator[pa.RecordBatch]:
    with connection.cursor() as wrapped:
        cursor = wrapped.cursor  # the driver's own cursor: no conversion of each cell by Django
        read = _from_postgresql if connection.vendor == "postgresql" else _from_sqlite
        yield from read(cursor, table, order)


def _from_sqlite(cursor: sqlite3.Cursor, table: Table, order: str) -> Iterator[pa.RecordBatch]:
    columns = ", ".join(map(_quoted, table.columns))
    cursor.execute(f"SELECT {columns} FROM {_db_table(table)}{order}")
    while rows := cursor.fetchmany(BATCH_ROWS):
        yield _batch(rows, table)


def _batch(rows: list[tuple[object, ...]], table: Table) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [
        _column(list(values), wanted)
        for values, wanted in zip(columns, table.columns.values(), strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=table.schema)


def _column(values: list[object], wanted: pa.DataType) -> pa.Array:
    """Build one column; SQLite hands dates and times over as text, and truth as 0 and 1."""
    found = pa.array(values)
    if pa.types.is_null(found.type) or found.type == wanted:
        return found.cast(wanted)
    if pa.types.is_timestamp(wanted) and pa.types.is_string(found.type):
        return pc.cast(pc.utf8_slice_codeunits(found, 0, 26), wanted)
    return found.cast(wanted)


def _from_postgresql(
    cursor: psycopg.Cursor[tuple[object, ...]], table: Table, order: str
) -> Iterator[pa.RecordBatch]:
    columns = ", ".join(_copied(name, kind) for name, kind in table.columns.items())
    statement = f"COPY (SELECT {columns} FROM {_db_table(table)}{order}) TO STDOUT (FORMAT csv)"
    with cursor.copy(statement.encode()) as rows:
        for block in _blocks(rows):
            yield from _parsed(block, table).to_batches()


def _copied(name: str, kind: pa.DataType) -> str:
    """Name a column as it is copied: a moment as the naive time in UTC."""
    return f"{_quoted(name)} AT TIME ZONE 'UTC'" if pa.types.is_timestamp(kind) else _quoted(name)


def _blocks(rows: Iterable[bytes | bytearray | memoryview]) -> Iterator[bytes]:
    """Join rows, which arrive one by one and whole, into blocks worth parsing."""
    held, size = [], 0
    for row in rows:
        held.append(row)
        size += len(row)
        if size >= BLOCK_BYTES:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _parsed(block: bytes, table: Table) -> pa.Table:
    """Parse a block of CSV as PostgreSQL writes it: null is nothing, an empty text is quoted."""
    return csv.read_csv(
        pa.py_buffer(block),
        read_options=csv.ReadOptions(column_names=list(table.columns), block_size=BLOCK_BYTES),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=table.schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )


def _db_table(table: Table) -> str:
    return _quoted(apps.get_model(table.model)._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
