"""A register as people see it: one flat row for each thing, put together from several tables.

A register is declared once, as parts (tables) and columns (cells of the flat row). Lists, detail
pages, forms, templates, imports and exports are all drawn from the declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal, Protocol

from django.db import models
from django.db.models import F, FilteredRelation, Q, QuerySet
from django_stubs_ext import StrOrPromise

from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.records.models import Dated
from gengdu.records.queries import known_rows

IDENTITY = "identity"
"""The part of a column that holds a thing's own number, which never changes and is never hidden."""

Masking = Literal["", "identity_number", "registry_number", "phone", "address"]


class Reference(Protocol):
    """A column that points to another thing: a school, a village, a member of staff."""

    def on(self, day: date, known: date | None = None) -> cells.Kind[int]:
        """Return the kind of cell that reads and writes what things were called on a day.

        `known` is the day whose knowledge counts; None for what is known now.
        """
        ...


class Virtual(Protocol):
    """A cell that is put together from others, such as 三年级 from stage and grade."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Keys of the columns it is made of."""
        ...

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what makes the cell from the values of its inputs, as things stood on a day.

        `known` is the day whose knowledge counts; None for what is known now.
        """
        ...


@dataclass(frozen=True)
class Part:
    """One table of a flat row.

    Attributes:
        name: How columns refer to it.
        model: Its table.
        label: What people call it.
        link: Field of the table that points to the identity; empty where a row is its own identity.
        fixed: Values that every row of the part has, such as position=1.
        needs: Column without which a row of the part is not kept, such as the name of a guardian.
        computed: Fields made from the part's other values when a row is written.
        ends: Where a row ends that begins on a day; None for an open end.
        is_read_only: Whether it is only shown here, and written elsewhere.
        via: Field of the anchor that points to the same thing as the part's rows, such as the
            person a certificate belongs to; such a part is only shown, and files may hold its
            columns to say whom a row means.
        states_period: Whether columns say when a row begins and ends, as a contract does; else a
            row holds from the day it is written for. Such rows are listed on every day.
    """

    name: str
    model: type[models.Model]
    label: StrOrPromise
    link: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    needs: str = ""
    computed: Mapping[str, Callable[[Mapping[str, Any]], Any]] = field(default_factory=dict)
    ends: Callable[[date], date | None] = lambda starts_on: None
    is_read_only: bool = False
    via: str = ""
    states_period: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether its rows hold over a period that follows from the day of writing."""
        return issubclass(self.model, Dated) and not self.states_period

    def condition(self, on: date, prefix: str = "", known: date | None = None) -> Q:
        """Return the condition that a row of the part is the one in force on a day.

        Args:
            on: The day.
            prefix: How a query names the row.
            known: The day whose knowledge counts; None for what is known now.
        """
        found = known_rows(known, prefix)
        for name, value in self.fixed.items():
            found &= Q(**{f"{prefix}{name}": value})
        if not self.is_dated:
            return found
        has_begun = Q(**{f"{prefix}starts_on__lte": on})
        not_ended = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": on})
        return found & has_begun & not_ended

    @property
    def from_identity(self) -> str:
        """The name under which an identity reaches the part's rows."""
        return str(self.model._meta.get_field(self.link).remote_field.related_name)  # type: ignore[union-attr]


