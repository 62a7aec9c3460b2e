"""Working days: Monday to Friday, but for the days off and make-up days that the state announces.

The calendar is data (lists/working_days.yaml), one notice a year. A year without its notice counts
Monday to Friday alone, and `is_known` says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from gengdu.policy import loading
from gengdu.policy.loading import MalformedFact

HERE = Path(__file__).parent
SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """One sentence of a notice.

    Attributes:
        first: The first day off.
        last: The last day off, inclusive.
        works: Days of a weekend that are worked instead.
    """

    name: str
    first: date
    last: date
    works: tuple[date, ...]

    @property
    def days(self) -> Iterator[date]:
        """Every day off, weekends included."""
        return _days(self.first, self.last)


@dataclass(frozen=True)
class Year:
    """What one notice says.

    Attributes:
        source: Key of the notice in sources.yaml.
        checked_on: The day somebody last compared the file with it.
    """

    year: int
    source: str
    checked_on: date
    holidays: tuple[Holiday, ...]


@dataclass(frozen=True)
class Calendar:
    """The notices of all years on record."""

    years: tuple[Year, ...]
    rest: frozenset[date]
    work: frozenset[date]


def is_known(year: int) -> bool:
    """Tell whether the notice of a year is on record.

    The next year's notice may still change the last days of a known one, as that of 2019 did.
    """
    return any(item.year == year for item in calendar().years)


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day; in years without a notice on Monday to Friday.

    >>> is_working_day(date(2025, 10, 6)), is_working_day(date(2025, 10, 11))
    (False, True)
    """
    if day in calendar().work:
        return True
    return day.weekday() < SATURDAY and day not in calendar().rest


def add_working_days(day: date, count: int) -> date:
    """Return the working day that lies so many working days after a day, or before it.

    The day itself is not counted; with 0 it is returned as it is, whether people work on it or not.

    >>> add_working_days(date(2025, 9, 30), 1), add_working_days(date(2025, 10, 9), -1)
    (datetime.date(2025, 10, 9), datetime.date(2025, 9, 30))
    """
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days come after `start`, up to and including `end`.

    Negative where the end lies before the start. From one day to another and on to a third, the
    counts add up.

    >>> working_days_between(date(2025, 9, 30), date(2025, 10, 9))
    1
    """
    if end < start:
        return -working_days_between(end, start)
    first, last = start.toordinal() + 1, end.toordinal() + 1
    ordinary = _weekdays_before(last) - _weekdays_before(first)
    rest, work = _exceptions()
    off = bisect_left(rest, last) - bisect_left(rest, first)
    made_up = bisect_left(work, last) - bisect_left(work, first)
    return ordinary - off + made_up


def working_day_on_or_after(day: date) -> date:
    """Return a day itself where people work on it, else the next day they do."""
    return day if is_working_day(day) else add_working_days(day, 1)


def working_day_on_or_before(day: date) -> date:
    """Return a day itself where people work on it, else the last day before that they did."""
    return day if is_working_day(day) else add_working_days(day, -1)


def _weekdays_before(ordinal: int) -> int:
    """Return how many days from Monday to Friday come before a day, since day 1, a Monday."""
    weeks, rest = divmod(ordinal - 1, 7)
    return 5 * weeks + min(rest, 5)


@cache
def _exceptions() -> tuple[list[int], list[int]]:
    """Return the days that are not as their weekday says: weekdays off, and weekend days worked."""
    rest = sorted(day.toordinal() for day in calendar().rest if day.weekday() < SATURDAY)
    return rest, sorted(day.toordinal() for day in calendar().work)


@cache
def calendar() -> Calendar:
    """Return the calendar in use, read once per process."""
    return load(HERE)


def load(folder: Path) -> Calendar:
    """Read the calendar of a policy folder.

    Raises:
        MalformedFact: If the file breaks a rule.
    """
    path = folder / "lists" / "working_days.yaml"
    content = loading.read_checked(path, loading.SCHEMAS / "working_days.schema.json")
    years = tuple(_year(path, card) for card in content)
    _check_years(path, years, set(loading.read_yaml(folder / "sources.yaml")))
    holidays = [holiday for year in years for holiday in year.holidays]
    rest = [day for holiday in holidays for day in holiday.days]
    work = [day for holiday in holidays for day in holiday.works]
    _check_days(path, rest, work)
    return Calendar(years, frozenset(rest), frozenset(work))


def _year(path: Path, card: dict[str, Any]) -> Year:
    year = int(card["year"])
    return Year(
        year, card["source"], loading.as_date(path, f"{year}.checked", card["checked"]),
        tuple(_holiday(path, year, item) for item in card["holidays"]),
    )  # fmt: skip


def _holiday(path: Path, year: int, card: dict[str, Any]) -> Holiday:
    place = f"{year} {card['name']}"
    first, last = (loading.as_date(path, f"{place}.{key}", card[key]) for key in ("from", "to"))
    works = tuple(loading.as_date(path, f"{place}.works", day) for day in card["works"])
    if last < first:
        raise MalformedFact(f"{path.name}：“{place}”的末日 {last} 早于首日 {first}")
    for day in chain([first, last], works):
        if abs((day - date(year, 7, 1)).days) > 200:
            raise MalformedFact(f"{path.name}：“{place}”写的是 {day}，不在 {year} 年前后")
    for day in works:
        if day.weekday() < SATURDAY:
            raise MalformedFact(
                f"{path.name}：“{place}”的上班日 {day} 不是周六或周日，本来就要上班，请核对"
            )
    return Holiday(card["name"], first, last, works)


def _check_years(path: Path, years: tuple[Year, ...], sources: set[str]) -> None:
    numbers = [item.year for item in years]
    if numbers != sorted(set(numbers)):
        raise MalformedFact(f"{path.name}：各年应从早到晚排列，且不得重复")
    for item in years:
        if item.source not in sources:
            raise MalformedFact(
                f"{path.name}：{item.year} 年的来源“{item.source}”不在 sources.yaml 里"
            )


def _check_days(path: Path, rest: list[date], work: list[date]) -> None:
    days = sorted([*rest, *work])
    for day, following in pairwise(days):
        if day == following:
            raise MalformedFact(f"{path.name}：{day} 写了两次，或既放假又上班，请只保留一处")


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
