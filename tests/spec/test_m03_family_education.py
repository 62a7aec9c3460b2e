"""Measure 3: nearly every village of the two towns has a parents' school or a guidance station."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, NEXT_DAY, entry_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES


@entry_cases
def test_a_station_counts_while_approved_and_open(world, change, known, counts) -> None:
    station = row(village_id=101, kind="guidance_station", **change)
    district = world(**SCHOOLS_AND_PLACES, family_stations=station)

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
