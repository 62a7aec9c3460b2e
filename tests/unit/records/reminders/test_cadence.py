"""When something is told: before it is due, while it is overdue, and never on a day off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.policy.working_days import is_working_day, working_day_on_or_after
from gengdu.records.reminders.cadence import Cadence

DUE = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        ("2025-11-28", None),  # Friday, speaks for the weekend: 31 days are left on Sunday
        ("2025-12-01", "30"),
        ("2025-12-22", "30"),
        ("2025-12-24", "7"),
        ("2025-12-29", "7"),
        ("2025-12-30", "1"),
        ("2025-12-31", "1"),
        ("2026-01-04", "+0"),  # worked instead of 2 January
        ("2026-01-07", "+0"),
        ("2026-01-08", "+1"),
    ],
)
def test_the_stage_changes_thirty_seven_and_one_days_before_and_weekly_after(
    on: str, stage: str | None
) -> None:
    assert Cadence.of(date.fromisoformat(on)).stage(DUE) == stage


def test_what_is_due_in_a_long_holiday_is_told_on_the_last_working_day_before() -> None:
    before_the_holiday = Cadence.of(date(2025, 9, 30))

    assert before_the_holiday.through == date(2025, 10, 8)
    assert before_the_holiday.stage(date(2025, 10, 6)) == "1"
    assert Cadence.of(date(2025, 9, 29)).stage(date(2025, 10, 6)) == "7"


def test_what_became_overdue_in_a_long_holiday_is_told_on_the_first_working_day_after() -> None:
    assert Cadence.of(date(2025, 10, 9)).stage(date(2025, 10, 2)) == "+0"


@given(st.dates(date(2021, 1, 1), date(2026, 11, 30)))
def test_every_due_day_is_told_on_a_working_day_before_it_or_on_it(due: date) -> None:
    """Somebody who reads every working day is told all three times, in this order."""
    first = due - timedelta(days=45)
    mornings = [first + timedelta(days=number) for number in range(46)]

    told = [Cadence.of(day).stage(due) for day in mornings if is_working_day(day)]
    in_order = list(dict.fromkeys(stage for stage in told if stage is not None))

    assert [stage for stage in in_order if stage != "1"] == [
        stage for stage in ("30", "7") if stage in in_order
    ]
    assert in_order[-1] == "1"


@given(st.dates(date(2021, 1, 1), date(2026, 11, 30)), st.integers(0, 100))
def test_what_is_out_of_reach_has_no_stage_and_what_is_within_has_one(on: date, far: int) -> None:
    cadence = Cadence.of(working_day_on_or_after(on))
    due = cadence.on + timedelta(days=far)

    assert (cadence.stage(due) is not None) == (due <= cadence.reaches)
