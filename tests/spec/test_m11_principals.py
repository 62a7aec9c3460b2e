"""Measure 11: heads and deputies of rural schools, and what is promised of them."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, NEXT_DAY, event_cases, register_cases, report_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES

HEADS = """
    staff_id | birth_date
    1        | 1980-12-31
    2        | 1981-01-01
    3        | 1990-05-05
"""
TERMS = """
    staff_id | school_id | role   | starts_on  | full_term_ends_on | ends_on
    1        | 11        | head   | 2024-09-01 | 2027-09-01        |
    2        | 11        | deputy | 2024-09-01 | 2027-09-01        | 2027-01-01
    3        | 21        | head   | 2024-09-01 | 2027-09-01        |
"""
LEADER = row(staff_id=1, birth_date="1990-05-05")


def test_a_leader_who_turns_46_that_day_is_not_counted(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, staff_records=HEADS, leadership_terms=TERMS)

    share = district.counts("young_leader_share", "2026-12-31")

    assert share == (1, 2)


def test_a_leader_who_turns_46_tomorrow_is_counted(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, staff_records=HEADS, leadership_terms=TERMS)

    share = district.counts("young_leader_share", "2026-12-30")

    assert share == (2, 2)


def test_a_term_that_ends_that_day_is_over(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, staff_records=HEADS, leadership_terms=TERMS)

    share = district.counts("young_leader_share", "2027-01-01")

    assert share == (0, 1)


@pytest.mark.parametrize(
    ("on", "counted"), [("2026-02-28", 1), ("2026-03-01", 0), ("2024-02-29", 1)]
)
def test_a_leader_born_on_29_february_turns_46_after_28_february(world, on, counted) -> None:
    born, term = (
        row(staff_id=1, birth_date="1980-02-29"),
        row(staff_id=1, school_id=12, role="head"),
    )
    district = world(**SCHOOLS_AND_PLACES, staff_records=born, leadership_terms=term)

    share = district.counts("young_leader_share", on)

    assert share == (counted, 1)


@pytest.mark.parametrize(("school_id", "leaders"), [(12, 1), (13, 1), (21, 0)])
def test_kindergartens_are_rural_schools_and_the_street_is_not(world, school_id, leaders) -> None:
    term = row(staff_id=1, school_id=school_id, role="deputy")
    district = world(**SCHOOLS_AND_PLACES, staff_records=LEADER, leadership_terms=term)

    share = district.counts("young_leader_share", DAY)

    assert share == (leaders, leaders)


@register_cases
def test_a_leader_counts_while_in_office(world, change, known, counts) -> None:
    term = row(staff_id=1, school_id=12, role="head", **change)
    district = world(**SCHOOLS_AND_PLACES, staff_records=LEADER, leadership_terms=term)

    share = district.counts("young_leader_share", DAY, known)

    assert share == (counts, counts)


# Two terms of three years at rural school 12, then the leader is in the street, at school 21.
FIRST = {"starts_on": "2018-09-01", "full_term_ends_on": "2021-09-01", "ends_on": "2021-09-01"}
SECOND = {"starts_on": "2021-09-01", "full_term_ends_on": "2024-09-01", "ends_on": "2024-09-01"}
THIRD = {"starts_on": "2024-09-01", "full_term_ends_on": "2027-09-01", "ends_on": ""}


def office(*terms: dict[str, object], now_at: int = 21, before_at: int = 12) -> dict[str, str]:
    """Return a world in which leader 1 served these terms at one school and leads another now."""
    person = {"staff_id": 1, "role": "head"}
    served = [{**person, "school_id": before_at, **term} for term in terms]
    drawn = rows(*served, {**person, "school_id": now_at, **THIRD})
    return SCHOOLS_AND_PLACES | {"staff_records": LEADER, "leadership_terms": drawn}


@pytest.mark.parametrize(
    ("now_at", "counted"),
    [
        pytest.param(21, 1, id="in the street"),
        pytest.param(12, 0, id="at the same school"),
        pytest.param(11, 0, id="at another rural school"),
    ],
)
def test_after_two_full_terms_only_the_other_side_is_an_exchange(world, now_at, counted) -> None:
    district = world(**office(FIRST, SECOND, now_at=now_at))

    share = district.counts("two_term_exchange_share", DAY)

    assert share == (counted, 1)


def test_from_the_street_to_a_rural_school_is_an_exchange_as_well(world) -> None:
    district = world(**office(FIRST, SECOND, before_at=21, now_at=15))

    share = district.counts("two_term_exchange_share", DAY)

    assert share == (1, 1)


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        pytest.param({}, 1, id="served in full"),
        pytest.param({"ends_on": "2024-08-31"}, 0, id="broken off a day early"),
        pytest.param({"ends_on": "2024-09-02"}, 1, id="left a day late"),
        pytest.param({"starts_on": "2021-09-02"}, 0, id="began after a day's break"),
        pytest.param({"school_id": 11}, 0, id="at another school"),
        pytest.param({"role": "deputy"}, 1, id="as deputy"),
        pytest.param({"superseded_at": "2025-10-10 00:00:00"}, 0, id="entered by mistake"),
    ],
)
def test_two_full_terms_without_a_break_at_one_school_ask_for_exchange(
    world, second, asked
) -> None:
    district = world(**office(FIRST, SECOND | second, now_at=15))

    share = district.counts("two_term_exchange_share", DAY)

    assert share == (0, asked)


def test_two_full_terms_with_one_broken_off_between_them_do_not_ask(world) -> None:
    early = {"starts_on": "2015-09-01", "full_term_ends_on": "2018-09-01", "ends_on": "2018-09-01"}
    broken = FIRST | {"ends_on": "2021-08-31"}
    district = world(**office(early, broken, SECOND, now_at=12))

    share = district.counts("two_term_exchange_share", DAY)

    assert share == (0, 0)


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        pytest.param("2027-08-31", 0, id="the day before the second term is full"),
        pytest.param("2027-09-01", 1, id="the day the second term is full"),
    ],
)
def test_a_leader_still_in_the_second_term_is_not_asked_yet(world, on, asked) -> None:
    district = world(**office(SECOND, now_at=12))

    share = district.counts("two_term_exchange_share", on)

    assert share == (0, asked)


@pytest.mark.parametrize(("school_id", "asked"), [(11, 1), (13, 0)])
def test_exchange_is_asked_of_compulsory_schools_and_not_of_kindergartens(
    world, school_id, asked
) -> None:
    district = world(**office(FIRST, SECOND, before_at=school_id, now_at=15))

    share = district.counts("two_term_exchange_share", DAY)

    assert share == (0, asked)


def test_a_leader_who_left_office_is_asked_no_more(world) -> None:
    served = [{"staff_id": 1, "role": "head", "school_id": 12, **term} for term in (FIRST, SECOND)]
    terms = rows(*served)
    district = world(**SCHOOLS_AND_PLACES, staff_records=LEADER, leadership_terms=terms)

    share = district.counts("two_term_exchange_share", DAY)

    assert share == (0, 0)


def test_two_terms_served_after_an_exchange_ask_for_the_next_one(world) -> None:
    early = {"starts_on": "2012-09-01", "full_term_ends_on": "2015-09-01", "ends_on": "2015-09-01"}
    later = {"starts_on": "2015-09-01", "full_term_ends_on": "2018-09-01", "ends_on": "2018-09-01"}
    in_the_street = [{**term, "school_id": 21} for term in (early, later)]
    district = world(**office(*in_the_street, FIRST, SECOND, now_at=12))

    share = district.counts("two_term_exchange_share", DAY)

    assert share == (0, 1)


def appointed(first_day: str, trained_on: str = "", **change: object) -> dict[str, str]:
    """Return a world in which leader 1 became head of school 12 on a day."""
    term = row(staff_id=1, school_id=12, role="head", starts_on=first_day)
    training = row(staff_id=1, held_on=trained_on, **change) if trained_on else ""
    drawn = {"staff_records": LEADER, "leadership_terms": term, "preservice_trainings": training}
    return SCHOOLS_AND_PLACES | drawn


@pytest.mark.parametrize(
    ("trained_on", "counted"),
    [
        pytest.param("2025-09-01", 1, id="on the first day of office"),
        pytest.param("2025-09-02", 0, id="the day after"),
        pytest.param("", 0, id="never"),
    ],
)
def test_a_new_head_is_trained_by_the_first_day_of_office(world, trained_on, counted) -> None:
    district = world(**appointed("2025-09-01", trained_on))

    share = district.counts("new_heads_trained_share", DAY)

    assert share == (counted, 1)


@event_cases
def test_only_an_approved_training_counts(world, change, known, counts) -> None:
    district = world(**appointed("2025-09-01", "2025-08-20", **change))

    share = district.counts("new_heads_trained_share", DAY, known)

    assert share == (counts, 1)


def test_a_training_repeated_in_office_does_not_hide_the_one_before(world) -> None:
    trainings = rows(
        {"staff_id": 1, "held_on": "2025-10-10"}, {"staff_id": 1, "held_on": "2025-08-20"}
    )
    district = world(**appointed("2025-09-01") | {"preservice_trainings": trainings})

    share = district.counts("new_heads_trained_share", DAY)

    assert share == (1, 1)


@pytest.mark.parametrize(
    ("first_day", "asked"),
    [
        pytest.param("2025-01-01", 1, id="the first day of the year"),
        pytest.param("2024-12-31", 0, id="the day before"),
        pytest.param(DAY, 1, id="that day"),
        pytest.param(NEXT_DAY, 0, id="the next day"),
    ],
)
def test_heads_who_are_new_this_year_are_asked_for(world, first_day, asked) -> None:
    district = world(**appointed(first_day))

    share = district.counts("new_heads_trained_share", DAY)

    assert share == (0, asked)


@pytest.mark.parametrize(
    ("earlier", "asked"),
    [
        pytest.param({"school_id": 12, "role": "deputy"}, 1, id="deputy before"),
        pytest.param({"school_id": 15, "role": "head"}, 0, id="head elsewhere before"),
    ],
)
def test_a_head_for_the_first_time_is_new(world, earlier, asked) -> None:
    now = {"staff_id": 1, "school_id": 12, "role": "head", "starts_on": "2025-09-01"}
    before = {"staff_id": 1, "starts_on": "2020-09-01", "ends_on": "2025-09-01", **earlier}
    terms = rows(now, before)
    district = world(**SCHOOLS_AND_PLACES, staff_records=LEADER, leadership_terms=terms)

    share = district.counts("new_heads_trained_share", DAY)

    assert share == (0, asked)


@pytest.mark.parametrize("school_id", [12, 13, 21])
def test_new_heads_of_every_school_are_asked_for(world, school_id) -> None:
    term = row(staff_id=1, school_id=school_id, role="head", starts_on="2025-09-01")
    district = world(**SCHOOLS_AND_PLACES, staff_records=LEADER, leadership_terms=term)

    share = district.counts("new_heads_trained_share", DAY)

    assert share == (0, 1)


def test_a_new_head_is_asked_for_although_the_school_closed_since(world) -> None:
    profile = row(school_id=12, category="primary", village_id=102, in_plan="yes", ends_on=DAY)
    district = world(**appointed("2025-03-01") | {"school_profiles": profile})

    share = district.counts("new_heads_trained_share", DAY)

    assert share == (0, 1)


@report_cases
def test_a_new_head_is_asked_for_as_far_as_known(world, change, known, counts) -> None:
    term = row(staff_id=1, school_id=12, role="head", starts_on="2025-09-01", **change)
    district = world(**SCHOOLS_AND_PLACES, staff_records=LEADER, leadership_terms=term)

    share = district.counts("new_heads_trained_share", DAY, known)

    assert share == (0, counts)
