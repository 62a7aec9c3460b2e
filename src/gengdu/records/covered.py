"""How far a ledger covers those who should have an entry: on a day, and over the years.

Read in a fixed number of queries: the rows of the ledger, the units, and what each should have;
everything else is worked out from these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet, Value
from django.utils.translation import gettext_lazy as _

from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.records.coverage import Coverage, Population, Unit
from gengdu.records.ledgers import Ledger
from gengdu.records.models import State
from gengdu.records.waiting import expires_soon_days

FIRST_YEAR = 2021
"""The first year of the trend; the plan's own periods begin there."""

MOST_YEARS = 10
AHEAD_DAYS = 366
"""An assumption: an entry that begins more than a year after a day says nothing of that day."""


class Standing(models.TextChoices):
    """How a unit stands in one column, the best of its entries first."""

    VALID = "valid", _("有效")
    EXPIRING = "expiring", _("将到期")
    PARTLY = "partly", _("不齐")
    COMING = "coming", _("未开始")
    REVIEW = "review", _("审批中")
    RETURNED = "returned", _("退回")
    DRAFT = "draft", _("草稿")
    EXPIRED = "expired", _("已到期")
    REVOKED = "revoked", _("已撤销")
    MISSING = "missing", _("缺少")


COVERED = frozenset({Standing.VALID, Standing.EXPIRING})
UNDER_WAY = frozenset({Standing.PARTLY, Standing.COMING, Standing.REVIEW})
_ORDER = {standing: place for place, standing in enumerate(Standing)}
_OF_STATE = {
    State.RETURNED: Standing.RETURNED,
    State.DRAFT: Standing.DRAFT,
    State.REVOKED: Standing.REVOKED,
}


class Held(NamedTuple):
    """One entry, as far as coverage asks."""

    item: int
    unit: int
    column: str
    level: str
    state: str
    starts_on: date
    ends_on: date | None
    revoked_on: date | None

    def holds(self, on: date) -> bool:
        """Tell whether it counts on a day."""
        has_ended = self.ends_on is not None and self.ends_on <= on
        return self.state == State.APPROVED and self.starts_on <= on and not has_ended

    def standing(self, on: date) -> Standing:
        """Return how it stands by itself on a day."""
        if self.holds(on):
            return Standing.VALID
        if self.starts_on > on + timedelta(days=AHEAD_DAYS):
            return Standing.MISSING
        if self.state != State.APPROVED:
            return _OF_STATE.get(State(self.state), Standing.REVIEW)
        if self.starts_on > on:
            return Standing.COMING
        is_revoked = self.revoked_on is not None and self.revoked_on <= on
        return Standing.REVOKED if is_revoked else Standing.EXPIRED


@dataclass(frozen=True)
class Cell:
    """How a unit stands in one column.

    Attributes:
        item: The entry that tells; None where there is none.
        until: The day from which it is covered no longer; None where it is not, or for good.
        count: How many entries count.
        needed: How many should.
    """

    standing: Standing
    item: int | None = None
    level: str = ""
    until: date | None = None
    count: int = 0
    needed: int = 1


@dataclass(frozen=True)
class Tally:
    """How many cells there should be, and how they stand."""

    by: Mapping[Standing, int]

    @classmethod
    def of(cls, cells_: Iterable[Cell]) -> Tally:
        """Count cells."""
        return cls(Counter(cell.standing for cell in cells_))

    @property
    def needed(self) -> int:
        """How many there should be."""
        return sum(self.by.values())

    @property
    def covered(self) -> int:
        """How many count, those that end soon among them."""
        return sum(self.by.get(standing, 0) for standing in COVERED)

    @property
    def uncovered(self) -> int:
        """How many do not count, for whatever reason."""
        return self.needed - self.covered

    @property
    def percent(self) -> float:
        """How many of a hundred count."""
        return 100 * self.covered / self.needed if self.needed else 0.0


@dataclass(frozen=True)
class Year:
    """How many units were covered on one day of the trend: by column, covered and needed."""

    on: date
    columns: Mapping[str, tuple[int, int]]

    @property
    def covered(self) -> int:
        """How many cells counted."""
        return sum(covered for covered, _needed in self.columns.values())

    @property
    def needed(self) -> int:
        """How many there should have been."""
        return sum(needed for _covered, needed in self.columns.values())

    @property
    def percent(self) -> float:
        """How many of a hundred counted."""
        return 100 * self.covered / self.needed if self.needed else 0.0