@dataclass(frozen=True)
class Column:
    """One cell of the flat row.

    Attributes:
        key: Names it in addresses, in the API and in saved views.
        label: The official name, which imports look for.
        part: The part that holds it.
        field: The field there; a foreign key goes by its plain name.
        kind: How its cells are read and written.
        synonyms: Further names that files use.
        other_forms: Names under which files write it in another form, such as ten thousands.
        required: Whether a new row needs it.
        masking: How it is hidden from people who have not asked to see it.
        heading: What lists and pages call it, where the official name would mislead.
        listed: Whether a list shows it before anybody chose columns.
        filtered: Whether the query bar offers it as a filter.
        help: What to fill in, in a sentence.
        example: What the example row of the template shows.
        width: Width in characters where it is printed.
        writable: Whether files and forms may set it.
        checked: Whether files may hold it only to have it compared with what is recorded; such a
            column is virtual and not writable.
        internal: Whether it is only an input of virtual columns, never shown itself.
        virtual: How it is made from other columns; such a column has no part.
    """

    key: str
    label: StrOrPromise
    part: str
    field: str
    kind: cells.Kind[Any] | Reference
    synonyms: tuple[str, ...] = ()
    other_forms: tuple[tuple[str, cells.Kind[Any]], ...] = ()
    required: bool = False
    masking: Masking = ""
    heading: StrOrPromise = ""
    listed: bool = False
    filtered: bool = False
    help: StrOrPromise = ""
    example: str = ""
    width: int = 12
    writable: bool = True
    checked: bool = False
    internal: bool = False
    virtual: Virtual | None = None

    def kind_on(self, on: date, known: date | None = None) -> cells.Kind[Any]:
        """Return how its cells are read and written on a day, by what is known, or was."""
        if isinstance(self.kind, cells.Kind):
            return self.kind
        return self.kind.on(on, known)

    @property
    def title(self) -> StrOrPromise:
        """What lists and pages call it."""
        return self.heading or self.label

    @property
    def is_reference(self) -> bool:
        """Whether it points to another thing."""
        return not isinstance(self.kind, cells.Kind)


Scope = Callable[[Viewer, date], Q | None]
Reach = Callable[[Viewer, date], frozenset[int]]
Rule = Callable[["Rows"], Iterable["Remark"]]


@dataclass(frozen=True)
class Remark:
    """What a rule has to say of one cell of one row.

    Attributes:
        place: Position of the row among those looked at.
        column: Key of the column.
        message: In Chinese, without row and column.
        is_fault: Whether the row is refused; a warning lets it pass.
        without: Column whose missing value is the reason; where that cell was filled in and cannot
            be read, this is not said as well.
    """

    place: int
    column: str
    message: str
    is_fault: bool = True
    without: str = ""


@dataclass(frozen=True)
class Rows:
    """Parsed rows by column, as rules look at them.

    Attributes:
        columns: Values by column key; each list has one value a row, None where blank. A
            register's `resolve` adds internal ones.
        count: How many rows there are.
        on: The day the rows describe.
        recorded: Returns what is recorded of a column, one value a row, None where nothing is.
        schools: Ids of the schools that the sender may write for; None for all.
        memory: What rules keep from one block of a file to the next.
    """

    columns: dict[str, list[Any]]
    count: int
    on: date
    recorded: Callable[[str], list[Any]] | None = None
    schools: frozenset[int] | None = None
    memory: dict[str, Any] = field(default_factory=dict)

    def get(self, key: str) -> list[Any]:
        """Return a column; all blank where the file has none."""
        return self.columns.get(key) or [None] * self.count

    def before(self, key: str) -> list[Any]:
        """Return what is recorded of a column; None where nothing is."""
        return self.recorded(key) if self.recorded is not None else [None] * self.count

    def known(self, key: str) -> list[Any]:
        """Return a column as it will stand: what the file says, else what is recorded."""
        given = self.get(key)
        if None not in given:
            return given
        return [
            was if value is None else value
            for value, was in zip(given, self.before(key), strict=True)
        ]


