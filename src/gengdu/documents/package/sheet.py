"""The index of a package as a workbook, each file a link that opens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gengdu.documents.blocks import day_zh
from gengdu.documents.books import Book, Kind, fitted, new_book, set_page
from gengdu.documents.package.layout import PlacedEntry, PlacedSection
from gengdu.documents.package.pages import moment_zh
from gengdu.documents.package.parts import Package

MOST_LINKS = 65_000  # Excel holds 65,530 in a sheet; what comes after is told as a path
_COLUMNS: tuple[tuple[str, float, Kind], ...] = (
    ("编号", 8, "text"), ("内容", 20, "text"), ("记录号", 8, "text"), ("记录", 30, "text"),
    ("文件", 40, "text"), ("页数", 7, "whole"), ("大小（字节）", 13, "whole"),
    ("说明", 24, "text"), ("SHA-256", 66, "text"),
)  # fmt: skip
_LINK = 4


@dataclass(frozen=True)
class Line:
    """One line of the index: a record's page or one of its files."""

    cells: Sequence[object]
    path: str


def write_sheet(target: BinaryIO, package: Package, sections: Sequence[PlacedSection]) -> None:
    """Write the index, and who made it of which day on a second sheet."""
    with new_book(target, package.at) as book:
        sheet = book.add_sheet("目录")
        _begin(book, sheet, package.title)
        blue = book.workbook.add_format(
            {"font_color": "#0563C1", "underline": 1, "num_format": "@"}
        )
        count = 0
        for count, line in enumerate(_lines(sections), start=1):
            _write_line(book, sheet, count, line, blue)
        sheet.autofilter(0, 0, count, len(_COLUMNS) - 1)
        _write_facts(book, package, count)


def _begin(book: Book, sheet: Worksheet, title: str) -> None:
    set_page(sheet, title)
    sheet.freeze_panes(1, 0)
    for place, (name, width, kind) in enumerate(_COLUMNS):
        sheet.set_column(place, place, width, book.format(kind))
        sheet.write_string(0, place, name, book.header)


def _lines(sections: Sequence[PlacedSection]) -> Iterator[Line]:
    for section in sections:
        for entry in section.entries:
            yield from _entry_lines(section, entry)


def _entry_lines(section: PlacedSection, placed: PlacedEntry) -> Iterator[Line]:
    entry = placed.entry
    head = [section.section.number, section.section.title, entry.number, entry.name]
    yield Line([*head, "记录页", None, None, None, None], placed.record_path)
    for held in placed.files:
        file = held.file
        where = f"共用，放在 {held.shared_with} 号记录下" if held.shared_with else None
        yield Line([*head, file.name, file.pages, file.size, where, file.digest], held.path)


def _write_line(book: Book, sheet: Worksheet, row: int, line: Line, blue: Format) -> None:
    for place, value in enumerate(line.cells):
        if place != _LINK or row > MOST_LINKS:
            book.put(sheet, row, place, value, _COLUMNS[place][2])
    if row <= MOST_LINKS:
        shown = fitted(str(line.cells[_LINK]))
        sheet.write_url(row, _LINK, f"external:{line.path}", blue, shown)


def _write_facts(book: Book, package: Package, count: int) -> None:
    sheet = book.add_sheet("说明")
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 80)
    facts = [
        ("名称", package.title),
        ("单位", package.unit),
        ("数据日期", day_zh(package.on)),
        ("制作人", package.by),
        ("制作时间", moment_zh(package.at)),
        ("行数", str(count)),
        ("打开文件", "请先把整个资料包解压，再点“文件”一列。"),
        ("共用文件", "同一文件在同一编号下只放一份，放在第一条记录下；各行都链接到它。"),
    ]
    for row, (name, fact) in enumerate(facts):
        sheet.write_string(row, 0, name, book.bold)
        sheet.write_string(row, 1, fitted(fact), book.wrapped)
