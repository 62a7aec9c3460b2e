from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.kernel.quantities import exact, holds, rounded, rounding_changes_verdict, shown

SHARES = st.fractions(0, 1, max_denominator=5000)
COMPARISONS = ("at_least", "at_most", "more_than", "less_than", "equal")


def test_a_number_is_taken_as_it_is_written() -> None:
    assert exact(0.1) + exact(0.2) == Fraction(3, 10)
    assert exact("1.01") == Fraction(101, 100)
    assert exact(3) == 3
    assert exact(Fraction(1, 3)) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [
        ("at_least", False, True, True),
        ("title", False, True, True),
        ("start", False, True, True),
        ("at_most", True, True, False),
        ("avoid", True, True, False),
        ("more_than", False, False, True),
        ("less_than", True, False, False),
        ("equal", False, True, False),
    ],
)
def test_only_the_words_that_include_the_number_hold_at_it(
    comparison: str, below: bool, equal: bool, above: bool
) -> None:
    threshold, hair = Fraction(1, 2), Fraction(1, 10**12)

    verdicts = [holds(threshold + step, comparison, threshold) for step in (-hair, 0, hair)]

    assert verdicts == [below, equal, above]


def test_a_range_includes_both_ends_and_may_be_open() -> None:
    ends = Fraction(4), Fraction(6)

    assert [holds(Fraction(n), "range", *ends) for n in (3, 4, 6, 7)] == [False, True, True, False]
    assert holds(Fraction(7), "range", Fraction(4), None)


@pytest.mark.parametrize("comparison", ["qualitative", "about"])
def test_what_is_no_comparison_of_numbers_has_no_verdict(comparison: str) -> None:
    assert holds(Fraction(1), comparison, Fraction(1)) is None


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(13, 29), "share", "44.8%"),
        (Fraction(1, 2000), "share", "0.1%"),
        (Fraction(0), "share", "0%"),
        (Fraction(1), "share", "100%"),
        (Fraction(19, 20), "share", "95%"),
        (Fraction(10103, 10000), "ratio", "1.010"),
        (Fraction(1), "ratio", "1.000"),
        (Fraction(1234), "schools", "1,234"),
        (Fraction("0.65"), "coefficient", "0.65"),
        (Fraction("4.5"), "m2_per_pupil", "4.5"),
        (Fraction("1270.5"), "yuan", "1,270.5"),
        (None, "share", "—"),
    ],
)
def test_values_are_shown_as_people_read_them(value: Fraction | None, unit: str, text: str) -> None:
    assert shown(value, unit) == text


def test_half_is_rounded_up() -> None:
    assert shown(Fraction("0.4445"), "share") == "44.5%"
    assert shown(Fraction("1.0095"), "ratio") == "1.010"


@given(SHARES)
def test_a_share_is_printed_within_half_a_step(value: Fraction) -> None:
    assert abs(rounded(value, "share") - value) <= Fraction(1, 2000)


@given(SHARES)
def test_rounding_twice_is_rounding_once(value: Fraction) -> None:
    once = rounded(value, "share")

    assert rounded(once, "share") == once


def test_a_ratio_just_over_the_limit_is_printed_as_the_limit_and_marked_borderline() -> None:
    ratio, limit = Fraction("1.0103"), Fraction("1.01")

    assert shown(ratio, "ratio") == "1.010"
    assert holds(ratio, "at_most", limit) is False
    assert rounding_changes_verdict(ratio, "ratio", "at_most", limit)


def test_19_of_20_meets_95_percent_without_being_borderline() -> None:
    share, limit = Fraction(19, 20), exact(0.95)

    assert holds(share, "at_least", limit)
    assert not rounding_changes_verdict(share, "share", "at_least", limit)


@given(SHARES, st.sampled_from(COMPARISONS), st.integers(0, 1000))
def test_borderline_is_exactly_a_verdict_that_printing_would_turn(
    value: Fraction, comparison: str, thousandths: int
) -> None:
    threshold = Fraction(thousandths, 1000)
    printed = rounded(value, "share")
    differs = holds(printed, comparison, threshold) != holds(value, comparison, threshold)

    assert rounding_changes_verdict(value, "share", comparison, threshold) == differs
