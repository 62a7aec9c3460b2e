"""The ledger of parents' committees: of each school, grade and class, chosen anew each autumn.

Which classes a school had is taken from the children that were written before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gengdu.demo import trails
from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import LAST_YEAR, SCHOOL_YEARS
from gengdu.demo.people import SURNAMES
from gengdu.demo.school_list import RURAL, RURAL_OPEN, Spec
from gengdu.policy import lists

SCHOOL_SYSTEM = "five_four"
WHOLE_SCHOOL = "全校"
WITH_GRADES = {2021: 8, 2022: 12, 2023: 18, 2024: 21, 2025: 22, 2026: 22}
"""Of how many of the rural schools committees exist down to the grades, by school year."""

WITH_CLASSES = {2021: 4, 2022: 7, 2023: 15, 2024: 19, 2025: 21, 2026: 22}
"""Of how many they exist down to the classes: the same schools and some others each year."""

LAST_OF_ALL = "chejiagou_k"
SO_FAR = 15
"""So many schools had all committees of this autumn approved by the last day."""

AT_BUREAU, AT_SCHOOL = ("2026-09-21", "2026-09-23", "2026-09-24"), ("2026-09-24", "2026-09-28")
AT_SCHOOL_FROM = 20
MEMBERS = {"school": (9, 7), "grade": (5, 4), "class": (3, 3)}
"""The fewest, and how many more there may be."""

_COMMITTEE = "moral_education_parentcommittee"


@dataclass(frozen=True, order=True)
class ClassOfYear:
    """One class that a school had in one school year."""

    school_id: int
    year: int
    stage: str
    grade: int
    class_number: int


def write(ledger: Ledger, classes: Iterable[ClassOfYear]) -> None:
    """Write the ledger from the classes there were."""
    had: dict[tuple[int, int], list[ClassOfYear]] = {}
    for one in sorted(classes):
        had.setdefault((one.school_id, one.year), []).append(one)
    keys = ledger.shuffled([school.key for school in RURAL_OPEN], last=(LAST_OF_ALL,))
    places = {key: place for place, key in enumerate(keys)}
    for school in RURAL:
        for year in SCHOOL_YEARS:
            of_year = had.get((ledger.school(school.key), year), [])
            if of_year:
                _of_year(ledger, school, year, of_year, places.get(school.key, len(keys)))


def _of_year(
    ledger: Ledger, school: Spec, year: int, classes: list[ClassOfYear], place: int
) -> None:
    starts_on = date(year, 9, 8) + timedelta(days=ledger.rng.randrange(7))
    ends_on = min(school.closed_on or date.max, date(year + 1, 9, 1))
    levels: list[tuple[str, str]] = [("school", WHOLE_SCHOOL)]
    if place < WITH_GRADES[year]:
        levels += [("grade", name) for name in dict.fromkeys(map(_grade, classes))]
    if place < WITH_CLASSES[year]:
        levels += [("class", f"{_grade(one)}{one.class_number}班") for one in classes]
    entries = [_committee(ledger, school, level, group) for level, group in levels]
    for entry in entries:
        entry |= {"starts_on": starts_on, "ends_on": ends_on}
    _hand_in(ledger, school, entries, year, place)


def _hand_in(
    ledger: Ledger, school: Spec, entries: list[dict[str, Any]], year: int, place: int
) -> None:
    """Hand in all committees of a school's year together, the slower schools later."""
    name = f"{ledger.copy.name(school.name)} {WHOLE_SCHOOL}"
    starts_on: date = entries[0]["starts_on"]
    route = trails.kept_by(school)
    if year < LAST_YEAR or place < SO_FAR:
        trails.approved(ledger, _COMMITTEE, starts_on + timedelta(days=14), entries, name=name,
                        route=route)  # fmt: skip
    elif ledger.copy.is_demo and route is not None and place < len(RURAL_OPEN) - 1:
        days = AT_BUREAU if place < AT_SCHOOL_FROM else AT_SCHOOL
        trails.on_the_way(ledger, _COMMITTEE, entries, days, name=name, route=route)


def _grade(one: ClassOfYear) -> str:
    return lists.grade_label(SCHOOL_SYSTEM, one.stage, one.grade)


def _committee(ledger: Ledger, school: Spec, level: str, group: str) -> dict[str, Any]:
    fewest, more = MEMBERS[level]
    surname = SURNAMES[int(ledger.rng.random() * len(SURNAMES))]
    return {
        "school_id": ledger.school(school.key),
        "level": level,
        "group": group,
        "members": fewest + ledger.rng.randrange(more),
        "chair": f"示例{surname}{'女士' if ledger.rng.random() < 0.6 else '先生'}",
    }
