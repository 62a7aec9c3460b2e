"""The goals: mechanisms, satisfaction, the ratio of degrees, and two national recognitions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from gengdu.analytics import standing
from gengdu.kernel import quantities
from gengdu.policy import facts, lists
from tests.spec.cases import DAY, NEXT_DAY, entry_cases, event_cases, on_days, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES

Teachers = tuple[int, int]
STREET, RURAL = 21, 11


def teachers(city: Teachers, rural: Teachers) -> dict[str, str]:
    """Return a world with teachers in the street and in the towns, as (bachelors, all of them)."""
    posts, degrees = [], []
    for school_id, (bachelors, everybody) in ((STREET, city), (RURAL, rural)):
        for number in range(everybody):
            staff_id = len(posts) + 1
            level = 3 if number < bachelors else 2
            posts.append({"staff_id": staff_id, "school_id": school_id, "kind": "teacher"})
            degrees.append({"staff_id": staff_id, "level": level, "obtained_on": "2010-07-01"})
    return SCHOOLS_AND_PLACES | {"posts": rows(*posts), "degrees": rows(*degrees)}


@pytest.mark.parametrize(
    ("city", "rural", "ratio", "is_met"),
    [
        pytest.param((520, 560), (268, 290), "1.004797", True, id="met"),
        pytest.param((931, 950), (97, 100), "1.010309", False, id="prints 1.01 and is not met"),
        pytest.param((480, 500), (190, 200), "1.010526", False, id="met at 1.05 only"),
        pytest.param((470, 500), (200, 200), "0.940000", True, id="below 1"),
    ],
)
def test_the_check_values_of_the_degree_ratio(world, city, rural, ratio, is_met) -> None:
    result = world(**teachers(city, rural)).result("degree_ratio", DAY)

    target = standing.target_on(facts.fact("goals.degree_ratio"), result.moment.on)

    assert f"{float(result.value):.6f}" == ratio
    assert target.is_met_by(result.value) is is_met


def test_a_ratio_of_exactly_1_01_is_met(world) -> None:
    result = world(**teachers((101, 101), (100, 101))).result("degree_ratio", DAY)

    target = standing.target_on(facts.fact("goals.degree_ratio"), result.moment.on)

    assert result.value == Fraction("1.01")
    assert target.is_met_by(result.value)


def test_a_ratio_above_1_01_may_still_meet_the_provincial_limit(world) -> None:
    value = world(**teachers((480, 500), (190, 200))).value("degree_ratio", DAY)

    limit = facts.value("degrees.provincial_ratio", on=date(2025, 12, 31))

    assert quantities.holds(value, "at_most", limit)


@pytest.mark.parametrize(
    ("city", "rural"), [((9, 10), (0, 10)), ((9, 10), (0, 0)), ((0, 0), (9, 10))]
)
def test_without_a_share_on_one_side_there_is_no_ratio(world, city, rural) -> None:
    district = world(**teachers(city, rural))

    value = district.value("degree_ratio", DAY)

    assert value is None


def parts(result) -> dict[str, tuple[int, int, int]]:
    """Return (counted, unreported, rows) of city and country."""
    found = result.district.items()
    return {part: (counts.counted, counts.unreported, counts.rows) for part, counts in found}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param({}, {"rural": (1, 0, 1)}, id="primary school of a town"),
        pytest.param({"school_id": 14}, {"rural": (1, 0, 1)}, id="junior school of a town"),
        pytest.param({"school_id": 22}, {"city": (1, 0, 1)}, id="junior school of the street"),
        pytest.param({"school_id": 13}, {}, id="kindergarten"),
        pytest.param({"stage": "preschool"}, {}, id="kindergarten class of a primary school"),
        pytest.param({"kind": "support"}, {}, id="support staff"),
    ],
)
def test_full_time_teachers_of_the_compulsory_stage_are_compared(world, change, found) -> None:
    post = row(**{"staff_id": 1, "school_id": 11, "kind": "teacher", "stage": "primary"} | change)
    degree = row(staff_id=1, level=3, obtained_on=DAY)
    district = world(**SCHOOLS_AND_PLACES, posts=post, degrees=degree)

    result = district.result("degree_ratio", DAY)

    assert parts(result) == found


@pytest.mark.parametrize(("level", "counted"), [(2, 0), (3, 1), (5, 1)])
def test_the_highest_degree_of_a_teacher_decides(world, level, counted) -> None:
    post = row(staff_id=1, school_id=11, kind="teacher")
    degree = {"staff_id": 1, "obtained_on": "2010-07-01"}
    degrees = rows({**degree, "level": level}, {**degree, "level": 1})
    district = world(**SCHOOLS_AND_PLACES, posts=post, degrees=degrees)

    result = district.result("degree_ratio", DAY)

    assert parts(result) == {"rural": (counted, 0, 1)}


@pytest.mark.parametrize(
    ("change", "known", "found"),
    [
        pytest.param({"obtained_on": DAY}, None, (1, 0, 1), id="obtained that day"),
        pytest.param({"obtained_on": NEXT_DAY}, None, (0, 1, 1), id="obtained the next day"),
        pytest.param({"recorded_at": f"{DAY} 16:00:00"}, DAY, (0, 1, 1), id="recorded later"),
        pytest.param({"superseded_at": f"{DAY} 00:00:00"}, None, (0, 1, 1), id="corrected"),
    ],
)
def test_a_teacher_without_a_known_degree_is_not_reported(world, change, known, found) -> None:
    post = row(staff_id=1, school_id=11, kind="teacher")
    degree = row(**{"staff_id": 1, "level": 3, "obtained_on": "2010-07-01"} | change)
    district = world(**SCHOOLS_AND_PLACES, posts=post, degrees=degree)

    result = district.result("degree_ratio", DAY, known)

    assert parts(result) == {"rural": found}


@pytest.mark.parametrize(
    ("on", "side"),
    [
        pytest.param("2025-08-31", "city", id="before the school joined the list"),
        pytest.param("2025-09-01", "rural", id="from the day it joined"),
    ],
)
def test_the_plans_list_of_the_day_says_who_is_rural(world, on, side) -> None:
    school = {"school_id": 21, "category": "primary", "village_id": 104}
    before = {**school, "in_plan": "no", "ends_on": "2025-09-01"}
    profiles = rows(before, {**school, "in_plan": "yes", "starts_on": "2025-09-01"})
    post = row(staff_id=1, school_id=21, kind="teacher")
    district = world(**SCHOOLS_AND_PLACES | {"school_profiles": profiles}, posts=post)

    result = district.result("degree_ratio", on)

    assert parts(result) == {side: (0, 1, 1)}


MECHANISMS = [item["kind"] for item in lists.items("mechanisms")]


@pytest.mark.parametrize("kind", MECHANISMS)
def test_each_mechanism_of_the_list_counts_by_a_document_of_its_kind(world, kind) -> None:
    district = world(plan_documents=row(kind=kind, title="办法"))

    share = district.counts("mechanisms_share", DAY)

    assert share == (1, 6)


def test_all_mechanisms_have_to_be_there(world) -> None:
    documents = rows(*({"kind": kind, "title": "办法"} for kind in MECHANISMS))
    district = world(plan_documents=documents)

    value = district.value("mechanisms_share", DAY)

    assert value == 1


@entry_cases
def test_a_mechanism_counts_while_its_document_is_in_force(world, change, known, counts) -> None:
    district = world(plan_documents=row(kind=MECHANISMS[0], title="办法", **change))

    share = district.counts("mechanisms_share", DAY, known)

    assert share == (counts, 6)


def test_two_documents_of_one_kind_are_one_mechanism_and_others_none(world) -> None:
    same = {"kind": MECHANISMS[0], "title": "办法"}
    documents = rows(same, same, {"kind": "layout_plan", "title": "布局规划"})
    district = world(plan_documents=documents)

    share = district.counts("mechanisms_share", DAY)

    assert share == (1, 6)


SURVEY = {"respondents": 400, "satisfied": 381}


@on_days("2025-01-01", DAY)
def test_a_survey_of_the_year_before_that_day_counts(world, day, counts) -> None:
    district = world(satisfaction_surveys=row(**SURVEY, held_on=day))

    value = district.value("rural_satisfaction_share", DAY)

    assert value == (Fraction(381, 400) if counts else None)


@event_cases
def test_only_an_approved_survey_counts(world, change, known, counts) -> None:
    district = world(satisfaction_surveys=row(**SURVEY, held_on="2025-05-05", **change))

    value = district.value("rural_satisfaction_share", DAY, known)

    assert value == (Fraction(381, 400) if counts else None)


def test_the_newest_survey_alone_counts(world) -> None:
    older = {"respondents": 1000, "satisfied": 100, "held_on": "2025-05-05"}
    district = world(satisfaction_surveys=rows(SURVEY | {"held_on": "2025-11-11"}, older))

    value = district.value("rural_satisfaction_share", DAY)

    assert value == Fraction(381, 400)


def test_a_survey_nobody_answered_is_no_value(world) -> None:
    empty = row(respondents=0, satisfied=0, held_on="2025-05-05")
    district = world(satisfaction_surveys=empty)

    value = district.value("rural_satisfaction_share", DAY)

    assert value is None


RECOGNITION = {
    "quality_balance_recognised": "quality_balance",
    "universal_preschool_recognised": "universal_preschool",
}


@entry_cases
def test_a_recognition_counts_while_approved_and_valid(world, change, known, counts) -> None:
    recognitions = rows(*({"kind": kind, **change} for kind in RECOGNITION.values()))
    district = world(district_recognitions=recognitions)

    found = {name: district.counts(name, DAY, known) for name in RECOGNITION}

    assert found == dict.fromkeys(RECOGNITION, (counts, counts))


@pytest.mark.parametrize("name", RECOGNITION)
def test_one_recognition_is_not_the_other(world, name) -> None:
    other = next(kind for card, kind in RECOGNITION.items() if card != name)
    district = world(district_recognitions=row(kind=other))

    found = district.counts(name, DAY)

    assert found == (0, 0)
