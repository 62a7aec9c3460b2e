"""Looks at every cell of a file, compares it with the register, and stages what would be written.

Works in blocks of rows and by column within a block, so that memory stays bounded and most of the
work is done by the interpreter's own loops.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Literal

from django.db import models

from gengdu.documents.headers import normal_name
from gengdu.kernel import cells
from gengdu.records.importing.mapping import meanings
from gengdu.records.sheets import IDENTITY, Column, Part, Register, Remark, Rows
from gengdu.records.staging import Stage, stored, written_fields

BLOCK = 2_000
CLEAR = "（清空）"
"""What one writes into a cell to empty what is recorded; a blank cell leaves it as it is."""

Mode = Literal["change", "correction"]
Row = tuple[int, Sequence[object]]


@dataclass(frozen=True)
class Task:
    """What is to be looked at.

    Attributes:
        positions: Place of each mapped column in the file's rows, with its name in the header.
        on: The day the file describes.
        mode: Whether differences happened on that day, or were recorded wrongly before.
        schools: Ids of the schools that the sender may write for; None for all.
        things: Which thing each row speaks of, by row number, where that is known beforehand.
    """

    register: Register
    positions: Mapping[str, tuple[int, str]]
    on: date
    mode: Mode = "change"
    schools: frozenset[int] | None = None
    things: Mapping[int, int | None] | None = None


@dataclass
class _Block:
    """Some rows of the file while they are looked at."""

    numbers: list[int]
    raw: list[Sequence[object]]
    rows: Rows
    cleared: set[tuple[int, str]] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)
    things: list[int | None] = field(default_factory=list)

    @property
    def faulty(self) -> set[int]:
        """Places of the rows that are refused."""
        return {remark.place for remark in self.remarks if remark.is_fault}

    def fault(self, place: int, column: str, message: str) -> None:
        """Refuse a row."""
        self.remarks.append(Remark(place, column, message))


class Previewer:
    """Looks at a whole file, block by block."""

    def __init__(self, task: Task, stage: Stage) -> None:
        self._task, self._stage, self._register = task, stage, task.register
        self._kinds = {key: self._kind(key) for key in task.positions}
        self._shown = {
            column.key: column.kind_on(task.on) for column in self._register.columns if column.part
        }
        self._seen: dict[tuple[tuple[str, ...], tuple[Any, ...]], int] = {}
        self._new = 0
        self._old = _Existing(self._register, task.on)

    def _kind(self, key: str) -> cells.Kind[Any]:
        column = self._register.by_key[key]
        target = meanings(self._register).get(normal_name(self._task.positions[key][1]))
        if target is not None and target.kind is not None and target.column is column:
            return target.kind
        return column.kind_on(self._task.on)

    def run(self, rows: Iterable[Row], progress: Callable[[int], None]) -> None:
        """Look at all rows; tells how many it has looked at after each block."""
        source, done = iter(rows), 0
        while taken := list(islice(source, BLOCK)):
            self._look(taken)
            done += len(taken)
            progress(done)

    def _look(self, taken: list[Row]) -> None:
        block = self._read(taken)
        if self._register.resolve is not None:
            block.remarks += self._register.resolve(block.rows)
        for rule in self._register.rules:
            block.remarks += rule(block.rows)
        self._find_things(block)
        self._check_schools(block)
        before = self._old.values([thing for thing in block.things if thing is not None])
        self._check_required(block)
        self._stage_block(block, before)

    def _read(self, taken: list[Row]) -> _Block:
        numbers = [number for number, _ in taken]
        raw = [cells_ for _, cells_ in taken]
        block = _Block(numbers, raw, Rows({}, len(raw), self._task.on))
        for key, (position, _) in self._task.positions.items():
            column = self._register.by_key[key]
            values = [row[position] if position < len(row) else None for row in raw]
            self._hide(block, column, values)
            parsed = self._kinds[key].parse_column(values)
            block.remarks += (Remark(place, key, message) for place, message in parsed.faults)
            block.rows.columns[key] = _plain(parsed.values)
        return block

    def _hide(self, block: _Block, column: Column, values: list[object]) -> None:
        """Blank out masked cells, which stay as they are, and take note of cells to be emptied."""
        if column.masking:
            values[:] = [None if cells.is_masked(value) else value for value in values]
        if CLEAR in values:
            for place, value in enumerate(values):
                if value == CLEAR:
                    values[place] = None
                    block.cleared.add((place, column.key))

    def _find_things(self, block: _Block) -> None:
        """Find out which thing each row speaks of, by the first number that is filled in."""
        known_things = self._task.things or {}
        block.things = [known_things.get(number) for number in block.numbers]
        keyed: list[bool] = [False] * block.rows.count
        for keys in self._register.keys:
            values = list(zip(*(block.rows.get(key) for key in keys), strict=True))
            known = self._old.by_key(keys, {value for value in values if None not in value})
            for place, value in enumerate(values):
                if None in value:
                    continue
                keyed[place] = True
                self._check_twice(block, place, keys, value)
                found = known.get(value, ())
                if not found and self._register.by_key[keys[0]].part == IDENTITY:
                    block.fault(place, keys[0], "底册里没有这个编号；新登记的请留空，由系统编号")
                self._match(block, place, keys, found)
        for place, is_keyed in enumerate(keyed):
            if not is_keyed and block.things[place] is None:
                labels = "或".join(
                    "和".join(str(self._register.by_key[key].label) for key in keys)
                    for keys in self._register.keys
                )
                block.fault(place, self._register.keys[0][0], f"没有{labels}，认不出是谁，请补填")

    def _check_twice(
        self, block: _Block, place: int, keys: tuple[str, ...], value: tuple[Any, ...]
    ) -> None:
        first = self._seen.setdefault((keys, value), block.numbers[place])
        if first != block.numbers[place]:
            block.fault(place, keys[0], f"与第 {first} 行重复，请只留一行")

    def _match(
        self, block: _Block, place: int, keys: tuple[str, ...], found: Sequence[int]
    ) -> None:
        label = self._register.by_key[keys[0]].label
        if len(found) > 1:
            block.fault(place, keys[0], f"底册里有 {len(found)} 条记录是这个{label}，请先处理重复")
        elif found and block.things[place] is None:
            block.things[place] = found[0]
        elif found and block.things[place] != found[0]:
            block.fault(place, keys[0], f"这个{label}属于底册里的另一条记录，请核对")

    def _check_schools(self, block: _Block) -> None:
        """Refuse rows for schools that the sender may not write for, and things held elsewhere."""
        allowed, key = self._task.schools, self._register.school
        if allowed is None or not key:
            return
        held = self._old.schools([thing for thing in block.things if thing is not None])
        for place, school in enumerate(block.rows.get(key)):
            if school is not None and school not in allowed:
                block.fault(place, key, "这所学校不在您的管理范围内，请只填本单位")
            thing = block.things[place]
            if thing is not None and held.get(thing) not in (None, *allowed):
                block.fault(
                    place, key, "目前登记在别的学校，请由那所学校先办转出，或找教育分局办理"
                )

    def _check_required(self, block: _Block) -> None:
        needed = [column.key for column in self._register.columns if column.required]
        for key in needed:
            said = {remark.place for remark in block.remarks if remark.column == key}
            for place, value in enumerate(block.rows.get(key)):
                if value is None and block.things[place] is None and place not in said:
                    label = self._register.by_key[key].label
                    block.fault(place, key, f"新登记的必须填“{label}”")
            for place, cleared in block.cleared:
                if cleared == key:
                    block.fault(place, key, "这一项不能清空")

    def _stage_block(self, block: _Block, before: _Before) -> None:
        refused = block.faulty
        changed: set[int] = set()
        fresh: dict[int, int] = {}
        for place in range(block.rows.count):
            if place not in refused and block.things[place] is None:
                self._new += 1
                fresh[place] = self._new
        for part in self._register.parts:
            writer = _PartWriter(self._register, part, self._task, self._shown)
            staged, differences, touched = writer.compare(block, before, refused, fresh)
            self._stage.add_rows(part, staged)
            self._stage.differ(differences)
            changed |= touched
        self._note(block, refused, fresh, changed)

    def _note(
        self, block: _Block, refused: set[int], fresh: Mapping[int, int], changed: set[int]
    ) -> None:
        names = block.rows.get(self._register.name)
        self._stage.look(
            (
                number,
                _action(place, refused, fresh, changed),
                block.things[place],
                str(names[place] or ""),
                _as_json(block.raw[place]) if place in refused else None,
            )
            for place, number in enumerate(block.numbers)
        )
        self._stage.remark(
            (block.numbers[remark.place], remark.column, remark.message, remark.is_fault)
            for remark in block.remarks
        )


def _action(
    place: int, refused: set[int], fresh: Mapping[int, int], changed: set[int]
) -> Literal["rejected", "new", "changed", "unchanged"]:
    if place in refused:
        return "rejected"
    if place in fresh:
        return "new"
    return "changed" if place in changed else "unchanged"


def _plain(values: list[Any]) -> list[Any]:
    """Return numbers as the register keeps them: decimals as floating point."""
    if any(type(value) is Decimal for value in values):
        return [float(value) if type(value) is Decimal else value for value in values]
    return values


def _as_json(row: Sequence[object]) -> str:
    return json.dumps(
        [
            cell if cell is None or type(cell) in (str, int, float, bool) else str(cell)
            for cell in row
        ],
        ensure_ascii=False,
    )


_Before = dict[str, dict[int, tuple[Any, ...]]]
"""By part and thing: id of the row in force, its start and end where dated, its written fields."""


class _Existing:
    """What the register knows already."""

    def __init__(self, register: Register, on: date) -> None:
        self._register, self._on = register, on

    def _thing(self, part: Part) -> str:
        return f"{part.link}_id" if part.link else "id"

    def by_key(
        self, keys: tuple[str, ...], wanted: set[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], tuple[int, ...]]:
        """Return the things that go by some numbers."""
        if not wanted:
            return {}
        columns = [self._register.by_key[key] for key in keys]
        names = [self._register.attname(column) for column in columns]
        if columns[0].part == IDENTITY:
            return self._by_number(names[0], wanted)
        part = self._register.part(columns[0].part)
        first = {f"{names[0]}__in": {value[0] for value in wanted}}
        rows = part.model._default_manager.filter(superseded_at=None, **part.fixed, **first)
        found: dict[tuple[Any, ...], set[int]] = {}
        for thing, *value in rows.values_list(self._thing(part), *names):
            if tuple(value) in wanted:
                found.setdefault(tuple(value), set()).add(thing)
        return {value: tuple(sorted(ids)) for value, ids in found.items()}

    def _by_number(
        self, name: str, wanted: set[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], tuple[int, ...]]:
        """Return the things by their own number."""
        assert self._register.identity is not None
        things = self._register.identity._default_manager.filter(
            **{f"{name}__in": [value[0] for value in wanted]}
        )
        return {(number,): (thing,) for thing, number in things.values_list("pk", name)}

    def values(self, things: Sequence[int]) -> _Before:
        """Return the rows in force of some things."""
        found: _Before = {}
        for part in self._register.parts:
            period = ("starts_on", "ends_on") if part.is_dated else ()
            names = [self._register.attname(c) for c in self._register.by_part[part.name]]
            link = self._thing(part)
            rows = part.model._default_manager.filter(
                part.condition(self._on), **{f"{link}__in": things}
            ).values_list(link, "id", *period, *names)
            found[part.name] = {row[0]: row[1:] for row in rows} if things else {}
        return found

    def schools(self, things: Sequence[int]) -> dict[int, int]:
        """Return the school at which each thing is held now."""
        column = self._register.by_key[self._register.school]
        part = self._register.part(column.part)
        link, name = self._thing(part), self._register.attname(column)
        rows = part.model._default_manager.filter(
            part.condition(self._on), **{f"{link}__in": things}
        )
        return dict(rows.values_list(link, name)) if things else {}


class _PartWriter:
    """Compares one part of a block with what is recorded, and makes the rows to be written."""

    def __init__(
        self, register: Register, part: Part, task: Task, shown: Mapping[str, cells.Kind[Any]]
    ) -> None:
        self._register, self._part, self._task, self._shown = register, part, task, shown
        self._columns = register.by_part[part.name]
        self._fields = [register.attname(column) for column in self._columns]
        self._blanks = tuple(self._blank(column) for column in self._columns)
        self._needs = [c.key for c in self._columns].index(part.needs) if part.needs else None

    def _blank(self, column: Column) -> Any:
        field_ = self._part.model._meta.get_field(column.field)
        return "" if isinstance(field_, models.CharField) else None

    def compare(
        self, block: _Block, before: _Before, refused: set[int], fresh: Mapping[int, int]
    ) -> tuple[list[tuple[Any, ...]], list[tuple[int, str, str, str]], set[int]]:
        """Return the rows to stage, the differences to show, and the places that change."""
        staged: list[tuple[Any, ...]] = []
        differences: list[tuple[int, str, str, str]] = []
        touched: set[int] = set()
        columns = [block.rows.get(column.key) for column in self._columns]
        known = before[self._part.name]
        for place, values in enumerate(zip(*columns, strict=True)):
            if place in refused:
                continue
            thing = block.things[place]
            old = known.get(thing) if thing is not None else None
            if old is None:
                if self._is_worth_keeping(values):
                    staged.append(self._fresh_row(thing, fresh.get(place), values))
                    touched.add(place)
                    if thing is not None:
                        blank = (None,) * len(values)
                        differences += self._differences(block.numbers[place], blank, values)
                continue
            merged = self._merged(block, place, values, old)
            if merged is not None:
                staged.append(self._changed_row(thing, old, merged))
                touched.add(place)
                differences += self._differences(block.numbers[place], old[-len(merged) :], merged)
        return staged, differences, touched

    def _is_worth_keeping(self, values: tuple[Any, ...]) -> bool:
        if self._needs is not None:
            return values[self._needs] is not None
        return any(value is not None for value in values)

    def _merged(
        self, block: _Block, place: int, values: tuple[Any, ...], old: tuple[Any, ...]
    ) -> tuple[Any, ...] | None:
        """Return the values after the file, or None where nothing changes."""
        recorded = old[len(old) - len(values) :]
        merged = tuple(
            was if value is None else value for value, was in zip(values, recorded, strict=True)
        )
        if block.cleared:
            merged = tuple(
                blank if (place, column.key) in block.cleared else value
                for column, value, blank in zip(self._columns, merged, self._blanks, strict=True)
            )
        return None if merged == recorded else merged

    def _fresh_row(
        self, thing: int | None, new: int | None, values: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        on = self._task.on
        period = (on, self._part.ends(on)) if self._part.is_dated else ()
        return self._row((thing, new, None, None), period, values)

    def _changed_row(
        self, thing: int | None, old: tuple[Any, ...], merged: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        if not self._part.is_dated:
            return self._row((thing, None, old[0], None), (), merged)
        starts_on, ends_on = old[1], old[2]
        if self._task.mode == "correction" or starts_on >= self._task.on:
            return self._row((thing, None, old[0], None), (starts_on, ends_on), merged)
        on = self._task.on
        return self._row((thing, None, old[0], on), (on, ends_on), merged)

    def _row(
        self, control: tuple[Any, ...], period: tuple[Any, ...], values: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        filled = tuple(
            blank if value is None else value
            for value, blank in zip(values, self._blanks, strict=True)
        )
        named = dict(zip(self._fields, filled, strict=True))
        made = tuple(make(named) for make in self._part.computed.values())
        row = (*control, *period, *self._part.fixed.values(), *filled, *made)
        return tuple(map(stored, row))

    def _differences(
        self, number: int, old: tuple[Any, ...], new: tuple[Any, ...]
    ) -> Iterator[tuple[int, str, str, str]]:
        for column, was, value in zip(self._columns, old, new, strict=True):
            if value != was and (value is not None or was):
                yield number, column.key, self._words(column, was), self._words(column, value)

    def _words(self, column: Column, value: Any) -> str:
        if value is None or value == "":
            return ""
        return str(self._shown[column.key].shown(value))


def check_layout(register: Register) -> None:
    """Hold the order of written fields against the order rows are staged in.

    Raises:
        AssertionError: If a column shares its field with the period or a fixed value.
    """
    for part in register.parts:
        own = [register.attname(column) for column in register.by_part[part.name]]
        period = ["starts_on", "ends_on"] if part.is_dated else []
        assert [*period, *part.fixed, *own, *part.computed] == list(written_fields(register, part))
