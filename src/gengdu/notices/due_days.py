"""The last day of a target's deadline, as facts have it, and how it was read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

_MONTH = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")


def of_target(target: Mapping[str, Any]) -> tuple[str | None, str]:
    """Return the day, ISO, or None, and how it was read.

    >>> of_target({"year": 2025, "year_kind": "day", "text": "2025年6月底前完成"})
    ('2025-06-30', '')
    >>> of_target({"year": 2025, "year_kind": "year", "text": "到2025年建成"})
    ('2025-12-31', '文件只写年份，取年末')
    """
    year, kind = target["year"], target["year_kind"]
    if not year or kind == "recurring":
        return None, ""
    found = _MONTH.search(target["text"]) if kind == "day" else None
    if found and 1 <= int(found[2]) <= 12:
        return _day(year, int(found[2]), found[3]), ""
    said = {"relative": "文件写的是从印发起多少年内，取那一年年末",
            "start": "文件写的是从哪一年起，到年末应已开始"}  # fmt: skip
    return f"{year}-12-31", said.get(kind, "文件只写年份，取年末")


def _day(year: int, month: int, day: str | None) -> str:
    last = monthrange(year, month)[1]
    return date(year, month, min(int(day), last) if day and int(day) else last).isoformat()
