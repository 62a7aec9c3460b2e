"""Half-open periods: the first day counts, the day a period ends on does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Period:
    """A stretch of days.

    Attributes:
        starts_on: First day, inclusive.
        ends_on: First day no longer in the period; None while it is open.
    """

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on <= self.starts_on:
            raise ValueError(f"period ends on {self.ends_on}, not after {self.starts_on}")

    def contains(self, on: date) -> bool:
        """Tell whether a day lies in the period.

        >>> Period(date(2025, 1, 1), date(2025, 2, 1)).contains(date(2025, 2, 1))
        False
        """
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    def overlaps(self, other: Period) -> bool:
        """Tell whether two periods share a day."""
        begins_before_other_ends = other.ends_on is None or self.starts_on < other.ends_on
        ends_after_other_begins = self.ends_on is None or other.starts_on < self.ends_on
        return begins_before_other_ends and ends_after_other_begins
