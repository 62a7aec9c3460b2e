"""The pages that are made for a package: its cover, its index, and one for each record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from gengdu.documents.blocks import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    day_zh,
)
from gengdu.documents.looks import HEADLINE, WORKING, Setting
from gengdu.documents.package.layout import (
    DIGESTS,
    INDEX,
    INDEX_SHEET,
    RECORD,
    PlacedEntry,
    PlacedFile,
    PlacedSection,
)
from gengdu.documents.package.parts import Package

DIGEST_SHOWN = 12  # of 64 digits: no two files of a package will have the same
MOST_LINES = 2_000  # of an index in one file; Typst takes some 90 kB of memory for a line

_COVER = replace(
    WORKING,
    margins_mm=(50, 20, 20, 18),
    title=Setting(HEADLINE, 24, 36),
    subtitle=Setting(HEADLINE, 14, 30),
)
_SECTION_COLUMNS = [
    Column("编号", 1, "center"),
    Column("内容", 5),
    Column("记录", 1, "right"),
    Column("文件", 1, "right"),
    Column("大小", 1.3, "right"),
]
_INDEX_COLUMNS = [
    Column("记录", 4),
    Column("文件", 5),
    Column("页数", 0.8, "right"),
    Column("大小", 1.3, "right"),
    Column("校验值", 1.9),
]
_FILE_COLUMNS = [
    Column("序号", 0.7, "center"),
    Column("文件", 5),
    Column("页数", 0.8, "right"),
    Column("大小", 1.3, "right"),
    Column("校验值", 1.9),
]
_TRAIL_COLUMNS = [
    Column("时间", 2),
    Column("人员", 2.4),
    Column("办理", 1.4),
    Column("意见", 4.2),
]
_GUIDE = (
    "一个编号一个文件夹，其中一条记录一个文件夹；一条记录计入几个编号的，在每个编号下各列一次、各计一条。\n"
    f"“{RECORD}”是该记录的内容、审核过程和附件清单。\n"
    f"“{INDEX}.pdf”供打印，“{INDEX_SHEET}”可点开每个文件。\n"
    "同一文件在同一编号下为几条记录共用的，只放一份，放在第一条记录下，其余记录注明所在位置。\n"
    f"“{DIGESTS}”列出每个文件的 SHA-256 校验值，目录中印出其前 {DIGEST_SHOWN} 位，"
    "可据以核对文件未被改动。"
)


def size_zh(size: int) -> str:
    """Return a size as people read it.

    >>> [size_zh(size) for size in (0, 999, 1_500, 2_500_000, 3_000_000_000)]
    ['0 B', '999 B', '1.5 KB', '2.5 MB', '3.0 GB']
    """
    shown, unit = float(size), "B"
    for larger in ("KB", "MB", "GB"):
        if shown < 1000:
            break
        shown, unit = shown / 1000, larger
    return f"{size} B" if unit == "B" else f"{shown:.1f} {unit}"


def moment_zh(at: datetime) -> str:
    """Return a moment to the minute."""
    return f"{at:%Y-%m-%d %H:%M}"


def cover(package: Package, sections: Sequence[PlacedSection]) -> Document:
    """Return the cover: what it is, whose, of when, how much of what, and how to find it."""
    files = [placed for section in sections for placed in section.own_files]
    facts = [
        ("单位", package.unit),
        ("数据日期", day_zh(package.on)),
        ("制作人", package.by),
        ("制作时间", moment_zh(package.at)),
        ("记录", f"{sum(len(section.entries) for section in sections)} 条"),
        ("文件", f"{len(files)} 个，{size_zh(sum(placed.file.size for placed in files))}"),
    ]
    rows = [_counts(section) for section in sections]
    blocks: list[Block] = [
        KeyValues(facts, across=2),
        Heading(1, "内容"),
        Table(_SECTION_COLUMNS, rows, when_empty="没有选入任何编号"),
        Heading(1, "使用说明"),
        Paragraph(_GUIDE),
    ]
    return _document(package, package.title, "迎检资料包", blocks, is_cover=True)


def _counts(section: PlacedSection) -> list[str]:
    files = section.own_files
    size = size_zh(sum(placed.file.size for placed in files))
    number, title = section.section.number, section.section.title
    return [number, title, str(len(section.entries)), str(len(files)), size]


def index(package: Package, sections: Sequence[PlacedSection]) -> Iterator[tuple[str, Document]]:
    """Yield the index by number, record and file, with its name; a long one in several files."""
    parts = list(_parts(sections))
    for place, blocks in enumerate(parts, start=1):
        mark = f"（{place}）" if len(parts) > 1 else ""
        title = f"{package.title}　目录{mark}"
        yield f"{INDEX}{mark}.pdf", _document(package, title, "", blocks)


def _parts(sections: Sequence[PlacedSection]) -> Iterator[list[Block]]:
    held: list[Block] = []
    room = MOST_LINES
    for section in sections:
        rows = [row for entry in section.entries for row in _index_rows(entry)]
        for start in range(0, max(len(rows), 1), MOST_LINES):
            some = rows[start : start + MOST_LINES]
            if held and len(some) > room:
                yield held
                held, room = [], MOST_LINES
            held += _section_blocks(section, some)
            room -= len(some)
    yield held


def _section_blocks(section: PlacedSection, rows: list[list[str]]) -> list[Block]:
    promised = [Paragraph(section.section.quote)] if section.section.quote else []
    title = f"{section.section.number}　{section.section.title}"
    return [
        Heading(1, title), *promised,
        Table(_INDEX_COLUMNS, rows, when_empty="没有选入记录"),
    ]  # fmt: skip


def _index_rows(placed: PlacedEntry) -> Iterator[list[str]]:
    name = f"{placed.entry.number}　{placed.entry.name}"
    if not placed.files:
        yield [name, "（没有附件）", "", "", ""]
    for place, file in enumerate(placed.files):
        yield [name if place == 0 else "", *file_cells(file)]


def file_cells(placed: PlacedFile) -> list[str]:
    """Return name, pages, size and digest of a file, and where it lies if not here."""
    file = placed.file
    where = f"（共用，见 {placed.shared_with} 号记录）" if placed.shared_with else ""
    name = file.name if placed.shared_with else placed.path.rpartition("/")[2]
    pages = "" if file.pages is None else str(file.pages)
    return [name + where, pages, size_zh(file.size), file.digest[:DIGEST_SHOWN]]


def record(package: Package, section: PlacedSection, placed: PlacedEntry) -> Document:
    """Return the page of one record: what it says, who approved it, what belongs to it."""
    entry = placed.entry
    trail = [[moment_zh(step.at), step.who, step.action, step.note] for step in entry.trail]
    files = [[str(n), *file_cells(file)] for n, file in enumerate(placed.files, start=1)]
    blocks: list[Block] = [
        *([Paragraph(section.section.quote)] if section.section.quote else []),
        KeyValues(entry.facts),
        Heading(2, "审核过程"),
        Table(_TRAIL_COLUMNS, trail, when_empty="没有审核记录"),
        Heading(2, "附件"),
        Table(_FILE_COLUMNS, files, when_empty="没有附件"),
    ]
    number = f"{section.section.number}　{section.section.title}　第 {entry.number} 号记录"
    return _document(package, entry.name, number, blocks)


def _document(
    package: Package, title: str, subtitle: str, blocks: Sequence[Block], *, is_cover: bool = False
) -> Document:
    return Document(
        title, blocks, subtitle=subtitle, unit=package.unit, on=package.on, note=package.note,
        look=_COVER if is_cover else WORKING,
    )  # fmt: skip
