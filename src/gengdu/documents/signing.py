"""Where the name of who issues a document and the day of its making stand, in characters."""

from __future__ import annotations

import unicodedata

SEAL_INDENT = 4  # characters to the right of the day, under a seal (GB/T 9704-2012, 7.3.5.1)
PLAIN_INDENT = 2  # and of the name where there is no seal (7.3.5.2, from memory of the standard)


def width(text: str) -> float:
    """Return the width of a text in full characters; letters and digits are half as wide.

    >>> width("2026年9月1日")
    6.0
    """
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def indents(unit: str, day: str, *, sealed: bool) -> tuple[float, float]:
    """Return how far from the right edge the name and the day end, in characters.

    Under a seal the name stands centred above the day; a name too long for that moves the day in.
    Without a seal the day begins two characters further right than the name.

    >>> indents("教育分局", "2026年9月1日", sealed=True)
    (5.0, 4)
    >>> indents("教育分局", "2026年9月1日", sealed=False)
    (6.0, 2)
    """
    unit_width, day_width = width(unit), width(day)
    if sealed:
        day_indent = max(SEAL_INDENT, (unit_width - day_width) / 2)
        return day_indent + (day_width - unit_width) / 2, day_indent
    day_indent = max(PLAIN_INDENT, unit_width - day_width)
    return day_indent + day_width + 2 - unit_width, day_indent