@dataclass(frozen=True)
class Asked:
    """What is asked of a ledger's coverage.

    Attributes:
        viewers: Who looks, with the schools of the scope on each day of the trend.
        known: The day whose knowledge counts; None for what is known now.
        column: The one column asked for; empty for all.
        level: The lowest level that counts; empty for any.
        town: The one town asked for; None for all.
    """

    ledger: Ledger
    population: Population
    viewers: Mapping[date, Viewer]
    on: date
    known: date | None = None
    column: str = ""
    level: str = ""
    town: int | None = None

    @property
    def columns(self) -> dict[str, str]:
        """The columns asked for, with what they are called."""
        every = columns(self.ledger)
        return {self.column: every[self.column]} if self.column in every else every


def days(on: date) -> list[date]:
    """Return the days of the trend up to a day: the end of each year before, and the day.

    >>> days(date(2023, 6, 30))
    [datetime.date(2021, 12, 31), datetime.date(2022, 12, 31), datetime.date(2023, 6, 30)]
    """
    first = max(FIRST_YEAR, on.year - MOST_YEARS + 1)
    return [*(date(year, 12, 31) for year in range(first, on.year)), on]


def coverage_of(ledger: Ledger) -> Coverage:
    """Return what a ledger that declares it should cover."""
    assert ledger.coverage is not None
    return ledger.coverage


def columns(ledger: Ledger) -> dict[str, str]:
    """Return the columns of a ledger's coverage: value and words."""
    across = coverage_of(ledger).across
    return codes(ledger, across) if across else {"": str(ledger.label)}


def levels(ledger: Ledger) -> dict[str, str]:
    """Return the levels of a ledger's entries, the highest first; nothing where it has none."""
    by = coverage_of(ledger).by
    return codes(ledger, by) if by else {}


def codes(ledger: Ledger, key: str) -> dict[str, str]:
    """Return the values and words of a column of codes."""
    kind = ledger.by_key[key].kind
    assert isinstance(kind, cells.Code)
    return dict(kind.codes)


