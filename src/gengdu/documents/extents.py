"""How far the values of packed spreadsheets reach.

The reader behind `reading` lays a sheet out as one dense rectangle: a single cell at XFD1048576
would ask for half a terabyte and end the process. It also drops formula errors, which are
collected here, so that #REF! is never mistaken for a blank.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from xml.parsers import expat

from gengdu.documents.limits import BROKEN, MEGABYTE, Extent, Limits, Refused
from gengdu.documents.packed import Package

LONGEST_ROW = 32 * MEGABYTE

_PLAIN_LETTERS = re.compile(rb' r="([A-Z]+)')
_PLAIN_DIGITS = re.compile(rb' r="[A-Z]*(\d+)')
_ROW_START = re.compile(rb"<(?:[\w.-]+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d+)""")
_CELL = re.compile(rb"<(?:[\w.-]+:)?(?:c|table-cell|covered-table-cell)[\s/>]")
_LETTERS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)\d""")
_DIGITS = re.compile(rb"""\br\s*=\s*["'][A-Za-z]+(\d+)""")
_BLANK_CELL = re.compile(rb"<(?:[\w.-]+:)?c\s[^<>]*/>")
_ERROR = re.compile(
    rb"""<(?:[\w.-]+:)?c\b(?=[^>]*\br\s*=\s*["']([A-Za-z]+)(\d+))(?=[^>]*\bt\s*=\s*["']e["'])"""
    rb"""[^>]*(?<!/)>(?:(?!</(?:[\w.-]+:)?c>).)*?<(?:[\w.-]+:)?v\b[^>]*>([^<]*)<""",
    re.DOTALL,
)

_ODS_REPEATED_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_ODS_REPEATED = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")
_ODS_TABLE = re.compile(rb"<table:table\s[^>]*>")
_ODS_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell\b.*?(?=<table:(?:covered-)?table-cell|\Z)", re.DOTALL
)
_ODS_ERROR = re.compile(
    rb"""value-type\s*=\s*["']error["'](?:(?!<text:p).)*<text:p[^>]*>([^<]+)<""", re.DOTALL
)
_ODS_VALUE = re.compile(rb"<text:p|office:(?:string-|date-|time-|boolean-)?value\s*=")


def column_number(letters: bytes | str) -> int:
    """Return the number of a column from 1.

    >>> column_number("A"), column_number("KN"), column_number("XFD")
    (1, 300, 16384)
    """
    text = letters.decode("ascii") if isinstance(letters, bytes) else letters
    number = 0
    for letter in text.upper()[:4]:
        number = number * 26 + ord(letter) - 64
    return number


