"""What every dated promise is expected to come to on its due day, and how right that was before.

The value on the due day is that of the indicator over the tables foreseen for it (ageing of pupils,
retirement, degrees under way, expiry), and what people's work added in each of the last years
beyond what was foreseen then. The same forecast is made as of earlier days from what was known on
them, and held against what came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from gengdu.analytics import cards, gap, standing
from gengdu.analytics.cards import Card
from gengdu.analytics.run import Moment
from gengdu.analytics.standing import Target
from gengdu.board import foreseeing
from gengdu.board.foreseeing import YEARS_BACK, PastYear
from gengdu.board.live import LiveIndicators, indicators
from gengdu.policy import facts
from gengdu.policy.facts import Fact

ORIGINS = 4
"""Years back from which a forecast of one year is made again."""


@dataclass(frozen=True)
class Test:
    """One forecast of one year, made as of an earlier day.

    Attributes:
        origin: The day it is made as of, with what was known on it.
        on: A year later.
        unchanged: The value on the earlier day: what no forecast at all would say.
        foreseen: By ageing, retirement and decisions alone.
        expected: With the usual gain of the years before it; None where none is known.
        low: The leanest of those years.
        high: The best of them.
        actual: What it came to.
    """

    origin: date
    on: date
    unchanged: Fraction
    foreseen: Fraction
    expected: Fraction | None
    low: Fraction | None
    high: Fraction | None
    actual: Fraction

    @property
    def is_within(self) -> bool | None:
        """Whether what came lay between low and high."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.actual <= self.high


@dataclass(frozen=True)
class Forecast:
    """What one promise is expected to come to.

    Attributes:
        now: The value on the day asked.
        foreseen: On the due day, if nothing happens but what is bound to.
        expected: With the usual gain.
        low: With the leanest year's gain throughout.
        high: With the best.
        missing: Rows that must change on the due day for it to be met, beyond what is foreseen.
        start_by: The last day to start at the usual pace; None where no pace is known or none is
            needed.
        tests: Of earlier forecasts, newest first.
    """

    promise: Fact
    card: Card
    target: Target
    now: Fraction
    foreseen: Fraction
    expected: Fraction
    low: Fraction
    high: Fraction
    missing: int | None
    start_by: date | None
    tests: tuple[Test, ...]

    @property
    def is_foreseen(self) -> bool:
        """Whether it is kept even if nothing happens but what is bound to."""
        return self.target.is_met_by(self.foreseen)

    @property
    def is_met(self) -> bool:
        """Whether it is expected to be kept."""
        return self.target.is_met_by(self.expected)

    @property
    def mean_error(self) -> Fraction | None:
        """The mean absolute error of the tests that had a usual gain to go by."""
        return _mean([abs(t.expected - t.actual) for t in self.tests if t.expected is not None])

    @property
    def mean_error_unchanged(self) -> Fraction | None:
        """The same if nothing had been expected to change."""
        return _mean([abs(t.unchanged - t.actual) for t in self.tests if t.expected is not None])


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def every(moment: Moment) -> list[Forecast]:
    """Return the forecast of every promise with a value that falls due after the day."""

    def made(live: LiveIndicators) -> list[Forecast]:
        return _Maker(live, moment).every()

    return indicators.shown(("forecasts", moment), made)


def mark(found: Forecast, on: date) -> str:
    """Return a mark that differs when a forecast made on a day does."""
    said = (found.promise.name, on, found.now, found.foreseen, found.expected, found.missing)
    return hashlib.sha256(repr((*said, found.start_by)).encode()).hexdigest()


class _Maker:
    def __init__(self, live: LiveIndicators, moment: Moment) -> None:
        self._live, self._moment = live, moment

    def every(self) -> list[Forecast]:
        made = [self._forecast(*asked) for asked in self._asked()]
        return [forecast for forecast in made if forecast is not None]

    def _asked(self) -> Iterator[tuple[Fact, Card, Target]]:
        """Yield the dated promises with a value that are not due yet."""
        for promise in facts.plan().promises:
            card = cards.by_promise().get(promise.name)
            target = standing.target_on(promise, self._moment.on)
            is_dated = target.due_on is not None and target.due_on > self._moment.on
            if card is not None and is_dated and not target.recurs:
                yield promise, card, target

    def _forecast(self, promise: Fact, card: Card, target: Target) -> Forecast | None:
        assert target.due_on is not None
        now = self._live.result(card, self._moment).value
        value = foreseeing.at_due(self._live, card, target, self._moment)
        if now is None or value is None:
            return None
        years = [
            foreseeing.past_year(self._live, card, self._moment, back)
            for back in range(1, ORIGINS + 1)
        ]
        gains = foreseeing.gains_of(years[:YEARS_BACK], target) or [Fraction(0)]
        until = foreseeing.last_due(self._moment)
        ahead = self._live.foreseen(card, self._moment, target.due_on, until)
        left = standing.years_between(self._moment.on, target.due_on)
        return Forecast(
            promise, card, target, now, value,
            *standing.ranged(target.unit, value, gains, left),
            gap.missing_units(card.form, ahead.district, target),
            _start_by(target, value, standing.usual(gains)), tuple(_tests(years, target)),
        )  # fmt: skip


def _tests(years: Sequence[PastYear], target: Target) -> Iterator[Test]:
    """Yield the tests, newest first; each goes by the gains of the years before it alone."""
    for number, year in enumerate(years):
        if year.unchanged is None or year.foreseen is None or year.actual is None:
            return  # nobody knew anything then
        gains = foreseeing.gains_of(list(years[number + 1 :]), target)
        expected = low = high = None
        if gains:
            expected, low, high = standing.ranged(target.unit, year.foreseen, gains, Fraction(1))
        yield Test(
            year.origin, year.on, year.unchanged, year.foreseen, expected, low, high, year.actual
        )


def _start_by(target: Target, foreseen_value: Fraction, usual: Fraction) -> date | None:
    """Return the last day on which starting at the usual pace still comes in time."""
    if target.counts_from is None or target.due_on is None or target.is_met_by(foreseen_value):
        return None
    needed = target.counts_from - foreseen_value
    if not usual or (needed > 0) != (usual > 0):
        return None
    days = needed / usual * Fraction("365.25")
    return target.due_on - timedelta(days=int(days) + 1)
