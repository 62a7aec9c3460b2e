"""Reads the published divisions of the zone: each place once, with its codes and names over time.

An edition describes 30 June of its year; a place keeps its identity when it is renumbered, renamed
or moved to another county. Needs no database: a loader writes what this returns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
FIRST_EDITION, LAST_EDITION = 2018, 2023
ZONE = "371072"
ZONE_NAME = "威海经济技术开发区"
NEIGHBOUR, NEIGHBOUR_NAME = "371002", "环翠区"
MOVED_TOWN, MOVED_IN = "桥头镇", 2021
MOVED_CODES = ("371072106", "371002109")
_ENDINGS = ("居民委员会", "村民委员会", "居委会", "村委会")


@dataclass(frozen=True)
class DatedCode:
    """The code, name and parent of one place from one day until before another.

    Attributes:
        parent: Key of the place it belongs to; None for a county.
    """

    starts_on: date
    ends_on: date | None
    parent: str | None
    code: str
    name: str
    short_name: str


@dataclass(frozen=True)
class PublishedPlace:
    """One place with everything published about it.

    Attributes:
        key: Names the place across editions: its own name behind that of its town.
        kind: county, street, town or village.
        records: Without gaps of our making and without overlaps, oldest first.
    """

    key: str
    kind: str
    latitude: float | None
    longitude: float | None
    records: tuple[DatedCode, ...]


def reference_day(edition: int) -> date:
    """Return the day an edition describes.

    >>> reference_day(2021)
    datetime.date(2021, 6, 30)
    """
    return date(edition, 6, 30)


@cache
def places(within: str | None = None) -> tuple[PublishedPlace, ...]:
    """Return every place, parents first; `within` keeps what one county had, while it had it."""
    every = (*_counties(), *_towns(), *_villages())
    if within is None:
        return every
    kept = (_within(place, within) for place in every)
    return tuple(place for place in kept if place.records)


def _within(place: PublishedPlace, county: str) -> PublishedPlace:
    records = tuple(record for record in place.records if record.code.startswith(county))
    return replace(place, records=records)


def _counties() -> Iterator[PublishedPlace]:
    for code, name in ((ZONE, ZONE_NAME), (NEIGHBOUR, NEIGHBOUR_NAME)):
        record = DatedCode(reference_day(FIRST_EDITION), None, None, code, name, name)
        yield PublishedPlace(code, "county", None, None, (record,))


def _towns() -> Iterator[PublishedPlace]:
    for row in _read("divisions_371072_towns.csv"):
        name = row["town_name"]
        records = _moved_town() if name == MOVED_TOWN else (_town_record(row),)
        kind = "town" if 100 <= int(records[0].code[6:]) < 200 else "street"
        yield PublishedPlace(
            name, kind, float(row["lat_wgs84"]), float(row["lon_wgs84"]), tuple(records)
        )


def _town_record(row: dict[str, str]) -> DatedCode:
    name = row["town_name"]
    return DatedCode(
        reference_day(FIRST_EDITION), None, row["county_code"], row["town_code"], name, name
    )


def _moved_town() -> tuple[DatedCode, DatedCode]:
    """Return the two records of the town that went to the neighbour between two editions."""
    before, after = MOVED_CODES
    moved_on = reference_day(MOVED_IN)
    town = MOVED_TOWN
    return (
        DatedCode(reference_day(FIRST_EDITION), moved_on, before[:6], before, town, town),
        DatedCode(moved_on, None, after[:6], after, town, town),
    )


def _villages() -> Iterator[PublishedPlace]:
    by_key: dict[str, list[DatedCode]] = {}
    for row in _read("divisions_371072_history_2018_2023.csv"):
        by_key.setdefault(f"{row['last_town']}/{row['last_name']}", []).extend(_codes(row))
    for key, records in by_key.items():
        in_order = sorted(records, key=lambda record: record.starts_on)
        yield PublishedPlace(key, "village", None, None, tuple(in_order))


def _codes(row: dict[str, str]) -> Iterator[DatedCode]:
    """Return the records of one village code: one for each name it had."""
    last = int(row["last_edition"])
    ends_on = None if last == LAST_EDITION else reference_day(last + 1)
    names = _names(row)
    for position, (edition, name) in enumerate(names):
        until = reference_day(names[position + 1][0]) if position + 1 < len(names) else ends_on
        yield DatedCode(
            starts_on=reference_day(edition),
            ends_on=until,
            parent=row["last_town"],
            code=row["village_code"],
            name=name,
            short_name=short_name(name),
        )


def _names(row: dict[str, str]) -> list[tuple[int, str]]:
    """Return (first edition, name) for each name, oldest first."""
    if not row["renames"]:
        return [(int(row["first_edition"]), row["last_name"])]
    steps = (step.split(":", 1) for step in row["renames"].split(" > "))
    return [(int(edition), name) for edition, name in steps]


def short_name(name: str) -> str:
    """Return a village's name without the words for its committee.

    >>> short_name("皇冠花园社区居委会"), short_name("南虎口村委会"), short_name("西村村委会")
    ('皇冠花园社区', '南虎口村', '西村')
    """
    ending = next((ending for ending in _ENDINGS if name.endswith(ending)), "")
    stem = name.removesuffix(ending)
    return f"{stem}村" if ending.startswith("村") and not stem.endswith("村") else stem


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
