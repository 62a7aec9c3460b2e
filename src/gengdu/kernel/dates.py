"""Calendar arithmetic on plain dates; nothing here reads a clock."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


class NotADate(ValueError):
    """The text is no calendar date; the message is a sentence for the person who typed it."""


def parse_date(text: str) -> date:
    """Read a date written as 2025-12-31.

    Raises:
        NotADate: If the text has another form or names a day that does not exist.
    """
    try:
        parsed = date.fromisoformat(text.strip())
    except ValueError:
        raise NotADate(
            f"“{text}”不是有效日期，请按 2025-12-31 的样式填写，并确认这一天存在。"
        ) from None
    if text.strip() != parsed.isoformat():
        raise NotADate(f"“{text}”不是有效日期，请按 2025-12-31 的样式填写。")
    return parsed


def years_before(on: date, years: int) -> date:
    """Return the same month and day some years earlier, 28 February where there is no 29th.

    >>> years_before(date(2026, 12, 31), 46)
    datetime.date(1980, 12, 31)
    >>> years_before(date(2024, 2, 29), 1)
    datetime.date(2023, 2, 28)
    """
    return months_before(on, 12 * years)


def months_before(on: date, months: int) -> date:
    """Return the same day of the month some months earlier; the last of it where it is shorter.

    >>> months_before(date(2027, 12, 31), 6), months_before(date(2027, 1, 15), 13)
    (datetime.date(2027, 6, 30), datetime.date(2025, 12, 15))
    """
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(on.day, last_day))


def full_years(start: date, on: date) -> int:
    """Return how many full years have passed since a day, in the sense of `years_before`.

    >>> full_years(date(1980, 12, 31), date(2026, 12, 30))
    45
    >>> full_years(date(1980, 12, 31), date(2026, 12, 31))
    46
    """
    years = on.year - start.year
    return years if start <= years_before(on, years) else years - 1


def years_between(start: date, end: date) -> float:
    """Return how many years lie between two days, in years of 365.25 days."""
    return (end - start).days / 365.25


def day_before(day: date) -> date:
    """Return the day before one: the last of a period, where the day is that on which it ends.

    >>> day_before(date(2025, 9, 1))
    datetime.date(2025, 8, 31)
    """
    return day - timedelta(days=1)
