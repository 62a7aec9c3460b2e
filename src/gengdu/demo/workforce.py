"""Lets the staff of every school grow, retire and move over the years of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gengdu.demo import subjects
from gengdu.demo.moments import FIRST_DAY, FIRST_YEAR, LAST_DAY, LAST_YEAR, SCHOOL_YEARS
from gengdu.demo.persons import Person, PostSpan, Registry
from gengdu.demo.school_list import CLOSED_ON, SCHOOLS, Spec, spec

TURNOVER = 0.03
GOES_TO_ANOTHER_SCHOOL = 0.5
MEN = {"preschool": 0.02, "primary": 0.22, "junior": 0.37, "care_worker": 0.0, "support": 0.5}
CHANGE_A_YEAR = {True: -0.015, False: 0.012}
"""How a school's number of teachers changes each year, by whether it is rural."""

STAFFING_BEFORE = {("guanzhuang", 2021): 12, ("guanzhuang", 2022): 12, ("guanzhuang", 2023): 11}
CODED_TWICE = ("changfeng", "fenglin")
"""One teacher has a staff code at each of these schools (faults.py); both come first of all."""

RETIREMENTS_KNOWN_UNTIL = date(2027, 3, 1)

Group = tuple[str, str, str]
"""School, kind of post, stage."""


def target(group: Group, year: int) -> int:
    """Return how many people a group should have in a school year."""
    key, kind, stage = group
    found = spec(key)
    if (key, year) in STAFFING_BEFORE and kind == "teacher":
        return STAFFING_BEFORE[key, year]
    if not _is_open(found, year):
        return 0
    last = {"teacher": found.teachers.get(stage, 0), "care_worker": found.care_workers}
    number = last.get(kind, found.support)
    if kind == "support" or found.closed_on is not None:
        return number
    return round(number * (1 - CHANGE_A_YEAR[found.in_plan] * (LAST_YEAR - year)))


def _is_open(found: Spec, year: int) -> bool:
    on = date(year, 9, 1)
    return found.opened_on <= on and (found.closed_on is None or on < found.closed_on)


def groups() -> Iterator[Group]:
    """Yield every group of staff."""
    for found in SCHOOLS:
        for stage in found.stages:
            yield (found.key, "teacher", stage)
        if found.care_workers:
            yield (found.key, "care_worker", "preschool")
        if found.support:
            yield (found.key, "support", "")


