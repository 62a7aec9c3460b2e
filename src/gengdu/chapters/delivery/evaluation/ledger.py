"""The ledgers of the national evaluations: what documents prove, vetoes, monitoring, surveys."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from gengdu.analytics.quality_balance.item_list import listed
from gengdu.analytics.universal_preschool import items
from gengdu.chapters.delivery.evaluation.models import (
    BalanceStatement,
    Conclusion,
    MonitoringLevel,
    MonitoringResult,
    MonitoringSubject,
    NationalEvaluation,
    PreschoolStatement,
    RecognitionSurvey,
    Statement,
    SurveyedGroup,
    WrittenJudgement,
)
from gengdu.kernel import cells
from gengdu.policy import facts
from gengdu.records.ledgers import PART, Ledger
from gengdu.records.sheets import Column, Remark, Rows
from gengdu.registers import ledgers
from gengdu.registers.columns import count
from gengdu.registers.schools.cells import YearCell

GROUPS_ZH = {"guarantee": "政府保障", "quality": "教育质量", "veto": "一票否决"}
STATED = {
    one.key: f"{GROUPS_ZH[one.group]}{one.number} {one.statement_zh}"
    for one in listed()
    if one.needs_statement
}
"""What is stated of each item that needs it, by its key."""


def _year() -> Column:
    return Column(
        "year", "年度", PART, "year", YearCell(2000, 2100), required=True, listed=True,
        filtered=True, width=8, synonyms=("填报年度", "年份"), example="2025",
    )  # fmt: skip


def _statements(
    model: type[Statement], subjects: dict[str, str], *, label: StrOrPromise,
    evidence: StrOrPromise, guide: StrOrPromise, told: str, help_: str = "",
) -> Ledger:  # fmt: skip
    """Declare what is stated of the items of an evaluation, year by year.

    Args:
        model: The table.
        subjects: What each item asks for, by its key.
        label: What the ledger is called.
        evidence: What papers prove an item.
        guide: How the ledger is kept.
        told: Where the conclusion is shown.
        help_: How items are stated, where that is not plain.
    """
    return ledgers.of_the_district(
        model,
        _year(),
        Column("subject", "条目", PART, "subject", cells.Code(subjects), required=True,
               listed=True, filtered=True, width=40, example=next(iter(subjects.values())),
               help=help_),
        ledgers.choice("conclusion", "结论", Conclusion, required=True, filtered=True, width=8),
        ledgers.long_text("text", "简要结论", 1000, listed=True, help=told),
        label=label,
        measure=20,
        name="subject",
        keys=("year", "subject"),
        called="{year} 年 {subject}",
        same=("year", "subject"),
        evidence=evidence,
        guide=guide,
    )  # fmt: skip


STATEMENTS = _statements(
    BalanceStatement,
    STATED,
    label=_("优质均衡条目结论"),
    evidence=_("规划、标准、制度文件，检查记录；一票否决各条为书面声明"),
    guide=_("每年对不是数字的条目和一票否决各填一条，附证明材料；没有材料的不算达到。"),
    told="写进申报表“指标值或简要结论”一栏，如文件名称和文号",
    help_="一票否决各条写“没有……”，发生过的结论填“不符合”",
)

PRESCHOOL_STATEMENTS = _statements(
    PreschoolStatement,
    {f"{number:02}": f"{number} {asked}" for number, asked in items.stated().items()},
    label=_("普及普惠条目结论"),
    evidence=_("各条“佐证材料”所列的文件、方案、名单、公示网址"),
    guide=_("每年对不是数字的条目各填一条，附证明材料；没有材料的不算达到。"),
    told="写明依据的文件名称和文号，显示在“普及普惠”页",
)

MONITORING = ledgers.of_the_district(
    MonitoringResult,
    _year(),
    ledgers.choice("subject", "科目", MonitoringSubject, required=True, filtered=True),
    ledgers.choice("level", "学业水平等级", MonitoringLevel, required=True, width=8,
                   example="Ⅲ"),
    Column("difference", "校际差异率", PART, "difference", cells.Number(0, 10), required=True,
           listed=True, width=10, example="0.12"),
    label=_("国家质量监测结果"),
    measure=20,
    name="subject",
    keys=("year", "subject"),
    called="{year} 年 {subject}",
    same=("year", "subject"),
    evidence=_("国家义务教育质量监测县级报告"),
    guide=_("每科一条；每年监测的科目不同，只填当年监测的科目。"),
)  # fmt: skip


def _within(rows: Rows) -> Iterator[Remark]:
    """Refuse a part that is more than its whole."""
    for part, whole in (("valid", "sent"), ("satisfied", "valid"),
                        ("visited_satisfied", "visited")):  # fmt: skip
        wholes = rows.known(whole)
        for place, value in enumerate(rows.known(part)):
            if value is not None and wholes[place] is not None and value > wholes[place]:
                yield Remark(place, part, f"{value} 多于总数 {wholes[place]}，请核对")


RECOGNITION = ledgers.of_the_district(
    RecognitionSurvey,
    _year(),
    ledgers.choice("evaluation", "评估", NationalEvaluation, required=True, filtered=True, width=12,
                   synonyms=("评估名称", "评估类别"), help="这次调查是为哪项国家评估做的"),
    ledgers.choice("group", "对象", SurveyedGroup, required=True, filtered=True),
    count("sent", "问卷总数", PART, required=True, listed=True, example="1200"),
    count("valid", "回收有效问卷数", PART, required=True, listed=True, example="1100"),
    count("satisfied", "满意问卷数", PART, required=True, listed=True, example="1000"),
    count("visited", "实地走访人数", PART, listed=True),
    count("visited_satisfied", "走访满意人数", PART, listed=True),
    label=_("社会认可度调查结果"),
    measure=20,
    name="group",
    keys=("year", "evaluation", "group"),
    called="{year} 年{evaluation}社会认可度 {group}",
    same=("year", "evaluation", "group"),
    rules=(_within,),
    evidence=_("调查报告、问卷汇总"),
    guide=_("每项评估每年两条：全部对象一条（计），其中家长一条；优质均衡按申报表表Ⅵ填。"),
)  # fmt: skip


def _promises(plan: facts.Plan) -> dict[str, str]:
    return {promise.name: promise.short_zh for promise in plan.promises}


JUDGEMENTS = ledgers.of_the_district(
    WrittenJudgement,
    Column("promise", "承诺", PART, "promise",
           cells.Code(_promises(facts.plan()), former=_promises(facts.built_in())), required=True,
           listed=True, filtered=True, width=32, example=facts.plan().promises[0].name),
    ledgers.day("held_on", "判断日期", required=True, listed=True, example="2025-12-01"),
    ledgers.text("body", "判断单位", 60, required=True, listed=True, width=20, example="教育分局"),
    ledgers.long_text("text", "判断", 2000, required=True, listed=True, width=60,
                      example="已全部建成，运行正常",
                      help="现在做到哪一步、依据是什么；显示在这项承诺的页面上"),
    label=_("书面判断"),
    measure=20,
    name="promise",
    keys=("promise", "held_on"),
    called="{promise} {held_on}",
    evidence=_("文件、统计表、验收单等判断所依据的材料"),
    guide=_("没有数字的承诺和没有指标的承诺，由牵头单位写明兑现情形；每次判断一条，批准后生效。"),
)  # fmt: skip
