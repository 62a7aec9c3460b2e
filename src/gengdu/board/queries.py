"""How every promise stands on a day, from the records of this moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from gengdu.analytics import cards, gap, standing
from gengdu.analytics.cards import Card
from gengdu.analytics.forms import NOTHING
from gengdu.analytics.run import Moment, Result
from gengdu.analytics.standing import Past, Projection, Standing, Target, Word
from gengdu.board import foreseeing
from gengdu.board.live import LiveIndicators, indicators
from gengdu.kernel.dates import years_before
from gengdu.kernel.school_years import SchoolYear, term_containing
from gengdu.policy import facts
from gengdu.policy.facts import Fact, Measure

YEARS_BACK = 3


@dataclass(frozen=True)
class Status:
    """One promise on one day.

    Attributes:
        missing: Rows that must change for the promise to be kept; None where rows do not say it.
    """

    promise: Fact
    measure: Measure
    moment: Moment
    target: Target
    card: Card | None
    result: Result | None
    standing: Standing
    missing: int | None

    @property
    def gap_is_rest(self) -> bool:
        """Whether just the rows that do not count are missing, so that the gap opens into them."""
        if self.result is None or self.result.card.form != "share":
            return False
        everything = self.result.district.get("all", NOTHING)
        return self.missing == everything.rows - everything.counted

    @property
    def value(self) -> Fraction | None:
        """The indicator's value on the day."""
        return self.result.value if self.result else None


@dataclass(frozen=True)
class Point:
    """One day of a trend."""

    on: date
    value: Fraction | None


def statuses(
    moment: Moment, promises: Iterable[Fact] | None = None, *, is_aside: bool = False
) -> list[Status]:
    """Return how promises stand, in the order of the plan; all of them unless some are named.

    is_aside: Whether they stand beside the matter of a page, such as the counts in the menu.
    """
    every = facts.plan().promises
    found = indicators.shown(
        ("statuses", moment),
        lambda live: [_status(live, promise, moment) for promise in every],
        is_aside=is_aside,
    )
    if promises is None:
        return list(found)
    names = {promise.name for promise in promises}
    return [status for status in found if status.promise.name in names]


def status(promise: Fact, moment: Moment) -> Status:
    """Return how one promise stands."""
    return statuses(moment, [promise])[0]


def result(card: Card, moment: Moment) -> Result:
    """Return what one indicator comes to."""
    return indicators.shown(("result", card.name, moment), lambda live: live.result(card, moment))


def trends_of(measure: int, moment: Moment) -> list[Result]:
    """Return what the indicators of a measure come to that no promise is compared with."""
    every = cards.cards().values()
    own = [card for card in every if card.measure == measure and card.compared_with is None]
    return [result(card, moment) for card in own]


def results(moment: Moment) -> list[Result]:
    """Return what every indicator comes to, in the order of the plan."""
    every = cards.cards().values()
    return indicators.shown(
        ("results", moment), lambda live: [live.result(card, moment) for card in every]
    )


def trend(card: Card, moment: Moment, target: Target | None, *, years: int = 5) -> list[Point]:
    """Return the value on the day and on days before it, oldest first.

    Days without a value are left out. A yearly promise is shown at the end of each earlier period;
    another on the day it was due as well.
    """
    days = {*_earlier_days(moment.on, target.recurs if target else None, years), moment.on}
    if target and target.due_on and target.due_on < moment.on:
        days.add(target.due_on)
    ordered = tuple(sorted(days))

    def points(live: LiveIndicators) -> list[Point]:
        return [Point(day, live.result(card, Moment(day, moment.known)).value) for day in ordered]

    found = indicators.shown(("trend", card.name, moment.known, ordered), points)
    return [point for point in found if point.value is not None]


def _status(live: LiveIndicators, promise: Fact, moment: Moment) -> Status:
    measure = facts.plan().measure_of(promise)
    assert measure is not None
    card = cards.by_promise().get(promise.name)
    decided = card is not None and card.rows_fall_due
    target = standing.target_on(promise, moment.on, is_decided=decided)
    if card is None:
        word = Word.QUALITATIVE if promise.compare == "qualitative" else Word.UNKNOWN
        return Status(promise, measure, moment, target, None, None, Standing(word), None)
    found = live.result(card, moment)
    judged = _judge(live, card, found, target, moment)
    missing = gap.missing_units(card.form, found.district, target)
    return Status(promise, measure, moment, target, card, found, judged, missing)


def _judge(
    live: LiveIndicators, card: Card, found: Result, target: Target, moment: Moment
) -> Standing:
    if not _has_rows(found) and card.empty == "met":
        return Standing(Word.MET)
    judged = standing.judge(target, moment.on, found.value, found.bounds, Past())
    if judged.word in (Word.MET, Word.UNKNOWN, Word.STRIVING):
        return judged
    past = _past(live, card, found, target, moment)
    return standing.judge(target, moment.on, found.value, found.bounds, past)


def _has_rows(found: Result) -> bool:
    return any(counts.rows for counts in found.district.values())


def _past(live: LiveIndicators, card: Card, found: Result, target: Target, moment: Moment) -> Past:
    """Gather what the rule needs to know of earlier days; only for promises not kept now."""
    days = _earlier_days(moment.on, target.recurs, YEARS_BACK)
    passed = target.due_on is not None and target.due_on < moment.on and not target.recurs
    if passed and target.due_on is not None:
        days = sorted({*days, target.due_on}, reverse=True)
    earlier = [(day, live.result(card, Moment(day, moment.known)).value) for day in days]
    if target.recurs or standing.is_past_due(target, moment.on) or target.due_on is None:
        return Past(earlier)
    return Past(
        earlier, foreseeing.at_due(live, card, target, moment),
        foreseeing.gains(live, card, target, moment),
    )  # fmt: skip


def _earlier_days(on: date, recurs: str | None, years: int) -> list[date]:
    """Return days of earlier years to compare with, newest first."""
    if recurs is None:
        return [years_before(on, back) for back in range(1, years + 1)]
    days, day = [], on
    for _ in range(years):
        day = _period_start(recurs, day) - timedelta(days=1)
        days.append(day)
    return days


def _period_start(recurs: str, on: date) -> date:
    if recurs == "year":
        return date(on.year, 1, 1)
    if recurs == "school_year":
        return SchoolYear.containing(on).starts_on
    return term_containing(on).starts_on


def count_words(found: Iterable[Status]) -> dict[Word, int]:
    """Return how many promises stand each way, every word named."""
    counted = dict.fromkeys(Word, 0)
    for item in found:
        counted[item.standing.word] += 1
    return counted


__all__ = [
    "Point",
    "Projection",
    "Status",
    "count_words",
    "result",
    "results",
    "status",
    "statuses",
    "trend",
]
