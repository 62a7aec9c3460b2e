"""What every dated promise is expected to come to on its due day, and how right that was before.

The value on the due day is that of the indicator over the tables foreseen for it (ageing of pupils,
retirement, degrees under way, expiry), and what people's work added in each of the last years
beyond what was foreseen then. The same forecast is made as of earlier days from what was known on
them, and held against what came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import pyarrow as pa

from gengdu.analytics import cards, gap, standing
from gengdu.analytics.cards import Card
from gengdu.analytics.foreseen import CHANGED, foreseen
from gengdu.analytics.run import Evaluator, Moment
from gengdu.analytics.standing import Target
from gengdu.board.live import LiveIndicators, indicators
from gengdu.kernel.dates import years_before
from gengdu.policy import facts
from gengdu.policy.facts import Fact

ORIGINS = 4
"""Years back from which a forecast of one year is made again."""
RETIREMENT = "settings.retirement_age"


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


class _Maker:
    def __init__(self, live: LiveIndicators, moment: Moment) -> None:
        self._live, self._moment = live, moment
        self._asked: list[tuple[Fact, Card, Target]] = []
        for promise in facts.plan().promises:
            card = cards.by_promise().get(promise.name)
            target = standing.target_on(promise, moment.on)
            is_dated = target.due_on is not None and target.due_on > moment.on
            if card is not None and is_dated and not target.recurs:
                self._asked.append((promise, card, target))

    def every(self) -> list[Forecast]:
        if not self._asked:
            return []
        last = max(target.due_on for _p, _c, target in self._asked if target.due_on)
        ahead = self._foreseeing(self._moment, last)
        tried = [self._tried(back) for back in range(1, ORIGINS + 1)]
        made = [
            self._forecast(promise, card, target, ahead, [one[number] for one in tried])
            for number, (promise, card, target) in enumerate(self._asked)
        ]
        return [forecast for forecast in made if forecast is not None]

    def _foreseeing(self, origin: Moment, until: date) -> Evaluator:
        """Return what computes over the tables that are foreseen from a moment until a day."""
        known = Moment(origin.on, origin.known)
        tables = foreseen(
            lambda name: self._live.relation(name, known, order="id"),
            origin.on, until,
            retirement_age=int(facts.value(RETIREMENT, on=self._moment.on)),
        )  # fmt: skip

        def instead(name: str) -> Callable[[pa.Table], pa.Table]:
            return lambda _recorded: tables[name]

        return self._live.supposing({name: instead(name) for name in CHANGED})

    def _tried(self, back: int) -> list[tuple[Moment, date, Fraction | None, Fraction | None]]:
        """Return, for each promise, what one earlier forecast would have gone by."""
        day = years_before(self._moment.on, back)
        origin = Moment(day, day)
        then = years_before(self._moment.on, back - 1)
        ahead = self._foreseeing(origin, then)
        return [
            (origin, then, self._live.result(card, origin).value,
             self._value(ahead, card, Moment(then, origin.known), origin))
            for _promise, card, _target in self._asked
        ]  # fmt: skip

    def _value(self, ahead: Evaluator, card: Card, then: Moment, origin: Moment) -> Fraction | None:
        """Return a foreseen value; what would need reports of a later day keeps today's."""
        found, today = ahead.evaluate(card, then), self._live.result(card, origin)
        is_known = found.value is not None and found.unreported <= today.unreported
        return found.value if is_known else today.value

    def _forecast(
        self, promise: Fact, card: Card, target: Target, ahead: Evaluator,
        tried: Sequence[tuple[Moment, date, Fraction | None, Fraction | None]],
    ) -> Forecast | None:  # fmt: skip
        assert target.due_on is not None
        now = self._live.result(card, self._moment).value
        then = Moment(target.due_on, self._moment.known)
        value = self._value(ahead, card, then, self._moment)
        if now is None or value is None:
            return None
        tests = self._tests(card, target, tried)
        gains = _gains([(test.foreseen, test.actual) for test in tests], target) or [Fraction(0)]
        years = Fraction((target.due_on - self._moment.on).days) / Fraction("365.25")
        usual = sum(gains, Fraction(0)) / len(gains)
        expected, one, other = (
            standing.within(target.unit, value + gain * years)
            for gain in (usual, min(gains), max(gains))
        )
        district = ahead.evaluate(card, then).district
        return Forecast(
            promise, card, target, now, value, expected, min(one, other), max(one, other),
            gap.missing_units(card.form, district, target),
            _start_by(target, value, usual), tuple(tests),
        )  # fmt: skip

    def _tests(
        self, card: Card, target: Target,
        tried: Sequence[tuple[Moment, date, Fraction | None, Fraction | None]],
    ) -> list[Test]:  # fmt: skip
        """Return the tests, newest first; each goes by the gains of the years before it alone."""
        known = []
        for origin, then, unchanged, value in tried:
            actual = self._live.result(card, Moment(then, self._moment.known)).value
            if unchanged is None or value is None or actual is None:
                break
            known.append((origin.on, then, unchanged, value, actual))
        tests = []
        for number, (origin_on, then, unchanged, value, actual) in enumerate(known):
            earlier = [(seen, came) for _o, _t, _u, seen, came in known[number + 1 :]]
            gains = _gains(earlier, target)
            expected = low = high = None
            if gains:
                usual = sum(gains, Fraction(0)) / len(gains)
                expected, low, high = (
                    standing.within(target.unit, value + gain)
                    for gain in (usual, min(gains), max(gains))
                )
            tests.append(Test(origin_on, then, unchanged, value, expected, low, high, actual))
        return tests


def _gains(pairs: Sequence[tuple[Fraction, Fraction]], target: Target) -> list[Fraction]:
    """Return what came beyond what was foreseen; a title is held or not, it does not grow."""
    return [Fraction(0) if target.compare == "title" else came - seen for seen, came in pairs]


def _start_by(target: Target, foreseen_value: Fraction, usual: Fraction) -> date | None:
    """Return the last day on which starting at the usual pace still comes in time."""
    if target.counts_from is None or target.due_on is None or target.is_met_by(foreseen_value):
        return None
    needed = target.counts_from - foreseen_value
    if not usual or (needed > 0) != (usual > 0):
        return None
    days = needed / usual * Fraction("365.25")
    return target.due_on - timedelta(days=int(days) + 1)
