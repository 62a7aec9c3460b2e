"""Names lead teachers (骨干教师) every September, as many as the story of each school asks for.

How many a stage has on the last day stands in schools.csv; earlier there were fewer, in the
country far fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from gengdu.demo.moments import FIRST_YEAR, LAST_DAY, SCHOOL_YEARS
from gengdu.demo.persons import Person
from gengdu.demo.rows import Rows
from gengdu.demo.school_list import spec

TITLES = (
    ("区级骨干教师", "district"), ("区级骨干教师", "district"), ("区级教学能手", "district"),
    ("市级骨干教师", "city"), ("市级教学能手", "city"), ("省级教学能手", "province"),
)  # fmt: skip
TITLE_YEARS = 5
NAMED_IN, NAMED_ON = 9, 10
"""Month and day of the naming: Teachers' Day."""

EARLIEST_BEFORE = 4
"""Titles held when the registers began had been given in one of so many years."""

PART_OF_LAST: Mapping[bool, tuple[float, ...]] = {
    False: (0.80, 0.85, 0.90, 0.93, 0.97, 1.0),
    True: (0.30, 0.40, 0.55, 0.75, 0.90, 1.0),
}
"""By school year, how many of those of the last day there were, by whether the school is rural."""

Group = tuple[str, str]
"""School and stage."""


@dataclass(frozen=True)
class Title:
    """One title, and the period it is held over; its end is the first day it is not."""

    name: str
    level: str
    starts_on: date
    ends_on: date

    def holds(self, on: date) -> bool:
        """Tell whether it is held on a day."""
        return self.starts_on <= on < self.ends_on


class LeadTitles:
    """Who is a lead teacher, and when."""

    def __init__(self, staff: Iterable[Person], rng: Random) -> None:
        """Run through all years."""
        self._rng = rng
        self._staff = [person for person in staff if not person.is_fixed]
        self.of: dict[int, list[Title]] = {}
        for year in SCHOOL_YEARS:
            self._name(year)

    def is_held(self, person: Person, on: date) -> bool:
        """Tell whether a person is a lead teacher on a day."""
        return any(title.holds(on) for title in self.of.get(person.staff_id, ()))

    def flags(self, person: Person, since: date) -> Iterator[tuple[date, bool]]:
        """Yield what a person's record says of it, from when it was first written."""
        said = self.is_held(person, since)
        yield since, said
        titles = self.of.get(person.staff_id, ())
        for on in sorted({day for title in titles for day in (title.starts_on, title.ends_on)}):
            if since < on <= LAST_DAY and self.is_held(person, on) != said:
                said = not said
                yield on, said

    def _name(self, year: int) -> None:
        on = date(year, NAMED_IN, NAMED_ON)
        for group, members in self._groups(on).items():
            holding = sum(self.is_held(person, on) for person in members)
            for person in self._candidates(members, on)[: max(wanted(group, year) - holding, 0)]:
                self._give(person, on)

    def _groups(self, on: date) -> dict[Group, list[Person]]:
        found: dict[Group, list[Person]] = {}
        for person in self._staff:
            post = person.post_on(on)
            if post is not None and post.kind == "teacher" and not post.spec.is_kindergarten:
                found.setdefault((post.school, post.stage), []).append(person)
        return found

    def _candidates(self, members: list[Person], on: date) -> list[Person]:
        """Return who may be named: those whose title just ended first, then the longest there."""
        free = [person for person in members if not self.is_held(person, on)]
        self._rng.shuffle(free)
        return sorted(free, key=lambda one: (one.staff_id not in self.of, _is_new(one, on)))

    def _give(self, person: Person, on: date) -> None:
        name, level = TITLES[int(self._rng.random() * len(TITLES))]
        earlier = int(self._rng.random() * EARLIEST_BEFORE) if on.year == FIRST_YEAR else 0
        starts_on = date(on.year - earlier, on.month, on.day)
        ends_on = date(starts_on.year + TITLE_YEARS, on.month, on.day)
        self.of.setdefault(person.staff_id, []).append(Title(name, level, starts_on, ends_on))

    def write(self, rows: Rows) -> None:
        """Write all titles."""
        for staff_id, titles in self.of.items():
            for title in titles:
                rows.add_dated(
                    "staff_stafftitle", self._rng, title.starts_on, title.ends_on,
                    staff_id=staff_id, kind="lead_teacher", name=title.name, level=title.level,
                )  # fmt: skip


def _is_new(person: Person, on: date) -> bool:
    return person.posts[0].starts_on.year > on.year - EARLIEST_BEFORE


def wanted(group: Group, year: int) -> int:
    """Return how many lead teachers a stage of a school should have in a school year."""
    key, stage = group
    found = spec(key)
    return round(found.lead_teachers.get(stage, 0) * PART_OF_LAST[found.in_plan][year - FIRST_YEAR])
