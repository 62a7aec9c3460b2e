"""A file is looked at cell by cell, written in one act, and taken back without a trace."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import pytest

from gengdu.records.importing.comparing import Block
from gengdu.records.models import Change
from gengdu.records.writing import CannotUndo, Moved
from gengdu.registers.pupils.models import (
    Enrolment,
    Guardian,
    Pupil,
    PupilRecord,
    PupilSituation,
)
from gengdu.registers.pupils.register import PUPILS
from tests import importing
from tests.importing import look, take_back, write
from tests.world import ON, World

SPRING = date(2026, 3, 1)
pytestmark = pytest.mark.django_db(databases=["default", "trail"])


@pytest.fixture(autouse=True)
def _numbers(district: World, db: None) -> None:
    importing.give_numbers()


def registry(name: str) -> str:
    return PupilRecord.objects.get(name=name, superseded_at=None).registry_number


def newcomer(school: str = "崮山小学", **more: object) -> dict[str, object]:
    number = importing.identity_number(date(2016, 5, 4), 777)
    return {
        "学校标识码": school, "姓名": "王新", "性别": "男", "出生日期": "2016-05-04",
        "学籍号": f"G{number}", "身份证件号": number, "年级": "三年级", "班级": "2班", **more,
    }  # fmt: skip


def test_new_changed_unchanged_and_refused_rows_are_told_apart(tmp_path: Path) -> None:
    rows = (
        newcomer(),
        {"学籍号": registry("丛一"), "姓名": "丛壹"},
        {"学籍号": registry("丛二"), "姓名": "丛二"},
        {"学籍号": registry("丛三"), "出生日期": "2016-02-30"},
    )

    looked = look(tmp_path, PUPILS, *rows)

    assert looked.actions == ("new", "changed", "unchanged", "rejected")
    assert looked.differences == {2: {"name": ("丛一", "丛壹")}}
    assert "没有这一天" in looked.faults[4]["birth_date"]


def test_nothing_is_written_by_looking(tmp_path: Path) -> None:
    before = importing.live_rows()

    look(tmp_path, PUPILS, newcomer(), {"学籍号": registry("丛一"), "姓名": "丛壹"})

    assert importing.live_rows() == before
    assert Pupil.objects.count() == 9


def test_a_new_child_gets_an_identity_a_record_and_a_place_in_a_class(
    tmp_path: Path, district: World
) -> None:
    change = write(look(tmp_path, PUPILS, newcomer(), on=SPRING), district.wang)

    record = PupilRecord.objects.get(name="王新")
    enrolment = Enrolment.objects.get(pupil=record.pupil)
    assert record.pupil.pupil_code == f"P{record.pupil_id:010d}"
    assert record.name_sound.startswith("wangxin wx")
    assert record.recorded_in == change
    assert (enrolment.school, enrolment.grade, enrolment.class_number) == (
        district.li_school, 3, 2,
    )  # fmt: skip
    assert (enrolment.starts_on, enrolment.ends_on) == (SPRING, date(2026, 9, 1))


def test_a_blank_cell_leaves_what_is_recorded_and_a_cleared_one_empties_it(
    tmp_path: Path, district: World
) -> None:
    row = {"学籍号": registry("丛一"), "特长": "游泳", "血型": "A"}
    write(look(tmp_path, PUPILS, row), district.wang)

    write(look(tmp_path, PUPILS, row | {"特长": "（清空）", "血型": None}), district.wang)

    record = PupilRecord.objects.get(name="丛一", superseded_at=None)
    assert (record.talent, record.blood_type) == ("", "A")


def test_what_must_be_there_cannot_be_cleared(tmp_path: Path) -> None:
    looked = look(tmp_path, PUPILS, {"学籍号": registry("丛一"), "姓名": "（清空）"})

    assert looked.faults == {1: {"name": "这一项不能清空"}}


def test_clearing_the_name_of_a_guardian_ends_that_row(tmp_path: Path, district: World) -> None:
    row = {"学籍号": registry("丛一"), "成员1姓名": "丛父", "成员1联系电话": "13806310000"}
    write(look(tmp_path, PUPILS, row), district.wang)

    looked = look(tmp_path, PUPILS, {"学籍号": registry("丛一"), "成员1姓名": "（清空）"})
    write(looked, district.wang)

    assert looked.differences[1]["guardian1_name"] == ("丛父", "")
    assert Guardian.objects.filter(superseded_at=None).count() == 0
    assert Guardian.objects.count() == 1


def test_a_masked_number_stays_as_it_is(tmp_path: Path) -> None:
    number = PupilRecord.objects.get(name="丛一").identity_number
    row = {"学籍号": registry("丛一"), "身份证件号": f"{number[:4]}**********{number[-4:]}"}

    assert look(tmp_path, PUPILS, row).actions == ("unchanged",)


def test_the_same_file_twice_writes_nothing_the_second_time(
    tmp_path: Path, district: World
) -> None:
    rows = (newcomer(成员1姓名="于父"), {"学籍号": registry("丛一"), "就读方式": "住校"})
    write(look(tmp_path, PUPILS, *rows), district.wang)
    before = importing.live_rows()

    again = look(tmp_path, PUPILS, *rows)
    change = write(again, district.wang)

    assert again.actions == ("unchanged", "unchanged")
    assert change.counts["tables"] == {}
    assert importing.live_rows() == before


def test_a_change_cuts_the_old_row_on_its_day_and_keeps_what_held_before(
    tmp_path: Path, district: World
) -> None:
    row = {"学籍号": registry("丛一"), "就读方式": "走读"}
    write(look(tmp_path, PUPILS, row, on=date(2025, 9, 1)), district.wang)

    write(look(tmp_path, PUPILS, row | {"就读方式": "住校"}, on=SPRING), district.wang)

    live = PupilSituation.objects.filter(superseded_at=None).order_by("starts_on")
    assert list(live.values_list("boarding", "starts_on", "ends_on")) == [
        ("1", date(2025, 9, 1), SPRING),
        ("2", SPRING, None),
    ]
    assert PupilSituation.objects.filter(superseded_at__isnull=False).count() == 1


def test_a_correction_keeps_the_period(tmp_path: Path, district: World) -> None:
    row = {"学籍号": registry("丛一"), "就读方式": "走读"}
    write(look(tmp_path, PUPILS, row, on=date(2025, 9, 1)), district.wang)

    corrected = row | {"就读方式": "住校"}
    write(look(tmp_path, PUPILS, corrected, on=SPRING, mode="correction"), district.wang)

    live = PupilSituation.objects.get(superseded_at=None)
    assert (live.boarding, live.starts_on, live.ends_on) == ("2", date(2025, 9, 1), None)


def test_a_clerk_writes_for_the_own_school_only(tmp_path: Path, district: World) -> None:
    own = frozenset({district.li_school.pk})

    looked = look(tmp_path, PUPILS, newcomer("松徐小学"), newcomer(), schools=own)

    assert looked.faults[1]["school"] == "这所学校不在您的管理范围内，请只填本单位"
    assert "重复" in looked.faults[2]["registry_number"]


def test_a_child_held_at_another_school_is_not_taken_over(tmp_path: Path, district: World) -> None:
    own = frozenset({district.li_school.pk})
    rows = (
        {"学籍号": registry("宫一"), "学校标识码": "崮山小学", "年级": "四年级", "班级": "1"},
        {"学籍号": registry("宫二"), "特长": "围棋"},
        {"学籍号": registry("丛一"), "特长": "围棋"},
    )

    looked = look(tmp_path, PUPILS, *rows, schools=own)

    assert looked.actions == ("rejected", "rejected", "changed")
    assert "目前登记在别的学校" in looked.faults[1]["school"]


def test_a_past_day_does_not_open_a_child_that_another_school_holds_later(
    tmp_path: Path, district: World
) -> None:
    pupil = PupilRecord.objects.get(name="宫一").pupil
    Enrolment.objects.filter(pupil=pupil, starts_on__lt=ON.replace(month=9, day=1)).delete()
    own = frozenset({district.li_school.pk})

    row = {"学籍号": registry("宫一"), "特长": "围棋"}
    looked = look(tmp_path, PUPILS, row, on=date(2025, 6, 1), schools=own)

    assert looked.actions == ("rejected",)


def test_a_row_that_names_a_thing_again_by_another_number_is_refused(tmp_path: Path) -> None:
    number = PupilRecord.objects.get(name="丛一").identity_number
    rows = ({"学籍号": registry("丛一"), "特长": "棋"}, {"身份证件号": number, "特长": "画"})

    looked = look(tmp_path, PUPILS, *rows)

    assert looked.actions == ("changed", "rejected")
    assert looked.faults[2] == {"code": "与第 1 行说的是同一条记录，请只留一行"}


def test_a_number_that_two_records_share_is_refused(tmp_path: Path) -> None:
    shared = PupilRecord.objects.get(name="丛一").identity_number
    PupilRecord.objects.filter(name="丛二").update(identity_number=shared)

    looked = look(tmp_path, PUPILS, {"身份证件号": shared, "特长": "棋"})

    assert "2 条记录" in looked.faults[1]["identity_number"]


def test_two_numbers_of_two_children_are_refused(tmp_path: Path) -> None:
    other = PupilRecord.objects.get(name="丛二").identity_number

    looked = look(tmp_path, PUPILS, {"学籍号": registry("丛一"), "身份证件号": other})

    assert "另一条记录" in looked.faults[1]["identity_number"]


def test_a_row_without_any_number_is_refused(tmp_path: Path) -> None:
    looked = look(tmp_path, PUPILS, {"学籍号": None, "姓名": "无名"})

    assert looked.faults == {
        1: {"registry_number": "没有学生编号或学籍号或身份证件号，认不出是谁，请补填"}
    }


def test_the_grade_is_read_by_the_school_that_is_recorded(tmp_path: Path) -> None:
    looked = look(tmp_path, PUPILS, {"学籍号": registry("丛一"), "年级": "五年级"})

    assert looked.differences == {1: {"grade_number": ("4", "5")}}


def test_a_school_that_cannot_be_read_is_said_once(tmp_path: Path) -> None:
    unknown, none = look(tmp_path, PUPILS, newcomer("没有的小学"), newcomer("")).faults.values()

    assert list(unknown) == ["school"]
    assert "请同时填学校" in none["grade"]


def test_a_blank_school_of_a_new_child_is_that_of_the_upload(
    tmp_path: Path, district: World
) -> None:
    rows = (newcomer(学校标识码=None), {"学籍号": registry("宫一"), "特长": "棋"})

    looked = look(tmp_path, PUPILS, *rows, defaults={"school": district.li_school.pk})

    assert looked.actions == ("new", "changed")
    assert looked.differences == {2: {"talent": ("", "棋")}}


def test_a_child_who_comes_back_must_say_to_which_class(tmp_path: Path) -> None:
    pupil = PupilRecord.objects.get(name="丛一").pupil
    Enrolment.objects.filter(pupil=pupil, ends_on__gt=ON).update(ends_on=date(2025, 10, 1))

    looked = look(tmp_path, PUPILS, {"学籍号": registry("丛一"), "班级": "2班"})

    assert set(looked.faults[1]) == {"school", "grade"}


def test_a_row_that_begins_before_a_later_one_ends_where_that_begins(
    tmp_path: Path, district: World
) -> None:
    late = {"学籍号": registry("丛一"), "就读方式": "住校"}
    write(look(tmp_path, PUPILS, late, on=SPRING), district.wang)

    early = late | {"就读方式": "走读"}
    write(look(tmp_path, PUPILS, early, on=date(2025, 10, 1)), district.wang)

    live = PupilSituation.objects.filter(superseded_at=None).order_by("starts_on")
    assert list(live.values_list("starts_on", "ends_on")) == [
        (date(2025, 10, 1), SPRING), (SPRING, None),
    ]  # fmt: skip


def test_nothing_at_all_is_written_when_a_row_was_changed_since_the_preview(
    tmp_path: Path, district: World
) -> None:
    rows = (newcomer(), {"学籍号": registry("丛一"), "姓名": "丛壹"})
    looked = look(tmp_path, PUPILS, *rows)
    write(look(tmp_path, PUPILS, rows[1] | {"姓名": "丛一一"}), district.wang)
    before = importing.live_rows()

    with pytest.raises(Moved, match="1 条记录"):
        write(looked, district.wang)

    assert importing.live_rows() == before
    assert Change.objects.count() == 1


def test_a_new_child_that_somebody_else_registered_meanwhile_is_not_doubled(
    tmp_path: Path, district: World
) -> None:
    late = look(tmp_path, PUPILS, newcomer())
    write(look(tmp_path, PUPILS, newcomer()), district.wang)

    with pytest.raises(Moved):
        write(late, district.wang)


def test_a_number_that_somebody_else_took_meanwhile_is_not_given_twice(
    tmp_path: Path, district: World
) -> None:
    number = importing.identity_number(date(2016, 3, 1), 901)
    late = look(tmp_path, PUPILS, {"学籍号": registry("丛一"), "身份证件号": number})
    write(look(tmp_path, PUPILS, {"学籍号": registry("丛二"), "身份证件号": number}), district.wang)

    with pytest.raises(Moved):
        write(late, district.wang)


def test_undoing_restores_every_row_column_by_column(tmp_path: Path, district: World) -> None:
    before = importing.live_rows()
    rows = (
        newcomer(成员1姓名="于父", 就读方式="住校"),
        {"学籍号": registry("丛一"), "姓名": "丛壹", "班级": "3班", "就读方式": "走读"},
    )
    change = write(look(tmp_path, PUPILS, *rows, on=SPRING), district.wang)
    assert importing.live_rows() != before

    take_back(change, district.wang)

    assert importing.live_rows() == before


def test_a_change_is_not_undone_once_its_rows_were_changed_again(
    tmp_path: Path, district: World
) -> None:
    row = {"学籍号": registry("丛一"), "姓名": "丛壹"}
    change = write(look(tmp_path, PUPILS, row), district.wang)
    write(look(tmp_path, PUPILS, row | {"姓名": "丛一一"}), district.wang)
    before = importing.live_rows()

    with pytest.raises(CannotUndo, match="1 条后来又被改动"):
        take_back(change, district.wang)

    assert importing.live_rows() == before


def test_a_change_is_undone_once(tmp_path: Path, district: World) -> None:
    row = {"学籍号": registry("丛一"), "姓名": "丛壹"}
    change = write(look(tmp_path, PUPILS, row), district.wang)
    take_back(change, district.wang)

    with pytest.raises(CannotUndo, match="已经撤销过"):
        take_back(change, district.wang)


def test_rows_that_were_looked_at_are_not_held_while_the_rest_is(tmp_path: Path) -> None:
    gc.collect()
    gc.disable()  # nothing may hang in a ring that only a collection would find
    try:
        look(tmp_path, PUPILS, newcomer())
        held = [found for found in gc.get_objects() if type(found) is Block]
    finally:
        gc.enable()

    assert held == []
