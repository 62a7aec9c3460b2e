"""One invented member of staff, and the posts held one after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random

from gengdu.demo import people
from gengdu.demo.copies import Copy
from gengdu.demo.people import BirthDay
from gengdu.demo.school_list import Spec, spec

RETIRE_AT = {"male": 60, "female": 55}


@dataclass
class PostSpan:
    """One post held over a period; `end_known_on` is when its end became known."""

    school: str
    kind: str
    stage: str
    subject: str
    starts_on: date
    ends_on: date | None = None
    end_known_on: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the post is held on a day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    @property
    def spec(self) -> Spec:
        """The school."""
        return spec(self.school)


@dataclass
class Person:
    """One member of staff; `is_fixed` ones stay where they are."""

    staff_id: int
    name: str
    sex: str
    birth: date
    identity_number: str
    posts: list[PostSpan] = field(default_factory=list)
    is_fixed: bool = False

    def age(self, on: date) -> int:
        """Return the age in full years on a day."""
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))

    @property
    def retires_on(self) -> date:
        """The first of the month after the age of retirement is reached."""
        year, month = self.birth.year + RETIRE_AT[self.sex], self.birth.month + 1
        return date(year + month // 13, (month - 1) % 12 + 1, 1)

    def post_on(self, on: date) -> PostSpan | None:
        """Return the post held on a day."""
        return next((post for post in self.posts if post.holds(on)), None)

    def leave(self, on: date, known_on: date) -> None:
        """End the post held now."""
        self.posts[-1].ends_on, self.posts[-1].end_known_on = on, known_on


class Registry:
    """Makes the people of a copy, each with an identity number of their own."""

    def __init__(self, copy: Copy, rng: Random) -> None:
        """Start with nobody."""
        self._copy, self._rng = copy, rng
        self._numbers: Counter[tuple[date, str]] = Counter()
        self.everybody: list[Person] = []

    def person(self, sex: str, birth: date) -> Person:
        """Make one person."""
        person = Person(
            staff_id=self._copy.ids.next("staff_staff"),
            name=people.adult_name(self._rng, sex, birth.year),
            sex=sex,
            birth=birth,
            identity_number=self._identity_number(sex, birth),
        )
        self.everybody.append(person)
        return person

    def twin(self, person: Person) -> Person:
        """Make a second record of the same person, as if entered twice."""
        again = Person(
            self._copy.ids.next("staff_staff"),
            person.name,
            person.sex,
            person.birth,
            person.identity_number,
        )
        self.everybody.append(again)
        return again

    def born(self, age: int, on: date) -> date:
        """Return a birth date of somebody of an age on a day."""
        ordinal = date(on.year - age, on.month, on.day).toordinal()
        return date.fromordinal(ordinal - int(self._rng.random() * 365))

    def _identity_number(self, sex: str, birth: date) -> str:
        taken = self._numbers[birth, sex]
        self._numbers[birth, sex] = taken + 1
        sequence = (self._copy.number * 4 + taken) * 2 + (sex == "male")
        return BirthDay(birth).identity_number(sequence)
