"""How counts become a value, exactly, and how far reports still to come could move it.

The bounds matter for standing: what no missing report can change is already decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gengdu.kernel.quantities import exact


@dataclass(frozen=True)
class Counts:
    """What one group of rows adds up to.

    Attributes:
        counted: Rows that count towards the numerator.
        rows: All rows, which is the denominator of a share.
        unreported: Rows whose record is missing, so that nobody knows whether they count.
        weight: Sum of the rows' weights.
        total: Sum of the rows' totals.
    """

    counted: int = 0
    rows: int = 0
    unreported: int = 0
    weight: Fraction = Fraction(0)
    total: Fraction = Fraction(0)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.counted + other.counted,
            self.rows + other.rows,
            self.unreported + other.unreported,
            self.weight + other.weight,
            self.total + other.total,
        )


NOTHING = Counts()
Parts = Mapping[str, Counts]


@dataclass(frozen=True)
class Range:
    """The least and the greatest value that reports still to come could make it."""

    least: Fraction
    greatest: Fraction


def _share(counted: int, rows: int) -> Fraction | None:
    return Fraction(counted, rows) if rows else None


def _quotient(above: Fraction | None, below: Fraction | None) -> Fraction | None:
    return above / below if above is not None and below else None


def _range(least: Fraction | None, greatest: Fraction | None) -> Range | None:
    return None if least is None or greatest is None else Range(least, greatest)


def value(form: str, parts: Parts) -> Fraction | None:
    """Return the value of the counts, or None where there is nothing to divide by.

    A row not reported is in the denominator and not in the numerator.
    """
    everything = parts.get("all", NOTHING)
    match form:
        case "share":
            return _share(everything.counted, everything.rows)
        case "count":
            return Fraction(everything.counted)
        case "increase":
            return Fraction(
                parts.get("now", NOTHING).counted - parts.get("baseline", NOTHING).counted
            )
        case "growth":
            return _quotient(*(_weight(parts, part) for part in ("now", "before")))
        case "ratio_of_shares":
            city, rural = parts.get("city", NOTHING), parts.get("rural", NOTHING)
            return _quotient(_share(city.counted, city.rows), _share(rural.counted, rural.rows))
        case "weighted_share":
            return everything.weight / everything.total if everything.total else None
        case _:
            raise ValueError(f"unknown form {form!r}")


def _weight(parts: Parts, part: str) -> Fraction | None:
    counts = parts.get(part)
    return counts.weight if counts and counts.rows else None


def bounds(form: str, parts: Parts) -> Range | None:
    """Return how far the value could move once every missing report is in."""
    exactly = value(form, parts)
    if not any(counts.unreported for counts in parts.values()):
        return _range(exactly, exactly)
    everything = parts.get("all", NOTHING)
    match form:
        case "share":
            most = everything.counted + everything.unreported
            return _range(exactly, _share(most, everything.rows))
        case "count":
            return Range(
                Fraction(everything.counted), Fraction(everything.counted + everything.unreported)
            )
        case "ratio_of_shares":
            city, rural = parts.get("city", NOTHING), parts.get("rural", NOTHING)
            return _range(
                _quotient(_share(city.counted, city.rows), _at_most(rural)),
                _quotient(_at_most(city), _share(rural.counted, rural.rows)),
            )
        case _:
            return None


def _at_most(counts: Counts) -> Fraction | None:
    return _share(counts.counted + counts.unreported, counts.rows)


def from_row(row: Mapping[str, object]) -> Counts:
    """Build counts from one aggregated row."""

    def whole(key: str) -> int:
        return int(row[key] or 0)  # type: ignore[call-overload, no-any-return]

    def number(key: str) -> Fraction:
        found = row.get(key)
        return exact(found) if isinstance(found, int | float) else Fraction(0)

    return Counts(
        whole("counted"), whole("rows"), whole("unreported"), number("weight"), number("total")
    )
