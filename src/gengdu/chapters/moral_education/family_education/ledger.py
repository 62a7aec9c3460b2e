"""The ledgers of measure 3, declared: committees of parents, parent schools, village stations."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from gengdu.chapters.moral_education.family_education.models import (
    CommitteeLevel,
    FamilyStation,
    ParentCommittee,
    ParentSession,
    SessionPlan,
    StationKind,
    StationSession,
)
from gengdu.records import flows
from gengdu.records.sheets import Remark, Rows
from gengdu.registers import ledgers, populations

WHOLE_SCHOOL = "全校"


def group_of_level(rows: Rows) -> Iterator[Remark]:
    """Say which part of the school a committee stands for; at school level it is all of it."""
    groups, levels = list(rows.get("group")), rows.known("level")
    for place, level in enumerate(levels):
        if level == CommitteeLevel.SCHOOL:
            groups[place] = WHOLE_SCHOOL
        elif level is not None and groups[place] is None and rows.before("group")[place] is None:
            yield Remark(place, "group", "年级、班级家委会须写明是哪个年级或班级，如“三年级1班”")
    rows.columns["group"] = groups


PARENT_COMMITTEES = ledgers.of_schools(
    ParentCommittee,
    ledgers.school(),
    ledgers.choice("level", "层级", CommitteeLevel, required=True, filtered=True, width=8),
    ledgers.text("group", "年级或班级", 20, listed=True, synonyms=("年级", "班级", "班级名称"),
                 help="学校一级不填；如“三年级”“三年级1班”"),
    ledgers.count("members", "委员人数", required=True, listed=True, example="7"),
    ledgers.text("chair", "主任委员", 40, listed=True),
    *ledgers.period("起始日期", "截止日期"),
    label=_("家长委员会"),
    measure=3,
    keys=("school", "level", "group", "starts_on"),
    called="{school} {group}",
    same=("school", "level", "group"),
    replaces=True,
    resolve=group_of_level,
    evidence=_("选举记录、委员名单"),
    coverage=populations.rural_schools(across="level", needs=populations.classes),
    guide=_("每学年学校、年级、班级三级都要有；新学年从上学年续填。"),
)  # fmt: skip

SESSION_PLANS = ledgers.of_schools(
    SessionPlan,
    ledgers.school(),
    ledgers.day("planned_on", "计划日期", required=True, listed=True, example="2025-10-18"),
    ledgers.text("topic", "主题", 80, required=True, listed=True, width=28, example="亲子沟通"),
    ledgers.text("audience", "对象", 40, listed=True, example="一年级家长"),
    ledgers.text("speaker", "主讲人", 40, listed=True),
    label=_("家长学校学期计划"),
    measure=3,
    keys=("school", "planned_on", "topic"),
    order=("planned_on", "school"),
    called="{school} {planned_on} {topic}",
    guide=_("每学期开学前排好家长学校课程；讲过以后在“家长学校授课”登记。"),
)  # fmt: skip

PARENT_SESSIONS = ledgers.of_schools(
    ParentSession,
    ledgers.school(),
    ledgers.day("held_on", "授课日期", required=True, listed=True, example="2025-10-18"),
    ledgers.text("topic", "主题", 80, required=True, listed=True, width=28, example="亲子沟通"),
    ledgers.text("audience", "对象", 40, listed=True, example="一年级家长"),
    ledgers.text("speaker", "主讲人", 40, listed=True),
    ledgers.count("attendance", "参加人数", required=True, listed=True, example="45"),
    label=_("家长学校授课"),
    measure=3,
    keys=("school", "held_on", "topic"),
    called="{school} {held_on} {topic}",
    quick=("topic", "attendance", "held_on"),
    evidence=_("现场照片、签到表"),
    guide=_("每次授课一条，手机上也能填：主题、人数、现场照片。"),
)  # fmt: skip

FAMILY_STATIONS = ledgers.of_villages(
    FamilyStation,
    ledgers.village(),
    ledgers.choice("kind", "类别", StationKind, required=True, filtered=True, width=18),
    ledgers.text("host", "依托单位", 80, listed=True, width=24, example="新时代文明实践站"),
    ledgers.text("manager", "负责人", 40, listed=True),
    ledgers.count("instructors", "指导人员数", listed=True),
    *ledgers.period("建成日期", "截止日期"),
    label=_("家庭教育站点"),
    unit=_("个站点"),
    measure=3,
    flow=flows.OF_TOWNS,
    keys=("village", "kind", "starts_on"),
    called="{village} {kind}",
    same=("village", "kind"),
    promises=("family_education.station_share",),
    evidence=_("挂牌照片、管理制度"),
    coverage=populations.villages(),
    guide=_("村居的家长学校或家庭教育指导服务站点，由镇填报、分局批准。"),
)  # fmt: skip

STATION_SESSIONS = ledgers.of_villages(
    StationSession,
    ledgers.village(),
    ledgers.day("held_on", "活动日期", required=True, listed=True, example="2025-10-18"),
    ledgers.text("topic", "主题", 80, required=True, listed=True, width=28, example="隔代教育"),
    ledgers.text("speaker", "主讲人", 40, listed=True),
    ledgers.count("attendance", "参加人数", required=True, listed=True, example="20"),
    label=_("村居家庭教育活动"),
    measure=3,
    flow=flows.OF_TOWNS,
    keys=("village", "held_on", "topic"),
    called="{village} {held_on} {topic}",
    quick=("village", "topic", "attendance", "held_on"),
    evidence=_("现场照片、签到表"),
    guide=_("站点每次活动一条，手机上也能填：村居、主题、人数、现场照片。"),
)  # fmt: skip
