"""What a register knows already of the things that a file speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from gengdu.records.sheets import IDENTITY, Column, Part, Register

Before = dict[str, dict[int, tuple[Any, ...]]]
"""By part and thing: id of the row in force, its start and end where dated, its written fields."""

Value = tuple[Any, ...]


def in_front(part: Part) -> int:
    """Return how many values stand before the fields in a row of `Before`."""
    return 3 if part.is_dated else 1


class Existing:
    """Reads the rows in force on the day that a file describes."""

    def __init__(self, register: Register, on: date) -> None:
        self._register, self._on = register, on

    def _thing(self, part: Part) -> str:
        return f"{part.link}_id" if part.link else "id"

    def by_key(self, keys: tuple[str, ...], wanted: set[Value]) -> dict[Value, tuple[int, ...]]:
        """Return the things that go by some numbers.

        Where numbers change with time, whoever goes by one on the day is meant; else whoever ever
        went by it. A row that is its own identity is meant on its days alone.
        """
        if not wanted:
            return {}
        columns = [self._register.by_key[key] for key in keys]
        names = [self._register.attname(column) for column in columns]
        if columns[0].part == IDENTITY:
            return self._by_number(names[0], wanted)
        part = self._register.part(columns[0].part)
        period = ("starts_on", "ends_on") if part.is_dated else ()
        first = {f"{names[0]}__in": {value[0] for value in wanted}}
        rows = part.model._default_manager.filter(superseded_at=None, **part.fixed, **first)
        now: dict[Value, set[int]] = {}
        ever: dict[Value, set[int]] = {}
        for thing, *cells in rows.values_list(self._thing(part), *period, *names):
            value = tuple(cells[len(period) :])
            if value in wanted:
                ever.setdefault(value, set()).add(thing)
                if not period or self._is_in_force(cells[0], cells[1]):
                    now.setdefault(value, set()).add(thing)
        found = now if self._register.identity is None else ever | now
        return {value: tuple(sorted(things)) for value, things in found.items()}

    def _by_number(self, name: str, wanted: set[Value]) -> dict[Value, tuple[int, ...]]:
        """Return the things by their own number."""
        assert self._register.identity is not None
        things = self._register.identity._default_manager.filter(
            **{f"{name}__in": [value[0] for value in wanted]}
        )
        return {(number,): (thing,) for thing, number in things.values_list("pk", name)}

    def _is_in_force(self, starts_on: date, ends_on: date | None) -> bool:
        return starts_on <= self._on and (ends_on is None or ends_on > self._on)

    def with_keys(self, things: Iterable[int]) -> set[int]:
        """Return those of some things that go by a key other than their own number."""
        wanted = set(things)
        found: set[int] = set()
        for keys in self._register.keys if wanted else ():
            columns = [self._register.by_key[key] for key in keys]
            if columns[0].part == IDENTITY:
                continue
            part = self._register.part(columns[0].part)
            names = [self._register.attname(column) for column in columns]
            link = self._thing(part)
            rows = part.model._default_manager.filter(
                superseded_at=None, **part.fixed, **{f"{link}__in": wanted}
            )
            found |= {
                thing
                for thing, *value in rows.values_list(link, *names)
                if not {None, ""} & set(value)
            }
        return found

    def values(self, things: Sequence[int]) -> Before:
        """Return the rows in force of some things."""
        found: Before = {}
        for part in self._register.written_parts:
            period = ("starts_on", "ends_on") if part.is_dated else ()
            names = [self._register.attname(c) for c in self._register.by_part[part.name]]
            link = self._thing(part)
            rows = part.model._default_manager.filter(
                part.condition(self._on), **{f"{link}__in": things}
            ).values_list(link, "id", *period, *names)
            found[part.name] = {row[0]: row[1:] for row in rows} if things else {}
        return found

    def holders(self, things: Sequence[int]) -> dict[int, int]:
        """Return the school, or other holder, of each thing on the day, else the next to come."""
        column = self._register.by_key[self._register.held_by]
        part = self._register.part(column.part)
        if part.via:
            return self._schools_through(column, things)
        link, name = self._thing(part), self._register.attname(column)
        rows = part.model._default_manager.filter(superseded_at=None, **{f"{link}__in": things})
        if part.is_dated:
            rows = rows.exclude(ends_on__lte=self._on).order_by("-starts_on")
        return dict(rows.values_list(link, name)) if things else {}

    def _schools_through(self, column: Column, things: Sequence[int]) -> dict[int, int]:
        anchor = self._register.anchor
        pointer = self._register.attname(self._register.pointer(column))
        rows = anchor.model._default_manager.filter(pk__in=things).values_list("pk", pointer)
        pointed = dict(rows) if things else {}
        held = self.through(column, pointed.values())
        return {thing: held[to] for thing, to in pointed.items() if held.get(to) is not None}

    def through(self, column: Column, pointed: Iterable[int | None]) -> dict[int, Any]:
        """Return a joined column by the things that rows point to, as on the day."""
        part = self._register.part(column.part)
        wanted = {thing for thing in pointed if thing is not None}
        rows = part.model._default_manager.filter(
            part.condition(self._on), **{f"{part.link}__in": wanted}
        )
        found = rows.values_list(f"{part.link}_id", self._register.attname(column))
        return dict(found) if wanted else {}

    def next_starts(self, part: Part, things: Sequence[int]) -> dict[int, date]:
        """Return when the next row of each thing begins that has none on the day."""
        link = self._thing(part)
        rows = part.model._default_manager.filter(
            superseded_at=None, starts_on__gt=self._on, **part.fixed, **{f"{link}__in": things}
        ).order_by("-starts_on")
        return dict(rows.values_list(link, "starts_on"))
