"""What a register knows of one thing: its cells now, and everything that was ever recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gengdu.access.masking import masked
from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.records.ledgers import Ledger
from gengdu.records.models import Change, ChangeKind
from gengdu.records.queries import end_of
from gengdu.records.sheets import IDENTITY, Column, Part, Register


@dataclass(frozen=True)
class Cell:
    """One cell of a thing.

    Attributes:
        value: As people read it; hidden numbers hidden.
        is_hidden: Whether more of it could be shown to who gives a reason.
    """

    column: Column
    value: str
    is_hidden: bool = False

    @property
    def heads(self) -> tuple[str, ...]:
        """What the fields are called where the cell holds a small table; else nothing."""
        kind = self.column.kind
        return kind.fields if isinstance(kind, cells.Lines) else ()

    @property
    def rows(self) -> list[list[str]]:
        """The rows of a small table."""
        kind = self.column.kind
        return kind.rows(self.value) if isinstance(kind, cells.Lines) else []

    @property
    def is_wide(self) -> bool:
        """Whether it needs a line of its own."""
        return self.is_long or bool(self.heads)

    @property
    def is_long(self) -> bool:
        """Whether it may go over several lines."""
        return isinstance(self.column.kind, cells.Text) and self.column.kind.lines


@dataclass(frozen=True)
class Group:
    """The cells of one part, with the period they hold over."""

    part: Part
    cells: Sequence[Cell]
    row_id: int | None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Step:
    """One row that was recorded of a thing, and what it says otherwise than the one before."""

    part: Part
    recorded_at: datetime
    superseded_at: datetime | None
    starts_on: date | None
    ends_on: date | None
    change: Change | None
    differences: Sequence[tuple[str, str, str]]
    is_first: bool


Kinds = dict[str, cells.Kind[Any]]


def kinds_of(register: Register, on: date, known: date | None = None) -> Kinds:
    """Return how the cells of a register are read on a day, for details of many things."""
    return {c.key: c.kind_on(on, known) for c in register.columns if not c.virtual}


class Detail:
    """One thing as one viewer sees it on a day."""

    def __init__(
        self, register: Register, thing: int, on: date, *, known: date | None = None,
        whole: bool = False, kinds: Kinds | None = None,
    ) -> None:  # fmt: skip
        self.register, self.thing, self.on, self._whole = register, thing, on, whole
        self.known = known
        self._kinds = kinds_of(register, on, known) if kinds is None else kinds
        self._rows: dict[str, Any] = {}
        for part in register.parts:  # the anchor first, for joined parts are reached from it
            self._rows[part.name] = self._row(part)

    def _row(self, part: Part) -> Any:
        link, thing = f"{part.link}_id" if part.link else "pk", self.thing
        if part.via:
            thing = getattr(self._rows[self.register.anchor.name], f"{part.via}_id", 0)
        held = part.condition(self.on, known=self.known)
        rows = part.model._default_manager.filter(held, **{link: thing})
        return rows.first()

    @property
    def seen(self) -> str:
        """Ids of the rows looked at, so that a form notices when somebody was faster."""
        rows = (self._rows[part.name] for part in self.register.own_parts)
        return ",".join(str(row.pk if row else 0) for row in rows)

    @property
    def name(self) -> str:
        """What the thing is called."""
        row = self._rows[self.register.anchor.name]
        if isinstance(self.register, Ledger) and row is not None:
            return self.register.names([row], self.on, self._kinds)[self.thing]
        return self.words(self.register.by_key[self.register.name])

    @property
    def school(self) -> int | None:
        """Id of the school that holds it, where the register knows one."""
        if not self.register.school:
            return None
        value = self.raw(self.register.by_key[self.register.school])
        return None if value is None else int(value)

    def raw(self, column: Column) -> Any:
        """Return what is recorded in a column; None where nothing is."""
        if column.part == IDENTITY:
            return self._number(column)
        row = self._rows[column.part]
        return getattr(row, self.register.attname(column)) if row is not None else None

    def _number(self, column: Column) -> Any:
        assert self.register.identity is not None
        things = self.register.identity._default_manager.filter(pk=self.thing)
        return things.values_list(column.field, flat=True).first()

    def words(self, column: Column) -> str:
        """Return a cell as people read it, hidden numbers hidden."""
        text = self.whole(column)
        return masked(column.masking, text) if column.masking and not self._whole else text

    def whole(self, column: Column) -> str:
        """Return a cell as a form or a file writes it."""
        if column.virtual:
            inputs = (self.raw(self.register.by_key[key]) for key in column.virtual.inputs)
            return column.virtual.on(self.on, self.known)(*inputs)
        value = self.raw(column)
        if value is None or value == "":
            return ""
        return str(self._kinds[column.key].shown(value))

    def groups(self) -> list[Group]:
        """Return the cells by part; virtual ones stand with the first part."""
        found = []
        for part in in_sight_order(self.register):
            columns = [
                column
                for column in self.register.shown_columns
                if belongs(self.register, column) == part.name
            ]
            row = self._rows[part.name]
            listed = [self._cell(column) for column in columns]
            found.append(
                Group(part, listed, row.pk if row else None,
                      getattr(row, "starts_on", None), getattr(row, "ends_on", None))
            )  # fmt: skip
        return found

    def _cell(self, column: Column) -> Cell:
        text = self.words(column)
        return Cell(column, text, bool(column.masking and text and not self._whole))

    def history(self) -> list[Step]:
        """Return everything that was recorded, or had been by the day known, newest first."""
        steps = _undone([step for part in self.register.own_parts for step in self._steps(part)])
        return sorted(steps, key=lambda step: step.recorded_at, reverse=True)

    def _steps(self, part: Part) -> Iterator[Step]:
        same = (
            {f"{part.link}_id": self.thing} if part.link else same_keys(self.register, self.thing)
        )
        rows: QuerySet[Any] = part.model._default_manager.filter(**same, **part.fixed)
        end = end_of(self.known) if self.known else None
        if end is not None:
            rows = rows.filter(recorded_at__lt=end)
        before: Any = None
        for row in rows.select_related("recorded_in__account").order_by("recorded_at", "pk"):
            yield Step(
                part, row.recorded_at, _before(row.superseded_at, end),
                getattr(row, "starts_on", None), getattr(row, "ends_on", None), row.recorded_in,
                list(self._differences(part, before, row)), before is None,
            )  # fmt: skip
            before = row

    def _differences(self, part: Part, before: Any, row: Any) -> Iterator[tuple[str, str, str]]:
        for column in self.register.by_part[part.name]:
            name = self.register.attname(column)
            old, new = getattr(before, name, None), getattr(row, name)
            if (old or None) != (new or None):
                yield str(column.title), self._said(column, old), self._said(column, new)

    def _said(self, column: Column, value: Any) -> str:
        if value is None or value == "":
            return _("（空）")
        text = str(self._kinds[column.key].shown(value))
        return masked(column.masking, text) if column.masking and not self._whole else text


def _undone(steps: list[Step]) -> list[Step]:
    """Return the steps, those that an undo recorded again under its name.

    Such a row keeps the change that first said so, and is told by its moment.
    """
    moments = {
        step.recorded_at
        for step in steps
        if (step.change.at != step.recorded_at if step.change else not step.is_first)
    }
    if not moments:
        return steps
    undoings = Change.objects.filter(kind=ChangeKind.UNDO, at__in=moments).select_related("account")
    by_moment = {change.at: change for change in undoings}
    return [replace(step, change=by_moment.get(step.recorded_at, step.change)) for step in steps]


def _before(moment: datetime | None, end: datetime | None) -> datetime | None:
    """Return a moment, unless it was still to come at the end of the day known."""
    return None if moment is None or (end is not None and moment >= end) else moment


def belongs(register: Register, column: Column) -> str:
    """Return the part under which a column is shown; what has none stands with the first.

    What is made of a pointer alone, such as the number of a person, stands with what it points to.
    """
    if column.part not in ("", IDENTITY):
        return column.part
    for part in register.parts:
        if (
            part.via
            and column.virtual
            and column.virtual.inputs == (register.pointer_to(part).key,)
        ):
            return part.name
    return register.anchor.name


def in_sight_order(register: Register) -> list[Part]:
    """Return the parts as people look for them: whose a row is comes before what it says."""
    return sorted(register.parts, key=lambda part: not part.via)


def same_keys(register: Register, thing: int) -> dict[str, Any]:
    """Return what every row of a thing has alike, where a row is a thing of its own."""
    names = [register.attname(register.by_key[key]) for key in register.keys[0]]
    rows = register.anchor.model._default_manager.filter(pk=thing).values(*names)
    return dict(rows.first() or {"pk": thing})


def now_called(register: Register, thing: int, on: date) -> int:
    """Return the row that stands on a day for one that was replaced; else the same.

    Where a row is a thing of its own, every change makes another of it.
    """
    if register.identity is not None:
        return thing
    rows = register.rows(on)
    if rows.filter(pk=thing).exists():
        return thing
    later = rows.filter(**same_keys(register, thing)).order_by("pk").values_list("pk", flat=True)
    return later.last() or thing


def find(
    register: Register, viewer: Viewer, thing: int, on: date, known: date | None = None
) -> bool:
    """Tell whether a viewer's scope holds a thing on a day, by what is known or was."""
    return bool(register.within(viewer, on, known).filter(thing=thing).exists())
