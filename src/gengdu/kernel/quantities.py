"""Exact values, how they compare with a threshold, and how they are shown.

A value is a Fraction, so that 1.0103 never passes as 1.01 and 19 of 20 is exactly 0.95.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

COMPARISON_SIGNS = {
    "at_least": "≥",
    "at_most": "≤",
    "more_than": ">",
    "less_than": "<",
    "equal": "=",
    "about": "≈",
    "avoid": "≤",
    "title": "≥",
    "start": "≥",
}


def exact(number: int | float | str | Fraction) -> Fraction:
    """Return the number as written, without the noise of binary fractions.

    >>> exact(0.95) == Fraction(19, 20)
    True
    """
    return number if isinstance(number, Fraction) else Fraction(str(number))


def holds(
    value: Fraction, comparison: str, threshold: Fraction, upper: Fraction | None = None
) -> bool | None:
    """Tell whether a value meets a threshold; None where the comparison is not one of numbers.

    Args:
        value: What was computed.
        comparison: A word of the plan's vocabulary, such as at_least.
        threshold: The number of the document.
        upper: The far end of a range.
    """
    match comparison:
        case "at_least" | "title" | "start":
            return value >= threshold
        case "at_most" | "avoid":
            return value <= threshold
        case "more_than":
            return value > threshold
        case "less_than":
            return value < threshold
        case "equal":
            return value == threshold
        case "range":
            return threshold <= value and (upper is None or value <= upper)
        case _:
            return None


def _places(unit: str) -> int:
    return {"share": 1, "ratio": 3}.get(unit, 2)


def rounded(value: Fraction, unit: str) -> Fraction:
    """Return a value as it will be printed: shares to 0.1 %, ratios to 0.001, others to 0.01."""
    scale = 100 if unit == "share" else 1
    step = Decimal(1).scaleb(-_places(unit))
    scaled = Decimal(value.numerator * scale) / Decimal(value.denominator)
    return Fraction(scaled.quantize(step, rounding=ROUND_HALF_UP)) / scale


def shown(value: Fraction | None, unit: str) -> str:
    """Return the value as people read it; a dash where there is none.

    >>> shown(Fraction(13, 29), "share"), shown(Fraction(1), "share"), shown(None, "share")
    ('44.8%', '100%', '—')
    >>> shown(Fraction(1038, 1000), "ratio"), shown(Fraction(7), "schools")
    ('1.038', '7')
    """
    if value is None:
        return "—"
    printed = rounded(value, unit)
    if unit == "share":
        percent = Decimal((printed * 1000).numerator) / 10
        return f"{percent.normalize():f}%"
    if unit == "ratio":
        return f"{float(printed):.3f}"
    return f"{float(printed):,.2f}".rstrip("0").rstrip(".")


def rounding_changes_verdict(
    value: Fraction,
    unit: str,
    comparison: str,
    threshold: Fraction,
    upper: Fraction | None = None,
) -> bool:
    """Tell whether the printed value would be judged differently from the exact one (临界)."""
    printed_verdict = holds(rounded(value, unit), comparison, threshold, upper)
    return holds(value, comparison, threshold, upper) != printed_verdict
