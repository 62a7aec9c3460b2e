"""The form of one row of a register: filled with what is known, asking only for differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gengdu.kernel import cells
from gengdu.kernel.dates import NotADate, parse_date
from gengdu.records.importing.preview import CLEAR, Mode
from gengdu.records.references import NamedCell
from gengdu.records.sheets import IDENTITY, Column, Part, Register
from gengdu.web.sheets.details import Detail, belongs, in_sight_order


class Form:
    """One form on its way between a person and the register.

    Attributes:
        error: What is wrong with the whole; empty where nothing is.
        errors: What is wrong with each column.
        conflict: What others have changed since the form was opened: label, theirs, ours.
    """

    def __init__(
        self, register: Register, found: Detail | None, data: Mapping[str, str] | None, on: date,
        *, initial: Mapping[str, str] | None = None, seen_then: str | None = None,
    ) -> None:  # fmt: skip
        self.register, self.found, self._data, self.on = register, found, data, on
        self._initial = initial or {}
        self.error = ""
        self.errors: dict[str, str] = {}
        self.conflict: list[tuple[str, str, str]] = []
        self.holds_from = self._holds_from()
        seen = data.get("seen") if data is not None else seen_then
        if found is not None and seen not in (None, found.seen):
            self.conflict = self._others()

    @property
    def columns(self) -> list[Column]:
        """The columns that may be written."""
        return [
            column
            for column in self.register.shown_columns
            if column.writable and column.part != IDENTITY
        ]

    @property
    def asks_day(self) -> bool:
        """Whether it matters from when things are so: not where rows state their own dates."""
        return any(part.is_dated for part in self.register.own_parts)

    @property
    def seen(self) -> str:
        """Ids of the rows that the person has before the eyes."""
        return self.found.seen if self.found else ""

    def _holds_from(self) -> date:
        text = (self._data or {}).get("holds_from", "")
        if not text:
            return self.on
        try:
            return parse_date(text)
        except NotADate as error:
            self.error = str(error)
            return self.on

    @property
    def mode(self) -> Mode:
        """Whether things changed on a day or were recorded wrongly."""
        return "correction" if (self._data or {}).get("mode") == "correction" else "change"

    @property
    def reason(self) -> str:
        """Why, in the person's own words."""
        return (self._data or {}).get("reason", "").strip()[:200]

    @property
    def summary(self) -> str:
        """What is done, for the list of changes."""
        if self.found is None:
            return _("新登记%(register)s") % {"register": self.register.label}
        kind = _("更正") if self.mode == "correction" else _("变更")
        return f"{kind}{self.register.label} {self.found.name}"[:200]

    @property
    def cells(self) -> dict[str, object]:
        """What the form holds; a number left hidden, and a cell left empty, stay as they are."""
        assert self._data is not None
        found: dict[str, object] = {}
        for column in self.columns:
            text = self._data.get(column.key, "").strip()
            if text and not (column.masking and text == self.shown(column)):
                found[column.key] = text
            elif not text and self.shown(column) and column.key in self._data:
                found[column.key] = CLEAR
        return found

    def shown(self, column: Column) -> str:
        """Return what is recorded, hidden numbers hidden."""
        return self.found.words(column) if self.found else ""

    def _others(self) -> list[tuple[str, str, str]]:
        given = self._initial if self._data is None else self._data
        found = []
        for column in self.columns:
            theirs = self.shown(column)
            ours = given.get(column.key, theirs).strip()
            if ours != theirs:
                found.append((str(column.label), theirs, ours))
        return found

    def refuse(self, remarks: Sequence[tuple[str, str, bool]]) -> None:
        """Take note of what the register has to say."""
        for key, message, is_fault in remarks:
            if is_fault:
                self.errors.setdefault(key, message)
        self.error = _("有 %(count)s 处需要改正，没有保存。您填的内容都还在下面。") % {
            "count": len(self.errors)
        }

    def groups(self) -> list[tuple[Part, list[dict[str, Any]]]]:
        """Return the fields by part."""
        found = []
        for part in in_sight_order(self.register):
            columns = [
                column for column in self.columns if belongs(self.register, column) == part.name
            ]
            if columns:
                found.append((part, [self._field(column) for column in columns]))
        return found

    def _field(self, column: Column) -> dict[str, Any]:
        given = self._initial if self._data is None else self._data
        value = given.get(column.key, self.shown(column))
        return field_of(column, value, self.on, self.errors.get(column.key, ""))


def field_of(column: Column, value: str, on: date, error: str = "") -> dict[str, Any]:
    """Return what a template needs to ask for one cell."""
    kind = column.kind_on(on)
    return {
        "column": column,
        "name": column.key,
        "value": value,
        "error": error,
        "options": options_of(kind),
        "names": kind.offered if isinstance(kind, NamedCell) else [],
        "is_long": isinstance(kind, cells.Text) and kind.lines,
        "grid": "｜".join(kind.fields) if isinstance(kind, cells.Lines) else "",
        "is_date": isinstance(kind, cells.Day),
        "required": column.required,
    }


def options_of(kind: cells.Kind[Any]) -> list[str]:
    """Return the words one may choose from; none where anything may be written."""
    if isinstance(kind, cells.Code):
        return [str(kind.shown(kind.parse(code))) for code in kind.codes]
    return ["是", "否"] if isinstance(kind, cells.YesNo) else []
