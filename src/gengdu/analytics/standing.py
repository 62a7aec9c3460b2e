"""The one rule that says how a promise stands on a day.

met, late, short (未达，非硬性), striving, on_course, at_risk, unknown or qualitative; nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from gengdu.analytics.forms import Range
from gengdu.kernel import quantities
from gengdu.kernel.school_years import SchoolYear, term_containing
from gengdu.policy import facts
from gengdu.policy.facts import Fact


class Word(StrEnum):
    """How a promise stands."""

    MET = "met"
    ON_COURSE = "on_course"
    AT_RISK = "at_risk"
    LATE = "late"
    SHORT = "short"
    STRIVING = "striving"
    UNKNOWN = "unknown"
    QUALITATIVE = "qualitative"


WEAK_FORCES = ("in_principle", "largely", "generally")
STRIVING_FORCES = ("strive", "support")
SETTING_OF_FORCE = {"largely": "settings.largely_share", "generally": "settings.generally_share"}
HIGHER_IS_BETTER = ("at_least", "more_than", "title", "start")


@dataclass(frozen=True)
class Target:
    """What a promise asks for on a day.

    Attributes:
        compare: Word of comparison.
        asked: The number the document asks for.
        counts_from: The number from which it counts as met; differs from `asked` where a setting
            says what 基本 or 普遍 means.
        due_on: The day it is due; for a yearly promise the end of the period asked.
        setting: The fact that sets `counts_from`, or None.
        is_decided: Whether what is missing is past mending: each row had its own due day.
    """

    compare: str
    force: str
    unit: str
    asked: Fraction | None
    counts_from: Fraction | None
    upper: Fraction | None
    due_on: date | None
    recurs: str | None
    setting: Fact | None
    is_decided: bool = False

    def is_met_by(self, value: Fraction) -> bool:
        """Tell whether a value keeps the promise, compared unrounded."""
        if self.counts_from is None:
            return False
        return bool(quantities.holds(value, self.compare, self.counts_from, self.upper))


@dataclass(frozen=True)
class Past:
    """What is known of earlier days, and of the day the promise is due.

    Attributes:
        earlier: (day, value) of yearly snapshots before the day asked, newest first, and of the due
            day where it has passed; for a yearly promise the last days of earlier periods.
        at_due: The value on the due day if nothing happens but what is already recorded.
        gains: What people's work added in each of the last years, beyond what was already recorded
            at the beginning of that year; newest first.
    """

    earlier: Sequence[tuple[date, Fraction | None]] = ()
    at_due: Fraction | None = None
    gains: Sequence[Fraction] = ()


@dataclass(frozen=True)
class Projection:
    """What the value will be on the due day if work goes on as in the last years.

    `low` and `high` take the leanest and the best of those years throughout.
    """

    on: date
    value: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Standing:
    """How a promise stands, and why."""

    word: Word
    was_lost: bool = False
    projection: Projection | None = None
    is_borderline: bool = False


def target_on(fact: Fact, on: date, *, is_decided: bool = False) -> Target:
    """Return what a promise asks for on a day."""
    value = fact.on(on)
    setting = facts.fact(SETTING_OF_FORCE[fact.force]) if fact.force in SETTING_OF_FORCE else None
    counts_from = value.value
    if setting is not None and fact.unit == "share" and value.value is not None:
        share = setting.on(on).value or Fraction(1)
        counts_from = value.value * share
    return Target(
        compare=fact.compare,
        force=fact.force,
        unit=fact.unit,
        asked=value.value,
        counts_from=counts_from,
        upper=value.upper,
        due_on=period_end(fact.recurs, on) if fact.recurs else value.due_on,
        recurs=fact.recurs,
        setting=setting,
        is_decided=is_decided,
    )


def period_end(recurs: str, on: date) -> date:
    """Return the last day of the year, school year or term a day lies in."""
    if recurs == "year":
        return date(on.year, 12, 31)
    if recurs == "school_year":
        ends_on = SchoolYear.containing(on).ends_on
    else:
        found = term_containing(on).ends_on
        assert found is not None
        ends_on = found
    return date.fromordinal(ends_on.toordinal() - 1)


def judge(
    target: Target, on: date, value: Fraction | None, bounds: Range | None, past: Past
) -> Standing:
    """Return how a promise stands.

    Args:
        target: What was promised.
        on: The day asked for.
        value: The indicator on that day; None where there is none.
        bounds: How far missing reports could move it; None where nobody can say.
        past: Earlier values, and what is known to happen.
    """
    if target.compare == "qualitative":
        return Standing(Word.QUALITATIVE)
    if value is None or bounds is None:
        return Standing(Word.UNKNOWN)
    least, greatest = target.is_met_by(bounds.least), target.is_met_by(bounds.greatest)
    if least and greatest:
        return Standing(Word.MET, is_borderline=_is_borderline(target, value))
    if least != greatest:
        return Standing(Word.UNKNOWN)
    return _unmet(target, on, value, past)


def _unmet(target: Target, on: date, value: Fraction, past: Past) -> Standing:
    borderline = _is_borderline(target, value)
    if target.force in STRIVING_FORCES:
        return Standing(Word.STRIVING, is_borderline=borderline)
    is_undated = target.due_on is None and not target.recurs
    if is_past_due(target, on) or (is_undated and _was_met(target, past)):
        word = Word.SHORT if target.force in WEAK_FORCES else Word.LATE
        return Standing(word, was_lost=_was_met(target, past), is_borderline=borderline)
    if target.recurs:
        return Standing(_by_last_period(target, past), is_borderline=borderline)
    projection = project(target, on, value, past)
    if projection is None:
        rose = bool(past.earlier) and _rose(target, value, past.earlier[0][1])
        return Standing(Word.ON_COURSE if rose else Word.AT_RISK, is_borderline=borderline)
    word = Word.ON_COURSE if target.is_met_by(projection.value) else Word.AT_RISK
    return Standing(word, projection=projection, is_borderline=borderline)


def is_past_due(target: Target, on: date) -> bool:
    """Tell whether the due day has come; what must not happen is due from the first day.

    The due day itself counts as past: the promise should hold by then.
    """
    if target.compare == "avoid" or target.is_decided:
        return True
    return target.due_on is not None and on >= target.due_on


def _by_last_period(target: Target, past: Past) -> Word:
    """A running period is on course when the one before it kept the promise."""
    last = past.earlier[0][1] if past.earlier else None
    return Word.ON_COURSE if last is not None and target.is_met_by(last) else Word.AT_RISK


def _was_met(target: Target, past: Past) -> bool:
    if target.recurs:
        return False
    return any(value is not None and target.is_met_by(value) for _, value in past.earlier)


def _rose(target: Target, value: Fraction, a_year_ago: Fraction | None) -> bool:
    if a_year_ago is None:
        return False
    return value > a_year_ago if target.compare in HIGHER_IS_BETTER else value < a_year_ago


def project(target: Target, on: date, value: Fraction, past: Past) -> Projection | None:
    """Return the value expected on the due day: what is recorded already, plus the usual gain.

    None where no due day is named or no year's gain is known.
    """
    if target.due_on is None or not past.gains:
        return None
    base = value if past.at_due is None else past.at_due
    expected, low, high = ranged(target.unit, base, past.gains, years_between(on, target.due_on))
    return Projection(target.due_on, expected, low, high)


def years_between(on: date, until: date) -> Fraction:
    """Return the years from one day to another."""
    return Fraction((until - on).days) / Fraction("365.25")


def usual(gains: Sequence[Fraction]) -> Fraction:
    """Return the mean gain of a year."""
    return sum(gains, Fraction(0)) / len(gains)


def ranged(
    unit: str, base: Fraction, gains: Sequence[Fraction], years: Fraction
) -> tuple[Fraction, Fraction, Fraction]:
    """Return what a value is expected to come to in some years, and the ends of its range.

    Args:
        unit: A share stays between nothing and the whole.
        base: What it comes to without any gain.
        gains: Of each of the last years; one at least.
        years: From now on.

    Returns:
        With the mean gain throughout, with the leanest and with the best.
    """
    every = (usual(gains), min(gains), max(gains))
    expected, low, high = (_within(unit, base + gain * years) for gain in every)
    return expected, low, high


def _within(unit: str, value: Fraction) -> Fraction:
    low = max(value, Fraction(0))
    return min(low, Fraction(1)) if unit == "share" else low


def _is_borderline(target: Target, value: Fraction) -> bool:
    if target.counts_from is None:
        return False
    return quantities.rounding_changes_verdict(
        value, target.unit, target.compare, target.counts_from, target.upper
    )
