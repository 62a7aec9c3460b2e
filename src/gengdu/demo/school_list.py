"""The schools of the district, read from schools.csv: invented names, sizes and staffing.

They stand in real villages. Staff numbers are those of the last day, leaders not included.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gengdu.demo.moments import FIRST_DAY

FILE = Path(__file__).parent / "data" / "schools.csv"
SIZES_FROM = 2017
"""The generation that the first of the given intakes belongs to."""

TEXTS = ("key", "name", "category", "town", "village", "area_class", "feeds", "former_name")
NUMBERS_GIVEN = ("primary", "preschool", "care_workers", "support")
RURAL_TOWNS = ("崮山镇", "泊于镇")
MERGED_ON = date(2024, 9, 1)
RENAMED_ON = date(2023, 9, 1)
OPENED_ON = date(2022, 9, 1)
CLOSED_ON = date(2025, 2, 1)


@dataclass(frozen=True)
class Spec:
    """One school as the demo wants it.

    Attributes:
        village: Short name of the real village it stands in.
        area_class: The three-digit urban-rural class of its place.
        primary, preschool: Intake of 2026; earlier ones follow from it.
        sizes: Intake by year where it is fixed instead.
        feeds: Key of the junior school its pupils go on to.
        teachers: Full-time teachers by stage.
        lead_teachers: Those of them who are lead teachers (骨干教师).
        deputies: How many deputy heads, on the first and on the last day.
        successor: Key of the school that took over its pupils.
    """

    key: str
    name: str
    category: str
    town: str
    village: str
    area_class: str
    primary: int = 0
    preschool: int = 0
    has_junior: bool = False
    sizes: Mapping[int, int] = field(default_factory=dict)
    feeds: str = ""
    teachers: Mapping[str, int] = field(default_factory=dict)
    lead_teachers: Mapping[str, int] = field(default_factory=dict)
    care_workers: int = 0
    support: int = 0
    deputies: tuple[int, int] = (0, 0)
    at_town_seat: bool = False
    is_public: bool = True
    opened_on: date = FIRST_DAY
    closed_on: date | None = None
    former_name: str = ""
    successor: str = ""

    @property
    def in_plan(self) -> bool:
        """Whether it is on the plan's list of rural schools."""
        return self.town in RURAL_TOWNS

    @property
    def is_kindergarten(self) -> bool:
        """Whether it is a kindergarten."""
        return self.category == "kindergarten"

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages it teaches."""
        taught = (
            ("preschool", self.is_kindergarten),
            ("primary", self.category in ("primary", "teaching_point", "nine_year")),
            ("junior", self.has_junior),
        )
        return tuple(stage for stage, is_taught in taught if is_taught)

    @property
    def lasts(self) -> bool:
        """Whether it is open on the last day."""
        return self.closed_on is None


def _read() -> Iterator[Spec]:
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield _spec(row)


def _spec(row: dict[str, str]) -> Spec:
    texts: dict[str, Any] = {column: row[column] for column in TEXTS}
    numbers: dict[str, Any] = {column: int(row[column] or 0) for column in NUMBERS_GIVEN}
    return Spec(
        **texts,
        **numbers,
        has_junior=row["has_junior"] == "1",
        sizes=dict(enumerate(map(int, row["sizes_from_2017"].split()), start=SIZES_FROM)),
        teachers={stage: int(row[f"teachers_{stage}"]) for stage in _taught(row)},
        lead_teachers={
            stage: int(row[f"lead_{stage}"] or 0) for stage in _taught(row) if stage != "preschool"
        },
        deputies=(int(row["deputies_first"]), int(row["deputies_last"])),
        at_town_seat=row["at_town_seat"] == "1",
        is_public=row["is_public"] == "1",
        opened_on=date.fromisoformat(row["opened_on"] or FIRST_DAY.isoformat()),
        closed_on=date.fromisoformat(row["closed_on"]) if row["closed_on"] else None,
        successor=row["successor"],
    )


def _taught(row: dict[str, str]) -> list[str]:
    return [stage for stage in ("preschool", "primary", "junior") if row[f"teachers_{stage}"]]


SCHOOLS: tuple[Spec, ...] = tuple(_read())

NUMBERS: Mapping[str, int] = {spec.key: number for number, spec in enumerate(SCHOOLS, start=1)}
"""School id of each key in the demo itself."""


@cache
def spec(key: str) -> Spec:
    """Return the school of a key."""
    return SCHOOLS[NUMBERS[key] - 1]


def school_id(copy_number: int, key: str) -> int:
    """Return the id of a school in a copy."""
    return copy_number * len(SCHOOLS) + NUMBERS[key]


RURAL = tuple(item for item in SCHOOLS if item.in_plan)
RURAL_OPEN = tuple(item for item in RURAL if item.lasts)
RURAL_COMPULSORY = tuple(item for item in RURAL_OPEN if not item.is_kindergarten)
RURAL_KINDERGARTENS = tuple(item for item in RURAL_OPEN if item.is_kindergarten)
URBAN_COMPULSORY = tuple(item for item in SCHOOLS if not item.in_plan and not item.is_kindergarten)
