"""What holds for every register: an export comes back unchanged, and no cell brings it down."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gengdu.access.scope import Viewer
from gengdu.records.importing.preview import CLEAR
from gengdu.records.sheets import Register
from gengdu.registers.bodies.models import Body, BodyAlias, BodyName, BodyOfficer
from gengdu.registers.declared import REGISTERS
from gengdu.registers.pupils.models import Guardian, Pupil, PupilSituation
from gengdu.registers.schools.models import CountyReport, SchoolClass
from gengdu.registers.staff.models import (
    Certificate,
    ContractTerm,
    Staff,
    StaffTitle,
    Training,
)
from tests import importing, world
from tests.importing import flat_cells, live_rows, look, take_back, write
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
every_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.key)
SINCE = date(2025, 9, 1)
CHANGES: dict[str, tuple[str, object]] = {
    "schools": ("所在村居", "皇冠社区"),
    "pupils": ("姓名", "丛新"),
    "staff": ("任教学科", "书法"),
    "contracts": ("聘期终止日期", "2027-08-31"),
    "staff_titles": ("级别", "省级"),
    "certificates": ("教师资格类型", "初级中学"),
    "trainings": ("学时", 12.5),
    "leadership": ("任期届满日", "2029-09-01"),
    "classes": ("班主任", CLEAR),
    "facilities": ("进校带宽（Mbps）", 2000),
    "county": ("义务教育学校教师年平均工资收入（元）", 99_999),
    "places": ("简称", "新村"),
    "bodies": ("单位名称", "新教育分局"),
    "body_aliases": ("别称", "新教育局"),
    "body_officers": ("联系电话", "13806310009"),
}
"""For each register a column of some row, and another value."""


@pytest.fixture(autouse=True)
def _something_in_every_table(district: World, db: None) -> None:
    importing.give_numbers()
    since: dict[str, Any] = {"starts_on": SINCE, "recorded_at": world.known(SINCE)}
    recorded: dict[str, Any] = {"recorded_at": world.known(SINCE)}
    child, teacher = Pupil.objects.get(pupil_code="P01"), Staff.objects.get(staff_code="S02")
    PupilSituation.objects.create(pupil=child, boarding="2", travel_km=3.14159, **since)
    Guardian.objects.create(pupil=child, position=2, name="丛母", is_guardian=True, **recorded)
    Certificate.objects.create(staff=teacher, kind="小学", issued_on=SINCE, **recorded)
    StaffTitle.objects.create(
        staff=teacher, kind="lead_teacher", name="骨干", level="city", **since
    )
    ContractTerm.objects.create(
        staff=teacher, school=district.li_school, sequence=1, ends_on=date(2028, 9, 1), **since
    )
    Training.objects.create(
        staff=teacher, completed_on=SINCE, programme="暑期培训", hours=30, **recorded
    )
    SchoolClass.objects.create(
        school=district.li_school, stage="primary", grade=4, class_number=1,
        homeroom_teacher=teacher, **since,
    )  # fmt: skip
    CountyReport.objects.create(year=2025, teacher_pay_yuan=112_345.67, **recorded)
    body = Body.objects.create(key="bureau")
    BodyName.objects.create(body=body, name="教育分局", **since)
    BodyAlias.objects.create(body=body, alias="区教育局", **recorded)
    BodyOfficer.objects.create(
        body=body, duty="liaison", name="王同", phone="0631-5551234", **since
    )


@every_register
def test_an_export_brought_in_again_changes_nothing(tmp_path: Path, register: Register) -> None:
    rows = list(flat_cells(register, ON))

    looked = look(tmp_path, register, *rows)

    assert rows
    assert set(looked.actions) == {"unchanged"}
    assert (looked.differences, looked.faults) == ({}, {})


@every_register
def test_an_export_as_plain_text_changes_nothing_either(tmp_path: Path, register: Register) -> None:
    numbers = {"纬度", "经度", "上下学距离"}
    rows = [
        {name: None if cell is None else str(cell) for name, cell in row.items()}
        for row in flat_cells(register, ON)
    ]
    kept = [{name: row[name] for name in row if name not in numbers} for row in rows]

    looked = look(tmp_path, register, *kept)

    assert set(looked.actions) == {"unchanged"}


@every_register
def test_a_school_sees_its_own_and_never_anothers(register: Register, district: World) -> None:
    li = Viewer.of(district.li)
    every = set(register.within(Viewer.of(district.wang), ON).values_list("thing", flat=True))

    own = register.within(li, ON)

    assert every == set(register.rows(ON).values_list("thing", flat=True))
    if register.key in ("pupils", "staff", "facilities", "classes"):
        assert set(own.values_list("school_id", flat=True)) == {district.li_school.pk}
    elif register.beside == "staff":
        assert {school for (school,) in own.values_list("post__school_id")} <= {
            district.li_school.pk
        }
    else:
        assert own.count() in (0, len(every))


@every_register
def test_undoing_a_change_leaves_no_trace(
    tmp_path: Path, register: Register, district: World
) -> None:
    before = live_rows()
    name, value = CHANGES[register.key]
    row = next(row for row in flat_cells(register, ON) if row[name] not in (None, "", value))
    change = write(look(tmp_path, register, row | {name: value}), district.wang)
    assert live_rows() != before

    take_back(change, district.wang)

    assert live_rows() == before


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(-(10**19), 10**19),
    st.floats(),
    st.booleans(),
    st.dates(date(1800, 1, 1), date(2200, 1, 1)),
    st.datetimes(datetime(1800, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001
    st.sampled_from([time(3), timedelta(1), Decimal("1.5"), CLEAR, "3710**********1234", "#N/A",
                     "是", "否", "1", "220", "三年级", "²年级", "2班", "小学", "初中", "-1",
                     "2025", "2015-09", "13806310001", "崮山小学", "松徐小学", "99999999999999"]),
)  # fmt: skip


@every_register
@settings(
    max_examples=20, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_no_cell_brings_it_down_and_what_is_accepted_can_be_written_and_taken_back(
    tmp_path: Path, register: Register, district: World, data: st.DataObject
) -> None:
    known = list(flat_cells(register, ON))
    names = sorted({name for row in known for name in row})
    cells = st.dictionaries(st.sampled_from(names), CELLS, max_size=5)
    bases = st.sampled_from([{}, *known])
    rows = data.draw(st.lists(st.tuples(bases, cells), min_size=1, max_size=4))
    mode = data.draw(st.sampled_from(["change", "correction"]))

    with transaction.atomic():
        before = live_rows()
        looked = look(tmp_path, register, *({**base, **some} for base, some in rows), mode=mode)
        change = write(looked, district.wang)
        take_back(change, district.wang)
        after = live_rows()
        transaction.set_rollback(True)

    del before["places_place"], after["places_place"]
    assert after == before
