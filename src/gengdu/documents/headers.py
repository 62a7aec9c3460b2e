"""Where the names of the columns stand: below titles and notes, in one row or two.

Columns are matched by name and never by position, since exports differ by version.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from gengdu.documents.limits import Refused
from gengdu.documents.reading import Row

SEARCHED_ROWS = 20
LISTED = 6

_BRACKETED_END = re.compile(r"\(([^()]*)\)$")
_UNITS = frozenset(
    ["人", "名", "个", "所", "间", "套", "台", "册", "本", "岁", "年", "月", "天", "日", "次", "节",
     "小时", "分钟", "平方米", "平方千米", "公顷", "亩", "m2", "m", "米",
     "千米", "公里", "km", "厘米", "cm", "千克", "公斤", "kg", "%", "百分比", "兆", "mbps",
     "必填", "选填", "必选", "可选"]
)  # fmt: skip
_MARKS = "*:#.。·"

IsKnown = Callable[[str], bool]


@dataclass(frozen=True)
class HeaderCell:
    """One column.

    Attributes:
        position: Place in the row, from 0.
        name: As `normal_name` writes it; a group's name stands before the name below it.
        letter: The column as Excel shows it.
    """

    position: int
    name: str
    letter: str


@dataclass(frozen=True)
class Header:
    """The names of the columns, and where the data begin.

    Attributes:
        row_number: Row that the names stand in, the lower one of two.
        cells: One for each named column, in order.
        first_data_row: Number of the row after.
    """

    row_number: int
    cells: tuple[HeaderCell, ...]
    first_data_row: int

    def repeated_zh(self) -> str | None:
        """Say which names are repeated and where; None if none is."""
        counted = Counter(cell.name for cell in self.cells)
        places = [
            f"“{name}”（{'、'.join(cell.letter for cell in self.cells if cell.name == name)} 列）"
            for name, times in counted.items()
            if times > 1
        ]
        if not places:
            return None
        return f"表头里{'、'.join(places)}重复出现；请删去或改名，使每列的名称各不相同。"


def column_letter(position: int) -> str:
    """Return the letters of a column by its place from 0.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    number = position + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def normal_name(text: object) -> str:
    """Reduce the name of a column to what it is matched by.

    Blanks, line breaks, marks of required columns and a unit in brackets at the end go. Units of
    money stay: 元 and 万元 under one name are two things.

    >>> normal_name(" 建筑面积 （平方米） "), normal_name("* 姓 名")
    ('建筑面积', '姓名')
    >>> normal_name("校长（含副校长）")
    '校长(含副校长)'
    """
    name = unicodedata.normalize("NFKC", "" if text is None else str(text))
    name = unicodedata.normalize("NFKC", re.sub("[\\s\u200b\ufeff]+", "", name)).strip(_MARKS)
    found = _BRACKETED_END.search(name)
    while found and found[1].lower().removeprefix("单位:") in _UNITS:
        name = name[: found.start()].strip(_MARKS)
        found = _BRACKETED_END.search(name)
    return name


def find_header(rows: Iterable[Row], is_known: IsKnown, looked_for: Sequence[str] = ()) -> Header:
    """Find the row with the most known names among the first rows of a sheet.

    Args:
        rows: As `read_rows` yields them; no more than the searched ones are taken.
        is_known: Tells whether a normal name is one of the table's.
        looked_for: Names to tell the user about when nothing matches.

    Raises:
        Refused: If no row holds a known name.
    """
    searched = _first_rows(rows)
    best = max(
        (
            header
            for place in range(len(searched))
            for header in _headers(searched, place, is_known)
        ),
        key=lambda header: sum(is_known(cell.name) for cell in header.cells),
        default=None,
    )
    if best is None or not any(is_known(cell.name) for cell in best.cells):
        names = "、".join(f"“{name}”" for name in looked_for[:LISTED])
        wanted = f"（要找的是{names}等列）" if names else ""
        raise Refused(
            f"前 {SEARCHED_ROWS} 行里没有认得的列名{wanted}；请使用下载的模板，并保留表头一行。"
        )
    return best


def header_and_data(
    rows: Iterable[Row], is_known: IsKnown, looked_for: Sequence[str] = ()
) -> tuple[Header, Iterator[Row]]:
    """Find the header as `find_header` does and return it with the rows below, none lost.

    Raises:
        Refused: If no row holds a known name.
    """
    remaining = iter(rows)
    searched: list[Row] = []
    for row in remaining:
        searched.append(row)
        if row[0] >= SEARCHED_ROWS:
            break
    header = find_header(searched, is_known, looked_for)
    below = (row for row in chain(searched, remaining) if row[0] >= header.first_data_row)
    return header, below


def _first_rows(rows: Iterable[Row]) -> list[Row]:
    searched: list[Row] = []
    for number, cells in rows:
        if number > SEARCHED_ROWS and searched:
            break
        searched.append((number, cells))
        if len(searched) == SEARCHED_ROWS:
            break
    return searched


def _headers(rows: list[Row], place: int, is_known: IsKnown) -> list[Header]:
    """Return a row as the header, alone and together with the groups in the row above it."""
    number, cells = rows[place]
    headers = [_header(number, [normal_name(cell) for cell in cells])]
    if place and rows[place - 1][0] == number - 1:
        headers.append(_header(number, _joined(rows[place - 1][1], cells, is_known)))
    return headers


def _header(number: int, names: list[str]) -> Header:
    named = (
        HeaderCell(position, name, column_letter(position))
        for position, name in enumerate(names)
        if name
    )
    return Header(number, tuple(named), number + 1)


def _joined(upper: Sequence[object], lower: Sequence[object], is_known: IsKnown) -> list[str]:
    """Put a group's name before the names below it; a merged area keeps its text on the left.

    Where that makes no known name and the lower name alone is known, the group ended before.
    """
    width = max(len(upper), len(lower))
    groups = [normal_name(cell) for cell in upper] + [""] * (width - len(upper))
    below = [normal_name(cell) for cell in lower] + [""] * (width - len(lower))
    names = []
    group = ""
    for above, name in zip(groups, below, strict=True):
        group = above or group
        stands_alone = is_known(name) and not is_known(group + name)
        names.append(name if stands_alone else group + name if name else above)
    return names
