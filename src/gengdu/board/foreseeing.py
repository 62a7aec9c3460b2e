"""What indicators come to on later days by what is bound to happen, and what work added to that.

The standing of promises and the page of forecasts both go by these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gengdu.analytics import standing
from gengdu.analytics.cards import Card
from gengdu.analytics.run import Moment
from gengdu.analytics.standing import Target
from gengdu.board.live import LiveIndicators
from gengdu.kernel.dates import years_before
from gengdu.policy import facts

YEARS_BACK = 3
"""How many of the last years show what a year usually adds."""


@dataclass(frozen=True)
class PastYear:
    """What one year brought.

    Attributes:
        origin: Its first day.
        on: A year later.
        unchanged: The value on the first day, by what was known on it; None where nothing was.
        foreseen: What the first day's knowledge let foresee; None where it knew nothing.
        before: The value on the first day by what is known now.
        actual: What it came to.
    """

    origin: date
    on: date
    unchanged: Fraction | None
    foreseen: Fraction | None
    before: Fraction | None
    actual: Fraction | None

    @property
    def gain(self) -> Fraction | None:
        """What was added beyond what was bound to come, or to what there was if nobody knew."""
        base = self.before if self.foreseen is None else self.foreseen
        return None if base is None or self.actual is None else self.actual - base


def value_on(
    live: LiveIndicators, card: Card, origin: Moment, on: date, until: date
) -> Fraction | None:
    """Return what is foreseen for a later day; what would need reports of that day stays as it is.

    Args:
        live: Within its `reading`.
        card: The indicator.
        origin: The day it is foreseen from, and whose knowledge counts.
        on: The later day.
        until: The last day that will be asked of this origin; the tables are made once for it.
    """
    found, today = live.foreseen(card, origin, on, until), live.result(card, origin)
    is_known = found.value is not None and found.unreported <= today.unreported
    return found.value if is_known else today.value


def last_due(moment: Moment) -> date:
    """Return the last day on which a promise of the plan falls due, or the day itself."""
    found = (standing.target_on(promise, moment.on).due_on for promise in facts.plan().promises)
    return max((day for day in found if day is not None), default=moment.on)


def at_due(live: LiveIndicators, card: Card, target: Target, moment: Moment) -> Fraction | None:
    """Return what is foreseen for the day a promise falls due."""
    assert target.due_on is not None
    until = max(last_due(moment), target.due_on)
    return value_on(live, card, moment, target.due_on, until)


def past_year(live: LiveIndicators, card: Card, moment: Moment, back: int) -> PastYear:
    """Return what the year brought that began some years before the day; 1 is the last one."""
    origin, on = years_before(moment.on, back), years_before(moment.on, back - 1)
    then = Moment(origin, origin)
    return PastYear(
        origin, on, live.result(card, then).value, value_on(live, card, then, on, on),
        live.result(card, Moment(origin, moment.known)).value,
        live.result(card, Moment(on, moment.known)).value,
    )  # fmt: skip


def gains(live: LiveIndicators, card: Card, target: Target, moment: Moment) -> list[Fraction]:
    """Return what each of the last years added, newest first; what is not known is left out."""
    years = [past_year(live, card, moment, back) for back in range(1, YEARS_BACK + 1)]
    return gains_of(years, target)


def gains_of(years: list[PastYear], target: Target) -> list[Fraction]:
    """Return what some years added; a title is held or not, it does not grow."""
    found = [gain for year in years if (gain := year.gain) is not None]
    return [Fraction(0)] * len(found) if target.compare == "title" else found
