"""Writes what is kept of each member of staff: certificates, contracts, titles, training.

All of it is invented: numbers and programmes say 示例, and how long a contract runs, at what age a
title is reached and how many hours a course has are of the demo alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from gengdu.demo.copies import Copy
from gengdu.demo.moments import FIRST_DAY, LAST_DAY, SCHOOL_YEARS
from gengdu.demo.persons import Person, PostSpan
from gengdu.demo.rows import Rows
from gengdu.demo.school_list import school_id

CERTIFICATES = {"preschool": "幼儿园教师资格", "primary": "小学教师资格",
                "junior": "初级中学教师资格"}  # fmt: skip
SECOND_CERTIFICATE = ("高级中学教师资格", 0.06)
CERTIFIED_AT = 22
CONTRACT_YEARS = 3
TITLES = (("二级教师", "assistant", 24, 4), ("一级教师", "middle", 30, 6),
          ("高级教师", "deputy", 42, 9), ("正高级教师", "senior", 52, 40))  # fmt: skip
"""Name, level, the least age at which it is reached, and within how many years most reach it."""
COURSES = ("示例暑期全员培训", "示例学科研修", "示例信息技术应用能力培训")
HOURS = range(60, 91, 2)


def write(copy: Copy, rows: Rows, everybody: list[Person], rng: Random) -> None:
    """Write all of it for the people of a copy."""
    for person in everybody:
        if not person.posts:
            continue
        _contracts(copy, rows, person, rng)
        if _teaches(person):
            _certificates(copy, rows, person, rng)
            _titles(rows, person, rng)
            _training(rows, person, rng)


def _teaches(person: Person) -> bool:
    return any(post.kind == "teacher" for post in person.posts)


def _contracts(copy: Copy, rows: Rows, person: Person, rng: Random) -> None:
    """Write the contracts of the years that the registers cover, numbered from the first of all."""
    for number, (post, starts_on, full) in enumerate(_terms(person), start=1):
        ends_on = full if post.ends_on is None else min(full, post.ends_on)
        if ends_on <= FIRST_DAY:
            continue
        rows.add_dated(
            "staff_contractterm", rng, starts_on, ends_on,
            end_known_on=post.end_known_on if ends_on < full else None,
            staff_id=person.staff_id, school_id=school_id(copy.number, post.school),
            sequence=number,
        )  # fmt: skip


def _terms(person: Person) -> Iterator[tuple[PostSpan, date, date]]:
    """Yield post, first day and end of each contract as agreed; a new school makes a new one."""
    for post in person.posts:
        starts_on = post.starts_on
        while starts_on <= LAST_DAY and (post.ends_on is None or starts_on < post.ends_on):
            full = starts_on.replace(year=starts_on.year + CONTRACT_YEARS)
            yield post, starts_on, full
            starts_on = full


def _certificates(copy: Copy, rows: Rows, person: Person, rng: Random) -> None:
    post = next(post for post in person.posts if post.kind == "teacher")
    issued_on = date(min(person.birth.year + CERTIFIED_AT, post.starts_on.year - 1), 7, 1)
    kinds = [CERTIFICATES[post.stage]]
    if rng.random() < SECOND_CERTIFICATE[1]:
        kinds.append(SECOND_CERTIFICATE[0])
    for position, kind in enumerate(kinds, start=1):
        rows.add_known(
            "staff_certificate", rng, max(issued_on, person.posts[0].starts_on),
            staff_id=person.staff_id, position=position, kind=kind, issued_on=issued_on,
            number=f"示例{copy.county_code}{person.staff_id:07d}{position}",
            subject="" if post.stage == "preschool" else post.subject,
            registered_on=issued_on.replace(year=issued_on.year + 1),
        )  # fmt: skip


def _titles(rows: Rows, person: Person, rng: Random) -> None:
    """Write the titles of the profession that somebody of this age holds, each until the next."""
    reached = []
    for name, level, age, within in TITLES:
        year = person.birth.year + age + int(rng.random() * within)
        if date(year, 12, 1) > LAST_DAY:
            break
        reached.append((name, level, date(year, 12, 1)))
    ends = [*(starts_on for _, _, starts_on in reached[1:]), None][: len(reached)]
    since = person.posts[0].starts_on
    for (name, level, starts_on), ends_on in zip(reached, ends, strict=True):
        rows.add_dated(
            "staff_stafftitle", rng, starts_on, ends_on,
            known_on=max(starts_on, since), end_known_on=_known(ends_on, since),
            staff_id=person.staff_id, kind="professional", name=name, level=level,
        )  # fmt: skip


def _known(ends_on: date | None, since: date) -> date | None:
    """Return when an end became known; None where it was before the registers knew the person."""
    is_later = ends_on is not None and ends_on > max(since, FIRST_DAY)
    return ends_on if is_later else None


def _training(rows: Rows, person: Person, rng: Random) -> None:
    for year in SCHOOL_YEARS:
        completed_on = date(year, 8, 5 + int(rng.random() * 20))
        if person.post_on(completed_on) is None:
            continue
        rows.add_known(
            "staff_training", rng, completed_on, staff_id=person.staff_id,
            completed_on=completed_on, programme=COURSES[int(rng.random() * len(COURSES))],
            hours=float(HOURS[int(rng.random() * len(HOURS))]),
        )  # fmt: skip
