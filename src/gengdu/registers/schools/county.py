"""The yearly report of the county itself, declared: the 20 items of quality_balance_county.

Besides, what tables Ⅰ and Ⅴ of the national form ask for and no register knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from gengdu.kernel import areas, cells
from gengdu.records import sheets
from gengdu.records.sheets import Column, Part, Register, Remark, Rows
from gengdu.registers import scopes
from gengdu.registers.columns import MOST, count
from gengdu.registers.schools import cells as own
from gengdu.registers.schools.models import CountyReport

R = "report"
YUAN = cells.Number(0, 100_000_000_000)
PERSONS = cells.Number(0, 10_000)
PAIRS = (
    ("exchanged_teachers", "exchange_eligible_teachers"),
    ("exchanged_lead_teachers", "exchanged_teachers"),
    ("good_senior_places_allotted", "good_senior_places"),
    ("good_senior_places_rural", "good_senior_places_allotted"),
    ("migrant_children_public", "migrant_children_eligible"),
    ("migrant_children_bought", "migrant_children_eligible"),
    ("disabled_children_enrolled", "disabled_children"),
    ("disabled_in_special_schools", "disabled_children_enrolled"),
    ("rural_population_10k", "population_10k"),
)
"""A number and the number of which it is part."""


def _yuan(key: str, label: str) -> Column:
    return Column(key, label, R, key, YUAN, width=14, help="元")


def _pay(key: str, label: str, *names: str) -> Column:
    in_ten_thousands = tuple((name, cells.TenThousands(0)) for name in names)
    return Column(key, label, R, key, YUAN, other_forms=in_ten_thousands, width=14,
                  help="每人每年，元；官方表格按万元填，照原列名上传即可")  # fmt: skip


COLUMNS = (
    Column("year", "填报年度", R, "year", own.YearCell(2000, 2100), required=True, listed=True,
           width=8, synonyms=("年度", "年份"), example="2025"),
    Column("county_name", "区县名称", "", "", cells.Text(60), writable=False, checked=True,
           virtual=own.OwnCounty("name"), width=16),
    Column("county_code", "区县代码", "", "", cells.AreaCode(), writable=False, checked=True,
           virtual=own.OwnCounty("code"), width=8),
    _yuan("primary_funds_per_pupil_yuan", "规定的小学生均公用经费标准"),
    _yuan("junior_funds_per_pupil_yuan", "规定的初中生均公用经费标准"),
    _yuan("special_school_funds_yuan", "特殊教育学校经费总额"),
    count("special_school_pupils", "特殊教育学校学生人数", R),
    _pay("teacher_pay_yuan", "义务教育学校教师年平均工资收入（元）",
         "上年度义务教育学校教师年平均工资收入水平（不含民办学校）",
         "义务教育学校教师年平均工资收入（万元）"),
    _pay("civil_servant_pay_yuan", "公务员年平均工资收入（元）", "当地公务员年平均工资收入",
         "公务员年平均工资收入（万元）"),
    count("exchange_eligible_teachers", "符合交流条件教师总数", R),
    count("exchanged_teachers", "实际交流轮岗教师数", R, listed=True),
    count("exchanged_lead_teachers", "实际交流骨干教师数量", R),
    count("good_senior_places", "优质高中招生计划总人数", R),
    count("good_senior_places_allotted", "优质高中招生分配指标数", R),
    count("good_senior_places_rural", "向农村学校分配指标数", R),
    count("migrant_children_eligible", "符合条件的随迁子女总人数", R, most=MOST, listed=True),
    count("migrant_children_public", "在县域内公办学校就读的随迁子女人数", R),
    count("migrant_children_bought", "在政府购买服务的民办学校就读随迁子女人数", R),
    count("disabled_children", "适龄残疾儿童少年总数", R),
    count("disabled_children_enrolled", "适龄残疾儿童少年入学总人数", R, listed=True),
    count("disabled_in_special_schools", "其中在特殊教育学校就读人数", R),
    Column("population_10k", "常住人口总数（万人）", R, "population_10k", PERSONS, width=12),
    Column("rural_population_10k", "农业人口数（万人）", R, "rural_population_10k", PERSONS,
           width=12, help="按常住人口统计"),
    count("administrative_villages", "行政村数", R),
    _yuan("product_per_person_yuan", "年人均国内生产总值"),
    _yuan("revenue_per_person_yuan", "年人均地方财政收入"),
    _yuan("farmer_income_yuan", "农民年人均纯收入"),
    _yuan("resident_income_yuan", "城镇居民年人均可支配收入"),
)  # fmt: skip


def _own_county(rows: Rows) -> Iterator[Remark]:
    """Refuse the report of another county."""
    county = own.own_county(rows.on)
    for place, code in enumerate(rows.get("county_code")):
        if code is not None and county and areas.area_of(code).county != county["code"]:
            message = f"不是本区县（{county['code']} {county['name']}）的年报"
            yield Remark(place, "county_code", message)


def _parts_within_totals(rows: Rows) -> Iterator[Remark]:
    """Warn where a part exceeds its whole."""
    labels = {column.key: column.label for column in COLUMNS}
    for part, whole in PAIRS:
        wholes = rows.known(whole)
        for place, value in enumerate(rows.known(part)):
            if value is not None and wholes[place] is not None and value > wholes[place]:
                message = f"{value:g} 多于“{labels[whole]}”的 {wholes[place]:g}，请核对"
                yield Remark(place, part, message, False)


def _pay_in_yuan(rows: Rows) -> Iterator[Remark]:
    """Warn of a year's pay that was most likely written in ten thousands, or read so twice."""
    for key in ("teacher_pay_yuan", "civil_servant_pay_yuan"):
        for place, yuan in enumerate(rows.get(key)):
            if yuan is not None and not 10_000 <= yuan <= 1_000_000:
                message = f"每人每年 {yuan:g} 元，看来单位不对，请核对"
                yield Remark(place, key, message, False)


COUNTY = sheets.declare(
    Register(
        key="county",
        label=_("区县年报"),
        unit=_("份年报"),
        identity=None,
        parts=(Part(R, CountyReport, _("区县年报")),),
        columns=COLUMNS,
        keys=(("year",),),
        view="view_registers",
        edit="edit_schools",
        order=("year",),
        search=(),
        scope=scopes.district_only,
        name="year",
        rules=(_own_county, _parts_within_totals, _pay_in_yuan),
        layouts=("quality_balance_county",),
        ignored={"序号": "只是行号"},
    )
)
