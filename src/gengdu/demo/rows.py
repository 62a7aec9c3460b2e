"""Collects rows by table and hands them on in batches, in an order that foreign keys allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any, NamedTuple

from gengdu.demo import moments
from gengdu.demo.columns import BLANK, COLUMNS, ITEMS, LEDGERS

BATCH_ROWS = 2_000

Row = tuple[Any, ...]


class UnknownColumn(KeyError):
    """A row names a column that its table has not."""


class Batch(NamedTuple):
    """Some rows of one table, as SQLite stores them.

    Attributes:
        table: Name of the database table.
        columns: Its columns, in the order of each row's values.
        rows: Days are 'YYYY-MM-DD', moments 'YYYY-MM-DD HH:MM:SS' in UTC, truth 0 or 1.
    """

    table: str
    columns: tuple[str, ...]
    rows: list[Row]


class Ids:
    """Hands out the ids of every table, from 1 on."""

    def __init__(self) -> None:
        self._last: defaultdict[str, int] = defaultdict(int)

    def next(self, table: str) -> int:
        """Return the next free id of a table."""
        self._last[table] += 1
        return self._last[table]

    def last(self, table: str) -> int:
        """Return the id handed out last; 0 before the first."""
        return self._last[table]

    def advance(self, table: str, to: int) -> None:
        """Take note that ids up to this one have been used."""
        self._last[table] = to


class Rows:
    """The rows of one section of the district, until they are handed on."""

    def __init__(self, ids: Ids) -> None:
        """Take the ids that all sections share."""
        self.ids = ids
        self._rows: dict[str, list[Row]] = {}

    def add(self, table: str, **values: Any) -> int:
        """Add one row and return its id; a new entry of a ledger gets an item.

        Raises:
            UnknownColumn: If a value has no column.
        """
        columns = COLUMNS[table]
        if not values.keys() <= set(columns):
            raise UnknownColumn(f"{table} has no {sorted(values.keys() - set(columns))}")
        if "item_id" in columns and "item_id" not in values:
            values["item_id"] = self.item(table)
        values["id"] = self.ids.next(table)
        row = tuple(_literal(values.get(name, "" if name in BLANK else None)) for name in columns)
        self._rows.setdefault(table, []).append(row)
        return int(values["id"])

    def item(self, table: str) -> int:
        """Add the identity of an entry that a table is to keep, and return its id."""
        return self.add(ITEMS, ledger=LEDGERS[table])

    def add_known(
        self, table: str, rng: Random, true_on: date, *, within: int = 5, **values: Any
    ) -> int:
        """Add a row recorded a few days after it became true, and return its id."""
        return self.add(table, recorded_at=moments.known(true_on, rng, within=within), **values)

    def add_dated(
        self,
        table: str,
        rng: Random,
        starts_on: date,
        ends_on: date | None = None,
        *,
        end_known_on: date | None = None,
        known_on: date | None = None,
        **values: Any,
    ) -> int:
        """Add a row that holds over a period, and return the id of the live one.

        Args:
            table: Where it goes.
            rng: Chooses the moments of recording.
            starts_on: First day.
            ends_on: First day that no longer counts.
            end_known_on: When the end became known; the row without an end was recorded before, and
                is superseded then. None: known from the start.
            known_on: When the start became known, if not soon after it.
            values: The other columns.
        """
        recorded = moments.known(known_on or starts_on, rng)
        values["starts_on"] = starts_on
        if end_known_on is None:
            return self.add(table, recorded_at=recorded, ends_on=ends_on, **values)
        corrected = max(moments.known(end_known_on, rng), recorded)
        if table in LEDGERS:
            values.setdefault("item_id", self.item(table))
        self.add(table, recorded_at=recorded, superseded_at=corrected, **values)
        return self.add(table, recorded_at=corrected, ends_on=ends_on, **values)

    def extend(self, table: str, rows: list[Row]) -> None:
        """Add whole rows that already have their ids."""
        self._rows.setdefault(table, []).extend(rows)

    def batches(self) -> Iterator[Batch]:
        """Hand on all rows, tables before those that refer to them, and forget them."""
        for table in sorted(self._rows, key=_POSITION.__getitem__):
            rows = self._rows[table]
            for start in range(0, len(rows), BATCH_ROWS):
                yield Batch(table, COLUMNS[table], rows[start : start + BATCH_ROWS])
        self._rows = {}


def _literal(value: Any) -> Any:
    """Return a value as SQLite stores it."""
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


_POSITION = {table: position for position, table in enumerate(COLUMNS)}
