"""The register of pupils, declared: the 77 columns of the national template student_registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.kernel.identifiers import sex_of
from gengdu.kernel.school_years import SchoolYear
from gengdu.policy import lists
from gengdu.records import sheets
from gengdu.records.choices import SEX
from gengdu.records.queries import in_force
from gengdu.records.sheets import Column, Part, Register, Remark, Rows
from gengdu.records.sounds import sound
from gengdu.registers.places.references import PlaceReference
from gengdu.registers.pupils import grades
from gengdu.registers.pupils.models import (
    Enrolment,
    Guardian,
    Pupil,
    PupilRecord,
    PupilSituation,
)
from gengdu.registers.schools.models import SchoolProfile, SchoolStage, Stage
from gengdu.registers.schools.references import SchoolReference

# Codes as the national template lists them (data README, source REG).
STAGES = {value: str(label) for value, label in Stage.choices}
IDENTITY_KINDS = {
    "1": "居民身份证",
    "6": "香港特区护照/身份证明",
    "7": "澳门特区护照/身份证明",
    "8": "台湾居民来往大陆通行证",
    "9": "境外永久居住证",
    "A": "护照",
    "Z": "其他",
}
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


@dataclass(frozen=True)
class ClassCell(cells.Kind[int]):
    """The number of a class, in any of the ways people write it."""

    def _from_text(self, text: str) -> int:
        return grades.read_class(text)

    def _from_other(self, value: object) -> int:
        if isinstance(value, int | float) and float(value).is_integer():
            return grades.read_class(str(int(value)))
        raise cells.BadCell("应为班级，如“1班”")

    def _shown(self, value: int) -> str:
        return f"{value}班"


@dataclass(frozen=True)
class GradeLabel:
    """三年级 and the like, from school, stage and grade."""

    inputs: tuple[str, ...] = ("school", "stage", "grade_number")

    def on(self, day: date) -> Callable[..., str]:
        """Return what names a grade by the school system of each school on a day."""
        systems = _systems(day)

        def shown(school: int | None, stage: str | None, grade: int | None) -> str:
            if stage is None or grade is None or school is None:
                return ""
            return lists.grade_label(systems.get(school, "five_four"), stage, grade)

        return shown


def _systems(on: date) -> dict[int, str]:
    rows = SchoolProfile.objects.filter(in_force(on))
    return dict(rows.values_list("school_id", "school_system"))


def _text(
    key: str, label: str, part: str, field: str = "", length: int = 40, **more: Any
) -> Column:
    return Column(key, label, part, field or key, cells.Text(length), **more)


def _yes_no(key: str, label: str, part: str, field: str, **more: Any) -> Column:
    return Column(key, label, part, field, cells.YesNo(), width=8, **more)


def _code(key: str, label: str, part: str, codes: dict[str, str], **more: Any) -> Column:
    return Column(key, label, part, key, cells.Code(codes), **more)


IDENTITY = (
    Column("school", "学校标识码", "enrolment", "school", SchoolReference(), required=True,
           heading=_("学校"),
           synonyms=("学校", "学校名称", "学校代码", "就读学校", "校名"),
           listed=True, filtered=True, width=18, help="填10位学校标识码或校名"),
    Column("name", "姓名", "record", "name", cells.Text(40), required=True, listed=True, width=10,
           synonyms=("学生姓名",), example="示例王小明"),
    Column("sex", "性别", "record", "sex", SEX, required=True, listed=True, filtered=True,
           width=6, example="男"),
    Column("birth_date", "出生日期", "record", "birth_date", cells.Day(), required=True,
           listed=True, synonyms=("出生年月日", "生日"), example="2017-03-05"),
    Column("birthplace_code", "出生地行政区划代码", "record", "birthplace_code", cells.AreaCode(),
           width=14, synonyms=("出生地",)),
    _text("native_place", "籍贯", "record"),
    _text("ethnicity", "民族", "record", length=20, width=8),
    _text("nationality", "国籍/地区", "record", length=3, width=8, synonyms=("国籍",)),
    _code("identity_kind", "身份证件类型", "record", IDENTITY_KINDS, synonyms=("证件类型",)),
    _text("overseas_kind", "港澳台侨外", "record", length=2, width=8),
    _text("health", "健康状况", "record", length=20),
    _text("political_status", "政治面貌", "record", length=20),
    Column("identity_number", "身份证件号", "record", "identity_number", cells.Text(18),
           masking="identity_number", listed=True, width=20,
           synonyms=("身份证号", "身份证号码", "身份证件号码", "证件号码", "证件号")),
    _code("household_kind", "户口性质", "record", HOUSEHOLD_KINDS, synonyms=("户口类型",)),
    Column("household_place_code", "户口所在地行政区划", "record", "household_place_code",
           cells.AreaCode(), width=14, synonyms=("户口所在地行政区划代码", "户口所在地")),
)  # fmt: skip
ENROLLED = (
    _text("campus_code", "校区号", "enrolment", length=20),
    _text("class_code", "班号", "enrolment", length=30),
    Column("entered_on", "入学年月", "record", "entered_on", cells.Month()),
    _code("entry_mode", "入学方式", "record", ENTRY_MODES),
    _code("boarding", "就读方式", "situation", BOARDING, filtered=True),
)
CONTACT = (
    _text("current_address", "现住址", "record", length=120, width=24, masking="address"),
    _text("postal_address", "通信地址", "record", length=120, width=24, masking="address"),
    _text("family_address", "家庭地址", "record", length=120, width=24, masking="address"),
    Column("phone", "联系电话", "record", "phone", cells.Phone(), masking="phone", width=14),
    Column("postcode", "邮政编码", "record", "postcode", cells.Digits(width=6), synonyms=("邮编",)),
)
SITUATION = (
    _yes_no("is_only_child", "是否独生子女", "record", "is_only_child"),
    _yes_no("had_preschool", "是否受过学前教育", "record", "had_preschool"),
    _code("left_behind", "是否留守儿童", "situation", LEFT_BEHIND, filtered=True),
    _yes_no("is_rural_left_behind", "是否农村留守儿童", "situation", "is_rural_left_behind"),
    _yes_no("is_disabled", "是否残疾人", "situation", "is_disabled"),
    _yes_no("applies_for_aid", "是否需要申请资助", "situation", "applies_for_aid"),
    _yes_no("receives_subsidy", "是否享受一补", "situation", "receives_subsidy"),
    _yes_no("is_orphan", "是否孤儿", "situation", "is_orphan"),
    _yes_no("is_martyr_child", "是否烈士或优抚子女", "situation", "is_martyr_child"),
    _yes_no("is_migrant_child", "是否随迁子女", "situation", "is_migrant_child"),
    _yes_no("is_migrant_worker_child", "是否进城务工人员随迁子女", "situation",
            "is_migrant_worker_child"),
    Column("travel_km", "上下学距离", "situation", "travel_km", cells.Number(0, 999),
           synonyms=("上下学距离（公里）",), help="公里"),
    _text("travel_mode", "上下学方式", "situation", length=20),
    _yes_no("needs_school_bus", "是否需要乘坐校车", "situation", "needs_school_bus", filtered=True),
)  # fmt: skip
FURTHER = (
    _text("former_name", "曾用名", "record"),
    _text("identity_valid_until", "身份证件有效期", "record", length=20),
    _text("blood_type", "血型", "record", length=10, width=6),
    _text("talent", "特长", "record", length=60),
    Column("registry_auxiliary", "学籍辅号", "record", "registry_auxiliary", cells.Text(40),
           width=20),
    _text("seat_number", "班内学号", "enrolment", length=20),
    _text("origin", "学生来源", "record", length=20),
    _text("email", "电子信箱", "record", length=80),
    _text("homepage", "主页地址", "record", length=120),
    _text("disability_kind", "残疾类型", "situation", length=20),
    _yes_no("has_bought_place", "是否由政府购买学位", "situation", "has_bought_place"),
    _yes_no("in_inclusive_placement", "随班就读", "situation", "in_inclusive_placement"),
)  # fmt: skip


def _guardian(position: int) -> tuple[Column, ...]:
    part, head = f"guardian{position}", f"成员{position}"

    def key(name: str) -> str:
        return f"{part}_{name}"

    return (
        _text(key("name"), f"{head}姓名", part, "name"),
        _text(key("relation"), f"{head}关系", part, "relation", 20),
        _text(key("relation_note"), f"{head}关系说明", part, "relation_note"),
        _text(key("address"), f"{head}现住址", part, "address", 120, masking="address", width=24),
        Column(key("household_place_code"), f"{head}户口所在地行政区划", part,
               "household_place_code", cells.AreaCode(), width=14),
        Column(key("phone"), f"{head}联系电话", part, "phone", cells.Phone(), masking="phone",
               width=14),
        _yes_no(key("is_guardian"), f"{head}是否监护人", part, "is_guardian"),
        Column(key("identity_kind"), f"{head}身份证件类型", part, "identity_kind",
               cells.Code(IDENTITY_KINDS)),
        Column(key("identity_number"), f"{head}身份证件号", part, "identity_number",
               cells.Text(18), masking="identity_number", width=20),
        _text(key("ethnicity"), f"{head}民族", part, "ethnicity", 20),
        _text(key("employer"), f"{head}工作单位", part, "employer", 80),
        _text(key("post"), f"{head}职务", part, "post"),
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


def _resolve(rows: Rows) -> Iterator[Remark]:
    """Read the grade of each row by the school it is at; fill stage and grade."""
    systems, stages = _systems(rows.on), _stages(rows.on)
    year = SchoolYear.containing(rows.on)
    found_stages: list[str | None] = [None] * rows.count
    found_grades: list[int | None] = [None] * rows.count
    remembered: dict[tuple[Any, ...], grades.Grade | str] = {}
    for place, (school, text) in enumerate(zip(rows.get("school"), rows.get("grade"), strict=True)):
        if text is None:
            continue
        if school is None:
            yield Remark(place, "grade", "填了年级却没有学校，认不出是哪个年级，请同时填学校")
            continue
        if (school, text) not in remembered:
            taught = stages.get(school, ())
            remembered[school, text] = _read(text, systems.get(school, ""), taught, year)
        outcome = remembered[school, text]
        if isinstance(outcome, str):
            yield Remark(place, "grade", outcome)
        else:
            found_stages[place], found_grades[place] = outcome.stage, outcome.grade
    rows.columns.update({"stage": found_stages, "grade_number": found_grades})


def _read(text: str, system: str, taught: tuple[str, ...], year: SchoolYear) -> grades.Grade | str:
    try:
        return grades.read_grade(text, system=system, stages=taught, year=year)
    except cells.BadCell as bad:
        return str(bad)


def _stages(on: date) -> dict[int, tuple[str, ...]]:
    """Return the stages each school teaches on a day, lower ones first."""
    order = list(Stage.values)
    found: dict[int, list[str]] = {}
    for school, stage in SchoolStage.objects.filter(in_force(on)).values_list("school_id", "stage"):
        found.setdefault(school, []).append(stage)
    return {school: tuple(sorted(some, key=order.index)) for school, some in found.items()}


def _identity_number(rows: Rows) -> Iterator[Remark]:
    """Hold identity numbers of residents against their rule, birth date and sex."""
    known = cells.IdentityNumber()
    kinds, births = rows.get("identity_kind"), rows.get("birth_date")
    sexes = rows.get("sex")
    for place, number in enumerate(rows.get("identity_number")):
        if number is None or kinds[place] not in (None, "1"):
            continue
        fault = known.fault(number)
        if fault:
            yield Remark(place, "identity_number", fault)
            continue
        if births[place] is not None and f"{births[place]:%Y%m%d}" != number[6:14]:
            yield Remark(place, "birth_date", "与身份证件号中的出生日期不一致，请核对", False)
        if sexes[place] is not None and sex_of(number) != sexes[place]:
            yield Remark(place, "sex", "与身份证件号第17位不一致，请核对", False)


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


def _end_of_year(starts_on: date) -> date:
    return SchoolYear.containing(starts_on).ends_on


def _scope(viewer: Viewer, on: date) -> Q | None:
    if viewer.sees_district:
        return Q()
    return Q(school_id__in=viewer.schools) if viewer.schools else None


PUPILS = sheets.declare(
    Register(
        key="pupils",
        label=_("学生"),
        unit=_("名学生"),
        identity=Pupil,
        parts=(
            Part("enrolment", Enrolment, _("在籍"), "pupil", needs="school", ends=_end_of_year),
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
        scope=_scope,
        name="name",
        school="school",
        resolve=_resolve,
        rules=(_identity_number, _guardian_numbers, _named_guardian),
        code=lambda number: {"pupil_code": f"P{number:010d}"},
        layouts=("student_registry",),
        shows_children=True,
    )
)  # fmt: skip
