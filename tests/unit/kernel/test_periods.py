from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.kernel.periods import Period

FIRST = date(2024, 1, 1)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    starts_on = FIRST + timedelta(draw(st.integers(0, 40)))
    length = draw(st.none() | st.integers(1, 40))
    return Period(starts_on, None if length is None else starts_on + timedelta(length))


def test_the_first_day_counts_and_the_day_it_ends_on_does_not() -> None:
    january = Period(date(2025, 1, 1), date(2025, 2, 1))

    assert january.contains(date(2025, 1, 1))
    assert january.contains(date(2025, 1, 31))
    assert not january.contains(date(2025, 2, 1))
    assert not january.contains(date(2024, 12, 31))


def test_an_open_period_goes_on() -> None:
    assert Period(FIRST).contains(date(2999, 1, 1))


@pytest.mark.parametrize("ends_on", [date(2024, 1, 1), date(2023, 12, 31)])
def test_a_period_that_does_not_end_after_its_start_is_refused(ends_on: date) -> None:
    with pytest.raises(ValueError, match="not after 2024-01-01"):
        Period(FIRST, ends_on)


def test_periods_that_touch_do_not_overlap() -> None:
    spring, autumn = Period(FIRST, date(2024, 7, 1)), Period(date(2024, 7, 1))

    assert not spring.overlaps(autumn)
    assert not autumn.overlaps(spring)


@given(periods(), periods())
def test_two_periods_overlap_exactly_when_they_share_a_day(one: Period, other: Period) -> None:
    days = [FIRST + timedelta(number) for number in range(100)]
    shared = any(one.contains(day) and other.contains(day) for day in days)

    assert one.overlaps(other) == other.overlaps(one) == shared


@given(periods())
def test_a_period_overlaps_itself(one: Period) -> None:
    assert one.overlaps(one)
