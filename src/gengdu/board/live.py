"""Hands the registers of this moment to analytics: Arrow tables, read again only after a change.

All tables and their revision counters are read inside one transaction, so the numbers of a page
belong to one state of the database.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

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

RESULTS_KEPT = 4_000
LISTS_KEPT = 8
log = logging.getLogger(__name__)

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
        self._made: dict[tuple[object, ...], Any] = {}
        self._newest: dict[tuple[object, ...], tuple[Revisions, Any]] = {}
        self._renewing = threading.Lock()

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
        self._made.clear()
        self._newest.clear()

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

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what is made of this state of the tables, made once; call inside `reading`.

        For what many pages show alike, such as the standing of every promise in the menu.
        """
        known = (*key, tuple(self._now.values()))
        if known not in self._made:
            while len(self._made) >= LISTS_KEPT:
                del self._made[next(iter(self._made))]
            self._made[known] = make()
        found: T = self._made[known]
        while len(self._newest) >= LISTS_KEPT and key not in self._newest:
            del self._newest[next(iter(self._newest))]
        self._newest[key] = (self._now, found)
        return found

    def newest(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what was last made under a key, at once; what is older than the tables is renewed.

        For what stands beside the matter of a page, whose reader need not wait for a second
        after somebody has imported all pupils. The next page then shows the new state.

        Args:
            key: The key given to `once`.
            make: Makes it by `once`; called in a thread of its own where something is there to
                be shown meanwhile.
        """
        known = None if connection.in_atomic_block else self._newest.get(key)
        if known is None:
            return make()
        read_at, found = known
        if read_at != revisions() and self._renewing.acquire(blocking=False):
            threading.Thread(target=self._renew, args=(make,)).start()
        renewed: T = found
        return renewed

    def _renew(self, make: Callable[[], object]) -> None:
        try:
            make()
        except Exception:
            log.exception("what stands beside the pages could not be renewed")
        finally:
            connection.close()
            self._renewing.release()

    def _key(self, card: Card, moment: Moment) -> tuple[object, ...]:
        """Name a result by what it depends on: the revision of every table behind it."""
        behind = cards.tables_behind(card.reads)
        return (card.name, moment, tuple(self._now[name] for name in behind))


indicators = LiveIndicators()
