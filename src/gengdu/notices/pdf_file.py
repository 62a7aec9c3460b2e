"""The text of a PDF file: lines as printed, ruled tables as rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2

from gengdu.notices.cells import row_of
from gengdu.notices.unreadable import Unreadable

MOST_PAGES = 500
MOST_RULES = 5_000
MOST_PIECES = 20_000

BROKEN = "PDF 文件已损坏，无法打开；请重新导出或下载后再上传。"
LOCKED = "PDF 文件设有打开密码，无法读取；请取消密码后再上传。"
SCANNED = "这份 PDF 里没有文字，可能是扫描件；请先用文字识别（OCR）转成 Word 或文本文件，再上传。"

_BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_THIN, _LONG, _NEAR = 3.0, 12.0, 3.0
"""In points: how thick a rule is at most, how long at least, and how far apart two are the same."""


@dataclass(frozen=True)
class _Piece:
    """Words on one line, and where they stand; y grows upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass
class _Grid:
    """A ruled table.

    Attributes:
        xs: Where its columns part, from left to right.
        ys: Where its rows part, from top to bottom.
    """

    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], list[_Piece]] = field(default_factory=dict)

    def take(self, piece: _Piece) -> bool:
        """Take in words that stand inside; tell whether they do."""
        x, y = piece.middle
        column = _band(self.xs, x)
        row = _band([-each for each in self.ys], -y)
        if column is None or row is None:
            return False
        self.cells.setdefault((row, column), []).append(piece)
        return True

    def rows(self) -> Iterator[str]:
        """Yield each row as a line."""
        for row in range(len(self.ys) - 1):
            cells = [
                _words(self.cells.get((row, column), [])) for column in range(len(self.xs) - 1)
            ]
            if any(cells):
                yield row_of(cells)


def text_of(held: bytes) -> str:
    """Return the text of a PDF file.

    Raises:
        Unreadable: If it is damaged, locked, has too many pages, or holds pictures alone.
    """
    try:
        pages = list(_pages(held))
    except pypdfium2.PdfiumError as error:
        raise Unreadable(LOCKED if "password" in str(error).lower() else BROKEN) from None
    except (ValueError, IndexError, OverflowError, UnicodeError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(BROKEN) from None
    text = "\n".join(pages)
    if not re.search(r"\w", text):
        raise Unreadable(SCANNED)
    return text


def _pages(held: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(held)
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(f"PDF 有 {len(document)} 页，最多 {MOST_PAGES} 页；请只上传通知正文。")
        for number in range(len(document)):
            page = document[number]
            yield "\n".join(_without_number(_lines(page)))
            page.close()
    finally:
        document.close()


def _lines(page: Any) -> list[str]:
    words = page.get_textpage()
    try:
        grids = _grids(page)
        if not grids:
            return [line.rstrip() for line in str(words.get_text_range()).splitlines()]
        return _placed(_pieces(words), grids)
    finally:
        words.close()


def _without_number(lines: list[str]) -> list[str]:
    """Drop the page number if a bare number stands first or last on the page."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    for at in (filled[:1] + filled[-1:])[::-1] if len(filled) > 1 else ():
        if _BARE_NUMBER.fullmatch(lines[at]):
            del lines[at]
    return lines


def _pieces(words: Any) -> list[_Piece]:
    count = min(words.count_rects(), MOST_PIECES)
    boxes = [words.get_rect(number) for number in range(count)]
    found = []
    for left, bottom, right, top in boxes:
        text = str(words.get_text_bounded(left, bottom, right, top)).strip()
        if text:
            found.append(_Piece(" ".join(text.split()), left, bottom, right, top))
    return found


def _placed(pieces: Iterable[_Piece], grids: Sequence[_Grid]) -> list[str]:
    """Return the lines of a page from top to bottom, its tables where they stand."""
    loose = [one for one in pieces if not any(grid.take(one) for grid in grids)]
    made = [(line[0].top, _words(line)) for line in _by_line(loose)]
    for grid in grids:
        rows = list(grid.rows())
        step = (grid.ys[0] - grid.ys[-1]) / (len(rows) + 1)
        made += [(grid.ys[0] - number * step, row) for number, row in enumerate(rows)]
    return [text for _, text in sorted(made, key=lambda one: -one[0])]


def _by_line(pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    lines: list[list[_Piece]] = []
    for one in sorted(pieces, key=lambda one: (-one.middle[1], one.left)):
        last = lines[-1][0] if lines else None
        if last is not None and abs(last.middle[1] - one.middle[1]) < (last.top - last.bottom) / 2:
            lines[-1].append(one)
        else:
            lines.append([one])
    return lines


def _words(pieces: Sequence[_Piece]) -> str:
    lines = _by_line(pieces)
    return "".join(one.text for line in lines for one in sorted(line, key=lambda one: one.left))


def _band(edges: Sequence[float], at: float) -> int | None:
    for number, (low, high) in enumerate(pairwise(edges)):
        if low <= at <= high:
            return number
    return None


# Rules


def _grids(page: Any) -> list[_Grid]:
    """Return the tables that rules draw, from top to bottom."""
    boxes = _paths(page)
    across = [box for box in boxes if box[3] - box[1] <= _THIN and box[2] - box[0] >= _LONG]
    down = [box for box in boxes if box[2] - box[0] <= _THIN and box[3] - box[1] >= _LONG / 2]
    for left, bottom, right, top in boxes:
        if right - left > _LONG and top - bottom > _LONG / 2:  # a cell drawn as a box
            across += [(left, bottom, right, bottom), (left, top, right, top)]
            down += [(left, bottom, left, top), (right, bottom, right, top)]
    return [grid for rows in _stretches(across, down) if (grid := _grid(rows, down))]


Box = tuple[float, float, float, float]


def _paths(page: Any) -> list[Box]:
    found: list[Box] = []
    for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = (
            thing.get_bounds() if hasattr(thing, "get_bounds") else thing.get_pos()
        )
        found.append((left, bottom, right, top))
        if len(found) >= MOST_RULES:
            break
    return found


def _stretches(across: Sequence[Box], down: Sequence[Box]) -> Iterator[list[float]]:
    """Yield the heights of the rules of each table: those that upright rules bind together."""
    ys = _apart((box[1] + box[3]) / 2 for box in across)[::-1]
    rows = ys[:1]
    for high, low in pairwise(ys):
        bound = sum(box[1] <= low + _NEAR and box[3] >= high - _NEAR for box in down)
        bound += sum(low + _NEAR < (box[1] + box[3]) / 2 < high - _NEAR for box in down)
        if bound >= 2:
            rows.append(low)
        else:
            yield rows
            rows = [low]
    yield rows


def _grid(rows: list[float], down: Sequence[Box]) -> _Grid | None:
    if len(rows) < 2:
        return None
    top, bottom = rows[0], rows[-1]
    xs = _apart((box[0] + box[2]) / 2 for box in down if box[3] <= top + 9 and box[1] >= bottom - 9)
    return _Grid(xs, rows) if len(xs) >= 3 else None


def _apart(values: Iterable[float]) -> list[float]:
    """Return values in order, those that are nearly the same once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept
