"""Where a coefficient of variation comes from: the part of each school, and whom to move first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gengdu.analytics.quality_balance.resources import Measured
from gengdu.analytics.quality_balance.school_rows import Stage
from gengdu.analytics.quality_balance.verdict import Evaluation, SchoolVerdict, Weighed, spread_of


@dataclass(frozen=True)
class Part:
    """One school's part in how far the schools of a stage lie apart in one indicator.

    Attributes:
        weight: Its share of the pupils, or of the schools where the coefficient does not weigh.
        of_variance: Its share of the variance, weight times the square of its distance from the
            mean; all of them add up to 1, or to 0 where no school differs.
        is_above: Whether it lies above the mean.
        without: The coefficient if this school stood at the mean of the others; None where that
            mean is nothing.
    """

    school: SchoolVerdict
    measured: Measured
    weight: Fraction
    of_variance: Fraction
    is_above: bool
    without: Fraction | None


def parts(
    found: Evaluation, stage: Stage, name: str, *, is_weighted: bool = True
) -> tuple[Part, ...]:
    """Return the part of every school in an indicator's spread, lowest value first.

    Args:
        found: The evaluation.
        stage: Whose schools.
        name: The indicator.
        is_weighted: Whether the coefficient weighs schools by their pupils, as the official method
            does; else it is the sample deviation over the plain mean.

    Returns:
        Nothing where a school has not reported, or no school has the stage.
    """
    schools = [one for one in found.schools if one.stage.row.stage == stage]
    pairs = [(one, one.stage.measured[name]) for one in schools]
    known = [(one, measured) for one, measured in pairs if measured is not None]
    if not known or len(known) < len(pairs):
        return ()
    values = [
        (one.stage.row.pupils if is_weighted else 1, measured.value) for one, measured in known
    ]
    spread, total = spread_of(values, is_sample=False), sum(count for count, _value in values)
    made = [
        Part(
            school, measured, Fraction(weight, total),
            weight * (value - spread.mean) ** 2 / (total * spread.variance)
            if spread.variance else Fraction(0),
            value > spread.mean, _without(values, place, is_sample=not is_weighted),
        )
        for place, ((school, measured), (weight, value)) in enumerate(
            zip(known, values, strict=True)
        )
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda part: (part.measured.value, part.school.stage.row.row)))


def _without(values: Weighed, place: int, *, is_sample: bool) -> Fraction | None:
    """Return the coefficient if the school at a place stood at the mean of the others."""
    others = [pair for at, pair in enumerate(values) if at != place]
    if not others:
        return None
    mean = spread_of(others, is_sample=False).mean
    at_mean = [*others, (values[place][0], mean)]
    return spread_of(at_mean, is_sample=is_sample).coefficient


def first_to_move(found: Sequence[Part]) -> Part | None:
    """Return the school with the largest part in the variance; None where no school differs."""
    largest = max(found, key=lambda part: part.of_variance, default=None)
    return largest if largest is not None and largest.of_variance else None
