"""What all workbooks written here share: safe cells, names of sheets, paper and formats."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Target = str | Path | BinaryIO
Kind = Literal["text", "whole", "number", "amount", "date", "month"]
Style = Literal["plain", "example", "bad"]
FORMATS: dict[Kind, str] = {
    "text": "@",
    "whole": "0",
    "number": "General",
    "amount": "#,##0.00",
    "date": "yyyy-mm-dd",
    "month": "yyyy-mm",
}

LONGEST_TEXT = 32_767
CUT = "……（太长，其余略去）"
EXACT_BELOW = 10**15
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets do not agree on which day a number is
A4 = 9

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_COLOURS: dict[Style, dict[str, object]] = {
    "plain": {},
    "example": {"font_color": "#808080", "italic": True, "bg_color": "#F2F2F2"},
    "bad": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
}


class Book:
    """A workbook being written row by row, and the formats that its cells use."""

    def __init__(self, target: Target, created: datetime, folder: str) -> None:
        opened = str(target) if isinstance(target, Path) else target
        self.workbook = xlsxwriter.Workbook(opened, {**_OPTIONS, "tmpdir": folder})
        self.workbook.set_properties({"created": created.replace(tzinfo=None)})
        self._formats: dict[tuple[Kind, Style], Format] = {}
        self.header = self._header("#DDEBF7")
        self.required_header = self._header("#FFD966")
        self.bold = self.workbook.add_format({"bold": True})
        self.wrapped = self.workbook.add_format({"text_wrap": True, "valign": "top"})

    def _header(self, colour: str) -> Format:
        return self.workbook.add_format(
            {"bold": True, "bg_color": colour, "border": 1, "align": "center", "valign": "vcenter",
             "text_wrap": True, "num_format": "@"}
        )  # fmt: skip

    def format(self, kind: Kind, style: Style = "plain") -> Format:
        """Return the format of a kind of cell."""
        if (kind, style) not in self._formats:
            wanted = {"num_format": FORMATS[kind], **_COLOURS[style]}
            self._formats[kind, style] = self.workbook.add_format(wanted)
        return self._formats[kind, style]

    def add_sheet(self, name: str) -> Worksheet:
        """Add a sheet, its name made fit for one."""
        return self.workbook.add_worksheet(sheet_name(name))

    def put(
        self, sheet: Worksheet, row: int, column: int, value: object, kind: Kind,
        style: Style = "plain",
    ) -> None:  # fmt: skip
        """Write a cell by what it holds: text never becomes a formula, a link or a number."""
        cell = native(value)
        if isinstance(cell, str):
            sheet.write_string(row, column, fitted(cell), self.format("text", style))
        elif isinstance(cell, date):
            shown: Kind = "month" if kind == "month" else "date"
            sheet.write_datetime(row, column, cell, self.format(shown, style))
        elif cell is not None:
            shown = kind if kind in ("whole", "number", "amount") else "number"
            sheet.write_number(row, column, cell, self.format(shown, style))
        elif style != "plain":
            sheet.write_blank(row, column, None, self.format(kind, style))


@contextmanager
def new_book(target: Target, created: datetime) -> Iterator[Book]:
    """Open a workbook and write it to its target at the end; nothing if an error came before.

    Args:
        target: A path or a binary stream.
        created: Kept in the file instead of the present moment, so that equal content is an
            equal file.
    """
    with tempfile.TemporaryDirectory() as folder:
        book = Book(target, created, folder)
        try:
            yield book
        except BaseException:
            book.workbook.filename = str(Path(folder, "dropped"))
            raise
        finally:
            book.workbook.close()


def native(value: object) -> str | int | float | date | None:
    """Return what a cell holds for a value; what a cell cannot hold exactly becomes text."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float | Decimal):
        return _native_number(value)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return value if day >= FIRST_DAY and not _has_zone(value) else value.isoformat()
    return str(value)


def _native_number(value: int | float | Decimal) -> str | int | float | None:
    if not isinstance(value, int) and not math.isfinite(value):
        return None
    if value >= EXACT_BELOW or value <= -EXACT_BELOW:
        return str(value)
    return float(value) if isinstance(value, Decimal) else value


def _has_zone(value: date) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def fitted(text: str) -> str:
    """Cut a text that is longer than a cell, and say so in it.

    XlsxWriter takes text of the form <r>…</r> for markup and writes it unescaped: an invisible
    character behind it, which reading removes, keeps it text.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        text += "\u200b"
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(CUT)] + CUT


def sheet_name(title: str) -> str:
    """Return a title as the name of a sheet: at most 31 characters, none of those forbidden.

    >>> sheet_name("学生/教师：2026*"), sheet_name("")
    ('学生_教师：2026_', '表')
    """
    return re.sub(r"[\[\]:*?/\\]", "_", title).strip("' ")[:31] or "表"


def set_page(sheet: Worksheet, title: str) -> None:
    """Print on A4 across, one page wide, with title, repeated header row and page numbers."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&C&14" + title[:100].replace("&", "&&"))
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.set_margins(left=0.5, right=0.5)
