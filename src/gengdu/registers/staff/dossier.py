"""What is kept of each member of staff besides the register: five registers, declared.

Contracts, professional titles and titles of honour, teaching certificates, hours of training, and
terms of office of heads. A row is its own thing: a person has as many as there are. Those with a
period say it themselves, so a list shows past and future ones as well.

The code lists of 教师资格种类 and of names of titles were not found: these are kept as the file has
them. The levels of titles are those that papers name; a title of the profession has other levels
than one of honour, and which one a row means follows from its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from gengdu.kernel import cells
from gengdu.records import sheets
from gengdu.records.queries import in_force
from gengdu.records.sheets import Column, Part, Register, Remark, Rows, Rule
from gengdu.registers import columns
from gengdu.registers.columns import code, day, text
from gengdu.registers.schools.references import SchoolReference
from gengdu.registers.staff import persons
from gengdu.registers.staff.cells import ROLE_CELL
from gengdu.registers.staff.models import (
    Certificate,
    ContractTerm,
    LeadershipTerm,
    Post,
    StaffTitle,
    Training,
)

TITLE_KINDS = {"professional": "专业技术职务", "lead_teacher": "骨干教师等称号"}
PROFESSIONAL_LEVELS = {"senior": "正高级", "deputy": "副高级", "middle": "中级",
                       "assistant": "助理级", "junior": "员级"}  # fmt: skip
HONOUR_LEVELS = {"national": "国家级", "province": "省级", "city": "市级", "district": "区级",
                 "school": "校级"}  # fmt: skip
SCHOOL_OF_ROW = ("学校", "学校名称", "学校标识码", "学校代码", "单位", "工作单位")
BELONGS = ("holder", "name", "identity_number", "employee_number")
MOST_HOURS = 10_000
"""More than a year has; what is above is not hours."""


@dataclass(frozen=True)
class StateOn:
    """Whether a period has begun and not ended on the day of the page."""

    inputs: tuple[str, ...] = ("starts_on", "ends_on")

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what makes the word of a period."""
        return lambda starts_on, ends_on: _word(starts_on, ends_on, day)


def _word(starts_on: date | None, ends_on: date | None, day: date) -> str:
    if starts_on is None:
        return ""
    if starts_on > day:
        return "未开始"
    return "已结束" if ends_on is not None and ends_on <= day else "有效"


def _state() -> Column:
    return Column("state", "当日状态", "", "", cells.Text(10), virtual=StateOn(), writable=False,
                  listed=True, width=10)  # fmt: skip


def _begins(part: str, label: str, *synonyms: str) -> Column:
    return Column("starts_on", label, part, "starts_on", cells.Day(), required=True, listed=True,
                  synonyms=synonyms, example="2023-09-01")  # fmt: skip


def _school_of_row(part: str, label: str, *synonyms: str) -> Column:
    return Column("school", label, part, "school", SchoolReference(ever=True), required=True,
                  listed=True, filtered=True, width=18, synonyms=(*synonyms, *SCHOOL_OF_ROW),
                  help="不填时按本人当天所在的学校")  # fmt: skip


def at_own_school(rows: Rows) -> Iterator[Remark]:
    """Fill in the school where a new row names none: the one the person is at on the day."""
    schools, known = list(rows.get("school")), rows.known("school")
    blank = [place for place, school in enumerate(known) if school is None]
    staff = rows.known("staff")
    posts = Post.objects.filter(in_force(rows.on), staff_id__in={staff[place] for place in blank})
    at = dict(posts.values_list("staff_id", "school_id")) if blank else {}
    for place in blank:
        schools[place] = at.get(staff[place])
    rows.columns["school"] = schools
    yield from ()


def full_term_after_start(rows: Rows) -> Iterator[Remark]:
    """Refuse a term of office that would be full before it begins."""
    starts, full = rows.known("starts_on"), rows.known("full_term_ends_on")
    for place, (starts_on, full_on) in enumerate(zip(starts, full, strict=True)):
        if starts_on is not None and full_on is not None and full_on <= starts_on:
            message = f"应晚于任职日期 {starts_on}，请核对"
            yield Remark(place, "full_term_ends_on", message)


def level_of_kind(rows: Rows) -> Iterator[Remark]:
    """Refuse a title whose level is none of its kind."""
    kinds, levels = rows.known("kind"), rows.known("level")
    for place, (kind, level) in enumerate(zip(kinds, levels, strict=True)):
        if kind is None or level is None:
            continue
        fitting = PROFESSIONAL_LEVELS if kind == "professional" else HONOUR_LEVELS
        if level not in fitting:
            words = "、".join(fitting.values())
            yield Remark(place, "level", f"不是{TITLE_KINDS.get(kind, kind)}的级别，请填 {words}")


