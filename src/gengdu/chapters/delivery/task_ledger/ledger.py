"""The ledger of surveys of rural people, declared."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from gengdu.chapters.delivery.task_ledger.models import SatisfactionSurvey
from gengdu.records.ledgers import PART
from gengdu.records.sheets import Remark, Rows
from gengdu.registers import ledgers
from gengdu.registers.columns import count


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
