"""The ledgers of measure 1, declared: how the party leads each school, and each school's plan."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from gengdu.chapters.moral_education.school_plans.models import (
    LeadershipArrangement,
    LeadershipSystem,
    LinkKind,
    SchoolPlan,
    YouthLink,
)
from gengdu.records.sheets import Remark, Rows
from gengdu.registers import ledgers, populations

LEADERSHIP = ledgers.of_schools(
    LeadershipArrangement,
    ledgers.school(),
    ledgers.choice("system", "领导体制", LeadershipSystem, required=True, filtered=True, width=18),
    ledgers.text("organisation", "党组织名称", 80, required=True, listed=True, width=20,
                 example="示例小学党支部", help="没有独立党组织的，写所属联合党支部"),
    ledgers.text("secretary", "党组织书记", 40, required=True, listed=True, example="示例姓名"),
    ledgers.long_text("with_teaching", "党建与教学结合", 1000),
    ledgers.long_text("with_moral_education", "党建与德育结合", 1000),
    ledgers.long_text("with_ideology", "党建与思政课结合", 1000),
    *ledgers.period("起始日期", "截止日期"),
    label=_("党组织领导体制"),
    measure=1,
    keys=("school", "starts_on"),
    called="{school} {system}",
    same=("school",),
    replaces=True,
    evidence=_("体制改革文件、议事规则"),
    coverage=populations.rural_schools(),
    guide=_("每校一条；体制或书记有变动时新登记一条，批准后原来的自动截止。"),
)  # fmt: skip

YOUTH_LINKS = ledgers.of_schools(
    YouthLink,
    ledgers.school(),
    ledgers.choice("kind", "类别", LinkKind, required=True, filtered=True, width=12),
    ledgers.text("organisation", "团队组织", 80, required=True, listed=True, width=18,
                 example="示例小学少先队大队"),
    ledgers.text("counsellor", "团干部或辅导员", 40, required=True, listed=True,
                 example="示例姓名"),
    ledgers.long_text("measures", "联建做法", 1000),
    *ledgers.period("起始日期", "截止日期"),
    label=_("团建队建联建"),
    measure=1,
    keys=("school", "kind", "organisation", "starts_on"),
    called="{school} {kind}",
    same=("school", "kind", "organisation"),
    evidence=_("联建方案、活动照片"),
    guide=_("党建带团建、带队建：写明团队组织、负责的团干部或辅导员和具体做法。"),
)  # fmt: skip


def next_version(rows: Rows) -> Iterator[Remark]:
    """Number a new plan after the latest of its school."""
    versions, schools = list(rows.get("version")), rows.known("school")
    blank = [place for place, version in enumerate(rows.known("version")) if version is None]
    latest = dict(
        SchoolPlan.objects.filter(
            superseded_at=None, school_id__in={schools[place] for place in blank} - {None}
        )
        .order_by()
        .values_list("school_id")
        .annotate(Max("version"))
    )
    for place in blank:
        if schools[place] is not None:
            versions[place] = latest[schools[place]] = latest.get(schools[place], 0) + 1
    rows.columns["version"] = versions
    yield from ()


DUTY = ("任务", "责任人", "时限")

SCHOOL_PLANS = ledgers.of_schools(
    SchoolPlan,
    ledgers.school(),
    ledgers.count("version", "版本", listed=True, help="不填时接着本校最近的一版编号"),
    ledgers.long_text("goals", "工作目标", 2000),
    ledgers.lines("all_staff", "全员育人", DUTY, help="谁来育人：每项任务一行，写明责任人和时限"),
    ledgers.lines("whole_process", "全过程育人", DUTY, help="各学段、各环节怎样育人"),
    ledgers.lines("all_round", "全方位育人", DUTY, help="课程、文化、活动、实践、管理怎样育人"),
    ledgers.long_text("safeguards", "组织保障", 2000),
    *ledgers.period("实施日期", "有效期至"),
    label=_("一校一案方案"),
    unit=_("份方案"),
    measure=1,
    keys=("school", "version"),
    called="{school} 第{version}版",
    same=("school",),
    replaces=True,
    resolve=next_version,
    needed=("goals", "all_staff", "whole_process", "all_round"),
    promises=("school_plans.school_plan_share",),
    fresh=("version",),
    evidence=_("校长办公会或党组织会议审议记录、盖章方案"),
    coverage=populations.rural_schools(),
    guide=_("全环境立德树人一校一案：在页面上分节写，学校审核、分局批准后生效；修订时从现行方案续写。"),
)  # fmt: skip
