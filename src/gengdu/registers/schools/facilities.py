"""The yearly report on conditions, declared: all 68 items of quality_balance_school, and more.

Amounts that the form asks for in 万元 are kept in yuan. Counts that the registers know as well are
kept as reported; 学校类型 and 建校时间 are facts of the school register and only held against it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.records import sheets
from gengdu.records.sheets import Column, Part, Register
from gengdu.registers import scopes
from gengdu.registers.columns import area, count, money, yes_no
from gengdu.registers.schools import cells as own
from gengdu.registers.schools import facility_rules as rules
from gengdu.registers.schools.models import Category, FacilityReport
from gengdu.registers.schools.references import SchoolReference

R = "report"
BASIC = (
    Column("school", "学校名称", R, "school", SchoolReference(ever=True), required=True,
           listed=True, filtered=True, width=24, synonyms=("学校", "校名"), example="示例小学"),
    Column("year", "学年", R, "year", own.SchoolYearCell(), required=True, listed=True,
           filtered=True, width=14, synonyms=("填报学年", "填报年度", "年度"),
           help="不填时按数据截至日期所在的学年", example="2025—2026学年"),
    Column("school_type", "学校类型", "", "", own.CATEGORY_CELL, writable=False, checked=True,
           virtual=own.Known(("school",), own.of_schools("category", lambda c: Category(c).label)),
           width=12, synonyms=("办学类型",)),
    Column("school_code", "学校代码", "", "", SchoolReference(by_identifier=True, ever=True),
           writable=False,
           checked=True, width=14, synonyms=("学校标识码",),
           virtual=own.Known(("school",), own.of_schools("identifier", str))),
    Column("built_in", "建校时间", "", "", own.YearCell(), writable=False, checked=True, width=8,
           virtual=own.Known(("school",), own.of_schools("built_in", lambda year: year)),
           synonyms=("建校年份",)),
    yes_no("planned_by_2010", "是否2010年及之前规划并建成", R, "planned_by_2010"),
    yes_no("planned_by_2016", "是否2016年及之前规划并建成", R, "planned_by_2016"),
    yes_no("in_dense_centre", "是否人口密度过高的大城市中心城区学校", R, "in_dense_centre"),
    yes_no("is_small_rural_school", "是否50人及以上但不足100人的乡村小规模学校和教学点", R,
           "is_small_rural_school"),
    yes_no("has_small_classes_only", "是否最大班额低于30人的农村小规模学校", R,
           "has_small_classes_only"),
)  # fmt: skip
PUPILS = (
    count("reported_primary_pupils", "小学学生人数", R),
    count("reported_junior_pupils", "初中学生人数", R),
    count("migrant_worker_children", "进城务工人员随迁子女在校生人数", R),
    count("primary_in_zone", "家庭住址在划片范围内的在校学生人数（小学）", R),
    count("junior_in_zone", "家庭住址在划片范围内的在校学生人数（初中）", R),
)
CLASSES = (
    count("reported_classes", "班级总数", R),
    count("reported_classes_to_25", "每班25人以下班级个数", R),
    *(
        count(f"reported_classes_{low}_{low + 4}", f"每班{low}-{low + 4}人班级个数", R)
        for low in range(26, 62, 5)
    ),
    count("reported_classes_from_66", "每班66人以上班级个数", R),
)
TEACHERS = (
    count("reported_teachers", "专任教师总人数", R, synonyms=("专任教师人数",)),
    count("reported_college_primary", "专科学历教师人数（小学）", R),
    count("reported_bachelor_primary", "本科学历教师人数（小学）", R),
    count("reported_bachelor_junior", "本科学历教师人数（初中）", R),
    count("reported_master_primary", "硕士学历教师人数（小学）", R),
    count("reported_master_junior", "硕士学历教师人数（初中）", R),
    count("reported_doctor_primary", "博士研究生学历教师人数（小学）", R),
    count("reported_doctor_junior", "博士研究生学历教师人数（初中）", R),
    count("reported_lead_teachers", "县级及以上骨干教师数", R),
    count("reported_certified_teachers", "持有教师资格证的专任教师人数", R),
    count("reported_trained_teachers", "近5年培训满360学时专任教师人数", R),
    count("reported_pe_teachers", "体育专任教师人数", R),
    count("reported_music_teachers", "音乐专任教师人数", R),
    count("reported_art_teachers", "美术专任教师人数", R),
    count("reported_arts_teachers", "艺术专任教师人数", R),
    count("visiting_pe_teachers", "体育交流轮岗/兼职/走教教师人数", R),
    count("visiting_music_teachers", "音乐交流轮岗/兼职/走教教师人数", R),
    count("visiting_art_teachers", "美术交流轮岗/兼职/走教教师人数", R),
    count("visiting_arts_teachers", "艺术交流轮岗/兼职/走教教师人数", R),
)
ROOMS = (
    area("teaching_area_m2", "教学及辅助用房总面积", R, listed=True, help="平方米",
         synonyms=("教学及辅助用房面积",)),
    area("indoor_sports_area_m2", "室内体育用房面积", R, help="平方米"),
    area("gymnasium_area_m2", "学校体育馆面积", R, help="平方米", synonyms=("体育馆面积",)),
    area("outdoor_sports_area_m2", "校内体育场面积", R, help="平方米"),
    area("leased_sports_area_m2", "校外租赁场馆面积", R, help="平方米"),
    area("other_sports_area_m2", "校内其他体育场面积", R, help="平方米"),
    area("sports_area_m2", "体育运动场馆面积", R, listed=True,
         help="平方米；不填时按体育馆加体育场算出"),
    money("equipment_yuan", "教学仪器设备值（元）", R, "教学仪器设备资产值（账面原值）",
          "教学仪器设备资产值", listed=True, help="账面原值，单位元；列名写明万元的按万元读",
          synonyms=("教学仪器设备资产值（元）",)),
    count("multimedia_rooms", "网络多媒体教室间数", R, most=32_767, listed=True,
          synonyms=("网络多媒体教室",)),
    count("music_rooms", "音乐教室总间数", R),
    count("music_rooms_from_96_m2", "单间面积≥96㎡的音乐教室间数", R),
    count("music_rooms_from_73_m2", "73㎡≤单间面积＜96㎡的音乐教室间数", R),
    count("music_rooms_from_61_m2", "61㎡≤单间面积＜73㎡的音乐教室间数", R),
    count("art_rooms", "美术教室总间数", R),
    count("art_rooms_from_90_m2", "单间面积≥90㎡的美术教室间数", R),
    count("art_rooms_from_67_m2", "67㎡≤单间面积＜90㎡的美术教室间数", R),
    count("art_rooms_from_61_m2", "61㎡≤单间面积＜67㎡的美术教室间数", R),
)  # fmt: skip
MONEY = (
    money("public_funds_budget_yuan", "上一年度公用经费预算总额（元）", R,
          "上一年度公用经费预算总额"),
    money("public_funds_spent_yuan", "上一年度公用经费决算总额（元）", R,
          "上一年度公用经费决算总额"),
    money("training_budget_yuan", "上一年度教师培训经费预算总额（元）", R,
          "上一年度教师培训经费预算总额"),
)  # fmt: skip
GRADUATES = (
    count("graduates", "本届毕业学生人数", R),
    count("graduates_first_year", "毕业年级初一时在校学生数", R),
    count("graduates_moved_in", "毕业年级三年转入学生数", R),
    count("graduates_moved_out", "毕业年级三年转出学生数", R),
    count("graduates_died", "毕业年级三年死亡学生数", R),
)
NETWORK = (
    count("school_bandwidth_mbps", "进校带宽（Mbps）", R, listed=True),
    count("class_bandwidth_mbps", "进班带宽（Mbps）", R),
    count("recording_classrooms", "录播教室间数", R, most=32_767, synonyms=("录播室", "录播教室")),
    yes_no("on_sky_classroom", "已对接空中课堂", R, "on_sky_classroom"),
)

KINDERGARTENS = (
    area("outdoor_activity_area_m2", "户外活动场地面积（幼儿园）", R, help="平方米",
         synonyms=("户外活动场地面积", "幼儿园户外活动场地面积")),
    area("activity_room_area_m2", "幼儿活动用房面积", R, help="平方米，建筑面积"),
    area("building_area_m2", "园舍建筑面积", R, help="平方米", synonyms=("幼儿园园舍建筑面积",)),
    count("picture_books", "幼儿图书册数", R, synonyms=("幼儿图书", "图书册数")),
    Column("planned_in", "规划设计年份（幼儿园）", R, "planned_in", own.YearCell(), width=8,
           synonyms=("规划设计年份", "幼儿园规划设计年份"), example="2018"),
)  # fmt: skip

FACILITIES = sheets.declare(
    Register(
        key="facilities",
        label=_("办学条件年报"),
        unit=_("份年报"),
        identity=None,
        parts=(Part(R, FacilityReport, _("办学条件")),),
        columns=(
            *BASIC, *PUPILS, *CLASSES, *TEACHERS, *ROOMS, *MONEY, *GRADUATES, *NETWORK,
            *KINDERGARTENS,
        ),
        keys=(("school", "year"),),
        view="view_registers",
        edit="edit_reports",
        order=("year", "school"),
        search=(),
        scope=scopes.own_schools,
        name="school",
        school="school",
        resolve=rules.resolve,
        complete=rules.complete,
        rules=(rules.same_school, rules.parts_within_totals, rules.amounts_in_yuan,
               rules.school_facts, rules.reported_counts),
        layouts=("quality_balance_school",),
        ignored={"序号": "只是行号", "区县": "由学校所在地确定"},
    )
)  # fmt: skip
