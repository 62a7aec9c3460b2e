"""How promises stand over the small world, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from gengdu.analytics import cards, standing
from gengdu.analytics.run import Moment
from gengdu.analytics.standing import Word
from gengdu.board import presentation, queries
from gengdu.board.queries import Point, Status
from gengdu.policy import facts
from tests import world
from tests.world import ON, World

pytestmark = pytest.mark.xdist_group("board")


@pytest.fixture(scope="module")
def found(district: World) -> dict[str, Status]:
    """How every promise stands on the last day of 2025, by name."""
    return {status.promise.name: status for status in queries.statuses(Moment(ON))}


# Promise → (counted, of how many, not reported), how it stands, and how many rows are missing.
BY_HAND = {
    "school_plans.school_plan_share": ((2, 3, 0), Word.LATE, 1),
    "campus_titles.green_share": ((3, 3, 0), Word.MET, 0),
    "campus_titles.reading_district_share": ((1, 3, 0), Word.LATE, 2),
    "campus_titles.reading_higher": ((1, 3, 0), Word.MET, 0),
    "campus_titles.civility_province": ((0, 3, 0), Word.STRIVING, 1),
    "family_education.station_share": ((0, 4, 0), Word.SHORT, 4),
    "township_pilots.rollout_share": ((0, 2, 0), Word.AT_RISK, 2),
    "school_partnerships.paired_share": ((1, 3, 0), Word.LATE, 2),
    "digital_campus.school_gigabit_share": ((1, 3, 1), Word.LATE, 2),
    "digital_campus.class_hundred_share": ((1, 3, 2), Word.UNKNOWN, 2),
    "digital_campus.recording_share": ((1, 3, 1), Word.LATE, 2),
    "principals.young_leader_share": ((2, 3, 0), Word.MET, 0),
    "teacher_development.rural_bachelor_share": ((2, 4, 1), Word.AT_RISK, 2),
    "teacher_welfare.medical_check_share": ((0, 5, 0), Word.LATE, 5),
    "curriculum.distinctive_share": ((0, 2, 0), Word.LATE, 2),
    "vulnerable_children.resource_centre_share": ((0, 2, 0), Word.LATE, 2),
    "vulnerable_children.aid_share": ((2, 3, 0), Word.AT_RISK, 1),
    "task_ledger.special_work_plan": ((1, 1, 0), Word.MET, 0),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_promise_stands_as_counted_by_hand(found: dict[str, Status], name: str) -> None:
    status = found[name]
    assert status.result is not None
    (counts,) = status.result.district.values()

    counted, word, missing = BY_HAND[name]

    assert (counts.counted, counts.rows, counts.unreported) == counted
    assert (status.standing.word, status.missing) == (word, missing)


def test_city_and_country_are_compared_without_rounding(found: dict[str, Status]) -> None:
    """City 1 of 1, country 2 of 4 and one degree not on record: the ratio is exactly 2."""
    status = found["goals.degree_ratio"]

    assert status.value == Fraction(2)
    assert status.missing == 2


def test_every_promise_is_there_in_the_order_of_the_plan(found: dict[str, Status]) -> None:
    assert list(found) == [promise.name for promise in facts.plan().promises]


def test_the_words_add_up_to_the_promises(found: dict[str, Status]) -> None:
    counted = queries.count_words(found.values())

    assert set(counted) == set(Word)
    assert sum(counted.values()) == len(facts.plan().promises)


def test_only_promises_without_a_number_are_qualitative(found: dict[str, Status]) -> None:
    for status in found.values():
        is_qualitative = status.standing.word == Word.QUALITATIVE
        assert is_qualitative == (status.promise.compare == "qualitative"), status.promise.name


def test_what_is_unknown_names_what_is_missing(found: dict[str, Status]) -> None:
    for status in found.values():
        if status.standing.word == Word.UNKNOWN:
            assert presentation.shortfall(status), status.promise.name


def test_nothing_lost_is_said_of_what_was_never_kept(found: dict[str, Status]) -> None:
    lost = {name for name, status in found.items() if status.standing.was_lost}

    assert lost == set()


def test_a_title_that_expires_is_lost_and_says_so(district: World) -> None:
    """The kindergarten's title ended on 1 September 2025; nobody else but Li's school had one."""
    green = facts.fact("campus_titles.reading_district_share")
    before, after = (
        queries.status(green, Moment(day)).result.district["all"].counted  # type: ignore[union-attr]
        for day in (date(2025, 8, 31), date(2025, 9, 1))
    )

    assert (before, after) == (2, 1)


PLANS = "school_plans.school_plan_share"


def plans_counted(on: date, known: date | None = None) -> int:
    status = queries.status(facts.fact(PLANS), Moment(on, known))
    assert status.result is not None
    return status.result.district["all"].counted


def test_on_alone_counts_a_later_approval_that_holds_from_before(district: World) -> None:
    assert plans_counted(world.LATE_PLAN_HOLDS_FROM - timedelta(1)) == 1
    assert plans_counted(world.LATE_PLAN_HOLDS_FROM) == 2


def test_known_hides_what_was_approved_later(district: World) -> None:
    on = date(2025, 3, 31)

    assert plans_counted(on, known=world.LATE_PLAN_KNOWN_ON - timedelta(1)) == 1
    assert plans_counted(on, known=world.LATE_PLAN_KNOWN_ON) == 2


def test_what_is_only_handed_in_never_counts(district: World) -> None:
    """The kindergarten's plan waits for approval since 2024."""
    assert plans_counted(date(2100, 1, 1)) == 2


def trend(promise: str, on: date) -> list[Point]:
    target = standing.target_on(facts.fact(promise), on)
    return queries.trend(cards.by_promise()[promise], Moment(on), target)


def test_the_trend_of_a_yearly_promise_stands_at_the_ends_of_earlier_years(district: World) -> None:
    points = trend("teacher_welfare.medical_check_share", date(2025, 5, 1))

    year_ends = [date(year, 12, 31) for year in range(2020, 2025)]
    assert [point.on for point in points] == [*year_ends, date(2025, 5, 1)]


def test_the_trend_of_other_promises_stands_on_the_same_day_of_earlier_years(
    district: World,
) -> None:
    points = trend("campus_titles.green_share", ON)

    assert [point.on.year for point in points] == list(range(2020, 2026))
    assert [point.value for point in points][-3:] == [0, 1, 1]


def test_the_trend_of_what_was_due_stands_on_the_due_day_too(district: World) -> None:
    points = trend("school_plans.school_plan_share", date(2025, 6, 1))

    assert date(2023, 12, 31) in [point.on for point in points]
    assert [point.on for point in points] == sorted(point.on for point in points)


def test_data_for_programs_agrees_with_the_status(found: dict[str, Status]) -> None:
    told = presentation.as_data(found["campus_titles.reading_district_share"])

    assert told["value"] == pytest.approx(1 / 3)
    assert (told["standing"], told["missing"], told["asked"]) == ("late", 2, 1.0)
    assert told["parts"] == {"all": {"counted": 1, "rows": 3, "unreported": 0}}
    assert (told["due_on"], told["on"], told["known"]) == ("2025-12-31", "2025-12-31", None)


def test_a_gap_opens_into_its_rows_only_where_they_are_all_that_is_left(
    found: dict[str, Status],
) -> None:
    assert found["school_plans.school_plan_share"].gap_is_rest
    assert not found["campus_titles.civility_province"].gap_is_rest
    assert not found["school_siting.blanket_closing"].gap_is_rest
