"""What a document is made of, whichever file it becomes: `word` and `pdf` write the same blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from gengdu.documents.looks import OFFICIAL, Look

Alignment = Literal["left", "center", "right"]
Level = Literal[1, 2, 3, 4]

MARKS_ZH = "说明：加删除线的文字为删去，加下划线的文字为新增。"

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is set in 黑体, 2 in 楷体, 3 and 4 as the text."""

    level: Level
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; each line of it is a paragraph of its own.

    Attributes:
        text: Plain, never markup.
        indented: Whether the first line begins two characters in.
        align: Where lines that are not full stand.
    """

    text: str
    indented: bool = True
    align: Alignment = "left"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        title: In the header row, repeated on each page.
        width: As a share of the widths of all columns.
        align: Where its cells stand; numbers stand right.
    """

    title: str
    width: float = 1
    align: Alignment = "left"


@dataclass(frozen=True)
class Table:
    """Rows under a header that is repeated on each page.

    Attributes:
        columns: From left to right.
        rows: As many cells in each as there are columns.
        title: Stands above it, with its number if it has one.
        note: Stands below it: unit, source, what is left out.
        when_empty: What is said in the place of rows.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    title: str = ""
    note: str = ""
    when_empty: str = "无"

    def __post_init__(self) -> None:
        if not self.columns or any(column.width <= 0 for column in self.columns):
            raise ValueError("a table needs columns, each of a width above 0")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, expected {len(self.columns)}")


@dataclass(frozen=True)
class KeyValues:
    """Facts, each a name and what it is, in a table without a header.

    Attributes:
        pairs: Name and fact.
        across: How many pairs stand side by side.
    """

    pairs: Sequence[tuple[str, str]]
    across: Literal[1, 2] = 1


@dataclass(frozen=True)
class Signature:
    """Who issues a document, and the day of its making: 落款.

    Attributes:
        unit: Its full name or the usual short form.
        on: The day, written in Arabic digits without leading zeros.
        sealed: Whether a seal will be set over it, which decides where both stand.
    """

    unit: str
    on: date
    sealed: bool = True


@dataclass(frozen=True)
class SignaturePlaces:
    """Places to sign by hand and set a seal, kept together on a page.

    Attributes:
        labels: What each place is for, such as 负责人（签字） or 单位（盖章）.
        dated: Whether each has a place for the day as well.
    """

    labels: Sequence[str]
    dated: bool = True


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Comparison:
    """Two versions of a text side by side, paragraph by paragraph, changes marked.

    What was deleted is struck through, what was inserted is underlined: on paper without colour,
    and to those who do not see colour, the two differ.

    Attributes:
        old: The earlier text.
        new: The later text.
        old_title: Which version the earlier one is.
        new_title: Which version the later one is.
    """

    old: str
    new: str
    old_title: str = "修改前"
    new_title: str = "修改后"


Block = (
    Heading | Paragraph | Table | KeyValues | Signature | SignaturePlaces | PageBreak | Comparison
)


@dataclass(frozen=True)
class Document:
    """A document before it becomes a file.

    Attributes:
        title: Its heading, which may have several lines.
        blocks: What follows the title.
        subtitle: Stands under the title.
        unit: Whose it is; in working papers at the foot of each page.
        on: The day it speaks of; in working papers at the foot of each page.
        note: A line above the title, such as 内部资料 or 征求意见稿.
        look: Fonts, sizes and margins: an official document or a working paper.
        across: Whether the paper lies on its long side, for wide tables.
    """

    title: str
    blocks: Sequence[Block]
    subtitle: str = ""
    unit: str = ""
    on: date | None = None
    note: str = ""
    look: Look = OFFICIAL
    across: bool = False


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with the numbers of their headings: 一、（一）1.（1）.

    >>> [block.text for block in numbered([Heading(1, "目标"), Heading(2, "规模")])]
    ['一、目标', '（一）规模']
    """
    counts = [0, 0, 0, 0]
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            place = block.level - 1
            counts[place:] = [counts[place] + 1, *[0] * (3 - place)]
            block = replace(block, text=_number(block.level, counts[place]) + block.text)
        result.append(block)
    return result


def _number(level: Level, count: int) -> str:
    shown = numeral(count) if level <= 2 else str(count)
    before, after = {1: ("", "、"), 2: ("（", "）"), 3: ("", "."), 4: ("（", "）")}[level]
    return before + shown + after


def numeral(count: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals, larger ones in Arabic digits.

    >>> [numeral(count) for count in (1, 10, 12, 20, 35, 100)]
    ['一', '十', '十二', '二十', '三十五', '100']
    """
    tens, ones = divmod(count, 10)
    if not 0 < count < 100:
        return str(count)
    before = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return before + (_DIGITS[ones] if ones else "")


def day_zh(day: date) -> str:
    """Return a day as documents write it.

    >>> day_zh(date(2026, 9, 1))
    '2026年9月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
