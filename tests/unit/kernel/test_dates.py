from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.kernel.dates import NotADate, parse_date, years_before, years_between

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2025-13-01", id="no such month"),
        pytest.param("2023-02-29", id="no such day"),
        pytest.param("2025-1-1", id="without zeros"),
        pytest.param("20250101", id="without hyphens"),
        pytest.param("2025/01/01", id="slashes"),
        pytest.param("2025-W01-1", id="week date"),
        pytest.param("2025-01-01 00:00", id="with a time"),
        pytest.param("２０２５-01-01", id="full-width digits"),  # noqa: RUF001
        pytest.param("昨天", id="words"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_date_is_refused_with_the_text_and_an_example(text: str) -> None:
    with pytest.raises(NotADate) as refused:
        parse_date(text)

    assert f"“{text}”" in str(refused.value)
    assert "2025-12-31" in str(refused.value)


@given(DAYS)
def test_every_day_is_read_back_as_written(day: date) -> None:
    assert parse_date(f" {day.isoformat()} ") == day


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        pytest.param(date(2026, 12, 31), 46, date(1980, 12, 31), id="plain"),
        pytest.param(date(2024, 2, 29), 1, date(2023, 2, 28), id="leap day to a common year"),
        pytest.param(date(2024, 2, 29), 4, date(2020, 2, 29), id="leap day to a leap year"),
        pytest.param(date(2025, 2, 28), 1, date(2024, 2, 28), id="28 February stays"),
        pytest.param(date(2025, 6, 1), 0, date(2025, 6, 1), id="no years"),
    ],
)
def test_years_before_keeps_month_and_day(day: date, years: int, expected: date) -> None:
    assert years_before(day, years) == expected


@given(DAYS, st.integers(0, 50))
def test_years_before_is_never_later_and_moves_the_year_alone(day: date, years: int) -> None:
    earlier = years_before(day, years)

    assert earlier.year == day.year - years
    assert earlier.month == day.month
    assert day.day - earlier.day in (0, 1)


def test_a_year_is_365_days_and_a_quarter() -> None:
    assert years_between(date(2020, 1, 1), date(2024, 1, 1)) == 4.0
