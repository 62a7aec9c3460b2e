"""Lists of schools, yearly reports, classes, places and bodies go into their registers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gengdu.records.layouts import layouts
from gengdu.registers.bodies.models import Body, BodyAlias, BodyName
from gengdu.registers.bodies.register import BODIES, BODY_ALIASES, BODY_OFFICERS
from gengdu.registers.places.models import Place, PlaceRecord
from gengdu.registers.places.register import PLACES
from gengdu.registers.schools.classes import CLASSES
from gengdu.registers.schools.county import COUNTY
from gengdu.registers.schools.facilities import FACILITIES
from gengdu.registers.schools.models import (
    Campus,
    CountyReport,
    FacilityReport,
    School,
    SchoolClass,
    SchoolProfile,
    SchoolStage,
)
from gengdu.registers.schools.register import SCHOOLS
from tests import importing, world
from tests.importing import look, take_back, write
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
FIELDS = {layout.key: layout.fields for layout in layouts()}


@pytest.fixture(autouse=True)
def _numbers(district: World, db: None) -> None:
    importing.give_numbers()


def full_row(layout: str, given: dict[str, object]) -> dict[str, object]:
    """Return a row with every column of a layout, blank but for what is given."""
    assert set(given) <= set(FIELDS[layout])
    return dict.fromkeys(FIELDS[layout]) | given


NEW_SCHOOL: dict[str, object] = {
    "学校代码": "2137009999", "学校名称": "百尺所学校", "区县代码": "371072",
    "学校类型": "九年一贯制", "办学性质": "民办", "地址": "崮山镇百尺所村1号",
    "联系电话": "0631-5551234",
}  # fmt: skip


class TestSchoolList:
    def test_a_new_school_comes_with_stages_and_campus(
        self, tmp_path: Path, district: World
    ) -> None:
        looked = look(tmp_path, SCHOOLS, full_row("school_list", NEW_SCHOOL))
        write(looked, district.wang)

        profile = SchoolProfile.objects.get(name="百尺所学校")
        stages = SchoolStage.objects.filter(school=profile.school).order_by("stage")
        assert looked.actions == ("new",)
        assert (profile.category, profile.sponsor, profile.is_public) == ("nine_year", "10", False)
        assert (profile.school_system, profile.in_plan) == ("five_four", False)
        assert list(stages.values_list("stage", flat=True)) == ["junior", "primary"]
        assert Campus.objects.get(school=profile.school).name == "本部"
        assert set(looked.warnings[1]) == {"village", "school_system", "in_plan"}

    def test_an_address_that_names_no_village_leaves_it_to_be_filled_in(
        self, tmp_path: Path
    ) -> None:
        looked = look(tmp_path, SCHOOLS, NEW_SCHOOL | {"地址": "某路1号"})

        assert looked.faults == {1: {"village": "新登记的必须填“所在村居”"}}

    def test_a_school_of_another_county_is_refused(self, tmp_path: Path) -> None:
        looked = look(tmp_path, SCHOOLS, NEW_SCHOOL | {"区县代码": "210102"})

        assert "不是本区县（371072 经开区）" in looked.faults[1]["county_code"]

    def test_what_the_registers_know_is_compared_and_never_stored(
        self, tmp_path: Path, district: World
    ) -> None:
        SchoolProfile.objects.filter(name="崮山小学").update(urban_rural_class="121")
        row: dict[str, object] = {
            "学校名称": "崮山小学", "学生数": 5, "教师数": 2, "校长": "王五", "城乡类型": "乡村",
        }  # fmt: skip

        looked = look(tmp_path, SCHOOLS, row)

        assert looked.actions == ("unchanged",)
        assert set(looked.warnings[1]) == {"pupils", "head", "zone"}
        assert "4人" in looked.warnings[1]["pupils"]
        assert "李明" in looked.warnings[1]["head"]

    def test_a_former_name_does_not_rename_a_school_back(
        self, tmp_path: Path, district: World
    ) -> None:
        row: dict[str, object] = {
            "学校代码": self._identifier("崮山小学"),
            "学校名称": "崮山中心校",
        }
        write(look(tmp_path, SCHOOLS, row, on=date(2025, 9, 1)), district.wang)

        looked = look(tmp_path, SCHOOLS, {"学校名称": "崮山小学", "寄宿制": "是"})

        assert "现名“崮山中心校”" in looked.faults[1]["name"]

    def test_a_name_changes_from_the_day_on_and_back_by_undoing(
        self, tmp_path: Path, district: World
    ) -> None:
        before = importing.live_rows()
        row: dict[str, object] = {
            "学校代码": self._identifier("崮山小学"),
            "学校名称": "崮山中心校",
        }
        change = write(look(tmp_path, SCHOOLS, row, on=ON), district.wang)

        names = SchoolProfile.objects.filter(school=district.li_school, superseded_at=None)
        assert list(names.order_by("starts_on").values_list("name", "ends_on")) == [
            ("崮山小学", ON), ("崮山中心校", None),
        ]  # fmt: skip
        take_back(change, district.wang)
        assert importing.live_rows() == before

    def test_stages_are_added_as_named_and_never_taken_away(
        self, tmp_path: Path, district: World
    ) -> None:
        row: dict[str, object] = {"学校名称": "崮山小学", "学段": "学前、小学"}

        write(look(tmp_path, SCHOOLS, row), district.wang)
        looked = look(tmp_path, SCHOOLS, {"学校名称": "崮山小学", "学段": "小学"})

        stages = SchoolStage.objects.filter(school=district.li_school)
        assert set(stages.values_list("stage", flat=True)) == {"preschool", "primary"}
        assert looked.actions == ("unchanged",)
        assert "还办学前" in looked.warnings[1]["stages"]

    def test_a_credit_code_of_odd_check_is_a_warning(self, tmp_path: Path) -> None:
        row: dict[str, object] = {"学校名称": "崮山小学", "统一社会信用代码": "91350100M000100Y44"}

        looked = look(tmp_path, SCHOOLS, row)

        assert looked.actions == ("changed",)
        assert "social_credit_code" in looked.warnings[1]

    def test_only_the_district_writes_schools(self, tmp_path: Path, district: World) -> None:
        own = frozenset({district.li_school.pk})

        looked = look(tmp_path, SCHOOLS, {"学校名称": "崮山小学", "寄宿制": "是"}, schools=own)

        assert looked.faults == {1: {"name": "“学校登记”只由教育分局登记和修改"}}
        assert School.objects.count() == 5

    @staticmethod
    def _identifier(name: str) -> str:
        return SchoolProfile.objects.get(name=name).identifier


class TestFacilities:
    def test_all_68_items_are_taken_and_money_becomes_yuan(
        self, tmp_path: Path, district: World
    ) -> None:
        row = self._filled() | {
            "学校名称": "皇冠小学", "学校代码": None, "教学仪器设备资产值（账面原值）": "123.4567",
            "上一年度公用经费预算总额": 80.5, "家庭住址在划片范围内的在校学生人数（小学）": 31,
            "家庭住址在划片范围内的在校学生人数（初中）": 17,
        }  # fmt: skip

        looked = look(tmp_path, FACILITIES, row)
        write(looked, district.wang)

        report = FacilityReport.objects.get(school=district.city_school)
        assert (looked.actions, report.year) == (("new",), 2025)
        assert (report.equipment_yuan, report.public_funds_budget_yuan) == (1_234_567.0, 805_000.0)
        assert (report.primary_in_zone, report.junior_in_zone) == (31, 17)
        fields = [f for f in FacilityReport._meta.concrete_fields if f.name.startswith("reported")]
        assert all(getattr(report, field.name) is not None for field in fields)

    @staticmethod
    def _filled() -> dict[str, object]:
        row: dict[str, Any] = dict.fromkeys(FIELDS["quality_balance_school"], 1)
        asked = [name for name in row if name.startswith("是否")]
        return row | dict.fromkeys(asked, "否") | {"学校类型": "小学", "建校时间": "1998年"}

    def test_an_amount_in_ten_thousands_is_told_by_its_name(self, tmp_path: Path) -> None:
        row: dict[str, object] = {"学校名称": "崮山小学", "教学仪器设备值(单位：万元)": 12.5}

        looked = look(tmp_path, FACILITIES, row)

        assert looked.differences == {1: {"equipment_yuan": ("", "125000.0")}}

    def test_an_amount_in_yuan_stays_and_a_small_one_is_doubted(self, tmp_path: Path) -> None:
        row: dict[str, object] = {"学校名称": "崮山小学", "教学仪器设备值（元）": 125}

        looked = look(tmp_path, FACILITIES, row)

        assert "是否填成了万元" in looked.warnings[1]["equipment_yuan"]

    def test_an_amount_of_unknown_unit_is_left_for_people_to_place(self, tmp_path: Path) -> None:
        row: dict[str, object] = {"学校名称": "崮山小学", "教学仪器设备值": 125}

        assert look(tmp_path, FACILITIES, row).actions == ("unchanged",)

    @pytest.mark.parametrize(
        ("cells", "key"),
        [
            ({"音乐教室总间数": 2, "单间面积≥96㎡的音乐教室间数": 3}, "music_rooms"),
            ({"美术教室总间数": 0, "61㎡≤单间面积＜67㎡的美术教室间数": 1}, "art_rooms"),
            ({"班级总数": 6, "每班41-45人班级个数": 7}, "reported_classes"),
            ({"教学及辅助用房总面积": 100, "室内体育用房面积": 101}, "teaching_area_m2"),
            ({"专任教师总人数": 2, "持有教师资格证的专任教师人数": 3}, "reported_teachers"),
            ({"小学学生人数": 4, "家庭住址在划片范围内的在校学生人数（小学）": 5},
             "reported_primary_pupils"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )  # fmt: skip
    def test_parts_beyond_their_total_are_a_warning(
        self, tmp_path: Path, cells: dict[str, object], key: str
    ) -> None:
        looked = look(tmp_path, FACILITIES, {"学校名称": "崮山小学", **cells})

        assert looked.actions == ("changed",)
        assert "多于这里的" in looked.warnings[1][key]

    def test_the_area_of_sports_grounds_follows_from_its_parts(self, tmp_path: Path) -> None:
        row: dict[str, object] = {
            "学校名称": "崮山小学", "学校体育馆面积": 800, "校内体育场面积": 4200.5,
            "校外租赁场馆面积": 900, "是否人口密度过高的大城市中心城区学校": "否",
        }  # fmt: skip

        usual = look(tmp_path, FACILITIES, row)
        dense = look(tmp_path, FACILITIES, row | {"是否人口密度过高的大城市中心城区学校": "是"})

        assert usual.differences[1]["sports_area_m2"] == ("", "5000.5")
        assert dense.differences[1]["sports_area_m2"] == ("", "5900.5")

    def test_a_name_and_a_code_of_two_schools_are_refused(self, tmp_path: Path) -> None:
        code = SchoolProfile.objects.get(name="松徐小学").identifier
        row: dict[str, object] = {"学校名称": "崮山小学", "学校代码": code, "音乐教室总间数": 1}

        looked = look(tmp_path, FACILITIES, row)

        assert looked.faults == {1: {"school_code": "与学校名称不是同一所学校，请核对"}}

    def test_a_code_alone_names_the_school(self, tmp_path: Path) -> None:
        code = SchoolProfile.objects.get(name="崮山小学").identifier

        looked = look(tmp_path, FACILITIES, {"学校代码": code, "音乐教室总间数": 1})

        assert looked.differences == {1: {"music_rooms": ("", "1")}}

    @pytest.mark.parametrize("written", ["2025", "2025—2026学年", "2025-26", 2025])
    def test_a_school_year_is_read_as_people_write_it(self, written: object) -> None:
        assert FACILITIES.by_key["year"].kind_on(ON).parse(written) == 2025

    def test_another_year_is_another_report(self, tmp_path: Path, district: World) -> None:
        row: dict[str, object] = {"学校名称": "崮山小学", "学年": "2024", "音乐教室总间数": 1}

        write(look(tmp_path, FACILITIES, row), district.wang)

        years = FacilityReport.objects.filter(school=district.li_school, superseded_at=None)
        assert set(years.values_list("year", flat=True)) == {2024, 2025}

    def test_a_school_reports_for_itself_alone(self, tmp_path: Path, district: World) -> None:
        own = frozenset({district.li_school.pk})
        rows: list[dict[str, object]] = [
            {"学校名称": "崮山小学", "音乐教室总间数": 1},
            {"学校名称": "松徐小学", "音乐教室总间数": 1},
        ]

        looked = look(tmp_path, FACILITIES, *rows, schools=own)

        assert looked.actions == ("changed", "rejected")


class TestCountyReport:
    ROW: dict[str, object] = {
        "区县名称": "经开区", "区县代码": "371072", "填报年度": "2025年",
        "上年度义务教育学校教师年平均工资收入水平（不含民办学校）": "11.2345",
        "当地公务员年平均工资收入": 11, "规定的小学生均公用经费标准": 1150,
        "符合交流条件教师总数": 100, "实际交流轮岗教师数": 12,
    }  # fmt: skip

    def test_the_twenty_items_are_taken(self, tmp_path: Path, district: World) -> None:
        looked = look(tmp_path, COUNTY, full_row("quality_balance_county", self.ROW))
        write(looked, district.wang)

        report = CountyReport.objects.get()
        assert looked.warnings == {}
        assert (report.year, report.teacher_pay_yuan, report.civil_servant_pay_yuan) == (
            2025, 112_345.0, 110_000.0,
        )  # fmt: skip
        assert report.primary_funds_per_pupil_yuan == 1150

    def test_a_part_beyond_its_whole_and_a_pay_in_the_wrong_unit_are_warnings(
        self, tmp_path: Path
    ) -> None:
        row = self.ROW | {"实际交流轮岗教师数": 101, "当地公务员年平均工资收入": 110_000}

        looked = look(tmp_path, COUNTY, row)

        assert set(looked.warnings[1]) == {"exchanged_teachers", "civil_servant_pay_yuan"}

    def test_a_name_that_says_yuan_is_read_in_yuan(self, tmp_path: Path, district: World) -> None:
        row: dict[str, object] = {"填报年度": 2025, "当地公务员年平均工资收入（元）": 110_000}

        write(look(tmp_path, COUNTY, row), district.wang)

        assert CountyReport.objects.get().civil_servant_pay_yuan == 110_000

    def test_the_report_of_another_county_is_refused(self, tmp_path: Path) -> None:
        looked = look(tmp_path, COUNTY, self.ROW | {"区县代码": "371002"})

        assert "county_code" in looked.faults[1]


class TestClasses:
    ROW: dict[str, object] = {"学校": "崮山小学", "年级": "三年级", "班级": "2班", "班主任": "周静"}

    def test_a_class_lasts_for_its_school_year(self, tmp_path: Path, district: World) -> None:
        write(look(tmp_path, CLASSES, self.ROW, on=date(2025, 9, 1)), district.wang)

        found = SchoolClass.objects.get()
        assert (found.stage, found.grade, found.class_number) == ("primary", 3, 2)
        assert found.ends_on == date(2026, 9, 1)
        assert look(tmp_path, CLASSES, self.ROW).actions == ("unchanged",)

    def test_the_class_of_another_year_is_another_row(
        self, tmp_path: Path, district: World
    ) -> None:
        write(look(tmp_path, CLASSES, self.ROW, on=date(2025, 9, 1)), district.wang)

        looked = look(tmp_path, CLASSES, self.ROW, on=date(2026, 9, 1))
        write(looked, district.wang)

        assert looked.actions == ("new",)
        assert SchoolClass.objects.filter(superseded_at=None).count() == 2

    def test_a_teacher_of_no_register_is_refused(self, tmp_path: Path) -> None:
        looked = look(tmp_path, CLASSES, self.ROW | {"班主任": "无此人"})

        assert "教职工名录里没有“无此人”" in looked.faults[1]["homeroom_teacher"]


class TestPlaces:
    def test_a_new_village_finds_its_kind_parent_and_short_name_by_code_and_name(
        self, tmp_path: Path, district: World
    ) -> None:
        row: dict[str, object] = {"区划代码": "371072103209", "名称": "新设村委会"}

        write(look(tmp_path, PLACES, row), district.wang)

        record = PlaceRecord.objects.get(code="371072103209")
        assert (record.place.kind, record.parent, record.short_name) == (
            "village", district.gushan, "新设村",
        )  # fmt: skip

    def test_a_class_of_three_digits_is_taken_and_no_other(
        self, tmp_path: Path, district: World
    ) -> None:
        rows: list[dict[str, object]] = [
            {"区划代码": "371072103201", "城乡分类代码": 220},
            {"区划代码": "371072103202", "城乡分类代码": "221"},
        ]

        looked = look(tmp_path, PLACES, *rows)

        assert looked.actions == ("changed", "rejected")

    def test_the_code_of_a_town_is_known_with_its_zeros(self, tmp_path: Path) -> None:
        row: dict[str, object] = {"区划代码": "371072103000", "名称": "崮山镇"}

        assert look(tmp_path, PLACES, row).actions == ("unchanged",)

    def test_a_village_of_an_unknown_town_is_refused(self, tmp_path: Path) -> None:
        row: dict[str, object] = {"区划代码": "371072999201", "名称": "无镇村委会"}

        assert "请先登记上级" in look(tmp_path, PLACES, row).faults[1]["parent"]
        assert Place.objects.count() == 9


class TestBodies:
    @pytest.fixture(autouse=True)
    def _bureau(self) -> None:
        body = Body.objects.create(key="bureau")
        BodyName.objects.create(body=body, name="教育分局", **world._dated(world.LONG_AGO))

    def test_a_new_body_is_said_to_be_new(self, tmp_path: Path, district: World) -> None:
        looked = look(tmp_path, BODIES, {"单位名称": "教育分局"}, {"单位名称": "财政金融局"})
        write(looked, district.wang)

        assert looked.actions == ("unchanged", "new")
        assert "将新登记一个" in looked.warnings[2]["name"]
        assert Body.objects.exclude(key="bureau").get().names.get().name == "财政金融局"

    def test_another_name_is_no_other_body(self, tmp_path: Path, district: World) -> None:
        write(look(tmp_path, BODY_ALIASES, {"单位": "教育分局", "别称": "区教育局"}), district.wang)

        looked = look(tmp_path, BODIES, {"单位名称": "区教育局"})

        assert BodyAlias.objects.get().body.key == "bureau"
        assert "别称" in looked.faults[1]["name"]

    def test_an_officer_is_found_again_and_gets_another_telephone(
        self, tmp_path: Path, district: World
    ) -> None:
        row: dict[str, object] = {
            "单位": "bureau",
            "职责": "联络员",
            "姓名": "王同",
            "联系电话": "0631-5551234",
        }
        write(look(tmp_path, BODY_OFFICERS, row), district.wang)

        looked = look(tmp_path, BODY_OFFICERS, row | {"联系电话": "13806310001"})

        assert looked.differences == {1: {"phone": ("0631-5551234", "13806310001")}}
