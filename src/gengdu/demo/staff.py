"""Writes the staff of a copy: who they are, where they work, what they learnt and lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from gengdu.demo import degrees, dossier, leaders
from gengdu.demo.copies import Copy
from gengdu.demo.degrees import Schooling
from gengdu.demo.leaders import Leaders
from gengdu.demo.moments import FIRST_LOAD, LAST_DAY, known
from gengdu.demo.persons import Person, PostSpan, Registry
from gengdu.demo.rows import Rows
from gengdu.demo.school_list import school_id
from gengdu.demo.workforce import Workforce
from gengdu.records.sounds import sound

LEAD_TEACHERS = 0.19
LEAD_TITLES = (
    ("区级骨干教师", "district"), ("区级骨干教师", "district"), ("区级教学能手", "district"),
    ("市级骨干教师", "city"), ("市级教学能手", "city"), ("省级教学能手", "province"),
)  # fmt: skip
TITLE_YEARS = 5


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
    for number, person in enumerate(registry.everybody, start=1):
        _person(copy, rows, rng, person, number, schooling)
    degrees.write(rows, rng, schooling, registry.everybody)
    leaders.write(copy, rows, seated, rng)
    found = StaffOfCopy(registry.everybody, schooling)
    _lead_titles(rows, copy.rng("lead titles"), found)
    dossier.write(copy, rows, registry.everybody, copy.rng("dossier"))
    return found


def _person(
    copy: Copy, rows: Rows, rng: Random, person: Person, number: int, schooling: Schooling
) -> None:
    level, obtained_on = schooling.highest(person)
    since = min((post.starts_on for post in person.posts), default=FIRST_LOAD)
    rows.extend("staff_staff", [(person.staff_id, f"T{copy.county_code}{number:05d}")])
    rows.add(
        "staff_staffrecord", recorded_at=known(since, rng, within=1), staff_id=person.staff_id,
        name=person.name, sex=person.sex, birth_date=person.birth,
        identity_number=person.identity_number, identity_kind="1", nationality="CHN",
        name_sound=sound(person.name), education_level=level, education_obtained_on=obtained_on,
    )  # fmt: skip
    for post in person.posts:
        rows.add_dated(
            "staff_post", rng, post.starts_on, post.ends_on, end_known_on=post.end_known_on,
            staff_id=person.staff_id, school_id=school_id(copy.number, post.school),
            kind=post.kind, stage=post.stage, subject=post.subject,
        )  # fmt: skip


def _lead_titles(rows: Rows, rng: Random, staff: StaffOfCopy) -> None:
    """Name some of the teachers lead teachers, each for some years."""
    for person, post in staff.posts_on(LAST_DAY):
        if post.spec.is_kindergarten or rng.random() >= LEAD_TEACHERS:
            continue
        name, level = LEAD_TITLES[int(rng.random() * len(LEAD_TITLES))]
        starts_on = date(max(2021 + int(rng.random() * 6), post.starts_on.year), 1, 1)
        if starts_on > LAST_DAY:
            continue
        ends_on = date(starts_on.year + TITLE_YEARS, 1, 1)
        rows.add_dated(
            "staff_stafftitle", rng, starts_on, ends_on,
            staff_id=person.staff_id, kind="lead_teacher", name=name, level=level,
        )  # fmt: skip
