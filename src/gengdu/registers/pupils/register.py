"""The register of pupils, declared: the 77 columns of the national template student_registry."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from gengdu.kernel import cells
from gengdu.records import sheets
from gengdu.records.choices import SEX
from gengdu.records.sheets import Column, Part, Register, Remark, Rows
from gengdu.records.sounds import sound
from gengdu.registers import columns, scopes
from gengdu.registers.people import (
    IDENTITY_KIND_CELL,
    IDENTITY_SYNONYMS,
    CountryCode,
    DocumentNumber,
    identity_numbers,
)
from gengdu.registers.places.references import PlaceReference
from gengdu.registers.pupils.grade_cells import (
    STAGES,
    ClassCell,
    GradeLabel,
    end_of_year,
    resolve_grades,
)
from gengdu.registers.pupils.models import (
    Enrolment,
    Guardian,
    Pupil,
    PupilRecord,
    PupilSituation,
)
from gengdu.registers.schools.references import SchoolReference

# Codes as the national template lists them (data README, source REG).
HOUSEHOLD_KINDS = {"1": "农业", "2": "非农业"}
ENTRY_MODES = {
    "11": "就近入学",
    "12": "其他",
    "21": "统一招生考试/普通入学",
    "22": "体育特招",
    "23": "艺术特招",
    "99": "其他方式",
}
BOARDING = {"1": "走读", "2": "住校"}
LEFT_BEHIND = {"0": "非留守儿童", "1": "单亲留守", "2": "双亲留守"}


IDENTITY = (
    Column("school", "学校标识码", "enrolment", "school", SchoolReference(), required=True,
           heading=_("学校"), synonyms=("学校", "学校名称", "学校代码", "就读学校", "校名"),
           listed=True, filtered=True, width=18, help="填10位学校标识码或校名"),
    Column("name", "姓名", "record", "name", cells.Text(40), required=True, listed=True, width=10,
           synonyms=("学生姓名",), example="示例王小明"),
    Column("sex", "性别", "record", "sex", SEX, required=True, listed=True, filtered=True,
           width=6, example="男"),
    Column("birth_date", "出生日期", "record", "birth_date", cells.Day(), required=True,
           listed=True, synonyms=("出生年月日", "生日"), example="2017-03-05"),
    Column("birthplace_code", "出生地行政区划代码", "record", "birthplace_code", cells.AreaCode(),
           width=14, synonyms=("出生地",)),
    columns.text("native_place", "籍贯", "record"),
    columns.text("ethnicity", "民族", "record", length=20, width=8),
    Column("nationality", "国籍/地区", "record", "nationality", CountryCode(), width=8,
           synonyms=("国籍",)),
    Column("identity_kind", "身份证件类型", "record", "identity_kind", IDENTITY_KIND_CELL,
           synonyms=("证件类型",)),
    columns.text("overseas_kind", "港澳台侨外", "record", length=2, width=8),
    columns.text("health", "健康状况", "record", length=20),
    columns.text("political_status", "政治面貌", "record", length=20),
    Column("identity_number", "身份证件号", "record", "identity_number", DocumentNumber(),
           masking="identity_number", listed=True, width=20, synonyms=IDENTITY_SYNONYMS),
    columns.code("household_kind", "户口性质", "record", HOUSEHOLD_KINDS, synonyms=("户口类型",)),
    Column("household_place_code", "户口所在地行政区划", "record", "household_place_code",
           cells.AreaCode(), width=14, synonyms=("户口所在地行政区划代码", "户口所在地")),
)  # fmt: skip
ENROLLED = (
    columns.text("campus_code", "校区号", "enrolment", length=20),
    columns.text("class_code", "班号", "enrolment", length=30),
    Column("entered_on", "入学年月", "record", "entered_on", cells.Month()),
    columns.code("entry_mode", "入学方式", "record", ENTRY_MODES),
    columns.code("boarding", "就读方式", "situation", BOARDING, filtered=True),
)
CONTACT = (
    columns.text("current_address", "现住址", "record", length=120, width=24, masking="address"),
    columns.text("postal_address", "通信地址", "record", length=120, width=24, masking="address"),
    columns.text("family_address", "家庭地址", "record", length=120, width=24, masking="address"),
    Column("phone", "联系电话", "record", "phone", cells.Phone(), masking="phone", width=14),
    Column("postcode", "邮政编码", "record", "postcode", cells.Digits(width=6), synonyms=("邮编",)),
)
SITUATION = (
    columns.yes_no("is_only_child", "是否独生子女", "record", "is_only_child"),
    columns.yes_no("had_preschool", "是否受过学前教育", "record", "had_preschool"),
    columns.code("left_behind", "是否留守儿童", "situation", LEFT_BEHIND, filtered=True),
    columns.yes_no("is_rural_left_behind", "是否农村留守儿童", "situation", "is_rural_left_behind"),
    columns.yes_no("is_disabled", "是否残疾人", "situation", "is_disabled"),
    columns.yes_no("applies_for_aid", "是否需要申请资助", "situation", "applies_for_aid"),
    columns.yes_no("receives_subsidy", "是否享受一补", "situation", "receives_subsidy"),
    columns.yes_no("is_orphan", "是否孤儿", "situation", "is_orphan"),
    columns.yes_no("is_martyr_child", "是否烈士或优抚子女", "situation", "is_martyr_child"),
    columns.yes_no("is_migrant_child", "是否随迁子女", "situation", "is_migrant_child"),
    columns.yes_no("is_migrant_worker_child", "是否进城务工人员随迁子女", "situation",
            "is_migrant_worker_child"),
    Column("travel_km", "上下学距离", "situation", "travel_km", cells.Number(0, 999),
           synonyms=("上下学距离（公里）",), help="公里"),
    columns.text("travel_mode", "上下学方式", "situation", length=20),
    columns.yes_no("needs_school_bus", "是否需要乘坐校车", "situation", "needs_school_bus",
                   filtered=True),
)  # fmt: skip
FURTHER = (
    columns.text("former_name", "曾用名", "record"),
    columns.text("identity_valid_until", "身份证件有效期", "record", length=20),
    columns.text("blood_type", "血型", "record", length=10, width=6),
    columns.text("talent", "特长", "record", length=60),
    Column("registry_auxiliary", "学籍辅号", "record", "registry_auxiliary", cells.Text(40),
           width=20),
    columns.text("seat_number", "班内学号", "enrolment", length=20),
    columns.text("origin", "学生来源", "record", length=20),
    columns.text("email", "电子信箱", "record", length=80),
    columns.text("homepage", "主页地址", "record", length=120),
    columns.text("disability_kind", "残疾类型", "situation", length=20),
    columns.yes_no("has_bought_place", "是否由政府购买学位", "situation", "has_bought_place"),
    columns.yes_no("in_inclusive_placement", "随班就读", "situation", "in_inclusive_placement"),
)  # fmt: skip


def _guardian(position: int) -> tuple[Column, ...]:
    part, head = f"guardian{position}", f"成员{position}"

    def key(name: str) -> str:
        return f"{part}_{name}"

    return (
        columns.text(key("name"), f"{head}姓名", part, "name"),
        columns.text(key("relation"), f"{head}关系", part, "relation", 20),
        columns.text(key("relation_note"), f"{head}关系说明", part, "relation_note"),
        columns.text(key("address"), f"{head}现住址", part, "address", 120, masking="address",
                     width=24),
        Column(key("household_place_code"), f"{head}户口所在地行政区划", part,
               "household_place_code", cells.AreaCode(), width=14),
        Column(key("phone"), f"{head}联系电话", part, "phone", cells.Phone(), masking="phone",
               width=14),
        columns.yes_no(key("is_guardian"), f"{head}是否监护人", part, "is_guardian"),
        Column(key("identity_kind"), f"{head}身份证件类型", part, "identity_kind",
               IDENTITY_KIND_CELL),
        Column(key("identity_number"), f"{head}身份证件号", part, "identity_number",
               DocumentNumber(), masking="identity_number", width=20),
        columns.text(key("ethnicity"), f"{head}民族", part, "ethnicity", 20),
        columns.text(key("employer"), f"{head}工作单位", part, "employer", 80),
        columns.text(key("post"), f"{head}职务", part, "post"),
    )  # fmt: skip


CLASS = (
    Column("grade", "年级", "", "", cells.Text(20), listed=True, width=10, required=True,
           virtual=GradeLabel(), example="三年级", help="如 三年级、初一、大班，或 2024级"),
    Column("class_number", "班级", "enrolment", "class_number", ClassCell(), listed=True, width=8,
           required=True, example="1班", synonyms=("班", "班级名称")),
    Column("registry_number", "学籍号", "record", "registry_number", cells.RegistryNumber(),
           masking="registry_number", listed=True, width=22, synonyms=("全国学籍号",)),
    Column("code", "学生编号", sheets.IDENTITY, "pupil_code", cells.Text(20), width=14,
           help="系统自编的编号，新登记的留空"),
    Column("home", "居住村居", "record", "home", PlaceReference(), width=16),
    Column("stage", "学段", "enrolment", "stage", cells.Code(STAGES), internal=True,
           filtered=True),
    Column("grade_number", "年级（学段内）", "enrolment", "grade", cells.Whole(), internal=True),
)  # fmt: skip


def _guardian_numbers(rows: Rows) -> Iterator[Remark]:
    known = cells.IdentityNumber()
    for part in ("guardian1", "guardian2"):
        kinds = rows.get(f"{part}_identity_kind")
        for place, number in enumerate(rows.get(f"{part}_identity_number")):
            if (
                number is not None
                and kinds[place] in (None, "1")
                and (fault := known.fault(number))
            ):
                yield Remark(place, f"{part}_identity_number", fault, False)


def _named_guardian(rows: Rows) -> Iterator[Remark]:
    """A member of the family without a name cannot be kept."""
    for part in ("guardian1", "guardian2"):
        names = rows.get(f"{part}_name")
        for key in (f"{part}_relation", f"{part}_phone", f"{part}_identity_number"):
            for place, value in enumerate(rows.get(key)):
                if value is not None and names[place] is None:
                    yield Remark(place, f"{part}_name", "填了家庭成员的其他信息，却没有姓名", False)


PUPILS = sheets.declare(
    Register(
        key="pupils",
        label=_("学生"),
        unit=_("名学生"),
        identity=Pupil,
        parts=(
            Part("enrolment", Enrolment, _("在籍"), "pupil", needs="school", ends=end_of_year),
            Part("record", PupilRecord, _("基本信息"), "pupil", needs="name",
                 computed={"name_sound": lambda row: sound(row["name"])}),
            Part("situation", PupilSituation, _("生活情况"), "pupil"),
            Part("guardian1", Guardian, _("家庭成员1"), "pupil", {"position": 1}, "guardian1_name"),
            Part("guardian2", Guardian, _("家庭成员2"), "pupil", {"position": 2}, "guardian2_name"),
        ),
        columns=(*IDENTITY, *ENROLLED, *CONTACT, *SITUATION, *FURTHER, *_guardian(1),
                 *_guardian(2), *CLASS),
        keys=(("code",), ("registry_number",), ("identity_number",)),
        view="view_children",
        edit="edit_children",
        order=("school", "stage", "grade_number", "class_number", "name"),
        search=("name", "registry_number", "identity_number"),
        sounds="record__name_sound",
        scope=scopes.own_schools,
        name="name",
        school="school",
        resolve=resolve_grades,
        rules=(identity_numbers, _guardian_numbers, _named_guardian),
        code=lambda number: {"pupil_code": f"P{number:010d}"},
        layouts=("student_registry",),
        shows_children=True,
    )
)  # fmt: skip
