"""The pages of the seven resource indicators: what they say, and who may open what."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from gengdu.analytics.quality_balance.resources import INDICATORS
from gengdu.analytics.run import Moment
from gengdu.board.evaluations import quality_balance
from gengdu.board.school_resources import records, years
from gengdu.documents.reading import read_rows
from gengdu.registers.schools.models import FacilityReport
from gengdu.registers.staff.models import StaffTitle
from tests.conftest import signed_in
from tests.web.children import text
from tests.world import LONG_AGO, ON, World, known

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

MATRIX, YEARS, EXPORT = (
    reverse(name) for name in ("quality_balance", "quality_balance_years", "quality_balance_export")
)
PEOPLE = sorted(records.COUNTS_BY)
THINGS = sorted(records.FIGURES)


@pytest.fixture(autouse=True)
def reported(district: World, db: None) -> None:
    """All schools have reported; 周静 of Li's school is a lead teacher, the others are not."""
    for school in (district.li_school, district.zhao_school, district.city_school):
        FacilityReport.objects.filter(school=school).delete()
        FacilityReport.objects.create(
            school=school, year=2025, recorded_at=known(date(2025, 10, 20)),
            teaching_area_m2=40, indoor_sports_area_m2=4, sports_area_m2=50, equipment_yuan=9_000,
            multimedia_rooms=1, visiting_pe_teachers=0, visiting_music_teachers=0,
            visiting_art_teachers=0, visiting_arts_teachers=0,
        )  # fmt: skip
    for code, ends in (("S02", None), ("S03", date(2021, 1, 1)), ("S06", date(2021, 1, 1))):
        StaffTitle.objects.create(
            staff_id=staff(code), kind="lead_teacher", name="骨干教师", level="district",
            starts_on=LONG_AGO, ends_on=ends, recorded_at=known(LONG_AGO),
        )  # fmt: skip


def staff(code: str) -> int:
    from gengdu.registers.staff.models import Staff

    return Staff.objects.get(staff_code=code).pk


def of_indicator(name: str) -> str:
    return reverse("quality_balance_indicator", args=[name])


def behind(school: int, name: str, stage: str = "primary") -> str:
    return reverse("quality_balance_records", args=[school, stage, name])


def of_school(school: int) -> str:
    return reverse("quality_balance_school", args=[school])


# One indicator


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_shows_every_school_of_its_stage_lowest_first(
    as_wang: Client, name: str
) -> None:
    bars = as_wang.get(of_indicator(name)).context["bars"]

    assert {bar.school.stage.row.school for bar in bars} == {"崮山小学", "松徐小学", "皇冠小学"}
    assert [bar.length for bar in bars] == sorted(bar.length for bar in bars)
    assert sum(bar.part.of_variance for bar in bars) == 1


def test_an_indicator_names_the_school_that_lies_farthest_apart_for_its_size(
    as_wang: Client,
) -> None:
    page = text(as_wang.get(of_indicator("teaching_area")))

    assert "皇冠小学" in page.split("各校分布")[0]
    assert "占全部差距的" in page


def test_a_school_that_has_not_reported_stands_first_and_there_is_no_coefficient(
    district: World, as_wang: Client
) -> None:
    FacilityReport.objects.filter(school=district.zhao_school).update(multimedia_rooms=None)

    found = as_wang.get(of_indicator("multimedia_classrooms"))

    assert found.context["bars"][0].school.stage.row.school == "松徐小学"
    assert found.context["is_within"] is None
    assert "有学校未报" in text(found)


def test_what_is_no_indicator_and_no_stage(as_wang: Client) -> None:
    assert as_wang.get(of_indicator("lead-teachers")).status_code == 404
    assert as_wang.get(of_indicator("lead_teachers"), {"stage": "senior"}).status_code == 200


# One school


def test_a_school_is_told_what_it_lacks_and_what_it_reaches(
    district: World, as_wang: Client
) -> None:
    page = text(as_wang.get(of_school(district.zhao_school.pk)))

    assert "差 1 名骨干教师" in page
    assert "低于 85% 线" in page


def test_a_school_that_is_not_assessed_says_so_and_an_unknown_one_is_not_there(
    district: World, as_wang: Client
) -> None:
    assert "不在评估之列" in text(as_wang.get(of_school(district.kindergarten.pk)))
    assert as_wang.get(of_school(987_654)).status_code == 404


# The records behind a cell


@pytest.mark.parametrize("name", PEOPLE)
def test_as_many_teachers_count_as_the_cell_says(
    district: World, as_wang: Client, name: str
) -> None:
    found = quality_balance(Moment(ON))
    for one in found.evaluation.schools:
        measured = one.stage.measured[name]
        assert measured is not None

        context = as_wang.get(behind(found.id_of(one), name)).context

        assert context["behind"].counted == measured.resource
        assert sum(line.counts == 1 for line in context["behind"].teachers) == measured.resource


@pytest.mark.parametrize("name", THINGS)
def test_the_figures_of_the_report_add_up_to_the_cell(
    district: World, as_wang: Client, name: str
) -> None:
    context = as_wang.get(behind(district.li_school.pk, name)).context

    figures = context["behind"].figures
    assert sum(line.sign * line.value for line in figures) == context["measured"].resource


