"""The last day of a target's deadline, as facts have it, and how it was read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from gengdu.notices import numerals

_N = rf"\d{{1,2}}|[{numerals.CHARACTERS}]{{1,3}}"
_MONTH = re.compile(rf"(?:(\d{{4}})\s*年)?\s*({_N})\s*月(?:\s*({_N})\s*日)?")
_WITHIN = re.compile(rf"({_N})\s*个?(学?年|月|日|天)")
_MONTHS = {"年": 12, "学年": 12, "月": 1}


def of_target(target: Mapping[str, Any], issued: str) -> tuple[str | None, str]:
    """Return the day, ISO, or None, and how it was read.

    Args:
        target: Of a draft; `due_words` say by when, though they stand before it in its sentence.
        issued: The day of the notice, from which 5年内 counts.

    >>> said = {"year": 2025, "year_kind": "day", "text": "建成", "due_words": "2025年6月底前"}
    >>> of_target(said, "2024-03-01")
    ('2025-06-30', '')
    >>> said = {"year": None, "year_kind": "relative", "text": "建成", "due_words": "5年内"}
    >>> of_target(said, "2024-03-01")
    ('2029-03-01', '从印发之日起5年内')
    """
    year, kind = target["year"], target["year_kind"]
    words = target.get("due_words") or target["text"]
    if kind == "relative" and not year:
        return _within(words, date.fromisoformat(issued))
    if not year or kind == "recurring":
        return None, ""
    found = _MONTH.search(words) if kind == "day" else None
    month = numerals.whole(found[2]) if found else None
    if found and month and month <= 12:
        return _day(year, month, numerals.whole(found[3] or "")), ""
    said = {"relative": "文件写的是从印发起多少年内，取那一年年末",
            "start": "文件写的是从哪一年起，到年末应已开始",
            "day": "文件没有写到月，取年末"}  # fmt: skip
    return f"{year}-12-31", said.get(kind, "文件只写年份，取年末")


def _within(words: str, issued: date) -> tuple[str | None, str]:
    found = _WITHIN.search(words)
    number = numerals.whole(found[1]) if found else None
    if found is None or not number:
        return None, ""
    if found[2] in _MONTHS:
        months = issued.year * 12 + issued.month - 1 + number * _MONTHS[found[2]]
        day = _day(months // 12, months % 12 + 1, issued.day)
    else:
        day = (issued + timedelta(days=number)).isoformat()
    return day, f"从印发之日起{words}"


def _day(year: int, month: int, day: int | None) -> str:
    last = monthrange(year, month)[1]
    return date(year, month, min(day or last, last)).isoformat()
