"""Looks at every cell of a file, compares it with the register, and stages what would be written.

Works in blocks of rows and by column within a block, so that memory stays bounded and most of the
work is done by the interpreter's own loops.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice, zip_longest
from typing import Any, Literal

from gengdu.kernel import cells
from gengdu.records.importing import rights
from gengdu.records.importing.comparing import Block, Mode, PartWriter
from gengdu.records.importing.existing import Existing, in_front
from gengdu.records.importing.finding import Finder
from gengdu.records.importing.mapping import Names
from gengdu.records.importing.periods import Periods
from gengdu.records.sheets import Column, Register, Remark, Rows, Rule
from gengdu.records.staging import Stage

__all__ = ["BLOCK", "CLEAR", "Mode", "Previewer", "Row", "Task"]

BLOCK = 2_000
CLEAR = "（清空）"
"""What one writes into a cell to empty what is recorded; a blank cell leaves it as it is."""

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
        defaults: Values by column key for blank cells of rows that record something new, such as
            the school of a list of staff that does not name it. Of a key, for every blank cell.
    """

    register: Register
    positions: Mapping[str, tuple[int, str]]
    on: date
    mode: Mode = "change"
    schools: frozenset[int] | None = None
    things: Mapping[int, int | None] | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)


class Previewer:
    """Looks at a whole file, block by block."""

    def __init__(self, task: Task, stage: Stage) -> None:
        self._task, self._stage, self._register = task, stage, task.register
        names = Names(self._register)
        self._kinds = {key: self._kind(key, names) for key in task.positions}
        self._new = 0
        self._memory: dict[str, Any] = {}
        self._periods = Periods(self._register)
        self._existing = Existing(self._register, task.on)
        self._finder = Finder(self._register, self._existing, task.things or {})
        self._writers = [
            (part, PartWriter(self._register, part, task.on, task.mode))
            for part in self._register.written_parts
        ]
        self._places = {
            column.key: (part.name, place)
            for part in self._register.written_parts
            for place, column in enumerate(self._register.by_part[part.name], in_front(part))
        }

    def _kind(self, key: str, names: Names) -> cells.Kind[Any]:
        column = self._register.by_key[key]
        target = names.target(self._task.positions[key][1])
        if target is not None and target.kind is not None and target.column is column:
            return target.kind
        return column.kind_on(self._task.on)

    def run(self, rows: Iterable[Row], progress: Callable[[int], None]) -> None:
        """Look at all rows; tells how many it has looked at after each block."""
        source, done = iter(rows), 0
        while taken := list(islice(source, BLOCK)):
            self._look(taken)
            done += len(taken)
            taken.clear()  # before the next block is read, so that one alone is held
            progress(done)

    def _look(self, taken: list[Row]) -> None:
        block = self._read(taken)
        keys = self._finder.keys
        self._fill_in(block, lambda key, place: key in keys)
        self._finder.find(block, resolved=False)
        block.before = self._existing.values(block.known_things)
        self._fill_in(block, lambda key, place: not self._has_row(block, key, place))
        self._ask(block, self._register.resolve)
        if self._finder.find(block, resolved=True):
            block.before = self._existing.values(block.known_things)
        self._finder.check(block)
        self._ask(block, self._register.complete, *self._register.rules)
        rights.check_holders(block, self._register, self._existing, self._task.schools)
        rights.check_required(block, self._register)
        self._periods.check(block)
        self._check_locked(block)
        self._stage_block(block)

    def _ask(self, block: Block, *rules: Rule | None) -> None:
        unread = {(remark.place, remark.column) for remark in block.remarks if remark.is_fault}
        for rule in rules:
            if rule is not None:
                block.remarks += (
                    remark for remark in rule(block.rows)
                    if (remark.place, remark.without) not in unread
                )  # fmt: skip

    def _read(self, taken: list[Row]) -> Block:
        raw = [cells_ for _, cells_ in taken]
        rows = Rows({}, len(raw), self._task.on, schools=self._task.schools, memory=self._memory)
        block = Block([number for number, _ in taken], raw, rows)
        recorded = partial(self._recorded, weakref.proxy(block))  # no ring: a block goes when done
        block.rows = replace(block.rows, recorded=recorded)
        by_position = list(zip_longest(*raw))
        for key, (position, _) in self._task.positions.items():
            values: list[object] = [None] * len(raw)
            if position < len(by_position):
                values = list(by_position[position])
            self._hide(block, self._register.by_key[key], values)
            kind = self._kinds[key]
            parsed = kind.parse_column(values)
            block.remarks += (Remark(place, key, message) for place, message in parsed.faults)
            is_decimal = isinstance(kind, cells.Number)
            block.rows.columns[key] = _plain(parsed.values) if is_decimal else parsed.values
        return block

    def _hide(self, block: Block, column: Column, values: list[object]) -> None:
        """Blank out masked cells, which stay as they are, and take note of cells to be emptied."""
        if column.masking:
            values[:] = [None if cells.is_masked(value) else value for value in values]
        if CLEAR in values:
            for place, value in enumerate(values):
                if value == CLEAR:
                    values[place] = None
                    block.cleared.add((place, column.key))

    def _fill_in(self, block: Block, wanted: Callable[[str, int], bool]) -> None:
        for key, value in self._task.defaults.items():
            block.rows.columns[key] = [
                value if given is None and wanted(key, place) else given
                for place, given in enumerate(block.rows.get(key))
            ]

    def _has_row(self, block: Block, key: str, place: int) -> bool:
        thing = block.things[place]
        part = self._register.part_of(self._register.by_key[key])
        return thing is not None and thing in block.before.get(part, ())

    def _recorded(self, block: Block, key: str) -> list[Any]:
        """Return what is recorded of a column for each row; None where nothing is."""
        column = self._register.by_key[key]
        if self._register.is_joined(column):
            pointed = self._recorded(block, self._register.pointer(column).key)
            joined = self._existing.through(column, pointed)
            return [joined.get(to) or None for to in pointed]
        part, place = self._places[key]
        known = block.before.get(part, {})
        rows = [None if thing is None else known.get(thing) for thing in block.things]
        values = [None if row is None else row[place] for row in rows]
        return [None if value == "" else value for value in values]

    def _check_locked(self, block: Block) -> None:
        """Refuse changes of things that are locked; a row that changes nothing is welcome."""
        locked = self._register.locked(block.rows)
        if not locked:
            return
        others = block.faulty | (set(range(block.rows.count)) - set(locked))
        changed: set[int] = set()
        for _, writer in self._writers:
            changed |= writer.compare(block, others, {}, self._existing).touched
        for place in sorted(changed):
            block.fault(place, self._register.name, locked[place])

    def _stage_block(self, block: Block) -> None:
        refused = block.faulty
        changed: set[int] = set()
        fresh: dict[int, int] = {}
        for place in range(block.rows.count):
            if place not in refused and block.things[place] is None:
                self._new += 1
                fresh[place] = self._new
        for part, writer in self._writers:
            found = writer.compare(block, refused, fresh, self._existing)
            self._stage.add_rows(part, found.staged)
            self._stage.differ(found.differences)
            changed |= found.touched
        self._note(block, refused, fresh, changed)

    def _note(
        self, block: Block, refused: set[int], fresh: Mapping[int, int], changed: set[int]
    ) -> None:
        names = block.rows.known(self._register.name)
        shown = self._register.by_key[self._register.name].kind_on(self._task.on).shown
        self._stage.look(
            (
                number,
                _action(place, refused, fresh, changed),
                block.things[place],
                str(shown(names[place]) or ""),
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
    """Return decimals as the register keeps them: as floating point."""
    return [None if value is None else float(value) for value in values]


def _as_json(row: Sequence[object]) -> str:
    return json.dumps(
        [
            cell if cell is None or type(cell) in (str, int, float, bool) else str(cell)
            for cell in row
        ],
        ensure_ascii=False,
    )
