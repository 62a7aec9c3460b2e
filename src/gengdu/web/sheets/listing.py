"""What a list of a register shows: which rows, which columns, in which order.

Everything comes from the address and is held against what the register declares; no name from an
address ever reaches the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from gengdu.access.masking import masked
from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.kernel.identifiers import is_row_number
from gengdu.records.references import NamedCell
from gengdu.records.sheets import Column, Register

FILTER = "f_"
EMPTY = "-"
"""The choice of a filter that finds rows in which nothing is recorded."""
FOUND = "found"
"""Names the things that a number found, which itself stands in no address (numbers.py)."""
NOTHING = "-"
"""What stands in their place where it found none."""
MOST_FOUND = 200


@dataclass(frozen=True)
class Wanted:
    """What is asked of a list.

    Attributes:
        filters: Value by column key; an unknown value finds nothing.
        columns: Keys of the columns to show, in order.
        sort: Key of the column to sort by; behind a minus downwards; empty for the usual order.
        known: The day whose knowledge counts; None for what is known now.
        found: Ids of the things that a number found; None where none was looked for.
    """

    register: Register
    on: date
    q: str
    filters: Mapping[str, str]
    columns: tuple[str, ...]
    sort: str
    known: date | None = None
    found: tuple[int, ...] | None = None

    @classmethod
    def read(cls, register: Register, data: Any, on: date, known: date | None = None) -> Wanted:
        """Read an address; what the register does not declare is left aside."""
        shown = {column.key for column in register.shown_columns}
        chosen = tuple(key for key in data.get("columns", "").split(",") if key in shown)
        usual = tuple(column.key for column in register.shown_columns if column.listed)
        sort = data.get("sort", "")
        filters = {
            column.key: data[FILTER + column.key]
            for column in register.columns
            if column.filtered and data.get(FILTER + column.key)
        }
        return cls(
            register, on, data.get("q", "").strip(), filters, chosen or usual,
            sort if sort.removeprefix("-") in shown else "", known, _found(data),
        )  # fmt: skip

    @property
    def query(self) -> dict[str, str]:
        """What of the address makes this list, for links that keep it."""
        found = {FILTER + key: value for key, value in self.filters.items()}
        usual = Wanted.read(self.register, {}, self.on).columns
        if self.q:
            found["q"] = self.q
        if self.columns != usual:
            found["columns"] = ",".join(self.columns)
        if self.found is not None:
            found[FOUND] = ",".join(map(str, self.found)) or NOTHING
        if self.sort:
            found["sort"] = self.sort
        return found

    def without_view(self) -> Wanted:
        """Return the same rows, all columns."""
        every = tuple(column.key for column in self.register.shown_columns)
        return replace(self, columns=every)


def _found(data: Any) -> tuple[int, ...] | None:
    text = data.get(FOUND, "")
    if not text:
        return None
    ids = text.split(",")[:MOST_FOUND]
    return tuple(int(item) for item in ids if is_row_number(item))


class Listing:
    """One list as one viewer sees it."""

    def __init__(self, wanted: Wanted, viewer: Viewer) -> None:
        self.wanted, self.viewer, self.register = wanted, viewer, wanted.register
        self.columns = [self.register.by_key[key] for key in wanted.columns]

    @cached_property
    def kinds(self) -> dict[str, cells.Kind[Any]]:
        """How the cells of each column are written, as things were called on the day."""
        keys = {column.key for column in self.columns}
        for column in self.columns:
            keys |= set(column.virtual.inputs) if column.virtual else set()
        wanted = (self.register.by_key[key] for key in keys)
        return {c.key: self.kind_of(c) for c in wanted if c.virtual is None}

    def kind_of(self, column: Column) -> cells.Kind[Any]:
        """Return how the cells of a column are read and written on the day of the list."""
        return column.kind_on(self.wanted.on, self.wanted.known)

    def within(self) -> QuerySet[Any]:
        """Return the rows that the viewer's scope holds, before anything is narrowed."""
        return self.register.within(self.viewer, self.wanted.on, self.wanted.known)

    def with_search(self, text: str) -> Listing:
        """Return the same list for another text to look for, and nothing found by a number."""
        return Listing(replace(self.wanted, q=text, found=None), self.viewer)

    def rows(self) -> QuerySet[Any]:
        """Return the rows, narrowed and in order; none of another's scope is ever among them."""
        found = self.within()
        for key, value in self.wanted.filters.items():
            found = found.filter(self._filter(self.register.by_key[key], value))
        if self.wanted.q:
            found = found.filter(self._search(self.wanted.q))
        if self.wanted.found is not None:
            found = found.filter(thing__in=self.wanted.found)
        return found.order_by(*self._order())

    def _filter(self, column: Column, text: str) -> Q:
        path = self.register.path(column)
        if text == "-":
            empty = Q(**{path: None})
            return (
                empty | Q(**{path: ""})
                if self.kind_of(column).written_as == "text"
                and not column.is_reference
                and not isinstance(column.kind, cells.YesNo)
                else empty
            )
        try:
            value = self.kind_of(column).parse(text)
        except cells.BadCell:
            return Q(pk__in=())
        return Q(**{path: value})

    def _search(self, text: str) -> Q:
        """Look for a text in names by any part, by pinyin; in hidden numbers only by the whole."""
        found = Q(pk__in=())
        for key in self.register.search:
            column = self.register.by_key[key]
            if column.is_reference:
                found |= Q(**{f"{self.register.path(column)}__in": self._called(column, text)})
                continue
            lookup = "iexact" if column.masking else "icontains"
            found |= Q(**{f"{self.register.path(column)}__{lookup}": text})
        if self.register.sounds and text.isascii():
            spoken = text.replace(" ", "").casefold()
            found |= Q(**{f"{self.register.sounds}__startswith": spoken})
            found |= Q(**{f"{self.register.sounds}__contains": f" {spoken}"})
        return found

    def _called(self, column: Column, text: str) -> list[int]:
        """Return the things whose name has a text in it, of those that a column may point to."""
        kind = self.kind_of(column)
        known = kind.known if isinstance(kind, NamedCell) else []
        return [thing for thing, name in known if text.casefold() in name.casefold()]

    def _order(self) -> list[str | OrderBy]:
        sort = self.wanted.sort
        usual = dict(self._usual(key) for key in self.register.order)
        if not sort:
            return [*usual.values(), "pk"]
        column = self.register.by_key[sort.removeprefix("-")]
        inputs = column.virtual.inputs if column.virtual else (column.key,)
        sign = "-" if sort.startswith("-") else ""
        first = [sign + self.register.path(self.register.by_key[key]) for key in inputs]
        return [*first, *(order for path, order in usual.items() if path not in first), "pk"]

    def _usual(self, key: str) -> tuple[str, str | OrderBy]:
        """Return the path and the usual order of a column, downwards where a minus says so."""
        column = self.register.by_key[key.removeprefix("-")]
        path = self.register.path(column)
        return path, f"-{path}" if key.startswith("-") else self._upwards(column)

    def _upwards(self, column: Column) -> str | OrderBy:
        """Return the usual order by a column; people who have left come after those at work."""
        path = self.register.path(column)
        return F(path).asc(nulls_last=True) if self.register.is_joined(column) else path

    @cached_property
    def inputs(self) -> list[str]:
        """Keys of every column that the cells shown are made of."""
        found: dict[str, None] = {}
        for column in self.columns:
            for key in column.virtual.inputs if column.virtual else (column.key,):
                found[key] = None
        return list(found)

    @cached_property
    def _virtual(self) -> dict[str, Any]:
        return {
            c.key: c.virtual.on(self.wanted.on, self.wanted.known)
            for c in self.columns
            if c.virtual
        }

    def values(self, rows: Any, *, whole: bool = False) -> Iterator[Row]:
        """Yield the cells of rows, hidden numbers hidden unless `whole`.

        Args:
            rows: A part of `rows()`.
            whole: Whether the viewer has the right, and a reason, to see numbers whole.
        """
        for thing, held, values in self.raw(rows):
            yield Row(thing, held, self.shown(values, whole=whole))

    def raw(self, rows: Any) -> Iterator[tuple[int, int | None, dict[str, Any]]]:
        """Yield thing, school and recorded values by column key, of every column of the list."""
        keys = self.inputs
        paths = [self.register.path(self.register.by_key[key]) for key in keys]
        school = self._school_path()
        wanted = ("thing", *((school,) if school else ()), *paths)
        for thing, *rest in rows.values_list(*wanted).iterator(chunk_size=2_000):
            held = rest.pop(0) if school else None
            yield thing, held, dict(zip(keys, rest, strict=True))

    def shown(self, values: Mapping[str, Any], *, whole: bool = False) -> list[Any]:
        """Return the cells of recorded values, one a column, hidden numbers hidden."""
        return [self._cell(column, values, whole) for column in self.columns]

    def _school_path(self) -> str:
        if not self.register.school:
            return ""
        return self.register.path(self.register.by_key[self.register.school])

    def _cell(self, column: Column, values: Mapping[str, Any], whole: bool) -> Any:
        if column.virtual:
            return self._virtual[column.key](*(values[key] for key in column.virtual.inputs))
        value = values[column.key]
        if value is None or value == "":
            return None
        shown = self.kinds[column.key].shown(value)
        if column.masking and not whole:
            return masked(column.masking, str(shown))
        return shown

    def options(self, column: Column) -> list[tuple[str, str]]:
        """Return what the query bar offers for a column: value and words."""
        kind = self.kind_of(column)
        if isinstance(kind, cells.YesNo):
            return [("是", _("是")), ("否", _("否")), (EMPTY, _("未填"))]
        if isinstance(kind, cells.Code):
            return [*kind.codes.items(), (EMPTY, _("未填"))]
        present = self.within()
        path = self.register.path(column)
        ids = present.order_by().values_list(path, flat=True).distinct()
        names = (kind.shown(value) for value in ids if value is not None)
        return [(str(name), str(name)) for name in sorted(map(str, names))]


@dataclass(frozen=True)
class Row:
    """One line of a list.

    Attributes:
        thing: Id of what it speaks of.
        school: Id of the school that holds it, where the register knows one.
        cells: One a column; None where nothing is recorded.
    """

    thing: int
    school: int | None
    cells: Sequence[Any]