class Covered:
    """How far a ledger covers the units of a viewer's scope."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.ledger, self.on = asked, asked.ledger, asked.on
        self.columns = asked.columns

    @cached_property
    def all_units(self) -> list[Unit]:
        """The units of the scope, whatever town is asked for."""
        reach = self._reach(self.on)
        found = self.asked.population.units(self.on, self.asked.known)
        return [unit for unit in found if reach is None or unit.id in reach]

    @cached_property
    def units(self) -> list[Unit]:
        """The units that are looked at."""
        town = self.asked.town
        return [unit for unit in self.all_units if town is None or unit.town.id == town]

    @cached_property
    def cells(self) -> dict[int, dict[str, Cell]]:
        """How each unit stands, by unit and column; a cell that nothing is asked of is left out."""
        held: defaultdict[tuple[int, str], list[Held]] = defaultdict(list)
        for one in self._held:
            held[one.unit, one.column].append(one)
        return {
            unit.id: {
                column: self._cell(held.get((unit.id, column), []), needed)
                for column in self.columns
                if (needed := self._needed(self.on, unit.id, column))
            }
            for unit in self.units
        }

    @cached_property
    def tally(self) -> Tally:
        """How all cells stand."""
        return Tally.of(cell for row in self.cells.values() for cell in row.values())

    def of_column(self, column: str) -> Tally:
        """Return how the cells of one column stand."""
        return Tally.of(row[column] for row in self.cells.values() if column in row)

    def of_town(self, town: int, column: str | None = None) -> Tally:
        """Return how the cells of a town stand, all of them or one column."""
        return Tally.of(
            cell
            for unit in self.units
            if unit.town.id == town
            for key, cell in self.cells[unit.id].items()
            if column in (None, key)
        )

    @cached_property
    def complete(self) -> int:
        """How many units are covered in every column that is asked of them."""
        rows = [row for row in self.cells.values() if row]
        return sum(all(cell.standing in COVERED for cell in row.values()) for row in rows)

    @cached_property
    def years(self) -> list[Year]:
        """How many cells counted at the end of each year."""
        counts = {day: Counter(self._holding(day)) for day in self._days}
        found = []
        for day in self._days:
            reach, town = self._reach(day), self.asked.town
            ids = [
                unit
                for unit, its_town in self._towns[day].items()
                if (reach is None or unit in reach) and town in (None, its_town)
            ]
            found.append(Year(day, {
                column: self._of_year(day, column, ids, counts[day]) for column in self.columns
            }))  # fmt: skip
        return found

    def _holding(self, day: date) -> Iterable[tuple[int, str]]:
        return ((one.unit, one.column) for one in self._held if one.holds(day))

    def _of_year(
        self, day: date, column: str, ids: Sequence[int], counts: Mapping[tuple[int, str], int]
    ) -> tuple[int, int]:
        needs = {one: self._needed(day, one, column) for one in ids}
        covered = sum(counts.get((one, column), 0) >= n for one, n in needs.items() if n)
        return covered, sum(bool(n) for n in needs.values())

    @property
    def _days(self) -> list[date]:
        return sorted(self.asked.viewers)

    def _reach(self, day: date) -> frozenset[int] | None:
        return self.ledger.may_write_for(self.asked.viewers[day], day)

    @cached_property
    def _towns(self) -> Mapping[date, Mapping[int, int]]:
        return self.asked.population.towns(self._days, self.asked.known)

    @cached_property
    def _needs(self) -> Mapping[date, Mapping[tuple[int, str], int]] | None:
        needs = coverage_of(self.ledger).needs
        return needs(self._days, self.asked.known) if needs is not None else None

    def _needed(self, day: date, unit: int, column: str) -> int:
        return 1 if self._needs is None else self._needs[day].get((unit, column), 0)

    @cached_property
    def _held(self) -> list[Held]:
        """The entries of the scope that may count, of the level asked for."""
        declared = coverage_of(self.ledger)
        paths = [
            "item_id", self.ledger.attname(self.ledger.by_key[self.ledger.held_by]),
            *(self.ledger.attname(self.ledger.by_key[key]) if key else "nothing"
              for key in (declared.across, declared.by)),
            "state", "starts_on", "ends_on", "revoked_on",
        ]  # fmt: skip
        rows = self._rows().annotate(nothing=Value("")).order_by().values_list(*paths)
        found = (Held(*values) for values in rows.iterator(chunk_size=2_000))
        return [one for one in found if one.column in self.columns and self._is_high(one.level)]

    def _rows(self) -> QuerySet[Any]:
        """Return the rows that the viewer's scope holds on any day of the trend."""
        scopes = [self.ledger.scope(viewer, day) for day, viewer in self.asked.viewers.items()]
        rows = self.ledger.rows(self.on, self.asked.known)
        conditions = [scope for scope in scopes if scope is not None]
        if not conditions:
            return rows.none()
        if not all(conditions):  # an empty condition hides nothing
            return rows
        any_of = conditions[0]
        for condition in conditions[1:]:
            any_of |= condition
        return rows.filter(any_of)

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {level: place for place, level in enumerate(levels(self.ledger))}

    def _is_high(self, level: str) -> bool:
        lowest = self._rank.get(self.asked.level)
        return lowest is None or self._rank.get(level, len(self._rank)) <= lowest

    def _cell(self, held: Sequence[Held], needed: int) -> Cell:
        """Return how a unit stands by its entries: by the highest that counts, else the nearest."""
        valid = self._holding_on(held)
        if not valid:
            return self._uncovered(held, needed)
        best = min(valid, key=lambda one: (self._rank.get(one.level, 0), -_end(one).toordinal()))
        ends = sorted(map(_end, valid))
        until = ends[max(0, len(ends) - needed)]
        shown = _end(best) if needed == 1 else until
        found = Cell(
            Standing.VALID, best.item, best.level, None if shown == date.max else shown,
            len(valid), needed,
        )  # fmt: skip
        if len(valid) < needed:
            return replace(found, standing=Standing.PARTLY, until=None)
        is_soon = until <= self.on + timedelta(days=expires_soon_days(self.on))
        return replace(found, standing=Standing.EXPIRING) if is_soon else found

    def _holding_on(self, held: Sequence[Held]) -> list[Held]:
        """Return the entries that count, each with the end of an approved one that follows it.

        Before the day that one was revoked, nobody knew of an end.
        """
        coming = sorted(
            (one for one in held if one.state == State.APPROVED and one.starts_on > self.on),
            key=lambda one: one.starts_on,
        )
        found = [
            one._replace(ends_on=None) if one.revoked_on else one
            for one in held
            if one.holds(self.on)
        ]
        for one in coming:
            for place, other in enumerate(found):
                if one.starts_on <= _end(other) < _end(one):
                    found[place] = other._replace(ends_on=one.ends_on)
                    break
        return found

    def _uncovered(self, held: Sequence[Held], needed: int) -> Cell:
        """Return what is under way where nothing counts, or what counted last."""
        stood = [(one.standing(self.on), one) for one in held]
        telling = [pair for pair in stood if pair[0] != Standing.MISSING]
        if not telling:
            return Cell(Standing.MISSING, needed=needed)
        standing, best = min(
            telling, key=lambda pair: (_ORDER[pair[0]], -_end(pair[1]).toordinal())
        )
        ended = best.ends_on if standing in (Standing.EXPIRED, Standing.REVOKED) else None
        return Cell(standing, best.item, best.level, ended, 0, needed)


def _end(held: Held) -> date:
    return held.ends_on or date.max