def numbered(rows: Rows) -> Iterator[Remark]:
    """Give each new certificate the next number that its holder has free, over a whole file."""
    last: dict[int, int] = rows.memory.setdefault("last_position", {})
    staff, positions = rows.known("staff"), list(rows.known("position"))
    unknown = {one for one in staff if one is not None} - last.keys()
    live = Certificate.objects.filter(superseded_at=None, staff_id__in=unknown)
    last |= dict(live.values_list("staff_id").annotate(Max("position")))
    for holder, position in zip(staff, positions, strict=True):
        if holder is not None and position is not None:
            last[holder] = max(last.get(holder, 0), position)
    for place, holder in enumerate(staff):
        if holder is not None and positions[place] is None:
            positions[place] = last[holder] = last.get(holder, 0) + 1
    rows.columns["position"] = positions
    yield from ()


def registered_after_issue(rows: Rows) -> Iterator[Remark]:
    """Warn where a certificate is said to have been registered before it was issued."""
    issued = rows.known("issued_on")
    for place, on in enumerate(rows.get("registered_on")):
        if on is not None and issued[place] is not None and on < issued[place]:
            message = f"早于证书颁发日期 {issued[place]}，先后颠倒，请核对"
            yield Remark(place, "registered_on", message, False)


def _not_after(key: str) -> Rule:
    """Return the rule that nothing was completed or issued after the day of the file."""

    def rule(rows: Rows) -> Iterator[Remark]:
        for place, on in enumerate(rows.get(key)):
            if on is not None and on > rows.on:
                yield Remark(place, key, f"晚于数据截至日期 {rows.on}，还没有发生，请核对")

    return rule


def _register(key: str, label: Any, unit: Any, part: Part, **more: Any) -> Register:
    """Declare one register of rows that belong to people."""
    return sheets.declare(
        Register(
            key=key, label=label, unit=unit, identity=None, parts=(part, *persons.OF_PERSON),
            view="view_staff", edit="edit_staff", search=BELONGS[1:],
            sounds="person__name_sound", scope=persons.of_own_schools, name="name",
            school="holder", beside="staff", resolve=persons.resolve,
            ignored={"序号": "只是行号", "性别": "按教职工底册，不另外登记"}, **more,
        )
    )  # fmt: skip


CONTRACTS = _register(
    "contracts", _("聘用合同"), _("份聘用合同"),
    Part("contract", ContractTerm, _("聘期"), states_period=True),
    columns=(
        *persons.columns_of("contract", school="目前所在学校", says_school=False),
        _school_of_row("contract", "聘用学校", "聘用单位"),
        columns.count("sequence", "第几个聘期", "contract", most=32_767, required=True,
                      listed=True, synonyms=("聘期序号", "聘期"), example="1"),
        _begins("contract", "聘期起始日期", "合同起始日期", "合同开始日期", "聘用起始日期",
                "聘期开始时间", "合同起始时间"),
        Column("ends_on", "聘期终止日期", "contract", "ends_on", cells.LastDay(), listed=True,
               synonyms=("合同终止日期", "合同到期日期", "合同截止日期", "聘用终止日期",
                         "聘期结束时间", "合同终止时间"),
               example="2026-08-31", help="聘期的最后一天；没有约定终止日期的留空"),
        _state(),
    ),
    keys=(("staff", "starts_on"),), order=("holder", "name", "starts_on"),
    complete=at_own_school,
)  # fmt: skip

TITLES = _register(
    "staff_titles", _("职称和称号"), _("项职称和称号"),
    Part("title", StaffTitle, _("职称或称号"), states_period=True),
    columns=(
        *persons.columns_of("title"),
        code("kind", "类别", "title", TITLE_KINDS, required=True, listed=True, filtered=True,
             width=14, synonyms=("职称类别", "称号类别"), example="专业技术职务"),
        text("title_name", "职称或称号", "title", "name", length=60, required=True, listed=True,
             width=18, example="一级教师",
             synonyms=("职称", "专业技术职务", "专业技术职称", "职称名称", "称号", "称号名称")),
        code("level", "级别", "title", PROFESSIONAL_LEVELS | HONOUR_LEVELS, required=True,
             listed=True, filtered=True, width=10, synonyms=("职称级别", "称号级别", "等级"),
             example="中级", help="专业技术职务填正高级至员级，称号填国家级至校级"),
        _begins("title", "取得日期", "聘任日期", "职称取得时间", "职称聘任时间", "授予日期",
                "起始日期"),
        Column("ends_on", "有效期至", "title", "ends_on", cells.LastDay(), listed=True,
               synonyms=("有效截止日期", "失效日期", "终止日期"),
               help="有效期的最后一天；长期有效的留空"),
        _state(),
    ),
    keys=(("staff", "kind", "title_name", "starts_on"),),
    order=("holder", "name", "starts_on"), rules=(level_of_kind,),
)  # fmt: skip

