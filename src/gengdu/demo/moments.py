"""The days the demo's history runs over, and when a fact of one day became known."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

FIRST_YEAR = 2021
LAST_YEAR = 2026
FIRST_DAY = date(2021, 9, 1)
LAST_DAY = date(2026, 9, 30)
SCHOOL_YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
FIRST_LOAD = date(2021, 8, 23)


def day(text: str) -> date:
    """Read a day written as 2025-12-31; short, because ledgers name many days."""
    return date.fromisoformat(text)


def known(true_on: date, rng: Random, *, within: int = 5) -> str:
    """Return when a fact true from a day was recorded: in office hours some days later, in UTC.

    What was true before the registers began was recorded when they were first filled.
    """
    recorded = true_on + timedelta(days=int(rng.random() * (within + 1)))
    if recorded < FIRST_LOAD:
        recorded = FIRST_LOAD + timedelta(days=int(rng.random() * 5))
    if recorded > LAST_DAY:
        recorded = LAST_DAY
    second = int(rng.random() * 9 * 3600)
    return f"{recorded} {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
