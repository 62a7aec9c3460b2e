"""The ledgers of this measure, declared: tasks, recognitions of the district, surveys."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from gengdu.chapters.delivery.task_ledger import rights
from gengdu.chapters.delivery.task_ledger.models import (
    CarriedBy,
    DistrictRecognition,
    ImprovementTask,
    RecognitionKind,
    SatisfactionSurvey,
    TaskSource,
    TaskStage,
)
from gengdu.kernel import cells
from gengdu.policy import facts
from gengdu.records.ledgers import PART
from gengdu.records.sheets import Column, Remark, Rows
from gengdu.registers import ledgers
from gengdu.registers.columns import count, money
from gengdu.registers.schools.references import SchoolReference

BY_KIND = {
    RecognitionKind.QUALITY_BALANCE: ("goals.quality_balance_county",),
    RecognitionKind.UNIVERSAL_PRESCHOOL: ("goals.universal_preschool_county",),
}


def promises_of(row: DistrictRecognition) -> tuple[str, ...]:
    """Return the promise in which a recognition counts."""
    return BY_KIND[RecognitionKind(row.kind)]


RECOGNITIONS = ledgers.of_the_district(
    DistrictRecognition,
    ledgers.choice("kind", "类别", RecognitionKind, required=True, filtered=True, width=24),
    ledgers.text("document_number", "认定文号", 60, required=True, listed=True, width=20,
                 example="示例文号1号"),
    *ledgers.period("认定日期", "有效期至"),
    label=_("国家认定"),
    unit=_("项认定"),
    measure=20,
    name="kind",
    keys=("kind", "starts_on"),
    called="{kind} {document_number}",
    same=("kind",),
    replaces=True,
    fresh=("document_number",),
    promises=tuple(name for names in BY_KIND.values() for name in names),
    promises_of=promises_of,
    evidence=_("认定文件"),
    guide=_("国家认定本区为优质均衡县、普及普惠县的，按认定文件登记；过渡性放宽补足的期限从认定日期起算。"),
)  # fmt: skip


def _in_order(rows: Rows) -> Iterator[Remark]:
    """Refuse a task that should start only after it is due, and one without its school."""
    starts, due = rows.known("start_by"), rows.known("due_on")
    carried, schools = rows.known("carried_by"), rows.known("school")
    for place in range(rows.count):
        if starts[place] is not None and due[place] is not None and starts[place] > due[place]:
            yield Remark(place, "start_by", "最迟启动晚于完成期限，请核对两个日期")
        if carried[place] == CarriedBy.SCHOOL and schools[place] is None:
            yield Remark(place, "school", "由学校承办的任务要写明是哪所学校", without="school")


IMPROVEMENT_TASKS = ledgers.of_the_district(
    ImprovementTask,
    ledgers.text("what", "任务", 200, required=True, listed=True, width=44,
                 example="崮山小学招聘体育教师 1 名"),
    Column("school", "学校", PART, "school", SchoolReference(ever=True), listed=True,
           filtered=True, width=20, synonyms=ledgers.SCHOOL_NAMES,
           help="全区性的任务不填"),
    Column("lead", "牵头单位", PART, "lead",
           cells.Code(facts.plan().bodies, former=facts.built_in().bodies), required=True,
           listed=True, filtered=True, width=16, synonyms=("责任单位", "牵头部门"),
           example=next(iter(facts.plan().bodies.values()))),
    ledgers.choice("carried_by", "承办", CarriedBy, required=True,
                   help="由谁签收和报进展：牵头单位，或任务所在的学校"),
    ledgers.text("partners", "配合单位", 200, width=24),
    ledgers.day("due_on", "完成期限", required=True, listed=True, example="2026-12-31"),
    ledgers.day("start_by", "最迟启动"),
    count("wanted", "数量", PART),
    ledgers.text("unit", "单位", 10, width=6, help="数量的单位，如名、间"),
    money("cost_yuan", "费用（元）", PART),
    ledgers.text("subject", "学科或资格", 60),
    Column("giver", "调出学校", PART, "giver", SchoolReference(ever=True), width=20),
    ledgers.choice("stage", "进展", TaskStage, writable=False, checked=False, filtered=True),
    count("done", "已完成数量", PART, writable=False, listed=True),
    ledgers.choice("source", "来源", TaskSource, writable=False, checked=False, filtered=True),
    ledgers.day("computed_on", "依据数据日期", writable=False),
    ledgers.text("digest", "方案校验值", 64, writable=False),
    ledgers.day("closed_on", "销号日期", writable=False),
    label=_("整改任务"),
    measure=rights.MEASURE,
    name="what",
    keys=("what", "due_on"),
    called="{what}",
    order=("due_on", "what"),
    scope=rights.own_tasks,
    edit=rights.ASSIGN,
    rules=(_in_order,),
    worked_on=rights.REPORT,
    hindered=rights.hindered,
    unit=_("项任务"),
    evidence=_("任职文件、验收单、证书等能证明办成的材料"),
    guide=_("从达标路径、预测和过渡性放宽的页面可以一键转为任务；其他任务在这里登记，经分局同意即为交办。"
            "签收、进展和销号在“任务进展”页办理。"),
)  # fmt: skip


def _within(rows: Rows) -> Iterator[Remark]:
    """Refuse more satisfied people than answered."""
    answered = rows.known("respondents")
    for place, value in enumerate(rows.known("satisfied")):
        if value is not None and answered[place] is not None and value > answered[place]:
            yield Remark(place, "satisfied", f"{value} 多于有效问卷 {answered[place]}，请核对")


SATISFACTION = ledgers.of_the_district(
    SatisfactionSurvey,
    ledgers.day("held_on", "调查日期", required=True, listed=True, example="2025-11-18"),
    count("respondents", "有效问卷", PART, required=True, listed=True, example="1200"),
    count("satisfied", "满意", PART, required=True, listed=True, example="1100"),
    label=_("乡村群众满意度调查"),
    measure=18,
    name="held_on",
    keys=("held_on",),
    called="{held_on} 满意度调查",
    same=("held_on",),
    rules=(_within,),
    promises=("goals.rural_satisfaction",),
    evidence=_("调查报告、问卷汇总"),
    guide=_("每次调查一条；可由“问卷调查”的结果写入，也可自己填。"),
)  # fmt: skip