CERTIFICATES = _register(
    "certificates", _("教师资格证"), _("份教师资格证"),
    Part("certificate", Certificate, _("教师资格")),
    columns=(
        *persons.columns_of("certificate"),
        text("kind", "教师资格类型", "certificate", listed=True, width=18,
             synonyms=("教师资格", "教师资格种类", "教师资格证类型", "资格种类", "证书类型"),
             example="小学教师资格"),
        text("number", "资格证编号", "certificate", listed=True, width=20,
             synonyms=("教师资格证编号", "教师资格证号", "教师资格证书号码", "证书号码",
                       "证书编号", "资格证号"),
             help="凭它认出是哪一份；没有编号的请填证书序号"),
        text("subject", "资格取得学科", "certificate", listed=True, filtered=True,
             synonyms=("教师资格学科", "资格学科", "任教学科"), example="语文"),
        day("issued_on", "证书颁发日期", "certificate", listed=True,
            synonyms=("教师资格证颁发日期", "发证日期", "发证时间")),
        day("registered_on", "首次注册日期", "certificate",
            synonyms=("教师资格首次注册日期", "注册日期")),
        columns.count("position", "证书序号", "certificate", most=32_767,
                      help="本人的第几份证书；新登记的留空，由系统编号"),
    ),
    keys=(("staff", "position"), ("staff", "number")), order=("holder", "name", "position"),
    complete=numbered,
    rules=(registered_after_issue, _not_after("issued_on"), _not_after("registered_on")),
)  # fmt: skip

TRAININGS = _register(
    "trainings", _("培训学时"), _("条培训记录"),
    Part("training", Training, _("培训")),
    columns=(
        *persons.columns_of("training"),
        Column("completed_on", "完成日期", "training", "completed_on", cells.Day(), required=True,
               listed=True, synonyms=("结业日期", "培训完成日期", "培训结束日期", "结束日期"),
               example="2025-08-20"),
        text("programme", "培训项目", "training", length=80, required=True, listed=True, width=24,
             synonyms=("项目名称", "培训名称", "培训内容", "培训班名称"), example="暑期学科培训"),
        Column("hours", "学时", "training", "hours", cells.Number(0.01, MOST_HOURS), required=True,
               listed=True, width=8, synonyms=("培训学时", "学时数", "认定学时"), example="30"),
    ),
    keys=(("staff", "completed_on", "programme"),),
    order=("holder", "name", "completed_on"), rules=(_not_after("completed_on"),),
)  # fmt: skip

LEADERSHIP = _register(
    "leadership", _("校领导任职"), _("个任期"),
    Part("term", LeadershipTerm, _("任期"), states_period=True),
    columns=(
        *persons.columns_of("term", school="目前所在学校", says_school=False),
        _school_of_row("term", "任职学校"),
        Column("role", "职务", "term", "role", ROLE_CELL, required=True, listed=True,
               filtered=True, synonyms=("领导职务", "任职职务", "行政职务"),
               example="校长（园长）"),
        _begins("term", "任职日期", "任期起始日", "任期起始日期", "任职时间", "任现职时间"),
        Column("full_term_ends_on", "任期届满日", "term", "full_term_ends_on", cells.Day(),
               required=True, listed=True, synonyms=("届满日期", "任期届满日期"),
               example="2026-09-01", help="任满一届的日子，如 2023-09-01 任职三年，填 2026-09-01"),
        Column("ends_on", "免职日期", "term", "ends_on", cells.Day(), listed=True,
               synonyms=("离任日期", "免职时间", "离任时间"),
               help="不再任职的第一天；在任的留空"),
        _state(),
    ),
    keys=(("staff", "starts_on"),), order=("school", "role", "starts_on"),
    complete=at_own_school, rules=(full_term_after_start,),
)  # fmt: skip

__all__ = ["CERTIFICATES", "CONTRACTS", "LEADERSHIP", "TITLES", "TRAININGS"]
