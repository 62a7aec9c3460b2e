from datetime import date
from itertools import pairwise

import pytest

from gengdu.registers.places import published
from gengdu.registers.places.published import DatedCode, PublishedPlace

NEWEST_EDITION = date(2023, 12, 31)
LAST_DAY = date(2026, 9, 30)
RURAL_TOWNS = {"崮山镇", "泊于镇"}


def holds(record: DatedCode, on: date) -> bool:
    return record.starts_on <= on and (record.ends_on is None or on < record.ends_on)


def villages_on(on: date) -> list[DatedCode]:
    return [
        record
        for place in published.places()
        if place.kind == "village"
        for record in place.records
        if holds(record, on) and record.code.startswith(published.ZONE)
    ]


def place(key: str) -> PublishedPlace:
    return next(found for found in published.places() if found.key == key)


@pytest.mark.parametrize("on", [NEWEST_EDITION, LAST_DAY])
def test_the_zone_has_81_villages_37_of_them_in_its_two_towns(on: date) -> None:
    found = villages_on(on)

    assert len(found) == 81
    assert sum(record.parent in RURAL_TOWNS for record in found) == 37


def test_the_zone_has_three_streets_and_two_towns_with_coordinates() -> None:
    towns = [found for found in published.places() if found.kind in ("street", "town")]
    here = [found for found in towns if found.records[-1].parent == published.ZONE]

    assert [found.kind for found in here] == ["street"] * 3 + ["town"] * 2
    assert all(found.latitude and found.longitude for found in here)


def test_the_town_that_moved_keeps_its_identity_under_a_new_code_and_parent() -> None:
    before, after = place("桥头镇").records

    assert (before.parent, before.code) == ("371072", "371072106")
    assert (after.parent, after.code) == ("371002", "371002109")
    assert before.ends_on == after.starts_on == date(2021, 6, 30)


def test_the_villages_of_the_town_that_moved_were_all_renumbered_and_stay_the_same_places() -> None:
    moved = [found for found in published.places() if found.key.startswith("桥头镇/")]

    assert len(moved) == 52
    assert all(
        [record.code[:9] for record in found.records] == ["371072106", "371002109"]
        for found in moved
    )


def test_a_renamed_village_has_a_record_for_each_name() -> None:
    first, second = place("泊于镇/职业中专社区").records

    assert (first.name, second.name) == ("职业中专居民委员会", "职业中专社区")
    assert first.ends_on == second.starts_on == date(2019, 6, 30)
    assert first.code == second.code


def test_a_withdrawn_village_ends_with_the_edition_that_no_longer_has_it() -> None:
    (record,) = place("崮山镇/壁子社区居民委员会").records

    assert record.ends_on == date(2022, 6, 30)


def test_no_place_and_no_code_has_two_records_on_one_day() -> None:
    by_code: dict[str, list[DatedCode]] = {}
    for found in published.places():
        for earlier, later in pairwise(found.records):
            assert earlier.ends_on is not None
            assert earlier.ends_on <= later.starts_on
        for record in found.records:
            by_code.setdefault(record.code, []).append(record)

    for records in by_code.values():
        ordered = sorted(records, key=lambda record: record.starts_on)
        for earlier, later in pairwise(ordered):
            assert earlier.ends_on is not None
            assert earlier.ends_on <= later.starts_on


def test_one_county_alone_keeps_only_what_it_had_while_it_had_it() -> None:
    kept = {found.key: found for found in published.places(published.ZONE)}

    assert published.NEIGHBOUR not in kept
    assert [record.code for record in kept["桥头镇"].records] == ["371072106"]
