"""Hands the registers of this moment to analytics: Arrow tables, read again only after a change.

All tables and their revision counters are read inside one transaction, so the numbers of a page
belong to one state of the database.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import pyarrow as pa
from django.apps import apps
from django.db import connection

from gengdu.analytics import cards
from gengdu.analytics.cards import Card
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.analytics.run import Evaluator, Moment, Result
from gengdu.board.reading import read_table
from gengdu.datasets.tables import TABLES
from gengdu.records import queries
from gengdu.records.reading import one_state
from gengdu.records.renewing import Renewing

RESULTS_KEPT = 4_000
NUMBERS_KEPT = 400
LISTS_KEPT = 8

Revisions = dict[str, int]
T = TypeVar("T")


def revisions() -> Revisions:
    """Return the revision of every table of the border, by its name there."""
    by_table = queries.revisions()
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
        self.numbers = Renewing(NUMBERS_KEPT)
        self.lists = Renewing(LISTS_KEPT)

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
        self.numbers.clear()
        self.lists.clear()

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

    def relation(self, name: str, moment: Moment, *, order: str) -> pa.Table:
        """Return the rows of a relation; call inside `reading`."""
        return self._evaluator.relation(name, moment, order=order)

    def supposing(self, changed: Mapping[str, Callable[[pa.Table], pa.Table]]) -> Evaluator:
        """Return what computes over the tables of this moment, some of them changed.

        Call and use it inside `reading`.

        Args:
            changed: What becomes of a table, by its name.
        """
        made: dict[str, pa.Table] = {}

        def table_of(name: str) -> pa.Table:
            if name not in made:
                recorded = self._tables.get(name, self._now)
                made[name] = changed[name](recorded) if name in changed else recorded
            return made[name]

        return Evaluator(DuckDBEngine(), table_of)

    def shown(
        self,
        key: tuple[object, ...],
        make: Callable[[LiveIndicators], T],
        *,
        is_aside: bool = False,
        is_list: bool = False,
    ) -> T:
        """Return what pages show of this moment, or of the one before where a page allows it.

        Args:
            key: Names what is made.
            make: Makes it; called inside `reading`.
            is_aside: Whether it stands beside the matter of the page (`Renewing.get`).
            is_list: Whether it is a list of rows, of which only the last few are remembered.
        """

        def made() -> tuple[Hashable, T]:
            with self.reading():
                found = make(self)
                return tuple(self._now.values()), found

        memory = self.lists if is_list else self.numbers
        return memory.get(key, tuple(revisions().values()), made, is_aside=is_aside)

    def _key(self, card: Card, moment: Moment) -> tuple[object, ...]:
        """Name a result by what it depends on: the revision of every table behind it."""
        behind = cards.tables_behind(card.reads)
        return (card.name, moment, tuple(self._now[name] for name in behind))


indicators = LiveIndicators()
