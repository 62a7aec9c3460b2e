"""When something is told: so many days before it is due, then at intervals while it is overdue.

Nothing is told on days off. What would fall on one is told on the last working day before while it
is not yet due, and on the next working day once it is overdue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gengdu.policy import facts
from gengdu.policy.working_days import add_working_days

BEFORE = ("settings.remind_first_days", "settings.remind_second_days", "settings.remind_last_days")
OVERDUE = "settings.remind_overdue_days"


@dataclass(frozen=True)
class Cadence:
    """The days on which a working day speaks for, and how far it looks.

    Attributes:
        on: The working day.
        through: The last day off behind it, for which it speaks as well; the day itself where the
            next is worked.
        before: Days before the due day on which something is told, most first.
        every: Days between two reminders of what is overdue.
    """

    on: date
    through: date
    before: tuple[int, ...]
    every: int

    @classmethod
    def of(cls, on: date) -> Cadence:
        """Return the cadence of a working day, from the settings in force."""
        before = {int(facts.value(name, on=on)) for name in BEFORE}
        return cls(
            on=on,
            through=add_working_days(on, 1) - timedelta(days=1),
            before=tuple(sorted(before, reverse=True)),
            every=max(1, int(facts.value(OVERDUE, on=on))),
        )

    @property
    def reaches(self) -> date:
        """The last due day that is told of today."""
        return self.through + timedelta(days=self.before[0])

    def stage(self, due_on: date) -> str | None:
        """Return which occasion today is for something due on a day; None where none is yet.

        The stage stays the same until the next one, so what was told once is not told again.
        """
        if due_on < self.on:
            return f"+{((self.on - due_on).days - 1) // self.every}"
        left = (due_on - self.through).days
        reached = [days for days in self.before if left <= days]
        return str(reached[-1]) if reached else None
