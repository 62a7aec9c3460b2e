"""What every ledger section needs: the copy, its rows and chance, its places, schools, staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from gengdu.demo import moments, people
from gengdu.demo.copies import Copy
from gengdu.demo.geography import Geography
from gengdu.demo.rows import Rows
from gengdu.demo.school_list import school_id
from gengdu.demo.staff import StaffOfCopy

T = TypeVar("T")

AHEAD_DAYS = 90
"""How long before the due day a task is written down."""

ADULTS_BORN_ABOUT = 1980


@dataclass(frozen=True)
class Ledger:
    """Writes ledger rows of one section of one copy."""

    copy: Copy
    rows: Rows
    rng: Random
    places: Geography
    staff: StaffOfCopy

    def school(self, key: str) -> int:
        """Return the id of a school."""
        return school_id(self.copy.number, key)

    def entry(
        self,
        table: str,
        starts_on: date,
        ends_on: date | None = None,
        *,
        known_on: date | None = None,
        state: str = "approved",
        **values: Any,
    ) -> int:
        """Add a row that holds over a period, recorded soon after it began."""
        return self.rows.add_dated(
            table, self.rng, starts_on, ends_on, known_on=known_on, state=state, **values
        )

    def ended(self, table: str, starts_on: date, ends_on: date, **values: Any) -> int:
        """Add a row whose end became known only when it came."""
        return self.rows.add_dated(
            table, self.rng, starts_on, ends_on, end_known_on=ends_on, state="approved", **values
        )

    def event(self, table: str, held_on: date, *, state: str = "approved", **values: Any) -> int:
        """Add something that happened on one day."""
        return self.rows.add_known(table, self.rng, held_on, state=state, held_on=held_on, **values)

    def task(self, table: str, due_on: date, done_on: date | None, **values: Any) -> None:
        """Add something due on a day: recorded some months ahead, and again once it is done."""
        planned = moments.known(due_on - timedelta(days=AHEAD_DAYS), self.rng)
        common = {"state": "approved", "due_on": due_on, **values}
        if done_on is None:
            self.rows.add(table, recorded_at=planned, **common)
            return
        done = moments.known(done_on, self.rng)
        common["item_id"] = self.rows.item(table)
        self.rows.add(table, recorded_at=planned, superseded_at=done, **common)
        self.rows.add(table, recorded_at=done, done_on=done_on, **common)

    def invented_name(self) -> str:
        """Return the name of somebody whom no register knows; it says that it is invented."""
        sex = "male" if self.rng.random() < 0.5 else "female"
        return f"示例{people.adult_name(self.rng, sex, ADULTS_BORN_ABOUT)}"

    def day_between(self, first: date, last: date) -> date:
        """Return a day from the first to the last."""
        return first + timedelta(days=int(self.rng.random() * ((last - first).days + 1)))

    def shuffled(self, items: Iterable[T], *, last: Sequence[T] = ()) -> list[T]:
        """Return items in random order, with some of them at the end in the order given."""
        free = [item for item in items if item not in last]
        self.rng.shuffle(free)
        return [*free, *last]


def numbered(issuer: str, year: int, number: int) -> str:
    r"""Return a document number; its brackets are those of official papers.

    >>> numbered("教督函", 2025, 3) == "教督函\u30142025\u30153号"
    True
    """
    return f"{issuer}\u3014{year}\u3015{number}号"


def by_steps(items: Sequence[T], steps: Sequence[tuple[date, int]]) -> list[tuple[T, date]]:
    """Give each item the day of the first step whose total reaches it; later items get none.

    >>> by_steps("abc", [(date(2022, 1, 1), 1), (date(2023, 1, 1), 2)])
    [('a', datetime.date(2022, 1, 1)), ('b', datetime.date(2023, 1, 1))]
    """
    found: list[tuple[T, date]] = []
    for on, total in steps:
        found += [(item, on) for item in items[len(found) : total]]
    return found
