"""Forecasts of dated promises: within their range, and blind to what became known later."""

from __future__ import annotations

from datetime import date

import pytest

from gengdu.analytics.run import Moment
from gengdu.board import forecasts
from gengdu.board.forecasts import Forecast
from gengdu.registers.staff.models import Degree, Staff, StaffRecord
from tests.world import ON, known

pytestmark = [
    pytest.mark.xdist_group("board"), pytest.mark.django_db(databases=["default", "trail"]),
]  # fmt: skip
DEGREES = "teacher_development.rural_bachelor_share"


def by_name(on: date = ON) -> dict[str, Forecast]:
    return {one.promise.name: one for one in forecasts.every(Moment(on))}


@pytest.fixture
def one_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look back one year only, which is enough where a single record is at stake."""
    monkeypatch.setattr(forecasts, "ORIGINS", 1)


def without_degree() -> int:
    """Return the teacher of a rural school who has no degree of the level asked for: 周静."""
    return Staff.objects.get(staff_code="S02").pk


@pytest.mark.usefixtures("district")
def test_every_forecast_lies_within_its_range_and_falls_due_later() -> None:
    found = by_name()

    assert found
    for name, one in found.items():
        assert one.target.due_on is not None, name
        assert one.target.due_on > ON, name
        assert one.low <= one.expected <= one.high, name
        for test in one.tests:
            assert test.origin < test.on <= ON, name
            if test.expected is not None and test.low is not None and test.high is not None:
                assert test.low <= test.expected <= test.high, name


@pytest.mark.usefixtures("district")
def test_nothing_falls_due_after_the_last_day_of_the_plan() -> None:
    assert forecasts.every(Moment(date(2036, 1, 1))) == []


@pytest.mark.usefixtures("district", "db", "one_year")
def test_a_degree_that_became_known_later_does_not_help_an_earlier_forecast() -> None:
    before = by_name()[DEGREES]
    Degree.objects.create(
        staff_id=without_degree(), level=3, obtained_on=date(2024, 7, 1),
        recorded_at=known(date(2025, 6, 1)),
    )  # fmt: skip

    after = by_name()[DEGREES]

    assert after.now > before.now
    assert after.tests[0].foreseen == before.tests[0].foreseen
    assert after.tests[0].actual > before.tests[0].actual


@pytest.mark.usefixtures("district", "db", "one_year")
def test_who_retires_before_the_due_day_no_longer_counts_on_it() -> None:
    before = by_name()[DEGREES]
    StaffRecord.objects.filter(staff_id=without_degree()).update(birth_date=date(1966, 6, 1))

    after = by_name()[DEGREES]

    assert before.now == after.now
    assert after.foreseen > before.foreseen
