"""Columns that every register has many of: texts, yes or no, codes, counts, areas, money."""

from __future__ import annotations

from typing import Any

from gengdu.kernel import cells
from gengdu.records.sheets import Column

MOST = 2_000_000_000
"""The largest count that both stores keep."""


def text(key: str, label: str, part: str, field: str = "", length: int = 40, **more: Any) -> Column:
    """Return a column of free text: the code list, if there is one, is not known."""
    return Column(key, label, part, field or key, cells.Text(length), **more)


def yes_no(key: str, label: str, part: str, field: str, **more: Any) -> Column:
    """Return a column of yes or no."""
    return Column(key, label, part, field, cells.YesNo(), **{"width": 8, **more})


def code(key: str, label: str, part: str, codes: dict[str, str], **more: Any) -> Column:
    """Return a column of codes."""
    return Column(key, label, part, key, cells.Code(codes), **more)


def day(key: str, label: str, part: str, **more: Any) -> Column:
    """Return a column of days of which often only the month is known."""
    return Column(key, label, part, key, cells.DayOrMonth(), **more)


def count(key: str, label: str, part: str, **more: Any) -> Column:
    """Return a column of whole numbers of people or things."""
    kind = cells.Whole(0, more.pop("most", MOST))
    return Column(key, label, part, key, kind, **{"width": 10, **more})


def area(key: str, label: str, part: str, **more: Any) -> Column:
    """Return a column of square metres."""
    return Column(key, label, part, key, cells.Number(0, 10_000_000), **{"width": 10, **more})


def money(key: str, label: str, part: str, *names: str, **more: Any) -> Column:
    """Return a column of yuan that files write in ten thousands of yuan under some names."""
    plain, _, _ = label.partition("（")
    in_large_units = tuple((name, cells.TenThousands(0)) for name in (*names, f"{plain}（万元）"))
    kind = cells.Number(0, 100_000_000_000)
    return Column(key, label, part, key, kind, other_forms=in_large_units, **{"width": 14, **more})
