"""The ledgers of 普及普惠, declared: the two lists of kindergartens, and the figures of a year."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.chapters.school_conditions.kindergartens.models import (
    InclusiveKindergarten,
    PreschoolYear,
    ResidentialKindergarten,
)
from gengdu.records.ledgers import PART
from gengdu.records.sheets import Column
from gengdu.registers import ledgers
from gengdu.registers.columns import count, yes_no
from gengdu.registers.schools.cells import YearCell
from gengdu.registers.schools.references import SchoolReference

INCLUSIVE = ledgers.of_schools(
    InclusiveKindergarten,
    ledgers.school(synonyms=(*ledgers.SCHOOL_NAMES, "幼儿园", "幼儿园名称"), example="示例幼儿园"),
    ledgers.text("document_number", "认定文号", 60, required=True, listed=True, width=20,
                 example="示例文号1号", help="教育部门认定普惠性民办园的文件字号"),
    ledgers.text("list_address", "名单公示网址", 300, width=30,
                 help="名单应在政府网站公示，写公示网页的网址"),
    *ledgers.period("认定日期", "有效期至"),
    label=_("普惠性民办园名单"),
    unit=_("所幼儿园"),
    measure=9,
    keys=("school", "starts_on"),
    called="{school} 普惠性民办园",
    same=("school",),
    replaces=True,
    fresh=("document_number",),
    evidence=_("认定文件、限价和补助协议、名单公示截图"),
    guide=_("每所普惠性民办园一条，认定期满续认的新登记一条；名单是否完整，在“学前教育年度数据”里报。"),
)  # fmt: skip

RESIDENTIAL = ledgers.of_the_district(
    ResidentialKindergarten,
    ledgers.text("area_name", "小区名称", 80, required=True, listed=True, width=20,
                 example="示例小区"),
    Column("school", "幼儿园", PART, "school", SchoolReference(ever=True), listed=True,
           filtered=True, width=20, synonyms=("学校名称", "配套幼儿园"),
           help="没有开办的留空，按没有办成公办园或普惠性民办园计"),
    ledgers.text("agreement", "移交协议", 120, listed=True, width=20, help="协议名称或编号"),
    *ledgers.period("移交日期", "截止日期"),
    label=_("小区配套幼儿园清单"),
    unit=_("所幼儿园"),
    measure=9,
    name="area_name",
    keys=("area_name", "starts_on"),
    called="{area_name} 配套幼儿园",
    same=("area_name",),
    replaces=True,
    evidence=_("移交协议、交接单、规划建设清单"),
    guide=_("已建成的小区配套园每所一条；是公办还是普惠按学校底册和普惠性民办园名单判断，不用填。"),
)  # fmt: skip

YEARS = ledgers.of_the_district(
    PreschoolYear,
    Column("year", "年度", PART, "year", YearCell(2000, 2100), required=True, listed=True,
           filtered=True, width=8, synonyms=("填报年度", "年份"), example="2025"),
    count("registered_children", "户籍3—6岁人口", PART, listed=True, width=14),
    count("resident_children", "常住3—5岁人口", PART, listed=True, width=14),
    yes_no("is_inclusive_listed", "普惠性民办园名单已完整", PART, "is_inclusive_listed",
           listed=True, help="填“是”以后，不在名单上的民办园不算普惠；名单为空就是一所也没有"),
    yes_no("is_residential_listed", "小区配套幼儿园清单已完整", PART, "is_residential_listed",
           listed=True, help="填“是”以后，清单为空就是没有小区配套园"),
    label=_("学前教育年度数据"),
    unit=_("年"),
    measure=9,
    name="year",
    keys=("year",),
    called="{year} 年学前教育数据",
    same=("year",),
    evidence=_("公安或统计部门的人口数据、名单公示网页"),
    guide=_("每年一条：毛入园率的适龄人口，普惠性民办园和小区配套园两份名单是否完整。没有填的按未报。"),
)  # fmt: skip
