"""Measure 2: civil, green, reading and caring campuses, at the levels each promise names."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, entry_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES

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


def everywhere(district, known: str | None = None) -> dict[str, tuple[int, int]]:
    """Return what each promise counts."""
    return {name: district.counts(name, DAY, known) for name in KIND}


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
