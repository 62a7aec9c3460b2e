"""Counties drawn at random, small and dense: the same ids in each, so that a mix-up shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
from pyarrow import fs

from gengdu.analytics.quality_balance.school_rows import STAGES_OF
from gengdu.datasets import snapshots
from gengdu.datasets.snapshots import Place, Snapshot
from gengdu.datasets.tables import DAY, MOMENT, NUMBER, TABLES, TEXT, WHOLE, YES_NO, Table

ON = date(2025, 12, 31)
ROWS = 40
SCHOOLS, VILLAGES, TOWNS = range(11, 19), range(101, 105), range(2, 5)
IDS = {"school_id": SCHOOLS, "core_school_id": SCHOOLS, "rural_school_id": SCHOOLS,
       "successor_id": SCHOOLS, "village_id": VILLAGES, "town_id": TOWNS}  # fmt: skip
CODES = {
    "kind": ("teacher", "merged", "closed", "moved", "green", "caring", "reading", "civility",
             "family_station", "cluster", "pilot", "quality_balance", "special_work_plan"),
    "stage": ("primary", "junior", "preschool"),
    "role": ("head", "deputy"),
    "level": ("school", "grade", "class", "city", "province", "national"),
    "subject": ("体育", "音乐", "数学"),
    "programme": ("young_rural_teacher",),
}  # fmt: skip
COMBINED = ("primary", "junior", "nine_year")
ONE_A_YEAR = {"facility_reports": ("school_id", "year"), "county_reports": ("year",)}
"""Reports that the registers hold once a year; which of two is the newest no engine could say."""

Tables = dict[str, pa.Table]


def county(seed: int) -> Tables:
    """Return the tables of one county."""
    rng = Random(seed)
    drawn = {name: [_row(table, rng, n) for n in range(1, ROWS + 1)]
             for name, table in TABLES.items()}  # fmt: skip
    drawn |= _places_and_schools(rng)
    for name, keys in ONE_A_YEAR.items():
        once = {tuple(row[key] for key in keys): row for row in drawn[name]}
        drawn[name] = list(once.values())
    kinds = {row["school_id"]: row["category"] for row in drawn["school_profiles"]}
    for row in drawn["enrolments"] + drawn["posts"]:
        stages = STAGES_OF.get(kinds[row["school_id"]], ("preschool",))
        row["stage"] = str(rng.choice(stages))
    for row in drawn["facility_reports"]:
        if row["indoor_sports_area_m2"] is not None:
            row["indoor_sports_area_m2"] = 1.0
    return {name: pa.Table.from_pylist(drawn[name], schema=TABLES[name].schema) for name in TABLES}


def _row(table: Table, rng: Random, number: int) -> dict[str, Any]:
    row = {name: _cell(name, kind, rng) for name, kind in table.columns.items()}
    start = row.get("starts_on")
    if row.get("ends_on") is not None:
        row["ends_on"] = start + timedelta(days=rng.choice([30, 400, 3000]))
    known = {"id": number, "superseded_at": None, "state": "approved"}
    return row | {name: cell for name, cell in known.items() if name in table.columns}


def _cell(name: str, kind: pa.DataType, rng: Random) -> Any:
    if name in IDS:
        return rng.choice(IDS[name])
    if name in CODES and pa.types.is_string(kind):
        return rng.choice(CODES[name])
    if name not in ("starts_on", "held_on", "birth_date", "year") and rng.random() < 0.15:
        return None
    match name:
        case "birth_date":
            return ON.replace(year=rng.randrange(1970, 1990))
        case "year":
            return rng.choice([2024, 2025])
        case _:
            return _of_kind[kind](rng)


_of_kind: dict[pa.DataType, Callable[[Random], Any]] = {
    DAY: lambda rng: ON - timedelta(days=rng.choice([0, 20, 60, 200, 900, 2000])),
    YES_NO: lambda rng: rng.random() < 0.6,
    WHOLE: lambda rng: rng.randrange(1, 8),
    NUMBER: lambda rng: float(rng.randrange(1, 60_000)),
    TEXT: lambda rng: rng.choice("甲乙丙"),
    MOMENT: lambda _rng: None,
}


def _places_and_schools(rng: Random) -> dict[str, list[dict[str, Any]]]:
    since = date(2000, 1, 1)
    kinds = {1: "county", 2: "town", 3: "town", 4: "street", **dict.fromkeys(VILLAGES, "village")}
    parents = {1: None, **dict.fromkeys(TOWNS, 1), **{v: rng.choice(TOWNS) for v in VILLAGES}}
    return {
        "places": [{"id": n, "kind": kind, "is_own": n == 1} for n, kind in kinds.items()],
        "place_records": [
            {"id": n, "place_id": n, "parent_id": parents[n], "code": str(n), "name": f"{n}",
             "starts_on": since}
            for n in kinds
        ],
        "school_profiles": [
            {"id": n, "school_id": n, "name": f"学校{n}", "starts_on": since,
             "category": "kindergarten" if n == 18 else rng.choice(COMBINED),
             "village_id": rng.choice(VILLAGES), "in_plan": rng.random() < 0.7,
             "at_town_seat": rng.random() < 0.5}
            for n in SCHOOLS
        ],
    }  # fmt: skip


def written(folder: Path, code: int, tables: Tables, on: date = ON, **about: Any) -> Snapshot:
    """Write a county's tables as its snapshot, and return that."""
    place = Place(fs.LocalFileSystem(), str(folder))
    told = {"name": str(code), "known": None, "deidentified": False, **about}
    snapshots.write(place, on, code, batches(tables), told)
    return next(one for one in snapshots.find(place) if (one.county, one.on) == (code, on))


def batches(tables: Tables) -> Callable[[Table], Iterator[pa.RecordBatch]]:
    """Return what yields the rows of a table, as a snapshot has them."""

    def of(table: Table) -> Iterator[pa.RecordBatch]:
        yield from tables[table.name].select(snapshots.schema_of(table).names).to_batches()

    return of
