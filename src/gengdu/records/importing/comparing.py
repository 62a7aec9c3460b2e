"""Compares one part of some rows with what is recorded, and makes the rows to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db import models

from gengdu.kernel import cells
from gengdu.records.importing.existing import Before, Existing, in_front
from gengdu.records.sheets import Column, Part, Register, Remark, Rows
from gengdu.records.staging import NOTHING_NEW, stored_row, written_fields

Mode = Literal["change", "correction"]
Values = tuple[Any, ...]
Difference = tuple[int, str, str, str]


@dataclass
class Block:
    """Some rows of a file while they are looked at.

    Attributes:
        numbers: Their numbers in the file.
        raw: Their cells as the reader hands them over.
        rows: Their values by column.
        cleared: Place and column of the cells that are to be emptied.
        things: What each row speaks of; None for something new.
        keyed: Whether a row names a thing by one of the register's keys, known or not.
        before: What is recorded of the things.
    """

    numbers: list[int]
    raw: list[Any]
    rows: Rows
    cleared: set[tuple[int, str]] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)
    things: list[int | None] = field(default_factory=list)
    keyed: list[bool] = field(default_factory=list)
    before: Before = field(default_factory=dict)

    @property
    def faulty(self) -> set[int]:
        """Places of the rows that are refused."""
        return {remark.place for remark in self.remarks if remark.is_fault}

    @property
    def known_things(self) -> list[int]:
        """The things that are there already."""
        return [thing for thing in self.things if thing is not None]

    def fault(self, place: int, column: str, message: str) -> None:
        """Refuse a row."""
        self.remarks.append(Remark(place, column, message))


@dataclass
class Outcome:
    """What comes of one part of a block.

    Attributes:
        staged: The rows to be written.
        differences: What people are to see: row number, column, old, new.
        touched: Places of the rows that change something.
    """

    staged: list[Values] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)


class PartWriter:
    """Compares one part of each block."""

    def __init__(self, register: Register, part: Part, on: date, mode: Mode) -> None:
        self._part, self._on, self._mode = part, on, mode
        self._columns = register.by_part[part.name]
        self._kinds = {column.key: column.kind_on(on) for column in self._columns}
        self._fields = [register.attname(column) for column in self._columns]
        self._own = [place for place, name in enumerate(self._fields) if name not in part.fixed]
        self._all_are_own = len(self._own) == len(self._fields)
        model_fields = [part.model._meta.get_field(column.field) for column in self._columns]
        self._blanks = tuple(blank_of(one) for one in model_fields)
        self._defaults = tuple(default_of(one) for one in model_fields)
        self._needs = [c.key for c in self._columns].index(part.needs) if part.needs else None

    def compare(
        self, block: Block, refused: set[int], fresh: Mapping[int, int], existing: Existing
    ) -> Outcome:
        """Return the rows to stage, the differences to show, and the places that change."""
        found = Outcome()
        known = block.before[self._part.name]
        until = self._next_starts(block, known, existing)
        columns = [block.rows.get(column.key) for column in self._columns]
        for place, values in enumerate(zip(*columns, strict=True)):
            if place in refused:
                continue
            thing = block.things[place]
            old = known.get(thing) if thing is not None else None
            if old is not None:
                self._compare_known(found, block, place, values, old)
            elif self._is_worth_keeping(values):
                end = until.get(thing) if thing is not None else None
                found.staged.append(self._fresh_row(thing, fresh.get(place), values, end))
                found.touched.add(place)
                if thing is not None:
                    blank = (None,) * len(values)
                    found.differences += self._differences(block.numbers[place], blank, values)
        return found

    def _next_starts(
        self, block: Block, known: Mapping[int, Values], existing: Existing
    ) -> dict[int, date]:
        missing = [thing for thing in block.known_things if thing not in known]
        if not missing or not self._part.is_dated:
            return {}
        return existing.next_starts(self._part, missing)

    def _is_worth_keeping(self, values: Values) -> bool:
        if self._needs is not None:
            return values[self._needs] is not None
        return any(value is not None for value in values)

    def _compare_known(
        self, found: Outcome, block: Block, place: int, values: Values, old: Values
    ) -> None:
        recorded = old[in_front(self._part) :]
        merged: Values | None = self._merged(block, place, values, recorded)
        if merged == recorded:
            return
        thing, number = block.things[place], block.numbers[place]
        if self._needs is not None and (place, self._part.needs) in block.cleared:
            merged, blanks = None, tuple(self._blanks)
            found.staged.append(self._ended_row(thing, old))
        else:
            found.staged.append(self._changed_row(thing, old, merged or ()))
        found.touched.add(place)
        found.differences += self._differences(number, recorded, merged or blanks)

    def _merged(self, block: Block, place: int, values: Values, recorded: Values) -> Values:
        """Return the values after the file."""
        merged = tuple(
            was if value is None else value for value, was in zip(values, recorded, strict=True)
        )
        if merged != recorded:
            merged = tuple(map(self._as_recorded, self._columns, merged, recorded))
        if block.cleared:
            merged = tuple(
                blank if (place, column.key) in block.cleared else value
                for column, value, blank in zip(self._columns, merged, self._blanks, strict=True)
            )
        return merged

    def _as_recorded(self, column: Column, value: Any, was: Any) -> Any:
        """Return the recorded number where the file has it with fewer decimals."""
        kind = self._kinds[column.key]
        if value == was or type(value) is not float or not isinstance(was, float | int):
            return value
        decimals = kind.decimals if isinstance(kind, cells.Number) else 0
        return was if round(was, decimals) == round(value, decimals) else value

    def _fresh_row(
        self, thing: int | None, new: int | None, values: Values, until: date | None
    ) -> Values:
        period: Values = ()
        if self._part.is_dated:
            ends = [day for day in (self._part.ends(self._on), until) if day is not None]
            period = (self._on, min(ends, default=None))
        return self._row((thing, new, None, None), period, values, self._defaults)

    def _changed_row(self, thing: int | None, old: Values, merged: Values) -> Values:
        if not self._part.is_dated:
            return self._row((thing, None, old[0], None), (), merged, self._blanks)
        starts_on, ends_on = old[1], old[2]
        if self._mode == "correction" or starts_on >= self._on:
            period = (starts_on, ends_on)
            return self._row((thing, None, old[0], None), period, merged, self._blanks)
        on = self._on
        return self._row((thing, None, old[0], on), (on, ends_on), merged, self._blanks)

    def _ended_row(self, thing: int | None, old: Values) -> Values:
        """Return the row that ends another with nothing in its place."""
        is_cut = self._part.is_dated and self._mode == "change" and old[1] < self._on
        cut_on = self._on if is_cut else None
        period = old[1:3] if self._part.is_dated else ()
        control = (thing, NOTHING_NEW, old[0], cut_on)
        return self._row(control, period, old[in_front(self._part) :], self._blanks)

    def _row(self, control: Values, period: Values, values: Values, fill: Values) -> Values:
        filled = [
            instead if value is None else value for value, instead in zip(values, fill, strict=True)
        ]
        made: Values = ()
        if self._part.computed:
            named = dict(zip(self._fields, filled, strict=True))
            made = tuple(make(named) for make in self._part.computed.values())
        own = filled if self._all_are_own else [filled[place] for place in self._own]
        return stored_row((*control, *period, *self._part.fixed.values(), *own, *made))

    def _differences(self, number: int, old: Values, new: Values) -> Iterator[Difference]:
        for column, was, value in zip(self._columns, old, new, strict=True):
            if value != was and (value not in (None, "") or was not in (None, "")):
                yield number, column.key, self._words(column, was), self._words(column, value)

    def _words(self, column: Column, value: Any) -> str:
        if value is None or value == "":
            return ""
        return str(self._kinds[column.key].shown(value))


def blank_of(field_: Any) -> Any:
    """Return what stands in a field where nothing is known."""
    return "" if isinstance(field_, models.CharField) else None


def default_of(field_: Any) -> Any:
    """Return what a new row has in a field that nobody filled in."""
    value = field_.get_default()
    return blank_of(field_) if value is None else value


def can_be_emptied(field_: Any) -> bool:
    """Tell whether a field may be without a value."""
    return bool(field_.null) or (isinstance(field_, models.CharField) and field_.blank)


def check_layout(register: Register) -> None:
    """Hold the order of written fields against the order rows are staged in.

    Raises:
        AssertionError: If a column shares its field with the period.
    """
    for part in register.written_parts:
        names = [register.attname(column) for column in register.by_part[part.name]]
        own = [name for name in names if name not in part.fixed]
        period = ["starts_on", "ends_on"] if part.is_dated else []
        assert [*period, *part.fixed, *own, *part.computed] == list(written_fields(register, part))
