"""Hands the registers of this moment to analytics: Arrow tables, read again only after a change.

All tables and their revision counters are read inside one transaction, so the numbers of a page
belong to one state of the database. Only Python's own SQLite library touches the file: a second one
in the same process would drop its locks (docs/decisions/0002).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
from django.apps import apps
from django.db import connection

from gengdu.analytics import cards
from gengdu.analytics.cards import Card
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.analytics.run import Evaluator, Moment, Result
from gengdu.datasets.tables import TABLES, Table
from gengdu.records.models import TableRevision
from gengdu.records.reading import one_state

BATCH_ROWS = 50_000
RESULTS_KEPT = 4_000
LISTS_KEPT = 8

Revisions = dict[str, int]


def read_table(table: Table) -> pa.Table:
    """Return all rows of one table from the live database, cast to its declared schema.

    Times are naive and in UTC.
    """
    sql = (
        f"SELECT {', '.join(f'{_quoted(name)}' for name in table.columns)} FROM {_db_table(table)}"
    )
    with connection.cursor() as wrapped:
        cursor = wrapped.cursor  # the driver's own cursor: no conversion of each cell by Django
        cursor.execute(sql)
        batches = [_batch(rows, table) for rows in iter(lambda: cursor.fetchmany(BATCH_ROWS), [])]
    return pa.Table.from_batches(batches, schema=table.schema)


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


def _db_table(table: Table) -> str:
    return _quoted(apps.get_model(table.model)._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def revisions() -> Revisions:
    """Return the revision of every table of the border, by its name there."""
    by_table = dict(TableRevision.objects.values_list("table", "revision"))
    return {
        name: by_table.get(apps.get_model(table.model)._meta.db_table, -1)
        for name, table in TABLES.items()
    }


@dataclass
class LiveTables:
    """The newest Arrow table of each name that was asked for, with the revision it was read at."""

    tables: dict[str, pa.Table] = field(default_factory=dict)
    read_at: Revisions = field(default_factory=dict)

    def get(self, name: str, now: Revisions) -> pa.Table:
        """Return a table as of the revisions given, reading it only if it moved since."""
        if self.read_at.get(name) != now[name] or name not in self.tables:
            self.tables[name] = read_table(TABLES[name])
            self.read_at[name] = now[name]
        return self.tables[name]


class LiveIndicators:
    """Computes indicators over the live database, and remembers results until a table moves.

    One thread computes at a time; DuckDB itself uses both cores.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._tables = LiveTables()
        self._now: Revisions = {}
        self._evaluator = Evaluator(DuckDBEngine(), lambda name: self._tables.get(name, self._now))
        self._results: dict[tuple[object, ...], Result] = {}
        self._units: dict[tuple[object, ...], pa.Table] = {}

    @contextmanager
    def reading(self) -> Iterator[LiveIndicators]:
        """Hold one state of the database while several indicators are asked for.

        Inside somebody's open transaction nothing is remembered: it may still be rolled back.
        """
        with self._lock, one_state():
            if connection.in_atomic_block:
                self._forget()
            self._now = revisions()
            try:
                yield self
            finally:
                if connection.in_atomic_block:
                    self._forget()

    def _forget(self) -> None:
        self._tables.tables.clear()
        self._results.clear()
        self._units.clear()

    def result(self, card: Card, moment: Moment) -> Result:
        """Return what an indicator comes to; call inside `reading`."""
        key = self._key(card, moment)
        if key not in self._results:
            while len(self._results) >= RESULTS_KEPT:
                del self._results[next(iter(self._results))]  # the oldest
            self._results[key] = self._evaluator.evaluate(card, moment)
        return self._results[key]

    def units(self, card: Card, moment: Moment) -> pa.Table:
        """Return the rows an indicator counts; call inside `reading`.

        The last few lists are kept: a reader turns their pages.
        """
        key = self._key(card, moment)
        if key not in self._units:
            while len(self._units) >= LISTS_KEPT:
                del self._units[next(iter(self._units))]
            self._units[key] = self._evaluator.units(card, moment)
        return self._units[key]

    def _key(self, card: Card, moment: Moment) -> tuple[object, ...]:
        """Name a result by what it depends on: the revision of every table behind it."""
        behind = cards.tables_behind(card.reads)
        return (card.name, moment, tuple(self._now[name] for name in behind))


indicators = LiveIndicators()
