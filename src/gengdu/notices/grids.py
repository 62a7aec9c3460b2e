"""Tables that were copied as text: rows between bars, or a cell on each line.

Tells which line ends part cells and which characters are drawn lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

_BARRED = re.compile(r"(?:^[ \t\u3000]{0,8}[|｜│][^\n]*(?:\n|\Z)){3,}", re.MULTILINE)
_BAR = re.compile(r"[ \t\u3000]*[|｜│][ \t\u3000]*")
_RULE = re.compile(r"[ \t\u3000|｜│:\-—─+┼]+")
_NUMBERED = re.compile(r"^[ \t\u3000]{0,8}(?:序号|编号)[ \t\u3000]*$", re.MULTILINE)
_ANSWERS = re.compile(r"单位|部门|科室|牵头|配合")
_HEADS_ROWS = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
MOST_ROWS = 999
FEWEST_COLUMNS, MOST_COLUMNS = 3, 12
LONGEST_NAME = 14
"""Characters of the head of a column."""


@dataclass(frozen=True)
class Edits:
    """What to do with a text: offsets that become tabs, and spans that go."""

    tabs: list[int]
    gone: list[tuple[int, int]]


def edits(text: str) -> Edits:
    """Return what makes the tables of a text rows with tabs between their cells."""
    found = Edits([], [])
    if "|" in text or "｜" in text or "│" in text:
        for block in _BARRED.finditer(text):
            _barred(text, block.start(), block.end(), found)
    if "序号" in text or "编号" in text:
        end = 0
        for head in _NUMBERED.finditer(text):
            if head.start() >= end:
                end = _listed(text, head.start(), found)
    return found


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a stretch begin and end, line ends left out."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _barred(text: str, start: int, end: int, found: Edits) -> None:
    """Read | 甲 | 乙 | on one line, and | 甲 with each cell on a line of its own."""
    some = list(_lines(text, start, end))
    if sum(text.count("|", *one) + text.count("│", *one) > 1 for one in some) * 2 > len(some):
        for one in some:
            _barred_row(text, *one, found)
    else:
        _barred_cells(text, some, found)


def _barred_row(text: str, start: int, end: int, found: Edits) -> None:
    if _RULE.fullmatch(text, start, end):
        found.gone.append((start, end + 1))
        return
    bars = list(_BAR.finditer(text, start, end))
    for bar in bars:
        if bar.start() == start or bar.end() == end:
            found.gone.append(bar.span())
        else:
            found.tabs.append(bar.start())
            found.gone.append((bar.start() + 1, bar.end()))


def _barred_cells(text: str, some: Sequence[tuple[int, int]], found: Edits) -> None:
    """Join the cells of a row, which a bar alone ends; the first row says how many there are."""
    columns = next((n for n, one in enumerate(some) if _is_bar(text, one)), 0)
    if not 2 <= columns <= MOST_COLUMNS:
        return
    filled = 0
    for number, (start, end) in enumerate(some):
        bar = _BAR.match(text, start, end)
        assert bar is not None
        found.gone.append(bar.span())
        if filled == columns and _is_bar(text, (start, end)):
            found.gone.append((start, end + 1))
            filled = 0
            continue
        filled = 1 if filled == columns else filled + 1
        if filled < columns and number + 1 < len(some):
            found.tabs.append(end)


def _is_bar(text: str, one: tuple[int, int]) -> bool:
    return text[one[0] : one[1]].strip(" \t\u3000") in ("|", "｜", "│")


def _listed(text: str, start: int, found: Edits) -> int:
    """Join the cells of a table with a cell on each line; return where it ends.

    Its head begins with 序号 and ends where a number or a heading is alone on a line; each row has
    as many lines as the head and a number above that of the row before it, a heading may stand
    between rows. Nothing is done where that is not so.
    """
    head = list(
        takewhile(lambda one: _names(text, one), islice(_filled(text, start), MOST_COLUMNS))
    )
    if len(head) < FEWEST_COLUMNS or not any(_ANSWERS.search(text, *one) for one in head):
        return start
    rows, last = [head], 0
    waiting = _filled(text, head[-1][1])
    while (first := _first_cell(text, waiting)) is not None:
        row = [first, *islice(waiting, len(head) - 1)]
        number = int(text[slice(*first)])
        if len(row) < len(head) or not last < number <= MOST_ROWS:
            return start
        rows.append(row)
        last = number
    if len(rows) == 1:
        return start
    for each in rows:
        for cell, following in pairwise(each):
            found.tabs.append(cell[1])
            found.gone.append((cell[1] + 1, following[0]))
    return rows[-1][-1][1]


def _first_cell(text: str, waiting: Iterator[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the number that begins the next row, below a heading or not; None behind the last."""
    for line in waiting:
        words = text[slice(*line)]
        if words.isascii() and words.isdigit():
            return line
        if not _HEADS_ROWS.match(words) or "。" in words:
            return None
    return None


def _names(text: str, line: tuple[int, int]) -> bool:
    """Tell whether a line may name a column, not begin the first row nor head it."""
    words = text[slice(*line)]
    return len(words) <= LONGEST_NAME and not (words.isdigit() or _HEADS_ROWS.match(words))


def _filled(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where the words of the lines from a place on begin and end, blank lines left out."""
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        words = text[start:stop]
        if bare := words.strip(" \t\u3000"):
            begun = start + words.index(bare)
            yield begun, begun + len(bare)
        start = stop + 1