def test_visiting_teachers_stand_beside_those_of_a_small_rural_school_only_where_they_count(
    district: World, as_wang: Client
) -> None:
    context = as_wang.get(behind(district.li_school.pk, "sports_arts_teachers")).context

    assert context["behind"].figures == ()


def test_teachers_are_opened_within_the_scope_and_reports_by_everybody_who_sees_records(
    district: World,
) -> None:
    own, other = district.li_school.pk, district.zhao_school.pk
    li = signed_in(district.li)

    assert li.get(behind(own, "lead_teachers")).status_code == 200
    assert li.get(behind(other, "lead_teachers")).status_code == 403
    assert li.get(behind(other, "equipment_value")).status_code == 200


def test_the_matrix_links_only_what_may_be_opened(district: World) -> None:
    page = text(signed_in(district.li).get(MATRIX))

    assert behind(district.li_school.pk, "lead_teachers") in page
    assert behind(district.zhao_school.pk, "lead_teachers") not in page
    assert behind(district.zhao_school.pk, "equipment_value") in page


def test_cells_that_are_not_there_are_addresses_that_do_not_exist(
    district: World, as_wang: Client
) -> None:
    school = district.li_school.pk

    assert as_wang.get(behind(school, "teachers")).status_code == 404
    assert as_wang.get(behind(school, "lead_teachers", "junior")).status_code == 404
    assert as_wang.get(behind(district.kindergarten.pk, "lead_teachers")).status_code == 404


def test_the_number_of_pupils_opens_into_as_many(district: World, as_wang: Client) -> None:
    one = as_wang.get(of_school(district.li_school.pk)).context["stages"][0].school

    listed = as_wang.get(
        reverse("pupils_list"), {"f_school": one.stage.row.school, "f_stage": "primary"}
    )

    assert listed.context["total"] == one.stage.row.pupils == 4


def test_pupils_are_opened_only_by_who_may_see_children(district: World) -> None:
    li = signed_in(district.li)
    address = reverse("pupils_list")

    assert f"{address}?f_school=" in text(li.get(of_school(district.li_school.pk)))
    assert f"{address}?f_school=" not in text(li.get(of_school(district.zhao_school.pk)))


# Years


def test_years_stand_side_by_side_each_as_on_its_last_day(as_wang: Client) -> None:
    found = as_wang.get(YEARS).context["years"]

    assert [year.on for year in found] == [day for day in years.days(ON) if day.year >= 2022]
    for year in found:
        alone = quality_balance(Moment(year.on)).evaluation
        assert alone.stages == year.found.stages


def test_a_year_may_be_shown_as_it_was_known_then(district: World, as_wang: Client) -> None:
    FacilityReport.objects.filter(school=district.li_school).update(
        recorded_at=known(date(2026, 1, 5))
    )

    now = as_wang.get(YEARS, {"on": "2026-06-01"}).context["years"]
    then = as_wang.get(YEARS, {"on": "2026-06-01", "then": "1"}).context["years"]

    unknown = [
        [year.on for year in found if year.found.stages[0].spreads["teaching_area"] is None]
        for found in (now, then)
    ]
    assert date(2025, 12, 31) not in unknown[0]
    assert date(2025, 12, 31) in unknown[1]


# Export and filters


def exported(folder: Path, client: Client, **asked: str) -> list[list[Any]]:
    response: Any = client.get(EXPORT, asked)
    assert response.status_code == 200
    file = folder / "matrix.xlsx"
    file.write_bytes(b"".join(response.streaming_content))
    return [list(row) for _number, row in read_rows(file)]


@pytest.mark.parametrize("stage", ["", "primary", "junior"])
def test_as_many_rows_leave_as_the_page_shows(as_wang: Client, tmp_path: Path, stage: str) -> None:
    asked = {"stage": stage} if stage else {}

    shown = as_wang.get(MATRIX, asked).context["lines"]
    _head, *rows = exported(tmp_path, as_wang, **asked)

    assert len(rows) == len(shown)
    assert [row[0] for row in rows] == [line.verdict.stage.row.school for line in shown]


def test_what_is_lacking_leaves_with_the_matrix(as_wang: Client, tmp_path: Path) -> None:
    head, *rows = exported(tmp_path, as_wang)

    lacking = head.index("L2 差（名）")
    assert {row[0]: row[lacking] for row in rows}["松徐小学"] == 1


def test_numbers_leave_as_numbers_with_a_format(as_wang: Client, tmp_path: Path) -> None:
    exported(tmp_path, as_wang)
    head, *rows = openpyxl.load_workbook(tmp_path / "matrix.xlsx").worksheets[0].iter_rows()

    figures = [
        (name.value, cell)
        for row in rows
        for name, cell in zip(head, row, strict=True)
        if str(name.value).startswith("L") and cell.value not in (None, "未报")
    ]
    assert figures
    for name, cell in figures:
        assert isinstance(cell.value, int | float), name
        assert cell.number_format in ("#,##0.00", "General")
