"""The rows that could not be taken, alone, to be mended and imported again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xlsxwriter.worksheet import Worksheet

from gengdu.documents.books import Book, Target, new_book
from gengdu.documents.headers import column_letter, normal_name

ROW_NUMBER_COLUMN, REASON_COLUMN = "原行号", "错误说明"
MOST_COMMENTS = 5_000  # Excel opens more only slowly; the last column tells every fault

WHOLE_ROW = -1


@dataclass(frozen=True)
class FailedRow:
    """One row that could not be taken.

    Attributes:
        row_number: As Excel shows it in the file that was uploaded.
        cells: As they were read.
        faults: Message by position, from 0; under WHOLE_ROW what no single cell is to blame for.
    """

    row_number: int
    cells: Sequence[object]
    faults: Mapping[int, str]


def is_own_column(name: str) -> bool:
    """Tell whether a column is one that `write_failed_rows` added, to be skipped on import.

    >>> is_own_column("原行号"), is_own_column("姓名")
    (True, False)
    """
    return normal_name(name) in (ROW_NUMBER_COLUMN, REASON_COLUMN)


def write_failed_rows(
    target: Target,
    headers: Sequence[str],
    rows: Iterable[FailedRow],
    *,
    created: datetime,
    title: str = "未导入的行",
    most_comments: int = MOST_COMMENTS,
) -> int:
    """Write the rows that failed, faults coloured and told, and return how many there were.

    All columns are set to text, so that a long number typed in again keeps its digits.

    Args:
        target: A path or a binary stream.
        headers: The columns of the uploaded file, each at the position of its cells.
        rows: Read once, never held together.
        created: Kept in the file as the moment of its making.
        title: Name of the sheet.
        most_comments: How many bad cells hold their message as well.
    """
    with new_book(target, created) as book:
        sheet = book.add_sheet(title)
        sheet.freeze_panes(1, 1)
        _write_header(book, sheet, headers)
        written = comments = 0
        for written, row in enumerate(rows, start=1):
            comments += _write_row(book, sheet, written, row, headers, most_comments - comments)
        sheet.autofilter(0, 0, written, len(headers) + 1)
    return written


def _write_header(book: Book, sheet: Worksheet, headers: Sequence[str]) -> None:
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, len(headers), 14, book.format("text"))
    sheet.set_column(len(headers) + 1, len(headers) + 1, 60)
    for place, name in enumerate([ROW_NUMBER_COLUMN, *headers, REASON_COLUMN]):
        style = book.required_header if place in (0, len(headers) + 1) else book.header
        sheet.write_string(0, place, name, style)


def _write_row(
    book: Book, sheet: Worksheet, at: int, row: FailedRow, headers: Sequence[str], left: int
) -> int:
    """Write one row and return how many comments it took, no more than there are left."""
    sheet.write_number(at, 0, row.row_number)
    cells = [*row.cells, *[None] * (len(headers) - len(row.cells))]
    commented = 0
    for position, cell in enumerate(cells[: len(headers)]):
        fault = row.faults.get(position)
        book.put(sheet, at, position + 1, cell, "text", "plain" if fault is None else "bad")
        if fault is not None and commented < left:
            sheet.write_comment(at, position + 1, fault)
            commented += 1
    book.put(sheet, at, len(headers) + 1, _reasons(row, headers), "text")
    return commented


def _reasons(row: FailedRow, headers: Sequence[str]) -> str:
    """Join all faults of a row, each with the name of its column."""
    told = []
    for position, fault in sorted(row.faults.items()):
        name = headers[position].strip().rstrip("*") if 0 <= position < len(headers) else ""
        place = f"{column_letter(position)} 列" if position >= 0 and not name else f"“{name}”"
        told.append(fault if position == WHOLE_ROW else f"{place}：{fault}")
    return "；".join(told)
