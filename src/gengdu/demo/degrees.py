"""Gives every member of staff the schooling they completed.

The shares of teachers with a bachelor's degree rise over the years as those of the zone should.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from random import Random

from gengdu.demo.moments import FIRST_YEAR, LAST_DAY, day
from gengdu.demo.persons import Person
from gengdu.demo.rows import Rows

SECONDARY, COLLEGE, BACHELOR, MASTER = 1, 2, 3, 4
BEGINNING = date(FIRST_YEAR, 9, 30)
WITHOUT_BACHELOR = {True: (0.160, 0.0530), False: (0.058, 0.0260)}
"""Share of compulsory-stage teachers at the beginning and on the last day, by whether rural."""

WITHOUT_ANY_RECORD = 2
LEAVERS_WITHOUT = 0.25
MASTER_SHARE, SECONDARY_SHARE = 0.05, 0.15
UPGRADED_ON = tuple(
    day(f"{year}-{rest}") for year in range(2022, 2027) for rest in ("01-10", "06-30")
)
STUDYING = 12
EXPECTED_ON = (day("2026-12-20"), day("2027-06-30"), day("2027-12-20"))
OTHERS_BACHELOR = {"teacher": 0.55, "care_worker": 0.05, "support": 0.5}


def _teaches(person: Person, on: date, *, rural: bool) -> bool:
    post = person.post_on(on)
    if post is None or post.kind != "teacher" or post.spec.is_kindergarten:
        return False
    return post.spec.in_plan == rural


class Schooling:
    """Who completed what, and when.

    Attributes:
        without: Teachers of the compulsory stage who have no bachelor's degree on the last day.
        unrecorded: Two rural ones about whom nothing is on record.
    """

    def __init__(self, staff: Iterable[Person], rng: Random) -> None:
        """Choose who lacks a degree and who took one during the years of the demo."""
        self._rng = rng
        self._staff = list(staff)
        self._upgraded: dict[int, date] = {}
        self._completed: dict[int, list[tuple[int, date]]] = {}
        self.without: dict[int, Person] = {}
        self.studying: list[Person] = []
        self.unrecorded: list[Person] = []
        for rural in (True, False):
            self._choose(rural=rural)

    def _choose(self, *, rural: bool) -> None:
        at_first, at_last = WITHOUT_BACHELOR[rural]
        then = self._of(lambda person: _teaches(person, BEGINNING, rural=rural))
        now = self._of(lambda person: _teaches(person, LAST_DAY, rural=rural))
        never = self._oldest(now, round(at_last * len(now)), born_before=1988)
        self.without |= {person.staff_id: person for person in never}
        if rural:
            self.unrecorded, self.studying = never[:WITHOUT_ANY_RECORD], never[-STUDYING:]
        here = {person.staff_id for person in now}
        left = [person for person in then if person.staff_id not in here]
        gone = self._oldest(left, round(LEAVERS_WITHOUT * len(left)), born_before=1990)
        self.without |= {person.staff_id: person for person in gone if _has_left(person)}
        lacking = sum(1 for person in then if person.staff_id in self.without)
        self._upgrade(then, here, round(at_first * len(then)) - lacking)

    def _upgrade(self, then: list[Person], here: set[int], number: int) -> None:
        stayed = [
            person
            for person in then
            if person.staff_id in here and person.staff_id not in self.without
        ]
        for position, person in enumerate(self._oldest(stayed, number, born_before=1993)):
            self._upgraded[person.staff_id] = UPGRADED_ON[position % len(UPGRADED_ON)]

    def _of(self, belongs: Callable[[Person], bool]) -> list[Person]:
        return [person for person in self._staff if belongs(person)]

    def _oldest(self, staff: list[Person], number: int, *, born_before: int) -> list[Person]:
        """Return some of the older ones, in random order."""
        older = [person for person in staff if person.birth.year < born_before]
        self._rng.shuffle(older)
        return older[: max(number, 0)]

    def completed(self, person: Person) -> list[tuple[int, date]]:
        """Return the levels one person completed, with the days, lower ones first."""
        if person.staff_id not in self._completed:
            self._completed[person.staff_id] = self._drawn(person)
        return self._completed[person.staff_id]

    def highest(self, person: Person) -> tuple[int | None, date | None]:
        """Return the highest level one person completed, with the day; None where unrecorded."""
        return next(reversed(self.completed(person)), (None, None))

    def _drawn(self, person: Person) -> list[tuple[int, date]]:
        if person in self.unrecorded:
            return []
        first = date(person.birth.year + 22, 6, 30)
        if person.staff_id in self._upgraded:
            return [(COLLEGE, first), (BACHELOR, self._upgraded[person.staff_id])]
        if person.staff_id in self.without or not self._has_bachelor(person):
            low = SECONDARY if self._rng.random() < SECONDARY_SHARE else COLLEGE
            return [(low, first)]
        if self._rng.random() < MASTER_SHARE and person.birth.year < 2000:
            return [(BACHELOR, first), (MASTER, date(first.year + 3, 6, 30))]
        return [(BACHELOR, first)]

    def _has_bachelor(self, person: Person) -> bool:
        if any(post.kind == "teacher" and not post.spec.is_kindergarten for post in person.posts):
            return True
        kind = person.posts[-1].kind if person.posts else "support"
        return self._rng.random() < OTHERS_BACHELOR[kind]


def _has_left(person: Person) -> bool:
    return person.post_on(LAST_DAY) is None


def write(rows: Rows, rng: Random, schooling: Schooling, staff: Iterable[Person]) -> None:
    """Write all degrees, and the studies under way."""
    for person in staff:
        for level, obtained_on in schooling.completed(person):
            rows.add_known(
                "staff_degree", rng, obtained_on, within=30,
                staff_id=person.staff_id, level=level, obtained_on=obtained_on,
            )  # fmt: skip
    for position, person in enumerate(schooling.studying):
        _study(rows, rng, person, EXPECTED_ON[position % len(EXPECTED_ON)])


def _study(rows: Rows, rng: Random, person: Person, expected_on: date) -> None:
    starts_on = date(expected_on.year - 3, 3, 1)
    rows.add_known(
        "workforce_degreestudy", rng, starts_on, within=40, state="approved",
        starts_on=starts_on, ends_on=expected_on, staff_id=person.staff_id,
        level=BACHELOR, expected_on=expected_on,
    )  # fmt: skip
