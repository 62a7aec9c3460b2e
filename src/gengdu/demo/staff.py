"""Writes the staff of a copy: who they are, where they work, what they learnt and lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from gengdu.demo import degrees, dossier, leaders
from gengdu.demo.copies import Copy
from gengdu.demo.degrees import Schooling
from gengdu.demo.lead_titles import LeadTitles
from gengdu.demo.leaders import Leaders
from gengdu.demo.moments import FIRST_LOAD, known
from gengdu.demo.persons import Person, PostSpan, Registry
from gengdu.demo.rows import Rows
from gengdu.demo.school_list import school_id
from gengdu.demo.workforce import Workforce
from gengdu.records.sounds import sound

CORRECTED_AT = "06:30:00"


@dataclass(frozen=True)
class StaffOfCopy:
    """The staff, for the ledgers that speak of them."""

    everybody: list[Person]
    schooling: Schooling

    def posts_on(self, on: date, *, kind: str = "teacher") -> Iterator[tuple[Person, PostSpan]]:
        """Yield everybody who holds a post of a kind on a day."""
        for person in self.everybody:
            post = person.post_on(on)
            if post is not None and post.kind == kind:
                yield person, post


def write(copy: Copy, rows: Rows) -> StaffOfCopy:
    """Write the staff of a copy."""
    rng = copy.rng("staff")
    registry = Registry(copy, rng)
    Workforce(registry, rng)
    seated = Leaders(registry, rng)
    schooling = Schooling(registry.everybody, copy.rng("degrees"))
    leading = LeadTitles(registry.everybody, copy.rng("lead titles"))
    kept = _Records(copy, rows, schooling, leading)
    for number, person in enumerate(registry.everybody, start=1):
        kept.person(rng, person, number)
    degrees.write(rows, rng, schooling, registry.everybody)
    leaders.write(copy, rows, seated, rng)
    leading.write(rows)
    dossier.write(copy, rows, registry.everybody, copy.rng("dossier"))
    return StaffOfCopy(registry.everybody, schooling)


@dataclass(frozen=True)
class _Records:
    """Writes who the staff of a copy are."""

    copy: Copy
    rows: Rows
    schooling: Schooling
    leading: LeadTitles

    def person(self, rng: Random, person: Person, number: int) -> None:
        """Write one member of staff, and the posts held."""
        since = min((post.starts_on for post in person.posts), default=FIRST_LOAD)
        recorded = known(since, rng, within=1)
        self.rows.extend("staff_staff", [(person.staff_id, self._code(number))])
        self._records(person, recorded)
        for post in person.posts:
            self.rows.add_dated(
                "staff_post", rng, post.starts_on, post.ends_on, end_known_on=post.end_known_on,
                staff_id=person.staff_id, school_id=school_id(self.copy.number, post.school),
                kind=post.kind, stage=post.stage, subject=post.subject,
            )  # fmt: skip

    def _code(self, number: int) -> str:
        return f"T{self.copy.county_code}{number:05d}"

    def _records(self, person: Person, recorded: str) -> None:
        """Write what is known of a person, again each time that they become a lead teacher or not.

        Of those who never taught nobody asks it.
        """
        level, obtained_on = self.schooling.highest(person)
        values = {
            "staff_id": person.staff_id, "name": person.name, "sex": person.sex,
            "birth_date": person.birth, "identity_number": person.identity_number,
            "identity_kind": "1", "nationality": "CHN", "name_sound": sound(person.name),
            "education_level": level, "education_obtained_on": obtained_on,
        }  # fmt: skip
        teaches = any(post.kind == "teacher" for post in person.posts)
        (_, said), *changes = self.leading.flags(person, date.fromisoformat(recorded[:10]))
        for on, then in changes:
            corrected = f"{on} {CORRECTED_AT}"
            self._add(values, recorded, said, superseded_at=corrected)
            recorded, said = corrected, then
        self._add(values, recorded, said if teaches else None)

    def _add(self, values: dict[str, Any], recorded: str, said: bool | None, **ends: str) -> None:
        self.rows.add(
            "staff_staffrecord", recorded_at=recorded, is_lead_teacher=said, **values, **ends
        )
