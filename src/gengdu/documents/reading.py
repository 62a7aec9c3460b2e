"""Spreadsheets as they arrive: by content, not by name, with the row numbers that Excel shows.

Nothing but `Refused` is raised, whatever the file holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TypeVar

import python_calamine

from gengdu.documents import compound, delimited, extents
from gengdu.documents.limits import BROKEN, LOCKED, MEGABYTE, Extent, Limits, Refused, check_sheets
from gengdu.documents.packed import Package

__all__ = ["Limits", "Opened", "Refused", "Row", "open_rows", "read_rows", "read_sheets"]

T = TypeVar("T")
Row = tuple[int, list[object]]

CSV_SHEET = "CSV"
NO_DATA = "文件里没有数据；请填写后再试。"
_WORKSHEET = python_calamine.SheetTypeEnum.WorkSheet
_VISIBLE = python_calamine.SheetVisibleEnum.Visible

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"%PDF", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<?xml", b"mime-version:")


@dataclass(frozen=True)
class Opened:
    """A table that is being read.

    Attributes:
        rows: Number and cells of every row that is not blank; a blank cell is None. Cells stand by
            column from A, whatever column the data begins in, and numbers count all rows.
        last_row: About how far the numbers will go, for a progress bar.
    """

    rows: Iterator[Row]
    last_row: int


@dataclass(frozen=True)
class _Book:
    """An opened workbook, its sheets with the extents of their values."""

    book: python_calamine.CalamineWorkbook
    extents: dict[str, Extent]

    @property
    def sheets(self) -> list[str]:
        shown = [sheet.name for sheet in self.book.sheets_metadata
                 if sheet.typ == _WORKSHEET and sheet.visible == _VISIBLE]  # fmt: skip
        return shown or list(self.book.sheet_names)


def read_sheets(path: str | Path, limits: Limits | None = None) -> list[str]:
    """Return the names of the visible sheets; one name stands for a CSV file.

    Raises:
        Refused: If the file cannot be read.
    """
    path, limits = Path(path), limits or Limits()
    opened = _open(path, limits, with_values=False)
    if opened is None:
        delimited.encoding_of(path)
        return [CSV_SHEET]
    return opened.sheets


def open_rows(path: str | Path, sheet: str | None = None, limits: Limits | None = None) -> Opened:
    """Open a table.

    Args:
        path: An .xlsx, .xlsm, .xls, .ods, .csv or .tsv file, whatever its name.
        sheet: Name of a sheet; the first visible one with data if None.
        limits: The largest file that is read.

    Raises:
        Refused: If the file cannot be read, has no such sheet, or has no data.
    """
    path, limits = Path(path), limits or Limits()
    opened = _open(path, limits, with_values=True)
    if opened is None:
        rows = _not_empty(delimited.read_records(path, limits))
        return Opened(rows, delimited.count_lines(path))
    if sheet is not None and sheet not in opened.book.sheet_names:
        names = "、".join(f"“{name}”" for name in opened.sheets[:10])
        raise Refused(f"文件里没有名为“{sheet}”的工作表，只有{names}；请改名或选择其中一个。")
    wanted = opened.sheets if sheet is None else [sheet]
    for name in wanted:
        filled = _rows_of(opened, name)
        first = next(filled, None)
        if first is not None:
            last_row = opened.extents.get(name, Extent()).rows
            return Opened(chain([first], filled), last_row)
    raise Refused(NO_DATA)


def read_rows(
    path: str | Path, sheet: str | None = None, limits: Limits | None = None
) -> Iterator[Row]:
    """Return the rows of a table as `open_rows` does, which see."""
    return open_rows(path, sheet, limits).rows


def _not_empty(rows: Iterator[Row]) -> Iterator[Row]:
    first = next(rows, None)
    if first is None:
        raise Refused(NO_DATA)
    return chain([first], rows)


def _rows_of(opened: _Book, name: str) -> Iterator[Row]:
    sheet = _guarded(lambda: opened.book.get_sheet_by_name(name))
    if sheet.start is None:
        return
    errors = opened.extents.get(name, Extent()).errors
    before: list[object] = [None] * sheet.start[1]
    rows = sheet.iter_rows()
    for number in count():
        cells = _guarded(lambda: next(rows, None))
        if cells is None:
            return
        row = before + [cell if cell != "" else None for cell in cells]
        for column, text in errors.get(number, {}).items():
            row[column : column + 1] = [text]
        if any(cell is not None for cell in row):
            yield number + 1, row


def _open(path: Path, limits: Limits, *, with_values: bool) -> _Book | None:
    """Look at a file's first bytes and open it by what it is; None for text."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(512)
    except OSError:
        raise Refused("读不到上传的文件，请重新上传。") from None
    if size > limits.file_bytes:
        raise Refused(
            f"文件有 {size / MEGABYTE:.1f} MB，最多 {limits.file_bytes // MEGABYTE} MB；"
            "请删去图片和空白格式，或分成几个文件上传。"
        )
    _refuse_other_formats(start)
    if start.startswith(b"PK"):
        return _open_package(path, limits, with_values)
    if start.startswith(compound.SIGNATURE):
        return _load(path, compound.book_extents(path, limits), limits)
    return None


def _refuse_other_formats(start: bytes) -> None:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not text:
        raise Refused(NO_DATA)
    if start.startswith(_PICTURES):
        raise Refused("这是图片或 PDF 改了名字，不是表格；请上传 Excel 或 WPS 另存的 .xlsx 文件。")
    if start.startswith(_ARCHIVES):
        raise Refused("这是压缩包，不是表格；请解压后上传其中的表格。")
    if text.startswith(_MARKUP):
        raise Refused(
            "这是网页格式的表格，只是名字像 Excel；"
            "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。"
        )


def _open_package(path: Path, limits: Limits, with_values: bool) -> _Book:
    package = Package(path, limits)
    package.unpack_all()
    if "xl/workbook.xml" in package.parts:
        return _load(path, extents.workbook_extents(package) if with_values else {}, limits)
    if "content.xml" in package.parts:
        if "spreadsheet" not in package.text("mimetype"):
            raise Refused("这不是表格文件；请把内容放进 Excel 表格，另存为 .xlsx 后重新上传。")
        if "manifest:encryption-data" in package.text("META-INF/manifest.xml"):
            raise Refused(LOCKED)
        return _load(path, extents.table_extents(package), limits)
    raise Refused(_other_package(package))


def _other_package(package: Package) -> str:
    if any(name.startswith(("word/", "ppt/")) for name in package.parts):
        return "这是 Word 或 PowerPoint 文件，不是表格；请把内容放进 Excel 表格，再上传。"
    if "xl/workbook.bin" in package.parts:
        return "不支持 .xlsb 格式；请用 Excel 打开，另存为 .xlsx 后重新上传。"
    if "[Content_Types].xml" in package.parts:
        return BROKEN
    return "这是压缩包，不是表格；请解压后上传其中的表格。"


def _load(path: Path, by_sheet: dict[str, Extent], limits: Limits) -> _Book:
    # From an open file: given a path, the reader would go by its name.
    with path.open("rb") as file:
        book = _guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(file))
    check_sheets(len(book.sheet_names), limits)
    return _Book(book, by_sheet)


def _guarded(read: Callable[[], T]) -> T:
    """Turn whatever the reader raises into a refusal; its panics are no ordinary exceptions."""
    try:
        return read()
    except python_calamine.PasswordError:
        raise Refused(LOCKED) from None
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Refused(BROKEN) from None
        raise
