"""Cells and rows of a table as one line of text."""

from __future__ import annotations

import re
from collections.abc import Iterable

_GAPS = re.compile(r"[\s\u3000]+")
_NAMED = range(3, 21)
"""How long a line of a cell may be that is taken for one item of a list."""


def joined(lines: Iterable[str]) -> str:
    """Return the lines of a cell as one.

    Lines that name one thing each, such as bodies, are told apart by 、; a line that only went on
    is put together.

    >>> joined(["县教育局", "县财政局"]), joined(["建设学校，", "配齐教师"])
    ('县教育局、县财政局', '建设学校，配齐教师')
    >>> joined(["责任", "单位"])
    '责任单位'
    """
    whole = ""
    kept = [line for line in (_GAPS.sub(" ", line).strip() for line in lines) if line]
    for number, line in enumerate(kept):
        before = kept[number - 1] if number else ""
        listed = len(before) in _NAMED and len(line) in _NAMED and _is_han(before[-1])
        whole += ("、" if listed and _is_han(line[0]) else "") + line
    return whole


def _is_han(sign: str) -> bool:
    return "一" <= sign <= "鿿"


def row_of(cells: Iterable[str]) -> str:
    """Return a row as one line with tabs between its cells."""
    return "\t".join(cells)
