"""Hands the registers of this moment to analytics: Arrow tables, read again only after a change.

All tables and their revision counters are read inside one transaction, so the numbers of a page
belong to one state of the database.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import pyarrow as pa
from django.apps import apps

from gengdu.analytics import cards
from gengdu.analytics.cards import Card
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.analytics.foreseen import MADE_FROM, ages_on, foreseen
from gengdu.analytics.run import Evaluator, Moment, Result
from gengdu.board.reading import read_table
from gengdu.datasets.tables import TABLES
from gengdu.records import queries, reading
from gengdu.records.reading import one_state
from gengdu.records.renewing import Renewing

RESULTS_KEPT = 4_000
NUMBERS_KEPT = 400
LISTS_KEPT = 8
AHEADS_KEPT = 6

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


@dataclass
class Kept:
    """What is remembered, each under the revisions of the tables it was made from."""

    tables: LiveTables = field(default_factory=LiveTables)
    results: dict[tuple[object, ...], Result] = field(default_factory=dict)
    units: dict[tuple[object, ...], pa.Table] = field(default_factory=dict)
    aheads: dict[tuple[Moment, date], Evaluator] = field(default_factory=dict)

    def copied(self) -> Kept:
        """Return the same, so that what is added there is not remembered here.

        An evaluator of a later day adds tables to itself: a copy begins without any.
        """
        tables = LiveTables(dict(self.tables.tables), dict(self.tables.read_at))
        return Kept(tables, dict(self.results), dict(self.units))


class LiveIndicators:
    """Computes indicators over the live database, and remembers results until a table moves.

    One thread computes at a time; DuckDB itself uses both cores.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._kept = Kept()
        self._now: Revisions = {}
        self._evaluator = Evaluator(DuckDBEngine(), self._table)
        self.numbers = Renewing(NUMBERS_KEPT)
        self.lists = Renewing(LISTS_KEPT)

    @contextmanager
    def reading(self) -> Iterator[LiveIndicators]:
        """Hold one state of the database while several indicators are asked for.

        What may still be rolled back is not remembered.
        """
        with self._lock, one_state():
            self._now = revisions()
            kept = self._kept
            if reading.may_be_undone():
                self._kept = kept.copied()
            try:
                yield self
            finally:
                self._kept = kept

    def _table(self, name: str) -> pa.Table:
        return self._kept.tables.get(name, self._now)

    def result(self, card: Card, moment: Moment) -> Result:
        """Return what an indicator comes to; call inside `reading`."""
        key = self._key(card, moment)
        return self._remembered(key, lambda: self._evaluator.evaluate(card, moment))

    def _remembered(self, key: tuple[object, ...], make: Callable[[], Result]) -> Result:
        if key not in self._kept.results:
            while len(self._kept.results) >= RESULTS_KEPT:
                del self._kept.results[next(iter(self._kept.results))]  # the oldest
            self._kept.results[key] = make()
        return self._kept.results[key]

    def units(self, card: Card, moment: Moment) -> pa.Table:
        """Return the rows an indicator counts; call inside `reading`.

        The last few lists are kept: a reader turns their pages.
        """
        key = self._key(card, moment)
        if key not in self._kept.units:
            while len(self._kept.units) >= LISTS_KEPT:
                del self._kept.units[next(iter(self._kept.units))]
            self._kept.units[key] = self._evaluator.units(card, moment)
        return self._kept.units[key]

    def relation(self, name: str, moment: Moment, *, order: str) -> pa.Table:
        """Return the rows of a relation; call inside `reading`."""
        return self._evaluator.relation(name, moment, order=order)

    def foreseen(self, card: Card, origin: Moment, on: date, until: date) -> Result:
        """Return what an indicator comes to on a later day if nothing happens but what must.

        Call inside `reading`. What reads none of the tables that are foreseen comes to what is
        recorded for that day.

        Args:
            card: The indicator.
            origin: The day it is foreseen from, and whose knowledge counts.
            on: The later day.
            until: The last day that will be asked of this origin.
        """
        then, behind = Moment(on, origin.known), cards.tables_behind(card.reads)
        sources = [self._revisions_of(name) for name in behind if name in MADE_FROM]
        if not sources:
            return self.result(card, then)
        key = ("foreseen", origin, until, *sources, *self._key(card, then))
        return self._remembered(key, lambda: self._ahead(origin, until).evaluate(card, then))

    def _revisions_of(self, foreseen_name: str) -> tuple[int, ...]:
        return tuple(self._now[name] for name in MADE_FROM[foreseen_name])

    def _ahead(self, origin: Moment, until: date) -> Evaluator:
        """Return what computes over foreseen tables; the few origins pages ask for are kept."""
        key = (origin, until)
        if key not in self._kept.aheads:
            while len(self._kept.aheads) >= AHEADS_KEPT:
                del self._kept.aheads[next(iter(self._kept.aheads))]
            self._kept.aheads[key] = self._looking_ahead(origin, until)
        return self._kept.aheads[key]

    def _looking_ahead(self, origin: Moment, until: date) -> Evaluator:
        made: dict[str, tuple[tuple[int, ...], pa.Table]] = {}

        def table_of(name: str) -> pa.Table:
            if name not in MADE_FROM:
                return self._table(name)
            read_at = self._revisions_of(name)
            if name not in made or made[name][0] != read_at:
                table = foreseen(
                    name, lambda source: self.relation(source, origin, order="id"),
                    origin.on, until,
                    ages=ages_on(origin.on),
                )  # fmt: skip
                made[name] = (read_at, table)
            return made[name][1]

        return Evaluator(DuckDBEngine(), table_of)

    def supposing(self, changed: Mapping[str, Callable[[pa.Table], pa.Table]]) -> Evaluator:
        """Return what computes over the tables of this moment, some of them changed.

        Call and use it inside `reading`.

        Args:
            changed: What becomes of a table, by its name.
        """
        made: dict[str, pa.Table] = {}

        def table_of(name: str) -> pa.Table:
            if name not in made:
                recorded = self._table(name)
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
