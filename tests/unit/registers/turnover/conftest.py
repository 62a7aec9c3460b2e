from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from gengdu.registers.pupils.models import Enrolment, Pupil
from gengdu.registers.schools.models import School, SchoolClass, SchoolProfile, SchoolStage
from gengdu.registers.staff.models import Post
from tests import world
from tests.world import World

KNOWN = world.known(date(2025, 9, 1))
YEAR = (date(2025, 9, 1), date(2026, 9, 1))


@pytest.fixture(scope="module")
def year(district: World, django_db_blocker: Any) -> dict[str, School]:
    """The small world with a junior school, a nine-year school, and classes at Li's school."""
    with django_db_blocker.unblock(), transaction.atomic():
        village = SchoolProfile.objects.filter(school=district.li_school).get().village
        junior = world.school("崮山中学", "junior", village, stage="junior")
        nine = world.school("泊于学校", "nine_year", village)
        SchoolStage.objects.create(
            school=nine, stage="junior", starts_on=world.LONG_AGO, recorded_at=KNOWN
        )
        for number in range(1, 4):
            _child(f"N{number}", nine, "primary", 5)
            _child(f"J{number}", junior, "junior", 4)
            _child(f"F{number}", district.li_school, "primary", 5)
            # Last year's graduates of Li's school went to the junior school.
            was = _child(f"W{number}", junior, "junior", 1)
            _enrol(was, district.li_school, "primary", 5, (date(2024, 9, 1), YEAR[0]))
        teacher = Post.objects.filter(school=district.li_school).earliest("pk").staff_id
        SchoolClass.objects.create(
            school=district.li_school, stage="primary", grade=4, class_number=1,
            homeroom_teacher_id=teacher, starts_on=YEAR[0], ends_on=YEAR[1], recorded_at=KNOWN,
        )  # fmt: skip
    return {
        "li": district.li_school, "zhao": district.zhao_school, "junior": junior, "nine": nine,
        "kindergarten": district.kindergarten, "city": district.city_school,
    }  # fmt: skip


def _child(code: str, school: School, stage: str, grade: int) -> Pupil:
    made = Pupil.objects.create(pupil_code=code)
    _enrol(made, school, stage, grade, YEAR)
    return made


def _enrol(pupil: Pupil, school: School, stage: str, grade: int, period: tuple[date, date]) -> None:
    Enrolment.objects.create(
        pupil=pupil, school=school, stage=stage, grade=grade, class_number=1,
        starts_on=period[0], ends_on=period[1], recorded_at=KNOWN,
    )  # fmt: skip
