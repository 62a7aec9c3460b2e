"""Two times: what was valid that day as known now, and what was known that day."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, NEXT_DAY, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES


def has_plan(district, on: str = DAY, known: str | None = None) -> bool:
    """Tell whether school 11 has its plan."""
    return district.counts("school_plan_share", on, known) == (1, 5)


@pytest.mark.parametrize(
    ("state", "counts"),
    [("approved", True), ("draft", False), ("submitted", False), ("returned", False)],
)
def test_only_what_is_approved_counts(world, state, counts) -> None:
    district = world(**SCHOOLS_AND_PLACES, school_plans=row(school_id=11, state=state))

    found = has_plan(district)

    assert found is counts


@pytest.mark.parametrize(
    ("recorded_at", "known", "counts"),
    [
        pytest.param(f"{DAY} 15:59:59", DAY, True, id="in the last second of the day in China"),
        pytest.param(f"{DAY} 16:00:00", DAY, False, id="as the next day begins in China"),
        pytest.param(f"{DAY} 16:00:00", NEXT_DAY, True, id="asked on the next day"),
        pytest.param("2026-05-05 00:00:00", None, True, id="recorded late, asked for now"),
    ],
)
def test_a_row_is_known_from_the_day_it_was_recorded(world, recorded_at, known, counts) -> None:
    plan = row(school_id=11, recorded_at=recorded_at)
    district = world(**SCHOOLS_AND_PLACES, school_plans=plan)

    found = has_plan(district, known=known)

    assert found is counts


@pytest.mark.parametrize(
    ("superseded_at", "known", "counts"),
    [
        pytest.param(f"{DAY} 15:59:59", DAY, False, id="in the last second of the day in China"),
        pytest.param(f"{DAY} 16:00:00", DAY, True, id="as the next day begins in China"),
        pytest.param("2026-05-05 00:00:00", None, False, id="corrected since, asked for now"),
    ],
)
def test_a_row_is_known_until_the_day_it_was_corrected(world, superseded_at, known, counts) -> None:
    plan = row(school_id=11, superseded_at=superseded_at)
    district = world(**SCHOOLS_AND_PLACES, school_plans=plan)

    found = has_plan(district, known=known)

    assert found is counts


@pytest.mark.parametrize(("known", "counts"), [("2026-01-09", False), (None, True)])
def test_a_later_approval_counts_for_the_day_it_is_valid_from(world, known, counts) -> None:
    """Approving ends the knowledge of the draft and records the approved row."""
    approved_at = "2026-01-10 02:00:00"
    draft = {"school_id": 11, "state": "draft", "superseded_at": approved_at}
    approved = {"school_id": 11, "state": "approved", "recorded_at": approved_at}
    district = world(**SCHOOLS_AND_PLACES, school_plans=rows(draft, approved))

    found = has_plan(district, known=known)

    assert found is counts


def test_a_figure_reported_in_june_and_one_known_today_stand_side_by_side(world) -> None:
    late = row(school_id=11, recorded_at="2025-09-09 01:00:00", starts_on="2025-03-01")
    district = world(**SCHOOLS_AND_PLACES, school_plans=late)

    found = [has_plan(district, "2025-06-30", known) for known in ("2025-06-30", None)]

    assert found == [False, True]


def test_a_changed_register_is_read_again_for_the_same_moment(world) -> None:
    """The relation of the schools was built for that moment already."""
    district = world(**SCHOOLS_AND_PLACES)
    district.counts("school_plan_share", DAY)

    only_one = row(school_id=11, category="primary", village_id=101, in_plan="yes")
    district.draw(school_profiles=only_one)

    assert district.counts("school_plan_share", DAY) == (0, 1)


def test_moments_asked_in_turn_do_not_disturb_each_other(world) -> None:
    plan = row(school_id=11, starts_on=DAY)
    district = world(**SCHOOLS_AND_PLACES, school_plans=plan)

    found = [has_plan(district, on) for on in (DAY, "2025-12-30", DAY)]

    assert found == [True, False, True]


# Which schools stand behind a number: how many of the five rural schools each indicator asks for.
SCHOOLS_ASKED = {
    "school_plan_share": 5,
    "green_share": 5,
    "paired_share": 5,
    "researcher_visit_share": 5,
    "sky_classroom_share": 5,
    "online_lesson_share": 5,
    "labour_site_share": 5,
    "distinctive_school_share": 4,
    "town_seat_class_ii_share": 2,
    "kindergarten_equipped_share": 1,
}


def schools_behind(district, on: str = DAY) -> dict[str, int]:
    """Return how many schools each indicator asks for."""
    return {name: district.counts(name, on)[1] for name in SCHOOLS_ASKED}


def test_each_share_of_schools_asks_for_its_own_schools(world) -> None:
    district = world(**SCHOOLS_AND_PLACES)

    found = schools_behind(district)

    assert found == SCHOOLS_ASKED


def test_the_list_behind_a_number_has_as_many_rows_as_it_counts(world) -> None:
    district = world(**SCHOOLS_AND_PLACES)

    found = {name: len(district.units(name, DAY)) for name in SCHOOLS_ASKED}

    assert found == SCHOOLS_ASKED


def test_towns_and_schools_add_up_to_the_district(world) -> None:
    plans = rows({"school_id": 12}, {"school_id": 15})
    district = world(**SCHOOLS_AND_PLACES, school_plans=plans)

    result = district.result("school_plan_share", DAY)

    for groups in (result.towns, result.schools):
        assert sum(parts["all"].counted for parts in groups.values()) == 2
        assert sum(parts["all"].rows for parts in groups.values()) == 5


@pytest.mark.parametrize(
    ("change", "is_asked"),
    [
        pytest.param({"starts_on": DAY}, True, id="opens that day"),
        pytest.param({"starts_on": NEXT_DAY}, False, id="opens the next day"),
        pytest.param({"ends_on": DAY}, False, id="closes or merges that day"),
        pytest.param({"ends_on": NEXT_DAY}, True, id="closes or merges the next day"),
        pytest.param({"in_plan": "no"}, False, id="not on the plan's list"),
        pytest.param({"superseded_at": "2025-10-10 00:00:00"}, False, id="entered by mistake"),
    ],
)
def test_a_school_is_asked_for_while_open_and_on_the_plans_list(world, change, is_asked) -> None:
    profile = {"school_id": 11, "category": "primary", "village_id": 101, "in_plan": "yes"}
    district = world(
        **SCHOOLS_AND_PLACES | {"school_profiles": row(**profile | change, at_town_seat="yes")}
    )

    found = schools_behind(district)

    asked = dict.fromkeys(SCHOOLS_ASKED, int(is_asked)) | {"kindergarten_equipped_share": 0}
    assert found == asked
