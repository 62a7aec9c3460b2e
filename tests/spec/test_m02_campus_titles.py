"""Measure 2: civil, green, reading and caring campuses, at the levels each promise names."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, entry_cases, history_cases, row, rows
from tests.spec.district import SCHOOL_ENDS, SCHOOLS_AND_PLACES

KIND = {
    "civility_province_count": "civility",
    "green_share": "green",
    "reading_district_share": "reading",
    "reading_higher_count": "reading",
    "caring_share": "caring",
}
ACCEPTED = {
    "civility_province_count": {"province"},
    "green_share": {"national", "province", "city", "district"},
    "reading_district_share": {"national", "province", "city", "district"},
    "reading_higher_count": {"province", "city"},
    "caring_share": {"province", "city", "district"},
}
LEVELS = ("province", "city", "district", "national")


def titles(school_id: int, level: str, **change: object) -> list[dict[str, object]]:
    """Return one title of each kind at one level."""
    kinds = dict.fromkeys(KIND.values())
    return [{"school_id": school_id, "kind": kind, "level": level, **change} for kind in kinds]


def everywhere(district, known: str | None = None, on: str = DAY) -> dict[str, tuple[int, int]]:
    """Return what each promise counts."""
    return {name: district.counts(name, on, known) for name in KIND}


@pytest.mark.parametrize("level", LEVELS)
def test_a_title_counts_at_the_levels_the_promise_names(world, level) -> None:
    district = world(**SCHOOLS_AND_PLACES, campus_titles=rows(*titles(11, level)))

    found = everywhere(district)

    assert found == {name: (1 if level in ACCEPTED[name] else 0, 5) for name in KIND}


@entry_cases
def test_a_title_counts_while_valid(world, change, known, counts) -> None:
    drawn = rows(*titles(11, "province", **change))
    district = world(**SCHOOLS_AND_PLACES, campus_titles=drawn)

    found = everywhere(district, known)

    assert found == dict.fromkeys(KIND, (counts, 5))


@history_cases
def test_a_title_counts_from_its_approval_until_it_is_taken_away(
    world, history, known, counts
) -> None:
    drawn = rows(*(title for one in history for title in titles(11, "province", **one)))
    district = world(**SCHOOLS_AND_PLACES, campus_titles=drawn)

    found = everywhere(district, known)

    assert found == dict.fromkeys(KIND, (counts, 5))


@pytest.mark.parametrize(("schools", "on", "counted"), SCHOOL_ENDS.values(), ids=SCHOOL_ENDS)
def test_a_title_counts_for_its_own_school_while_the_plan_asks_for_it(
    world, schools, on, counted
) -> None:
    """The titles are not ended with the school here, so that nothing else keeps them out."""
    district = world(**schools, campus_titles=rows(*titles(11, "province")))

    found = everywhere(district, on=on)

    assert found == dict.fromkeys(KIND, counted)


@pytest.mark.parametrize("level", LEVELS)
@entry_cases
def test_a_title_that_does_not_hold_adds_no_level(world, level, change, known, counts) -> None:
    """At each level on its own, a title counts where the promise takes it and only while valid."""
    district = world(**SCHOOLS_AND_PLACES, campus_titles=rows(*titles(12, level, **change)))

    found = everywhere(district, known)

    assert found == {name: (counts * (level in ACCEPTED[name]), 5) for name in KIND}


def test_a_title_that_expires_before_another_begins_leaves_a_gap(world) -> None:
    first = titles(11, "province", ends_on="2025-12-30")
    second = titles(11, "province", starts_on="2026-01-02")
    district = world(**SCHOOLS_AND_PLACES, campus_titles=rows(*first, *second))

    days = {on: everywhere(district, on=on) for on in ("2025-12-29", DAY, "2026-01-02")}

    assert days == {
        "2025-12-29": dict.fromkeys(KIND, (1, 5)),
        DAY: dict.fromkeys(KIND, (0, 5)),
        "2026-01-02": dict.fromkeys(KIND, (1, 5)),
    }


def test_an_application_for_a_higher_level_leaves_the_title_held(world) -> None:
    held, applied = titles(11, "district"), titles(11, "province", state="at_notice")
    district = world(**SCHOOLS_AND_PLACES, campus_titles=rows(*held, *applied))

    found = everywhere(district)

    assert found == {name: (1 if "district" in ACCEPTED[name] else 0, 5) for name in KIND}


@pytest.mark.parametrize("school", [13, 14])
def test_kindergartens_and_junior_schools_count_as_well(world, school) -> None:
    district = world(**SCHOOLS_AND_PLACES, campus_titles=rows(*titles(school, "province")))

    found = everywhere(district)

    assert found == dict.fromkeys(KIND, (1, 5))


@pytest.mark.parametrize("kind", dict.fromkeys(KIND.values()))
def test_a_title_of_another_kind_does_not_count(world, kind) -> None:
    title = row(school_id=11, kind=kind, level="province")
    district = world(**SCHOOLS_AND_PLACES, campus_titles=title)

    found = everywhere(district)

    assert found == {name: (1 if KIND[name] == kind else 0, 5) for name in KIND}


def test_a_title_of_a_school_not_on_the_plans_list_does_not_count(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, campus_titles=rows(*titles(21, "province")))

    found = everywhere(district)

    assert found == dict.fromkeys(KIND, (0, 5))


def test_a_school_with_two_titles_counts_once(world) -> None:
    both = [*titles(13, "province"), *titles(13, "city")]
    district = world(**SCHOOLS_AND_PLACES, campus_titles=rows(*both))

    found = everywhere(district)

    assert found == dict.fromkeys(KIND, (1, 5))


def test_the_list_behind_the_number_shows_the_highest_valid_level(world) -> None:
    title = {"school_id": 11, "kind": "green"}
    expired = {**title, "level": "national", "ends_on": DAY}
    drawn = rows({**title, "level": "district"}, {**title, "level": "city"}, expired)
    district = world(**SCHOOLS_AND_PLACES, campus_titles=drawn)

    units = {unit["unit_id"]: unit for unit in district.units("green_share", DAY)}

    assert units[11]["level_rank"] == 2
