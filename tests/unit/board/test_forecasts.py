"""Forecasts of dated promises: within their range, and blind to what became known later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from gengdu.analytics.run import Moment
from gengdu.analytics.standing import Standing, Word
from gengdu.board import forecast_views, forecasts, queries
from gengdu.board.forecasts import Forecast
from gengdu.chapters.workforce.models import DegreeStudy
from gengdu.policy import facts
from gengdu.registers.staff.models import Degree, Staff, StaffRecord
from tests.world import ON, entry, known

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
def test_the_standing_of_a_promise_expects_what_its_forecast_does() -> None:
    projected = {
        status.promise.name: status.standing.projection
        for status in queries.statuses(Moment(ON)) if status.standing.projection is not None
    }  # fmt: skip

    found = by_name()

    assert projected
    for name, projection in projected.items():
        one = found[name]
        assert (projection.value, projection.low, projection.high) == (
            one.expected, one.low, one.high,
        ), name  # fmt: skip


@pytest.mark.usefixtures("district", "db", "one_year")
def test_a_degree_under_way_counts_in_what_a_promise_is_expected_to_come_to() -> None:
    def standing() -> Standing:
        [found] = [one for one in facts.plan().promises if one.name == DEGREES]
        return queries.status(found, Moment(ON)).standing

    before = standing()
    entry(
        DegreeStudy, date(2024, 9, 1), staff_id=without_degree(), level=3,
        expected_on=date(2026, 7, 1),
    )  # fmt: skip

    after = standing()

    assert before.word == after.word == Word.AT_RISK
    assert before.projection is not None
    assert after.projection is not None
    assert after.projection.value == before.projection.value + Fraction(1, 4)


@pytest.mark.usefixtures("district")
def test_no_interval_is_judged_where_none_is_shown() -> None:
    half, third = Fraction(1, 2), Fraction(1, 3)
    point = forecasts.Test(ON, ON, half, half, half, half, half, third)
    spread = replace(point, low=third)

    assert forecast_views._test(point, "share")["low"] == ""
    assert forecast_views._test(point, "share")["is_within"] is None
    assert forecast_views._test(spread, "share")["is_within"] is True


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
