"""School years and their two terms.

A school year runs from 1 September; the day the spring term begins is an assumption (1 March) until
the bureau's school calendar is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gengdu.kernel.periods import Period

SPRING_TERM_MONTH = 3


@dataclass(frozen=True, order=True)
class SchoolYear:
    """One school year, named by the calendar year it begins in.

    >>> SchoolYear(2026).label_zh
    '2026—2027学年'
    """

    begins_in: int

    @classmethod
    def containing(cls, on: date) -> SchoolYear:
        """Return the school year a day lies in."""
        return cls(on.year if on.month >= 9 else on.year - 1)

    @property
    def starts_on(self) -> date:
        """1 September of the first calendar year."""
        return date(self.begins_in, 9, 1)

    @property
    def ends_on(self) -> date:
        """1 September of the next year, the first day that no longer counts."""
        return date(self.begins_in + 1, 9, 1)

    @property
    def label_zh(self) -> str:
        """The name used on screen."""
        return f"{self.begins_in}—{self.begins_in + 1}学年"


def term_containing(on: date) -> Period:
    """Return the school term a day lies in: autumn from 1 September, spring from 1 March.

    >>> term_containing(date(2026, 2, 28)).starts_on
    datetime.date(2025, 9, 1)
    """
    year = SchoolYear.containing(on)
    spring_starts_on = date(year.begins_in + 1, SPRING_TERM_MONTH, 1)
    if on < spring_starts_on:
        return Period(year.starts_on, spring_starts_on)
    return Period(spring_starts_on, year.ends_on)
