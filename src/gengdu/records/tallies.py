"""How several ledgers stand, in a line each: for the page of the measure that they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet, Value

from gengdu.access.scope import Viewer
from gengdu.records.covered import columns, coverage_of
from gengdu.records.ledgers import Ledger
from gengdu.records.models import State


@dataclass
class Count:
    """How one ledger stands, in a line.

    Attributes:
        valid: Entries that count on the day.
        waiting: Entries under review.
        uncovered: Cells of its coverage where nothing counts; None where it declares none.
        needed: Cells of its coverage.
    """

    ledger: Ledger
    valid: int = 0
    waiting: int = 0
    uncovered: int | None = None
    needed: int = 0
    held: Counter[tuple[int, str]] = field(default_factory=Counter)


def counts(
    ledgers: Sequence[Ledger], viewer: Viewer, on: date, known: date | None = None
) -> list[Count]:
    """Return how some ledgers stand for a viewer, those that the viewer may look at.

    One query over all of them, and one for each kind of unit that they cover.
    """
    found = {one.key: Count(one) for one in ledgers if viewer.may(one.view)}
    parts = [_part(count.ledger, viewer, on, known) for count in found.values()]
    if not parts:
        return []
    first, *others = parts
    for key, unit, column, state, number in first.union(*others, all=True) if others else first:
        count = found[key]
        if state == State.APPROVED:
            count.valid += number
            count.held[unit, column] += number
        else:
            count.waiting += number
    units: dict[str, frozenset[int]] = {}
    for count in found.values():
        if count.ledger.coverage is not None:
            _count_units(count, viewer, on, known, units)
    return list(found.values())


def _part(ledger: Ledger, viewer: Viewer, on: date, known: date | None) -> QuerySet[Any, Any]:
    """Return how many entries of a ledger count or wait, by unit and column of its coverage."""
    counted = Q(state=State.APPROVED)
    if ledger.holds_periods:
        counted &= Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    elif ledger.day_field in {one.attname for one in ledger.model._meta.concrete_fields}:
        counted &= Q(**{f"{ledger.day_field}__lte": on})
    waits = Q(state__in=[station.state for station in ledger.flow.stations])
    declared = ledger.coverage
    unit: Any = Value(0)
    column: Any = Value("")
    if declared is not None:
        unit = F(ledger.attname(ledger.by_key[ledger.held_by]))
        if declared.across:
            column = F(ledger.attname(ledger.by_key[declared.across]))
    rows: QuerySet[Any, Any] = (
        ledger.within(viewer, on, known)
        .filter(counted | waits)
        .order_by()
        .values(
            ledger_key=Value(ledger.key), held_unit=unit, held_column=column, state_now=F("state")
        )
        .annotate(number=models.Count("pk"))
        .values_list("ledger_key", "held_unit", "held_column", "state_now", "number")
    )
    return rows


def _count_units(
    count: Count, viewer: Viewer, on: date, known: date | None, units: dict[str, frozenset[int]]
) -> None:
    """Count the cells that a ledger should cover, and those where nothing counts."""
    ledger, declared = count.ledger, coverage_of(count.ledger)
    population = declared.populations[0]
    if population.key not in units:
        units[population.key] = frozenset(population.towns([on], known)[on])
    reach = ledger.may_write_for(viewer, on)
    needs = declared.needs([on], known)[on] if declared.needs is not None else None
    uncovered = 0
    for unit in units[population.key]:
        if reach is not None and unit not in reach:
            continue
        for column in columns(ledger):
            needed = 1 if needs is None else needs.get((unit, column), 0)
            count.needed += bool(needed)
            uncovered += count.held[unit, column] < needed
    count.uncovered = uncovered
