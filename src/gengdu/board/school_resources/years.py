"""The years side by side: each computed from the records that were valid on its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gengdu.analytics.quality_balance import verdict
from gengdu.analytics.quality_balance.resources import ASSESSED_STAGES, INDICATORS
from gengdu.analytics.quality_balance.school_rows import Stage
from gengdu.analytics.quality_balance.verdict import Evaluation, StageVerdict
from gengdu.analytics.run import Moment
from gengdu.board.evaluations import STAGES, STANDINGS, quality_balance
from gengdu.board.school_resources import words
from gengdu.kernel.quantities import shown

PAST_YEARS = 5

Evaluated = Callable[[Moment], Evaluation]


@dataclass(frozen=True)
class Year:
    """One day of the comparison; `known` where it is shown as known by then."""

    on: date
    known: date | None
    found: Evaluation

    def stage(self, stage: Stage) -> StageVerdict | None:
        """Return how a stage stood; None where no school had it."""
        return next((one for one in self.found.stages if one.stage == stage), None)


@dataclass(frozen=True)
class YearCell:
    """What one row of the comparison shows of one year."""

    shown: str
    is_good: bool | None
    is_borderline: bool = False


@dataclass(frozen=True)
class YearRow:
    """One indicator over the years; `name` is empty for rows of the stage itself."""

    label: str
    name: str
    number: str
    cells: tuple[YearCell, ...]


@dataclass(frozen=True)
class YearTable:
    """One stage over the years, with its limit."""

    stage: Stage
    label: str
    limit: str
    rows: tuple[YearRow, ...]


def days(on: date) -> list[date]:
    """Return the ends of the years before a day, and the day itself.

    >>> [str(day) for day in days(date(2026, 12, 31))][-2:]
    ['2025-12-31', '2026-12-31']
    """
    return [date(year, 12, 31) for year in range(on.year - PAST_YEARS, on.year)] + [on]


def gather(moment: Moment, *, strict: bool, as_known_then: bool) -> list[Year]:
    """Return the years in which any school was assessed.

    Args:
        moment: The last day, and the day whose knowledge counts.
        strict: Whether the relaxation for visiting teachers is left out.
        as_known_then: Whether each past year is shown as it was known on its own day.
    """
    found = []
    for on in days(moment.on):
        known = on if as_known_then and on < moment.on else moment.known
        evaluation = quality_balance(Moment(on, known), strict=strict).evaluation
        if evaluation.schools:
            found.append(Year(on, known, evaluation))
    return found


def tables(years: Sequence[Year]) -> list[YearTable]:
    """Return the comparison, a table for each stage that was assessed in any of the years."""
    return [
        _table(stage, years)
        for stage in ASSESSED_STAGES
        if any(year.stage(stage) is not None for year in years)
    ]


def _table(stage: Stage, years: Sequence[Year]) -> YearTable:
    stood = [year.stage(stage) for year in years]
    limit = next(shown(one.limit, verdict.COEFFICIENT) for one in stood if one is not None)
    rows = [
        YearRow(verdict.NAMES_ZH[name], name, words.NUMBERS[name],
                tuple(_coefficient(one, name) for one in stood))
        for name in INDICATORS
    ]  # fmt: skip
    return YearTable(stage, str(STAGES[stage.value]), limit, tuple(rows))


def _coefficient(one: StageVerdict | None, name: str) -> YearCell:
    spread = one.spreads[name] if one is not None else None
    if one is None or spread is None:
        return YearCell("—", None)
    printed = shown(spread.coefficient, verdict.COEFFICIENT)
    return YearCell(printed, spread.is_within(one.limit), name in one.borderline)


def passed(years: Sequence[Year], stage: Stage) -> list[tuple[str, StageVerdict | None]]:
    """Return how a stage stood in each year, with the class of colour of its verdict."""
    stood = [year.stage(stage) for year in years]
    return [(STANDINGS[one.verdict] if one else "", one) for one in stood]
