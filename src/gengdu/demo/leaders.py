"""Writes the terms of office of heads and deputies, their posts and their training."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from gengdu.demo.copies import Copy
from gengdu.demo.leader_list import TERM_YEARS, Incumbency, Seat, seats
from gengdu.demo.moments import LAST_DAY, day
from gengdu.demo.persons import Person, PostSpan, Registry
from gengdu.demo.rows import Rows
from gengdu.demo.school_list import school_id, spec

BIRTHS = {
    "old": (day("1968-03-01"), day("1976-08-31")),
    "edge": (day("1980-10-08"), day("1980-12-20")),
    "young": (day("1983-01-01"), day("1991-12-31")),
}
MALE_SHARE = {True: 0.05, False: 0.6}
"""By whether the school is a kindergarten."""

TRAINED_LATE_ON = day("2025-11-20")


class Leaders:
    """The heads and deputies of a copy."""

    def __init__(self, registry: Registry, rng: Random) -> None:
        """Seat every incumbent."""
        self._registry, self._rng = registry, rng
        self._named: dict[str, Person] = {}
        self.people: list[Person] = []
        self.terms: list[tuple[Person, Seat, Incumbency]] = []
        served = [(one, seat) for seat in seats() for one in seat.incumbents]
        for incumbency, seat in sorted(served, key=lambda pair: pair[0].first):
            self._seat(seat, incumbency)

    def _seat(self, seat: Seat, incumbency: Incumbency) -> None:
        person = self._person(seat, incumbency)
        starts_on = _first_day(seat, incumbency)
        ends_on = _end(seat, incumbency)
        over = ends_on is not None and ends_on <= LAST_DAY
        known_on = ends_on - timedelta(days=20) if ends_on is not None and over else None
        person.posts.append(
            PostSpan(seat.school, "support", "", "", starts_on, ends_on if over else None, known_on)
        )
        self.terms.append((person, seat, incumbency))

    def _person(self, seat: Seat, incumbency: Incumbency) -> Person:
        if incumbency.person in self._named:
            return self._named[incumbency.person]
        first, last = BIRTHS[incumbency.age_kind]
        birth = first + timedelta(days=int(self._rng.random() * (last - first).days))
        is_male = self._rng.random() < MALE_SHARE[spec(seat.school).is_kindergarten]
        person = self._registry.person("male" if is_male else "female", birth)
        if incumbency.person:
            self._named[incumbency.person] = person
        self.people.append(person)
        return person


def _first_day(seat: Seat, incumbency: Incumbency) -> date:
    return max(date(incumbency.first, 9, 1), _opened(seat))


def _opened(seat: Seat) -> date:
    opened_on = spec(seat.school).opened_on
    return opened_on if opened_on.year > 2021 else date(2015, 1, 1)


def _end(seat: Seat, incumbency: Incumbency) -> date | None:
    """Return when the incumbent left or, unless reappointed, will leave the seat."""
    full = date(incumbency.first + TERM_YEARS * incumbency.terms, 9, 1)
    closed_on = spec(seat.school).closed_on
    return min(full, closed_on) if closed_on is not None else full


def write(copy: Copy, rows: Rows, leaders: Leaders, rng: Random) -> None:
    """Write all terms, and the training of everyone who ever became a head."""
    trained: set[int] = set()
    for person, seat, incumbency in leaders.terms:
        for number in range(incumbency.terms):
            _term(copy, rows, rng, (person, seat, incumbency, number))
        if seat.role == "head" and person.staff_id not in trained:
            trained.add(person.staff_id)
            _training(rows, rng, person, seat, incumbency)


def _term(copy: Copy, rows: Rows, rng: Random, which: tuple[Person, Seat, Incumbency, int]) -> None:
    person, seat, incumbency, number = which
    starts_on = date(incumbency.first + TERM_YEARS * number, 9, 1)
    full = date(starts_on.year + TERM_YEARS, 9, 1)
    closed_on = spec(seat.school).closed_on
    values: dict[str, Any] = {
        "staff_id": person.staff_id,
        "school_id": school_id(copy.number, seat.school),
        "role": seat.role,
        "full_term_ends_on": full,
    }
    table = "staff_leadershipterm"
    if closed_on is not None and starts_on < closed_on < full:
        rows.add_dated(
            table, rng, starts_on, closed_on, end_known_on=closed_on - timedelta(days=20), **values
        )
    else:
        rows.add_dated(
            table, rng, starts_on, full, known_on=starts_on - timedelta(days=12), **values
        )


def _training(rows: Rows, rng: Random, person: Person, seat: Seat, incumbency: Incumbency) -> None:
    before = timedelta(days=20 + int(rng.random() * 60))
    held_on = TRAINED_LATE_ON if incumbency.trained_late else _first_day(seat, incumbency) - before
    rows.add_known(
        "workforce_preservicetraining", rng, held_on, within=20,
        state="approved", held_on=held_on, staff_id=person.staff_id, hours=300.0,
    )  # fmt: skip
