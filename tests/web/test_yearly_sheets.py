"""The yearly report of a school goes out filled from the records and comes back read."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from gengdu.kernel.school_years import SchoolYear
from gengdu.registers.schools.facilities import FACILITIES
from gengdu.registers.schools.models import FacilityReport
from tests.importing import look
from tests.world import LONG_AGO, ON, World, known

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
YEAR = SchoolYear.containing(ON).begins_in


def filled(client: Client, school: int) -> dict[str, object]:
    response = client.get(reverse("school_yearly_report", args=[school]), {"on": str(ON)})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    head, _example, row = list(book.worksheets[0].iter_rows(max_row=3, values_only=True))
    return {str(name).rstrip("*"): value for name, value in zip(head, row, strict=True)}


def test_counts_are_those_of_the_registers_and_rooms_those_of_the_last_report(
    district: World, db: None, as_li: Client
) -> None:
    FacilityReport.objects.filter(school=district.li_school).delete()
    FacilityReport.objects.create(
        school=district.li_school, year=YEAR - 1, teaching_area_m2=500, planned_by_2010=True,
        graduates=3, reported_teachers=99, recorded_at=known(LONG_AGO),
    )  # fmt: skip

    sheet = filled(as_li, district.li_school.pk)

    assert sheet["学年"] == SchoolYear(YEAR).label_zh
    assert (sheet["教学及辅助用房总面积"], sheet["是否2010年及之前规划并建成"]) == (500, "是")
    assert sheet["本届毕业学生人数"] is None  # of another year
    assert sheet["音乐教室总间数"] is None  # not reported is not none
    assert sheet["班级总数"] == sum(
        int(str(value)) for name, value in sheet.items() if name.startswith("每班")
    )
    assert sheet["专任教师总人数"] != 99


def test_what_goes_out_comes_back_and_a_wrong_cell_is_named(
    district: World, db: None, as_li: Client, tmp_path: Path
) -> None:
    sheet = filled(as_li, district.li_school.pk)

    good = look(tmp_path, FACILITIES, sheet)
    wrong = look(tmp_path, FACILITIES, {**sheet, "音乐教室总间数": "两间", "进校带宽（Mbps）": -1})

    assert good.faults == {}
    assert good.actions != ("rejected",)
    assert set(wrong.faults[1]) == {"music_rooms", "school_bandwidth_mbps"}


def test_the_report_of_this_year_goes_out_as_it_was_sent(
    district: World, db: None, as_li: Client
) -> None:
    FacilityReport.objects.filter(school=district.li_school).delete()
    FacilityReport.objects.create(
        school=district.li_school, year=YEAR, reported_teachers=99, recorded_at=known(LONG_AGO)
    )

    assert filled(as_li, district.li_school.pk)["专任教师总人数"] == 99


def test_a_school_gets_its_own_report_alone(district: World, as_li: Client) -> None:
    others = reverse("school_yearly_report", args=[district.kindergarten.pk])

    assert as_li.get(others).status_code == 404
    page = as_li.get(reverse("school", args=[district.kindergarten.pk])).content.decode()
    assert others not in page
