"""What a page shows of tables and texts: their first rows and paragraphs, as plain words."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from gengdu.documents.limits import Refused
from gengdu.documents.reading import open_rows, read_sheets
from gengdu.records.evidence.examining import texts

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 50, 40, 10
MOST_BLOCKS, MOST_LETTERS, MOST_LINES = 600, 4_000, 500
NO_PREVIEW = "这个文件不能在网页里预览，请下载后用 Office 或 WPS 打开。"
_MOST_TABLE_ROWS = 200

Block = dict[str, Any]


def sheets_of(source: Path) -> list[Block]:
    """Return the first rows of the first sheets, each with its name.

    Raises:
        Refused: If the workbook cannot be read.
    """
    found = []
    for name in read_sheets(source)[:MOST_SHEETS]:
        rows: list[list[str]] = []
        try:
            opened = open_rows(source, name)
            for _number, cells in islice(opened.rows, MOST_ROWS):
                rows.append([_said(cell) for cell in cells[:MOST_COLUMNS]])
            last = opened.last_row
        except Refused:  # an empty sheet, or a chart
            last = 0
        found.append({"name": name, "rows": rows, "last_row": last})
    return found


def _said(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, datetime | date):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)[:300]


def blocks_of(source: Path) -> list[Block]:
    """Return the paragraphs and tables of a Word document, in order.

    Raises:
        Refused: If it cannot be read.
    """
    try:
        document = docx.Document(str(source))
        return list(islice(_blocks(document), MOST_BLOCKS))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, AttributeError,
            OSError, SyntaxError, IndexError):  # fmt: skip
        raise Refused(NO_PREVIEW) from None


def _blocks(document: Document) -> Iterator[Block]:
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield {"table": _table(item)}
        elif item.text.strip():
            style = item.style.name if item.style is not None else None
            is_head = bool(style) and str(style).startswith(("Heading", "Title", "标题"))
            yield {"text": item.text[:MOST_LETTERS], "is_head": is_head}


def _table(table: Table) -> list[list[str]]:
    rows = []
    for row in islice(table.rows, _MOST_TABLE_ROWS):
        rows.append([cell.text[:300] for cell in row.cells[:MOST_COLUMNS]])
    return rows


def lines_of(source: Path) -> list[Block]:
    """Return the first lines of a plain text."""
    text = texts.decoded(source.read_bytes()) or ""
    return [{"text": line[:MOST_LETTERS]} for line in text.splitlines()[:MOST_LINES]]
