"""The places of a copy: the real zone for the demo, an invented county of its shape for others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from gengdu.demo import moments
from gengdu.demo.copies import Copy
from gengdu.demo.rows import Rows
from gengdu.registers.places import published
from gengdu.registers.places.published import DatedCode, PublishedPlace

PLACES_PUBLISHED_FROM = date(2018, 6, 30)
COPIES_PER_ROW, DEGREES_APART = 25, 0.6


@dataclass(frozen=True)
class Village:
    """A village or community; `key` is the short name of the real one it stands for."""

    place_id: int
    key: str
    name: str


@dataclass(frozen=True)
class Town:
    """A town or street as it is on the last day; `key` is the real one it stands for."""

    place_id: int
    key: str
    kind: str
    latitude: float
    longitude: float
    villages: tuple[Village, ...]

    def village(self, key: str) -> Village:
        """Return the village that stands for a real one."""
        return next(village for village in self.villages if village.key == key)


Geography = dict[str, Town]


def write(copy: Copy, rows: Rows) -> Geography:
    """Write the places of a copy and return its towns by key."""
    zone = published.places(published.ZONE)
    own = zone if copy.is_demo else _invented(copy, zone)
    places = published.places() if copy.is_demo else own
    rng = copy.rng("places")
    ids: dict[str, int] = {}
    for place in places:
        ids[place.key] = _write_place(rows, rng, place, ids)
    return _towns(zone, own, ids)


def _write_place(rows: Rows, rng: Random, place: PublishedPlace, ids: dict[str, int]) -> int:
    place_id = rows.add_known(
        "places_place",
        rng,
        place.records[0].starts_on,
        kind=place.kind,
        is_own=int(place.key == published.ZONE),
        latitude=place.latitude,
        longitude=place.longitude,
    )
    for record in place.records:
        _write_record(rows, rng, place_id, record, ids)
    return place_id


def _write_record(
    rows: Rows, rng: Random, place_id: int, record: DatedCode, ids: dict[str, int]
) -> None:
    ended_later = record.ends_on is not None and record.ends_on > moments.FIRST_LOAD
    rows.add_dated(
        "places_placerecord",
        rng,
        record.starts_on,
        record.ends_on,
        end_known_on=record.ends_on if ended_later else None,
        place_id=place_id,
        parent_id=ids[record.parent] if record.parent else None,
        code=record.code,
        name=record.name,
        short_name=record.short_name,
    )


def _invented(copy: Copy, every: tuple[PublishedPlace, ...]) -> tuple[PublishedPlace, ...]:
    """Return places of the same shape under names and codes of the copy's own."""
    kept = [place for place in every if _lasts(place)]
    villages = [place.key for place in kept if place.kind == "village"]
    numbers = {key: number for number, key in enumerate(villages, start=1)}
    return tuple(_renamed(copy, place, numbers.get(place.key, 0)) for place in kept)


def _lasts(place: PublishedPlace) -> bool:
    return place.records[-1].ends_on is None


def _renamed(copy: Copy, place: PublishedPlace, number: int) -> PublishedPlace:
    last = place.records[-1]
    name = _invented_name(copy, place, number)
    record = DatedCode(
        starts_on=PLACES_PUBLISHED_FROM,
        ends_on=None,
        parent=last.parent,
        code=copy.county_code + last.code[6:],
        name=name,
        short_name=name,
    )
    if place.latitude is None or place.longitude is None:
        return PublishedPlace(place.key, place.kind, None, None, (record,))
    north, east = divmod(copy.number, COPIES_PER_ROW)
    return PublishedPlace(
        place.key,
        place.kind,
        round(place.latitude - north * DEGREES_APART, 5),
        round(place.longitude - east * DEGREES_APART, 5),
        (record,),
    )


def _invented_name(copy: Copy, place: PublishedPlace, number: int) -> str:
    if place.kind == "county":
        return f"示例区{copy.number}"
    if place.kind == "village":
        return f"示例{copy.number}区{number}村"
    return f"示例{copy.number}区{place.key[0]}{place.key[-2:] if place.kind == 'street' else '镇'}"


def _towns(
    every: tuple[PublishedPlace, ...],
    places: tuple[PublishedPlace, ...],
    ids: dict[str, int],
) -> Geography:
    real_names = {place.key: place.records[-1].short_name for place in every}
    villages: dict[str, list[Village]] = {}
    for place in places:
        last = place.records[-1]
        if place.kind == "village" and last.ends_on is None and last.parent is not None:
            village = Village(ids[place.key], real_names[place.key], last.short_name)
            villages.setdefault(last.parent, []).append(village)
    return {
        place.key: _town(place, ids[place.key], tuple(villages[place.key]))
        for place in places
        if place.key in villages
    }


def _town(place: PublishedPlace, place_id: int, villages: tuple[Village, ...]) -> Town:
    assert place.latitude is not None
    assert place.longitude is not None
    return Town(place_id, place.key, place.kind, place.latitude, place.longitude, villages)