@dataclass(frozen=True)
class Register:
    """One register, declared.

    Attributes:
        key: Names it in addresses and permissions.
        label: What people call it.
        unit: Measure word and noun for one row, such as 名学生.
        identity: The bare identity; None where a row of the one part is its own identity.
        parts: Its tables; the first is the anchor, whose row in force puts a thing on the list.
        columns: Its cells, in the order of the template.
        keys: Groups of columns that each name one thing, tried in order.
        weak_keys: Groups that nearly always name one thing, such as name and telephone. They find
            a thing where no key does, and never one that goes by another key.
        view, edit: Permissions.
        order: Columns a list is sorted by at first; behind a minus downwards.
        search: Columns that the search box looks into.
        scope: Returns the condition on the anchor for a viewer; None hides everything.
        name: Column that says what a row is called.
        school: Column with the school that a row belongs to; empty where none does.
        holder: Column with what a row belongs to where that is no school, such as a village.
            Without either, only the district writes.
        reach: Returns the ids of the schools, or other holders, that a viewer may write for.
        sounds: Path of the field that holds pinyin, for the search box.
        resolve: Fills internal columns from the words of a file, and says what it cannot read.
        complete: Fills in what follows from other cells, once it is known what is recorded.
        rules: What must hold within a row.
        code: Makes the identity's own number from its id.
        described: Makes further values of a new identity from the anchor's first row, by field.
        ignored: Names of official files that are left out on purpose, and why.
        layouts: Official files of which it reads the columns, by label.
        shows_children: Whether looking at a row is written into the trail.
        beside: Key of the register whose things its rows belong to, such as contracts to staff:
            it is reached from there and has no line of its own in the menu.
    """

    key: str
    label: StrOrPromise
    unit: StrOrPromise
    identity: type[models.Model] | None
    parts: tuple[Part, ...]
    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...]
    view: str
    edit: str
    order: tuple[str, ...]
    search: tuple[str, ...]
    scope: Scope
    name: str
    resolve: Rule | None = None
    complete: Rule | None = None
    rules: tuple[Rule, ...] = ()
    code: Callable[[int], dict[str, str]] = lambda number: {}
    layouts: tuple[str, ...] = ()
    shows_children: bool = False
    beside: str = ""
    school: str = ""
    holder: str = ""
    reach: Reach = lambda viewer, on: viewer.schools
    sounds: str = ""
    weak_keys: tuple[tuple[str, ...], ...] = ()
    described: Callable[[Mapping[str, Any]], dict[str, Any]] = lambda row: {}
    ignored: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Columns by key."""
        return {column.key: column for column in self.columns}

    @property
    def model_label(self) -> str:
        """What the trail calls the things of the register, such as pupils.Pupil."""
        return str((self.identity or self.anchor.model)._meta.label)

    def locked(self, rows: Rows) -> dict[int, str]:
        """Return which rows speak of things that may not be changed, and why; here none does."""
        return {}

    @property
    def held_by(self) -> str:
        """The column with what a row belongs to; empty where only the district writes."""
        return self.holder or self.school

    def may_write_for(self, viewer: Viewer, on: date) -> frozenset[int] | None:
        """Return the ids of the holders whose rows a viewer may write; None for all."""
        return None if viewer.sees_district else self.reach(viewer, on)

    @property
    def is_searched(self) -> bool:
        """Whether there is anything that a search box could look into."""
        return bool(self.search or self.sounds)

    @property
    def searches_hidden(self) -> bool:
        """Whether the search box finds whole numbers of people."""
        return any(self.by_key[key].masking for key in self.search)

    @cached_property
    def hides_numbers(self) -> bool:
        """Whether it has columns that are hidden from people who have not asked to see them."""
        return any(column.masking for column in self.columns)

    @cached_property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns that people see, in order."""
        return tuple(column for column in self.columns if not column.internal)

    @cached_property
    def read_columns(self) -> tuple[Column, ...]:
        """The columns that files may hold: to be written, or only to be checked."""
        return tuple(c for c in self.shown_columns if c.writable or c.checked)

    @cached_property
    def by_part(self) -> dict[str, tuple[Column, ...]]:
        """Columns by part, in order."""
        return {
            part.name: tuple(column for column in self.columns if column.part == part.name)
            for part in self.parts
        }

    @cached_property
    def written_parts(self) -> tuple[Part, ...]:
        """The parts that files and forms write."""
        return tuple(part for part in self.parts if not (part.is_read_only or part.via))

    @property
    def own_parts(self) -> tuple[Part, ...]:
        """The parts that tell of a row itself, not of what it points to."""
        return tuple(part for part in self.parts if not part.via)

    def is_joined(self, column: Column) -> bool:
        """Tell whether a column tells of what a row points to, such as the name of a person."""
        return any(part.via and part.name == column.part for part in self.parts)

    def pointer(self, column: Column) -> Column:
        """Return the column of the anchor through which a joined one is reached."""
        return self.pointer_to(self.part(column.part))

    def pointer_to(self, part: Part) -> Column:
        """Return the column of the anchor that points to what a joined part tells of."""
        return next(one for one in self.by_part[self.anchor.name] if one.field == part.via)

    def part_of(self, column: Column) -> str:
        """Return the part that a column ends up in; of a virtual one, that of its last input."""
        if column.part or column.virtual is None or not column.virtual.inputs:
            return column.part
        return self.by_key[column.virtual.inputs[-1]].part

    @property
    def anchor(self) -> Part:
        """The part whose row in force puts a thing on the list."""
        return self.parts[0]

    def part(self, name: str) -> Part:
        """Return a part by name."""
        return next(part for part in self.parts if part.name == name)

    @property
    def identity_path(self) -> str:
        """The anchor's field that holds the identity's id."""
        return f"{self.anchor.link}_id" if self.anchor.link else "pk"

    def attname(self, column: Column) -> str:
        """Return the attribute of the part's rows that holds a column; of a reference, its id."""
        if column.part == IDENTITY:
            return column.field
        return str(self.part(column.part).model._meta.get_field(column.field).attname)  # type: ignore[union-attr]

    def path(self, column: Column) -> str:
        """Return how a query over `rows` names a column."""
        attname = self.attname(column)
        if column.part == IDENTITY:
            return f"{self.anchor.link}__{attname}"
        return attname if column.part == self.anchor.name else f"{column.part}__{attname}"

    def rows(self, on: date, known: date | None = None) -> QuerySet[Any]:
        """Return the flat rows in force on a day, one for each thing.

        Args:
            on: The day.
            known: The day whose knowledge counts; None for what is known now.
        """
        anchor = self.anchor
        live = anchor.condition(on, known=known)
        found: QuerySet[Any] = anchor.model._default_manager.filter(live)
        for part in self.parts[1:]:
            path = f"{part.via or anchor.link}__{part.from_identity}"
            relation = FilteredRelation(path, condition=part.condition(on, f"{path}__", known))
            found = found.annotate(**{part.name: relation})
        found = found.annotate(thing=F(self.identity_path))
        return found

    def within(self, viewer: Viewer, on: date, known: date | None = None) -> QuerySet[Any]:
        """Return the flat rows that a viewer's scope holds on a day.

        The schools of the scope are those of today's knowledge; which of them holds a row is as it
        was known, as on another day it is as it was on that day.
        """
        condition = self.scope(viewer, on)
        found = self.rows(on, known)
        return found.none() if condition is None else found.filter(condition)


_registers: dict[str, Register] = {}


def declare(register: Register) -> Register:
    """Make a register known to the pages, the worker and the API."""
    _registers[register.key] = register
    return register


def registers_beside(key: str) -> tuple[Register, ...]:
    """Return the registers that are reached from another."""
    return tuple(register for register in registers() if register.beside == key)


def registers() -> tuple[Register, ...]:
    """Return every register that was declared, in order of declaration."""
    return tuple(_registers.values())


def find(key: str) -> Register | None:
    """Return a register by key; None where no register is called so."""
    return _registers.get(key)


def register(key: str) -> Register:
    """Return a register by key.

    Raises:
        KeyError: If none is called so.
    """
    return _registers[key]
