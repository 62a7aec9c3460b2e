"""Official forms as workbooks: fixed cells, merges and filled cells where the form has them.

A form is small and is written out of order, so its rows are held together, unlike a long table.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol, xl_range
from xlsxwriter.worksheet import Worksheet

from gengdu.documents.books import A4, Target, fitted, sheet_name

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_PLACES = {0: "0", 1: "0.0", 2: "0.00", 3: "0.000"}


@dataclass(frozen=True)
class Number:
    """A number of a form, rounded half up as the form asks.

    >>> Number(Fraction(1, 8), 2).rounded
    Decimal('0.13')
    """

    value: Fraction
    places: int

    @property
    def rounded(self) -> Decimal:
        """The value as it is written."""
        exact = Decimal(self.value.numerator) / Decimal(self.value.denominator)
        return exact.quantize(Decimal(1).scaleb(-self.places), rounding=ROUND_HALF_UP)


Cell = str | Number | None


@dataclass(frozen=True)
class FormSheet:
    """One sheet of a form.

    Attributes:
        cells: By address, such as B4.
        merged: Ranges, such as A5:D5.
        widths: Of columns, in characters of half width, by letter; else `width`.
        heights: Of rows, in points, by their number from 1.
        framed: The range with lines around its cells; empty for none.
        head: First and last row, from 1, that each printed page repeats.
        plain: Addresses of titles and notes, which run over their neighbours.
        left: Letters of the columns whose texts begin at the left, as notes (注) do everywhere;
            others stand in the middle.
    """

    name: str
    cells: Mapping[str, Cell]
    merged: Sequence[str] = ()
    widths: Mapping[str, float] = field(default_factory=dict)
    width: float = 12
    heights: Mapping[int, float] = field(default_factory=dict)
    framed: str = ""
    head: tuple[int, int] | None = None
    plain: frozenset[str] = frozenset()
    left: str = ""


def write_form(target: Target, sheets: Sequence[FormSheet], created: datetime) -> None:
    """Write a form; equal sheets and moment make an equal file.

    Args:
        target: A path or a binary stream.
        sheets: In order.
        created: Kept in the file as the moment of its making.
    """
    with tempfile.TemporaryDirectory() as folder:
        opened = str(target) if not hasattr(target, "write") else target
        book = xlsxwriter.Workbook(opened, {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"created": created.replace(tzinfo=None)})
        formats = _Formats(book)
        for one in sheets:
            _Sheet(one, book.add_worksheet(sheet_name(one.name)), formats).write()
        book.close()


class _Formats:
    """The formats that cells use, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Format] = {}

    def of(self, value: Cell, *, is_framed: bool, is_plain: bool, is_left: bool) -> Format:
        places = value.places if isinstance(value, Number) else None
        key = (places, is_framed, is_plain, is_left)
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {
                    "num_format": "@" if places is None else _PLACES[places],
                    "border": int(is_framed),
                    "text_wrap": not is_plain,
                    "valign": "vcenter",
                    "align": "left" if is_left or is_plain else "center",
                    "font_size": 10,
                }
            )
        return self._made[key]


class _Sheet:
    """One sheet being written."""

    def __init__(self, form: FormSheet, sheet: Worksheet, formats: _Formats) -> None:
        self._form, self._sheet, self._formats = form, sheet, formats
        self._starts = {one.split(":")[0]: one for one in form.merged}
        self._covered = {
            address for one in form.merged for address in _addresses(one)
        }  # written with their range
        self._framed = dict.fromkeys(_addresses(form.framed)) if form.framed else {}

    def write(self) -> None:
        form, sheet = self._form, self._sheet
        self._set_up()
        for address in [*self._framed, *form.cells]:
            if address not in self._covered:
                self._put(address, form.cells.get(address))
        for start, merged in self._starts.items():
            value = form.cells.get(start)
            sheet.merge_range(merged, "", self._format(start, value))
            self._put(start, value)

    def _put(self, address: str, value: Cell) -> None:
        style = self._format(address, value)
        if isinstance(value, Number):
            self._sheet.write_number(address, float(value.rounded), style)
        elif value:
            self._sheet.write_string(address, fitted(value), style)
        else:
            self._sheet.write_blank(address, None, style)

    def _format(self, address: str, value: Cell) -> Format:
        is_left = address.rstrip("0123456789") in tuple(self._form.left)
        is_left = is_left or (isinstance(value, str) and value.startswith("注"))
        return self._formats.of(
            value, is_framed=address in self._framed, is_plain=address in self._form.plain,
            is_left=is_left and not isinstance(value, Number),
        )  # fmt: skip

    def _set_up(self) -> None:
        form, sheet = self._form, self._sheet
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        if form.head is not None:
            sheet.repeat_rows(form.head[0] - 1, form.head[1] - 1)
        columns = {xl_cell_to_rowcol(address)[1] for address in form.cells}
        for column in sorted(columns):
            sheet.set_column(column, column, form.width)
        for letter, width in form.widths.items():
            sheet.set_column(f"{letter}:{letter}", width)
        for row, height in form.heights.items():
            sheet.set_row(row - 1, height)


def _addresses(area: str) -> list[str]:
    first, last = (xl_cell_to_rowcol(one) for one in area.split(":"))
    return [
        xl_range(row, column, row, column)
        for row in range(first[0], last[0] + 1)
        for column in range(first[1], last[1] + 1)
    ]
