from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.kernel.school_years import SchoolYear, term_containing

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "begins_in"),
    [
        pytest.param(date(2026, 8, 31), 2025, id="last day"),
        pytest.param(date(2026, 9, 1), 2026, id="first day"),
        pytest.param(date(2026, 12, 31), 2026, id="before new year"),
        pytest.param(date(2027, 1, 1), 2026, id="after new year"),
    ],
)
def test_the_school_year_turns_on_1_september(day: date, begins_in: int) -> None:
    assert SchoolYear.containing(day) == SchoolYear(begins_in)


@pytest.mark.parametrize(
    ("day", "starts_on", "ends_on"),
    [
        pytest.param(date(2025, 9, 1), date(2025, 9, 1), date(2026, 3, 1), id="autumn begins"),
        pytest.param(date(2024, 2, 29), date(2023, 9, 1), date(2024, 3, 1), id="leap day"),
        pytest.param(date(2026, 3, 1), date(2026, 3, 1), date(2026, 9, 1), id="spring begins"),
        pytest.param(date(2026, 8, 31), date(2026, 3, 1), date(2026, 9, 1), id="summer holiday"),
    ],
)
def test_a_term_runs_from_september_or_from_march(
    day: date, starts_on: date, ends_on: date
) -> None:
    term = term_containing(day)

    assert (term.starts_on, term.ends_on) == (starts_on, ends_on)


@given(DAYS)
def test_every_day_lies_in_its_own_school_year_and_term(day: date) -> None:
    year, term = SchoolYear.containing(day), term_containing(day)

    assert year.starts_on <= day < year.ends_on
    assert term.contains(day)
    assert year.starts_on <= term.starts_on
    assert term.ends_on is not None
    assert term.ends_on <= year.ends_on


@given(DAYS)
def test_terms_and_years_follow_each_other_without_a_gap(day: date) -> None:
    term, year = term_containing(day), SchoolYear.containing(day)
    assert term.ends_on is not None

    assert term_containing(term.ends_on).starts_on == term.ends_on
    assert term_containing(term.ends_on - timedelta(1)) == term
    assert SchoolYear.containing(year.ends_on).begins_in == year.begins_in + 1


def test_a_school_year_is_named_by_both_calendar_years() -> None:
    assert SchoolYear(2025).label_zh == "2025—2026学年"