class Workforce:
    """The staff of a copy except its leaders."""

    def __init__(self, registry: Registry, rng: Random) -> None:
        """Run through all years."""
        self._registry, self._rng = registry, rng
        self._groups: dict[Group, list[Person]] = {}
        self._vacant: dict[Group, list[str]] = {}
        self._free: dict[tuple[str, str], list[Person]] = {}
        first = registry.person("female", registry.born(33, FIRST_DAY))
        self._coded_twice = dict(zip(CODED_TWICE, (first, registry.twin(first)), strict=True))
        for group in groups():
            self._begin(group)
        for year in SCHOOL_YEARS[1:]:
            self._closure(date(year, 9, 1))
            self._pass(date(year, 9, 1))
        self._announce_retirements()

    def _begin(self, group: Group) -> None:
        key, kind, stage = group
        number = target(group, FIRST_YEAR)
        taught = subjects.spread(stage, number) if kind == "teacher" else [""] * number
        found: list[Person] = []
        for subject in taught:
            person = self._first_person(group, is_first=not found)
            since = self._since(person)
            person.posts.append(PostSpan(key, kind, stage, subject, since))
            found.append(person)
        self._groups[group] = found
        self._vacant[group] = []

    def _first_person(self, group: Group, *, is_first: bool) -> Person:
        key, kind, _ = group
        if is_first and kind == "teacher" and key in self._coded_twice:
            person = self._coded_twice[key]
            person.is_fixed = True
            return person
        age = 25 + int(28 * self._rng.random() ** 0.9)
        return self._registry.person(self._sex(group), self._registry.born(age, FIRST_DAY))

    def _sex(self, group: Group) -> str:
        _, kind, stage = group
        share = MEN[stage if kind == "teacher" else kind]
        return "male" if self._rng.random() < share else "female"

    def _since(self, person: Person) -> date:
        earliest = person.birth.year + 23
        span = max(FIRST_YEAR - earliest, 0)
        return date(FIRST_YEAR - int(self._rng.random() * (span + 1) * 0.8), 9, 1)

    def _closure(self, on: date) -> None:
        """Move the staff of the kindergarten that closed before this day."""
        if not on - timedelta(days=365) < CLOSED_ON < on:
            return
        for group, members in self._groups.items():
            closed = spec(group[0])
            if closed.closed_on != CLOSED_ON:
                continue
            there = (closed.successor, *group[1:])
            for person in members:
                person.leave(CLOSED_ON, CLOSED_ON - timedelta(days=20))
                person.posts.append(PostSpan(*there, "", CLOSED_ON))
                self._groups[there].append(person)
            self._groups[group] = []

    def _pass(self, on: date) -> None:
        """Pass from one school year to the next."""
        self._free = {}
        for group, members in self._groups.items():
            self._groups[group] = self._staying(group, members, on)
        for group in self._groups:
            self._fill(group, on)

    def _staying(self, group: Group, members: list[Person], on: date) -> list[Person]:
        working = [person for person in members if not self._retires(group, person, on)]
        surplus = len(working) - target(group, on.year)
        leaving = max(surplus, self._chance_round(TURNOVER * len(working)) - 1)
        candidates = [person for person in working if not person.is_fixed]
        self._rng.shuffle(candidates)
        gone = candidates[: max(leaving, 0)]
        for person in gone:
            self._let_go(group, person, on, is_surplus=surplus > 0)
        identities = {person.staff_id for person in gone}
        return [person for person in working if person.staff_id not in identities]

    def _retires(self, group: Group, person: Person, on: date) -> bool:
        if person.retires_on > on:
            return False
        self._vacant[group].append(person.posts[-1].subject)
        ends_on = max(person.retires_on, person.posts[-1].starts_on + timedelta(days=1))
        person.leave(ends_on, ends_on - timedelta(days=30))
        return True

    def _let_go(self, group: Group, person: Person, on: date, *, is_surplus: bool) -> None:
        self._vacant[group].append(person.posts[-1].subject)
        person.leave(on, on - timedelta(days=25))
        if is_surplus or self._rng.random() < GOES_TO_ANOTHER_SCHOOL:
            self._free.setdefault(group[1:], []).append(person)

    def _fill(self, group: Group, on: date) -> None:
        missing = target(group, on.year) - len(self._groups[group])
        for _ in range(missing):
            person = self._candidate(group, on)
            person.posts.append(PostSpan(*group, self._subject(group), on))
            self._groups[group].append(person)

    def _candidate(self, group: Group, on: date) -> Person:
        free = self._free.get(group[1:], [])
        for position, person in enumerate(free):
            if person.posts[-1].school != group[0] and self._rng.random() < 0.6:
                return free.pop(position)
        age = 22 + int(6 * self._rng.random()) + (self._rng.random() < 0.2) * 10
        return self._registry.person(self._sex(group), self._registry.born(age, on))

    def _subject(self, group: Group) -> str:
        if group[1] != "teacher":
            return ""
        if self._vacant[group]:
            return self._vacant[group].pop(0)
        taught = subjects.spread(group[2], 100)
        return taught[int(self._rng.random() * len(taught))]

    def _chance_round(self, number: float) -> int:
        return int(number + self._rng.random())

    def _announce_retirements(self) -> None:
        """End the posts of those who are known to retire soon."""
        for members in self._groups.values():
            for person in members:
                if LAST_DAY < person.retires_on <= RETIREMENTS_KNOWN_UNTIL:
                    person.leave(person.retires_on, LAST_DAY - timedelta(days=12))