def sheet_parts(package: Package) -> dict[str, str]:
    """Return the part of an .xlsx file that holds each sheet, by the sheet's name."""
    targets = {}
    relations = package.text("xl/_rels/workbook.xml.rels")
    for relation in re.findall(r"<[^>]*\bTarget=[^>]*>", relations):
        targets[_attribute(relation, "Id")] = _attribute(relation, "Target")
    parts = {}
    for sheet in re.findall(r"<(?:[\w.-]+:)?sheet\s[^>]*>", package.text("xl/workbook.xml")):
        target = targets.get(_attribute(sheet, r"[\w.-]+:id"), "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        parts[_attribute(sheet, "name")] = posixpath.normpath(inside)
    return parts


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return html.unescape(found[1] or found[2] or "") if found else ""


def workbook_extents(package: Package) -> dict[str, Extent]:
    """Return how far every sheet of an .xlsx file reaches, by the sheet's name.

    All parts are looked at, sheets or not, so that no odd naming hides a sheet.

    Raises:
        Refused: If a part is broken or reaches beyond the limits.
    """
    extents = {}
    for name in package.parts:
        extent = _sheet_extent(package, name)
        extent.check(package.limits)
        extents[name.lower()] = extent
    parts = sheet_parts(package)
    return {sheet: extents.get(part.lower(), Extent()) for sheet, part in parts.items()}


def _sheet_extent(package: Package, name: str) -> Extent:
    extent, row = Extent(), 0
    for rows in _whole_rows(package.pieces(name), (b"</row>", b":row>")):
        cut = _last_value(rows)
        if cut:
            row = _take_in(extent, rows[:cut], row, package.limits)
            _take_errors(extent, rows)
        row = _last_row(rows[cut:], row)
    return extent


def _last_value(rows: bytes) -> int:
    """Return where the last value begins; rows and cells behind it have a format at most."""
    return max(map(rows.rfind, (b"<v", b"<is", b":v", b":is"))) + 1


def _take_in(extent: Extent, rows: bytes, row: int, limits: Limits) -> int:
    """Widen an extent by some rows and return the number of the last."""
    is_plain = _states_every_place(rows)
    columns = _plain_width(rows) if is_plain else _width(rows)
    if columns > limits.columns:
        columns = _width(_BLANK_CELL.sub(b"", rows))
    stated = max(map(int, set((_PLAIN_DIGITS if is_plain else _DIGITS).findall(rows))), default=0)
    row = max(row, stated) if is_plain else _last_row(rows, row)
    extent.reach(max(row, stated), columns)
    return row


def _take_errors(extent: Extent, rows: bytes) -> None:
    if b'"e"' not in rows and b"'e'" not in rows:
        return
    for letters, digits, error in _ERROR.findall(rows):
        text = html.unescape(error.decode("utf-8", errors="replace"))
        extent.put_error(int(digits) - 1, column_number(letters) - 1, text)


def _states_every_place(rows: bytes) -> bool:
    """Tell whether rows are written as Excel, WPS and most libraries write them."""
    count = rows.count
    return (
        count(b'<c r="') == count(b"<c") - count(b"<col")
        and count(b'<row r="') == count(b"<row")
        and b":c" not in rows
        and b":row" not in rows
    )


def _last_row(rows: bytes, row: int) -> int:
    """Return the number of the last row, which follows the one before where it states none."""
    for start in _ROW_START.findall(rows):
        stated = _ROW_NUMBER.search(start)
        row = max(row, int(stated[1])) if stated else row + 1
    return row


def _plain_width(rows: bytes) -> int:
    return max(map(column_number, set(_PLAIN_LETTERS.findall(rows))), default=0)


def _width(rows: bytes) -> int:
    letters = _LETTERS.findall(rows)
    widest = max(map(column_number, set(letters)), default=0)
    if len(letters) >= len(_CELL.findall(rows)):
        return widest
    # Cells that state no place follow one another.
    return widest + max(len(_CELL.findall(row)) for row in _ROW_START.split(rows))


def _whole_rows(pieces: Iterator[bytes], row_ends: tuple[bytes, ...]) -> Iterator[bytes]:
    """Join pieces and cut them behind a row, the rest of the part last."""
    held = b""
    for piece in pieces:
        held += piece
        end = max(held.rfind(mark) + len(mark) for mark in row_ends)
        if end >= len(row_ends[0]):
            yield held[:end]
            held = held[end:]
        elif _CELL.search(held) is None:
            held = held[-100:]
        elif len(held) > LONGEST_ROW:
            raise Refused(BROKEN)
    yield held


def table_extents(package: Package) -> dict[str, Extent]:
    """Return how far every table of an .ods file reaches, by its name.

    Raises:
        Refused: If a table is broken or reaches beyond the limits.
    """
    _check_well_formed(package.pieces("content.xml"))
    extents: dict[str, Extent] = {}
    extent, row = Extent(), 0
    for rows in _whole_rows(package.pieces("content.xml"), (b"</table:table-row>",)):
        for one in rows.split(b"</table:table-row>"):
            begun = _ODS_TABLE.search(one)
            if begun:
                extent, row = Extent(), 0
                name = _attribute(begun[0].decode("utf-8", errors="replace"), "table:name")
                extents[name] = extent
            repeated = _ODS_REPEATED_ROWS.search(one)
            row += int(repeated[1]) if repeated else 1
            if _ODS_VALUE.search(one):
                extent.reach(row, _ods_width(one, row, extent))
                extent.check(package.limits)
    return extents


def _check_well_formed(pieces: Iterator[bytes]) -> None:
    """Refuse broken XML, over which the reader of .ods files never ends."""
    parser = expat.ParserCreate()
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Refused(BROKEN) from None


def _ods_width(cells_of_row: bytes, row: int, extent: Extent) -> int:
    width = reached = 0
    for cell in _ODS_CELL.finditer(cells_of_row):
        error = _ODS_ERROR.search(cell[0])
        if error:
            extent.put_error(row - 1, width, html.unescape(error[1].decode("utf-8", "replace")))
        repeated = _ODS_REPEATED.search(cell[0])
        width += int(repeated[1]) if repeated else 1
        if _ODS_VALUE.search(cell[0]):
            reached = width
    return reached
