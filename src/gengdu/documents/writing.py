"""Tables as they leave: every row that was asked for, in cells that nothing can run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from gengdu.documents.books import Book, Kind, Target, native, new_book, set_page

ROWS_PER_SHEET = 1_048_000
FACTS_SHEET = "说明"
_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")

Fact = tuple[str, str | float]


@dataclass(frozen=True)
class OutColumn:
    """One column to write.

    Attributes:
        title: Its name in the header row.
        width: In characters of half width.
        kind: How its cells are formatted; what a cell holds is decided by its value.
        note: Shown when the pointer rests on the header.
    """

    title: str
    width: float = 12
    kind: Kind = "text"
    note: str = ""


def write_table(
    target: Target,
    *,
    title: str,
    columns: Sequence[OutColumn],
    rows: Iterable[Sequence[object]],
    created: datetime,
    facts: Sequence[Fact] = (),
    rows_per_sheet: int = ROWS_PER_SHEET,
) -> int:
    """Write rows as they come and return how many there were.

    Args:
        target: A path or a binary stream.
        title: Name of the sheet and head of each printed page.
        columns: One for each cell of a row.
        rows: Read once, never held together.
        created: Kept in the file as the moment of its making.
        facts: Lines of the second sheet, such as unit, day and filter; the count is added.
        rows_per_sheet: Further rows go to a further sheet.
    """
    with new_book(target, created) as book:
        written = on_sheet = sheets = 0
        sheet = _begin_sheet(book, title, columns, sheets)
        for row in rows:
            if on_sheet == rows_per_sheet:
                _end_sheet(sheet, columns, on_sheet)
                sheets, on_sheet = sheets + 1, 0
                sheet = _begin_sheet(book, title, columns, sheets)
            on_sheet, written = on_sheet + 1, written + 1
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                book.put(sheet, on_sheet, place, value, column.kind)
        _end_sheet(sheet, columns, on_sheet)
        _write_facts(book, [*facts, ("行数", str(written))])
    return written


def _begin_sheet(book: Book, title: str, columns: Sequence[OutColumn], number: int) -> Worksheet:
    sheet = book.add_sheet(title if not number else f"{title[:25]}（{number + 1}）")
    set_page(sheet, title)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, book.format(column.kind))
        sheet.write_string(0, place, column.title, book.header)
        if column.note:
            sheet.write_comment(0, place, column.note)
    return sheet


def _end_sheet(sheet: Worksheet, columns: Sequence[OutColumn], rows: int) -> None:
    if columns:
        sheet.autofilter(0, 0, rows, len(columns) - 1)


def _write_facts(book: Book, facts: Sequence[Fact]) -> None:
    sheet = book.add_sheet(FACTS_SHEET)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 80)
    for row, (name, fact) in enumerate(facts):
        sheet.write_string(row, 0, name, book.bold)
        if isinstance(fact, str):
            sheet.write_string(row, 1, fact, book.wrapped)
        else:
            sheet.write_number(row, 1, fact, book.format("amount"))


def write_csv(
    target: Target, *, columns: Sequence[OutColumn], rows: Iterable[Sequence[object]]
) -> int:
    """Write rows as UTF-8 with a mark, for Excel, and return how many there were.

    Text that a spreadsheet would run begins with an apostrophe, which reading removes again.
    """
    if isinstance(target, str | Path):
        with Path(target).open("wb") as file:
            return write_csv(file, columns=columns, rows=rows)
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow([_safe(column.title) for column in columns])
        written = 0
        for row in rows:
            pairs = zip(columns, row, strict=True)
            writer.writerow([_csv_cell(value, column.kind) for column, value in pairs])
            written += 1
        return written
    finally:
        text.detach()


def _csv_cell(value: object, kind: Kind) -> str | int | float | None:
    cell = native(value)
    if isinstance(cell, date):
        return f"{cell:%Y-%m}" if kind == "month" else cell.isoformat()
    return _safe(cell) if isinstance(cell, str) else cell


def _safe(text: str) -> str:
    return "'" + text if text.startswith(_RUNS_IN_A_SPREADSHEET) else text
