"""Writes the children that faults.py declares, before all other pupils."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gengdu.demo import faults, pupils
from gengdu.demo.copies import Copy
from gengdu.demo.geography import Geography
from gengdu.demo.moments import LAST_YEAR, day
from gengdu.demo.people import BirthDay
from gengdu.demo.rows import Batch, Rows
from gengdu.demo.school_list import school_id, spec
from gengdu.records.sounds import sound

RECORDED_AT = f"{LAST_YEAR}-09-02 01:12:09"
SEQUENCE_FROM = 900
"""Identity numbers of planted children end in high sequences that others do not reach."""


@dataclass(frozen=True)
class PlantedChild:
    """One child with something wrong.

    Attributes:
        identity_birth, identity_male: What the identity number says.
    """

    name: str
    sex: str
    birth: date
    identity_birth: date
    identity_male: bool
    school: str
    stage: str
    grade: int
    has_registry_number: bool = True


_TWICE, _UNREGISTERED = day("2017-11-03"), day("2015-01-30")
CHILDREN: dict[int, PlantedChild] = {
    faults.CHILD_TWICE[0]: PlantedChild(
        "毕子睿", "male", _TWICE, _TWICE, True, "haixitou", "primary", 3
    ),
    faults.CHILD_TWICE[1]: PlantedChild(
        "毕子睿", "male", _TWICE, _TWICE, True, "wuzhuhe", "primary", 3
    ),
    faults.BIRTH_DATE_DIFFERS: PlantedChild(
        "于诗涵", "female", day("2016-12-05"), day("2016-05-12"), False, "boyu", "primary", 4
    ),
    faults.SEX_DIFFERS: PlantedChild(
        "丛嘉铭", "female", day("2019-03-21"), day("2019-03-21"), True, "gushan", "primary", 2
    ),
    faults.TOO_OLD: PlantedChild(
        "邹奕辰", "male", day("2012-02-14"), day("2012-02-14"), True, "huangguan", "primary", 1
    ),
    faults.NO_REGISTRY_NUMBER: PlantedChild(
        "鞠欣怡", "female", _UNREGISTERED, _UNREGISTERED, False, "gushan_j", "junior", 1, False
    ),
}  # fmt: skip


def batches(copy: Copy, places: Geography) -> Iterator[Batch]:
    """Write the planted children; their ids are those that faults.py names."""
    rows = copy.rows()
    for pupil_id, child in CHILDREN.items():
        added = _child(copy, rows, places, child)
        assert added == pupil_id
    yield from rows.batches()


def _child(copy: Copy, rows: Rows, places: Geography, child: PlantedChild) -> int:
    sequence = SEQUENCE_FROM + child.identity_male
    identity = BirthDay(child.identity_birth).identity_number(sequence)
    code = f"{copy.county_code}{copy.ids.last(pupils.PUPIL) + 1:08d}"
    pupil_id = rows.add(pupils.PUPIL, pupil_code=code)
    rows.add(
        pupils.RECORD,
        recorded_at=RECORDED_AT,
        pupil_id=pupil_id,
        name_sound=sound(child.name),
        registry_number=f"G{identity}" if child.has_registry_number else "",
        name=child.name,
        sex=child.sex,
        birth_date=child.birth,
        identity_number=identity,
        home_id=places[spec(child.school).town].villages[0].place_id,
    )
    rows.add(
        pupils.SITUATION, recorded_at=RECORDED_AT, starts_on=date(LAST_YEAR, 9, 1),
        pupil_id=pupil_id, boarding="1", left_behind="0", needs_school_bus=False,
    )  # fmt: skip
    rows.add(
        pupils.GUARDIAN, recorded_at=RECORDED_AT, pupil_id=pupil_id, position=1,
        name=f"{child.name[0]}建国", relation="1", is_guardian=True,
    )  # fmt: skip
    rows.add(
        pupils.ENROLMENT,
        recorded_at=RECORDED_AT,
        starts_on=date(LAST_YEAR, 9, 1),
        ends_on=date(LAST_YEAR + 1, 9, 1),
        pupil_id=pupil_id,
        school_id=school_id(copy.number, child.school),
        stage=child.stage,
        grade=child.grade,
        class_number=1 if child.school != "huangguan" else 8,
    )
    return pupil_id
