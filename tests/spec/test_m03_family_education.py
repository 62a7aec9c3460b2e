"""Measure 3: nearly every village of the two towns has a parents' school or a guidance station."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, DAY_BEFORE, NEXT_DAY, entry_cases, history_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES


@entry_cases
def test_a_station_counts_while_approved_and_open(world, change, known, counts) -> None:
    station = row(village_id=101, kind="guidance_station", **change)
    district = world(**SCHOOLS_AND_PLACES, family_stations=station)

    share = district.counts("station_share", DAY, known)

    assert share == (counts, 3)


@history_cases
def test_a_station_counts_from_its_approval_until_it_is_taken_away(
    world, history, known, counts
) -> None:
    station = {"village_id": 101, "kind": "guidance_station"}
    drawn = rows(*({**station, **one} for one in history))
    district = world(**SCHOOLS_AND_PLACES, family_stations=drawn)

    share = district.counts("station_share", DAY, known)

    assert share == (counts, 3)


@pytest.mark.parametrize("kind", ["parent_school", "guidance_station"])
def test_either_kind_of_station_counts(world, kind) -> None:
    district = world(**SCHOOLS_AND_PLACES, family_stations=row(village_id=103, kind=kind))

    share = district.counts("station_share", DAY)

    assert share == (1, 3)


def test_a_village_with_both_kinds_counts_once(world) -> None:
    school = {"village_id": 101, "kind": "parent_school"}
    station = {"village_id": 101, "kind": "guidance_station"}
    district = world(**SCHOOLS_AND_PLACES, family_stations=rows(school, station))

    share = district.counts("station_share", DAY)

    assert share == (1, 3)


def test_a_community_of_the_street_is_in_neither_count(world) -> None:
    station = row(village_id=104, kind="guidance_station")
    district = world(**SCHOOLS_AND_PLACES, family_stations=station)

    share = district.counts("station_share", DAY)

    assert share == (0, 3)


COUNTY, TOWN, VILLAGE = (
    {"place_id": 1, "name": "开发区"},
    {"place_id": 2, "parent_id": 1, "name": "崮山镇"},
    {"place_id": 101, "parent_id": 2, "name": "甲村"},
)
KINDS = (
    {"id": 1, "kind": "county"},
    {"id": 2, "kind": "town"},
    {"id": 101, "kind": "village"},
)


@pytest.mark.parametrize(
    ("ends_on", "villages"),
    [pytest.param(DAY, 0, id="that day"), pytest.param(NEXT_DAY, 1, id="the next day")],
)
@pytest.mark.parametrize("what", ["village", "town"])
def test_a_village_leaves_the_count_on_the_day_it_or_its_town_does(
    world, what, ends_on, villages
) -> None:
    ending = {"village": (COUNTY, TOWN, VILLAGE | {"ends_on": ends_on}),
              "town": (COUNTY, TOWN | {"ends_on": ends_on}, VILLAGE)}[what]  # fmt: skip
    district = world(places=rows(*KINDS), place_records=rows(*ending))

    share = district.counts("station_share", DAY)

    assert share == (0, villages)


@pytest.mark.parametrize(("is_own", "villages"), [("yes", 1), ("no", 0)])
def test_the_villages_of_another_county_are_not_asked_for(world, is_own, villages) -> None:
    county, *others = KINDS
    places = rows(county | {"is_own": is_own}, *others)
    district = world(places=places, place_records=rows(COUNTY, TOWN, VILLAGE))

    share = district.counts("station_share", DAY)

    assert share == (0, villages)


# What may happen to village 101, whose station is never ended here: 102 takes over from it.
UNTIL_DAY, FROM_DAY = VILLAGE | {"ends_on": DAY}, VILLAGE | {"starts_on": DAY}
NEIGHBOUR = {"place_id": 102, "parent_id": 2, "name": "乙村"}
STREET = {"place_id": 4, "parent_id": 1, "name": "皇冠街道"}
VILLAGES = {
    "merged that day": ((UNTIL_DAY, NEIGHBOUR), DAY, (0, 1)),
    "merged the next day": ((UNTIL_DAY, NEIGHBOUR), DAY_BEFORE, (1, 2)),
    "split that day": ((UNTIL_DAY, NEIGHBOUR | {"starts_on": DAY}), DAY, (0, 1)),
    "renamed": ((UNTIL_DAY, FROM_DAY | {"name": "甲社区"}, NEIGHBOUR), DAY, (1, 2)),
    "given another code": ((UNTIL_DAY, FROM_DAY | {"code": "371072103999"}), DAY, (1, 1)),
    "handed to the street that day": ((UNTIL_DAY, FROM_DAY | {"parent_id": 4}), DAY, (0, 0)),
    "handed to the street the next day": (
        (UNTIL_DAY, FROM_DAY | {"parent_id": 4}), DAY_BEFORE, (1, 1),
    ),
    "handed to the town that day": (
        (UNTIL_DAY | {"parent_id": 4}, FROM_DAY, NEIGHBOUR), DAY, (1, 2),
    ),
    "handed to the town the next day": (
        (UNTIL_DAY | {"parent_id": 4}, FROM_DAY, NEIGHBOUR), DAY_BEFORE, (0, 1),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("villages", "on", "share"), VILLAGES.values(), ids=VILLAGES)
def test_a_station_counts_for_its_own_village_while_that_is_in_a_town(
    world, villages, on, share
) -> None:
    kinds = (*KINDS, {"id": 102, "kind": "village"}, {"id": 4, "kind": "street"})
    district = world(
        places=rows(*kinds),
        place_records=rows(COUNTY, TOWN, STREET, *villages),
        family_stations=row(village_id=101, kind="guidance_station"),
    )

    assert district.counts("station_share", on) == share


def test_a_second_station_that_waits_leaves_the_one_that_is_there(world) -> None:
    there = {"village_id": 101, "kind": "guidance_station"}
    asked = {"village_id": 101, "kind": "parent_school", "state": "at_bureau"}
    district = world(**SCHOOLS_AND_PLACES, family_stations=rows(there, asked))

    share = district.counts("station_share", DAY)

    assert share == (1, 3)


# Committees: school 12 has two classes in grade 1 and one in grade 2.
ROLLS = (
    {"pupil_id": 1, "school_id": 12, "stage": "primary", "grade": 1, "class_number": 1},
    {"pupil_id": 2, "school_id": 12, "stage": "primary", "grade": 1, "class_number": 2},
    {"pupil_id": 3, "school_id": 12, "stage": "primary", "grade": 2, "class_number": 1},
)
COMMITTEES = tuple(
    {"school_id": 12, "level": level}
    for level in ("school", "grade", "grade", "class", "class", "class")
)
"""One of the school, of each of two grades, of each of three classes: just enough."""


def committees(world, *drawn, rolls=ROLLS) -> tuple[int, int, int]:
    """Return how many schools have all committees, are not known of, and are asked for."""
    tables = {"enrolments": rows(*rolls), "parent_committees": rows(*drawn)}
    district = world(**SCHOOLS_AND_PLACES, **{name: text for name, text in tables.items() if text})
    return district.reported("parent_committee_share", DAY)


def test_a_school_with_committees_at_all_three_levels_counts(world) -> None:
    assert committees(world, *COMMITTEES) == (1, 4, 5)


@pytest.mark.parametrize("missing", range(len(COMMITTEES)))
def test_a_school_that_lacks_any_one_of_them_does_not_count(world, missing) -> None:
    some = [one for place, one in enumerate(COMMITTEES) if place != missing]

    assert committees(world, *some) == (0, 4, 5)


def test_more_committees_of_one_level_do_not_stand_for_those_of_another(world) -> None:
    many_grades = [one | {"level": "grade"} for one in COMMITTEES[1:]]

    assert committees(world, COMMITTEES[0], *many_grades) == (0, 4, 5)


def test_committees_of_another_school_do_not_count(world) -> None:
    others = [one | {"school_id": 15} for one in COMMITTEES]

    assert committees(world, *others) == (0, 4, 5)


@pytest.mark.parametrize("level", ["school", "grade", "class"])
@entry_cases
def test_each_committee_counts_while_approved_and_in_its_year(
    world, level, change, known, counts
) -> None:
    place = next(place for place, one in enumerate(COMMITTEES) if one["level"] == level)
    drawn = [one | change if at == place else one for at, one in enumerate(COMMITTEES)]
    district = world(**SCHOOLS_AND_PLACES, enrolments=rows(*ROLLS), parent_committees=rows(*drawn))

    found = district.reported("parent_committee_share", DAY, known)

    assert found == (counts, 4, 5)


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        pytest.param({"starts_on": DAY}, 0, id="comes that day"),
        pytest.param({"starts_on": NEXT_DAY}, 1, id="comes the next day"),
        pytest.param({"ends_on": DAY}, 1, id="leaves that day"),
        pytest.param({"ends_on": NEXT_DAY}, 0, id="leaves the next day"),
        pytest.param({"superseded_at": "2025-10-10 00:00:00"}, 1, id="entered by mistake"),
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        pytest.param({"grade": 3, "class_number": 1}, id="of a third grade"),
        pytest.param({"grade": 2, "class_number": 2}, id="of a fourth class"),
    ],
)
def test_a_class_asks_for_its_committees_from_its_first_child_to_its_last(
    world, place, change, counts
) -> None:
    child = {"pupil_id": 4, "school_id": 12, "stage": "primary", **place, **change}
    # The committee of the class alone is there where a grade is new.
    extra = [COMMITTEES[-1]] if place["grade"] == 3 else []

    found = committees(world, *COMMITTEES, *extra, rolls=(*ROLLS, child))

    assert found == (counts, 4, 5)


def test_a_second_child_of_a_class_asks_for_no_other_committee(world) -> None:
    child = ROLLS[0] | {"pupil_id": 4}

    assert committees(world, *COMMITTEES, rolls=(*ROLLS, child)) == (1, 4, 5)


def test_grades_of_two_stages_are_told_apart(world) -> None:
    """A nine-year school has a grade 1 in each of its stages, with a class 1 in both."""
    child = ROLLS[0] | {"pupil_id": 4, "stage": "junior"}

    assert committees(world, *COMMITTEES, rolls=(*ROLLS, child)) == (0, 4, 5)


def test_a_school_without_pupils_on_the_rolls_is_not_known(world) -> None:
    only_of_the_school = {"school_id": 13, "level": "school"}

    assert committees(world, only_of_the_school) == (0, 4, 5)


@pytest.mark.parametrize("school", [21, 22])
def test_committees_of_a_school_not_on_the_plans_list_are_not_asked_for(world, school) -> None:
    rolls = [one | {"school_id": school} for one in ROLLS]
    drawn = [one | {"school_id": school} for one in COMMITTEES]

    assert committees(world, *drawn, rolls=rolls) == (0, 5, 5)
