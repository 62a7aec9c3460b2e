"""Ledgers of chapter 一: plans of the schools, the four campuses, stations for parents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gengdu.demo.ledger import Ledger, by_steps, numbered
from gengdu.demo.moments import day
from gengdu.demo.school_list import RURAL, RURAL_OPEN, Spec

PLAN_FROM, PLAN_UNTIL = day("2023-09-01"), day("2025-09-01")
LATE_PLANS = {"hukou": day("2024-02-19"), "miaokou_k": day("2024-02-21")}
"""Two plans valid from the end of 2023 were approved and recorded only in February."""

LATE_PLANS_FROM = day("2023-12-20")

GREEN = (
    (day("2021-12-10"), 4),
    (day("2022-12-08"), 8),
    (day("2023-12-12"), 13),
    (day("2024-12-10"), 18),
    (day("2025-11-18"), 21),
)
READING = (
    (day("2021-12-22"), 3),
    (day("2022-11-30"), 7),
    (day("2023-11-28"), 11),
    (day("2024-11-26"), 16),
    (day("2025-11-20"), 22),
)
CARING = (
    (day("2021-12-28"), 2),
    (day("2022-12-20"), 6),
    (day("2023-12-22"), 11),
    (day("2024-12-20"), 17),
    (day("2025-12-05"), 22),
)
LATE_GREEN = ("chejiagou_k", day("2025-12-15"), day("2026-01-20"))
"""A title valid from December that was recorded in January."""

CARING_EXPIRED = ("baojiashan_k", day("2026-07-01"))
CARING_REVOKED = ("haixitou", day("2026-04-15"))
TITLE_TWICE = "wuzhuhe"
TITLES_UNTIL = day("2028-07-01")
STATIONS = (
    (day("2021-12-15"), 8),
    (day("2022-12-12"), 16),
    (day("2023-12-18"), 24),
    (day("2024-12-16"), 30),
    (day("2025-12-02"), 35),
    (day("2026-05-20"), 36),
)
NEWEST_VILLAGE = "松海社区"
"""The only village without a station; it was founded in 2023."""

_TITLE = "moral_education_campustitle"
_STATION = "moral_education_familystation"


def write(ledger: Ledger) -> None:
    """Write the ledgers of the chapter."""
    _entered_twice(ledger)
    for spec in RURAL:
        _plans(ledger, spec)
    _titles(ledger, "green", GREEN, last=("chejiagou_k",))
    _titles(ledger, "reading", READING, last=())
    _titles(ledger, "caring", CARING, last=("baojiashan_k",), first=("haixitou",))
    _other_titles(ledger)
    _stations(ledger)


def _entered_twice(ledger: Ledger) -> None:
    """Write a title of civility; the demo itself has it again a month later (faults.py)."""
    values: dict[str, Any] = {
        "school_id": ledger.school(TITLE_TWICE),
        "kind": "civility",
        "level": "district",
        "document_number": numbered("示例文明办", 2022, 8),
    }
    starts_on = day("2022-05-20")
    ledger.entry(_TITLE, starts_on, TITLES_UNTIL, **values)
    if ledger.copy.is_demo:
        ledger.entry(_TITLE, starts_on, TITLES_UNTIL, known_on=day("2022-06-22"), **values)


def _plans(ledger: Ledger, spec: Spec) -> None:
    table, school = "moral_education_schoolplan", ledger.school(spec.key)
    starts_on = ledger.day_between(PLAN_FROM, day("2023-12-08"))
    known_on = LATE_PLANS.get(spec.key)
    if known_on is not None:
        starts_on = LATE_PLANS_FROM
    if spec.closed_on is not None:
        ledger.ended(table, starts_on, spec.closed_on, school_id=school, version=1)
        return
    ledger.entry(table, starts_on, PLAN_UNTIL, known_on=known_on, school_id=school, version=1)
    ledger.entry(table, PLAN_UNTIL, date(2027, 9, 1), school_id=school, version=2)


def _titles(
    ledger: Ledger,
    kind: str,
    steps: Sequence[tuple[date, int]],
    *,
    last: tuple[str, ...],
    first: tuple[str, ...] = (),
) -> None:
    keys = [spec.key for spec in RURAL_OPEN if spec.key not in first]
    for key, starts_on in by_steps([*first, *ledger.shuffled(keys, last=last)], steps):
        _title(ledger, key, kind, starts_on, _level(ledger, kind))


def _level(ledger: Ledger, kind: str) -> str:
    chance = ledger.rng.random()
    if kind == "reading" or chance < 0.6:
        return "district"
    return "city" if chance < 0.85 else "province"


def _title(ledger: Ledger, key: str, kind: str, starts_on: date, level: str) -> None:
    values: dict[str, Any] = {
        "school_id": ledger.school(key),
        "kind": kind,
        "level": level,
        "document_number": numbered("示例教字", starts_on.year, 10 + ledger.rng.randrange(60)),
    }
    if kind == "caring" and key == CARING_EXPIRED[0]:
        ledger.entry(_TITLE, starts_on, CARING_EXPIRED[1], **values)
    elif kind == "caring" and key == CARING_REVOKED[0]:
        ledger.ended(_TITLE, starts_on, CARING_REVOKED[1], **values)
    else:
        ledger.entry(_TITLE, starts_on, TITLES_UNTIL, **values)


def _other_titles(ledger: Ledger) -> None:
    """Write the late green title, titles of civility, and two applications that do not count."""
    key, starts_on, known_on = LATE_GREEN
    ledger.entry(
        _TITLE, starts_on, TITLES_UNTIL, known_on=known_on, school_id=ledger.school(key),
        kind="green", level="district", document_number=numbered("示例教字", 2025, 78),
    )  # fmt: skip
    _title(ledger, "gushan", "civility", day("2024-05-16"), "province")
    _title(ledger, "boyu_j", "civility", day("2023-05-18"), "city")
    for key, kind, level in (("gushan", "reading", "city"), ("haixitou", "caring", "district")):
        ledger.entry(
            _TITLE, day("2026-09-10"), state="at_bureau", school_id=ledger.school(key),
            kind=kind, level=level,
        )  # fmt: skip


def _stations(ledger: Ledger) -> None:
    villages = [
        village
        for town in ledger.places.values()
        if town.kind == "town"
        for village in town.villages
    ]
    newest = [village for village in villages if village.key == NEWEST_VILLAGE]
    for village, starts_on in by_steps(ledger.shuffled(villages, last=newest), STATIONS):
        is_school = ledger.rng.random() < 0.4
        ledger.entry(
            _STATION, starts_on, village_id=village.place_id,
            kind="parent_school" if is_school else "guidance_station",
            host=f"{village.name}{'家长学校' if is_school else '新时代文明实践站'}",
        )  # fmt: skip
    for village in newest:
        ledger.entry(
            _STATION, day("2026-09-15"), state="at_bureau", village_id=village.place_id,
            kind="guidance_station", host=f"{village.name}新时代文明实践站",
        )  # fmt: skip
