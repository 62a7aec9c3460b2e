"""The mistakes planted in the demo, so that checks of the registers have something to find.

Row ids are those of the demo at any scale and seed: planted rows are written before all others of
their table, or their place in it follows from the list of schools.
"""

from __future__ import annotations

from dataclasses import dataclass

from gengdu.demo import facilities
from gengdu.demo.children import FULL_CLASS
from gengdu.demo.school_list import school_id


@dataclass(frozen=True)
class Fault:
    """One planted mistake.

    Attributes:
        table: Database table in which it shows.
        row_ids: The rows it concerns; the school's where a record is missing or too many are there.
        what_zh: What is wrong.
    """

    key: str
    table: str
    row_ids: tuple[int, ...]
    what_zh: str


CHILD_TWICE = (1, 2)
BIRTH_DATE_DIFFERS, SEX_DIFFERS, TOO_OLD, NO_REGISTRY_NUMBER = 3, 4, 5, 6


def _report_id(key: str, year: int) -> int:
    listed = [(spec.key, one) for spec, one in facilities.reports()]
    return listed.index((key, year)) + 1


FAULTS: tuple[Fault, ...] = (
    Fault("child_twice", "pupils_pupilrecord", CHILD_TWICE,
          "同一名学生（身份证件号相同）有两个学生编号，同时在海西头小学和五渚河小学在籍"),
    Fault("birth_date_differs", "pupils_pupilrecord", (BIRTH_DATE_DIFFERS,),
          "出生日期与身份证件号中的出生日期不一致"),
    Fault("sex_differs", "pupils_pupilrecord", (SEX_DIFFERS,), "性别与身份证件号第17位不一致"),
    Fault("too_old", "pupils_enrolment", (TOO_OLD,), "14岁的学生登记在小学一年级"),
    Fault("no_registry_number", "pupils_pupilrecord", (NO_REGISTRY_NUMBER,), "没有学籍号"),
    Fault("area_ten_times", "schools_facilityreport", (_report_id(*facilities.TEN_TIMES),),
          "泊于中心幼儿园2026学年年报的体育运动场馆面积多写了一个零"),
    Fault("class_too_large", "schools_school", (school_id(0, FULL_CLASS[0]),),
          "长峰小学2026学年一年级1班有46人，超过45人"),
    Fault("teacher_twice", "staff_staffrecord", (1, 2),
          "同一名教师（身份证件号相同）有两个工号，同时在两所学校任职"),
    Fault("not_reported", "schools_school", (school_id(0, facilities.NOT_REPORTING[0]),),
          "车家沟幼儿园2025学年起没有报送办学条件年报"),
    Fault("title_twice", "moral_education_campustitle", (1, 2),
          "五渚河小学的同一个区级文明校园称号登记了两次"),
)  # fmt: skip
