"""The fixed part of the form, and its blanks: what is filled in, and what stays open."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path

from gengdu.documents.official_forms import Cell, Number

BLANK = re.compile(r"[＿_]{2,}")


@dataclass(frozen=True)
class Table:
    """One table of the form as it is printed: its fixed cells and merges."""

    name: str
    cells: Mapping[str, str]
    merged: tuple[str, ...]


@dataclass(frozen=True)
class Open:
    """One place of the form that was not reported.

    Attributes:
        where: Address of the cell.
        what_zh: What stands there.
        missing_zh: What would answer it.
    """

    table: str
    where: str
    what_zh: str
    missing_zh: str


@dataclass
class Filled:
    """A table being filled in."""

    table: Table
    cells: dict[str, Cell]
    opened: list[Open] = field(default_factory=list)

    @classmethod
    def begin(cls, name: str) -> Filled:
        """Begin with the fixed cells of a table."""
        table = tables()[name]
        return cls(table, dict(table.cells))

    def number(
        self, where: str, value: Fraction | int | None, places: int, what_zh: str, missing_zh: str
    ) -> None:
        """Put a number into a cell, or say that it was not reported."""
        if value is None:
            self.leave_open(where, what_zh, missing_zh)
        else:
            self.cells[where] = Number(Fraction(value), places)

    def leave_open(self, where: str, what_zh: str, missing_zh: str) -> None:
        """Note that a place stays blank."""
        self.opened.append(Open(self.table.name, where, what_zh, missing_zh))

    def blanks(self, where: str, values: Sequence[str | None]) -> None:
        """Fill the blanks of a cell's fixed text, one after the other; None leaves one open."""
        given = iter(values)
        text = self.table.cells[where]

        def fill(blank: re.Match[str]) -> str:
            value = next(given)
            return blank[0] if value is None else value

        self.cells[where] = BLANK.sub(fill, text)


@cache
def tables() -> Mapping[str, Table]:
    """Return the tables of the form by name, in order."""
    path = Path(__file__).with_name("tables.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    return {
        one["sheet"]: Table(one["sheet"], one["cells"], tuple(one["merged"]))
        for one in content["sheets"]
    }
