"""What a plan asks to be done, by whom, and by when it has to start; as lines and as a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.utils.translation import gettext as _

from gengdu.analytics.quality_balance.verdict import NAMES_ZH
from gengdu.board.evaluations import STAGES
from gengdu.board.path_to_target.allowed import TRANSFER, Allowed
from gengdu.board.path_to_target.answers import Answer, Item
from gengdu.board.path_to_target.words import number_of_ten_thousands
from gengdu.documents.writing import Fact, OutColumn, write_table
from gengdu.kernel.dates import months_before
from gengdu.policy import facts

DUE = "goals.quality_balance_county"


@dataclass(frozen=True)
class Task:
    """One thing to do, with who owns it.

    Attributes:
        text: What, in a sentence.
        lead: Who leads, by the plan's measure.
        partners: Who helps.
        start_by: The last day to start if it is to count on the due day.
        is_late: Whether that day has passed.
    """

    item: Item
    text: str
    lead: str
    partners: str
    start_by: date | None
    is_late: bool

    @property
    def stage(self) -> str:
        """The stage by its code; "" for the whole school."""
        return stage_code(self.item)

    @property
    def kind(self) -> str:
        """What the moved teachers count for, as addresses have it."""
        return "+".join(self.item.kind)


def due_on(day: date) -> date | None:
    """Return the day by which the district has promised to be recognised."""
    promised = facts.plan().facts.get(DUE)
    return promised.on(day).due_on if promised else None


def of(answer: Answer, allowed: Allowed, day: date) -> list[Task]:
    """Return the tasks of an answer."""
    return [_task(item, allowed, day) for item in answer.items]


def _task(item: Item, allowed: Allowed, day: date) -> Task:
    plan = facts.plan()
    measure = facts.measure_here(item.sort.measure)
    due, months = due_on(day), allowed.terms[item.sort.name].months
    start_by = None if due is None else months_before(due, months)
    return Task(
        item, text(item), plan.bodies[measure.lead],
        "、".join(plan.bodies[one] for one in measure.partners), start_by,
        start_by is not None and start_by < day,
    )  # fmt: skip


def stage_code(item: Item) -> str:
    """Return the stage of an item by its code; "" for the whole school."""
    return next((code for code, label in STAGES.items() if str(label) == item.stage), "")


def mark(answer: Answer, allowed: Allowed, on: date, *, strict: bool) -> str:
    """Return a mark that differs when the schools' rows, the terms or the answer do."""
    rows = [
        (row.school, row.stage.value, row.pupils, sorted(row.figures.items()))
        for row in (one.stage.row for one in answer.before.schools)
    ]
    terms = [sorted(part.items()) for part in (allowed.terms, allowed.budgets, allowed.of_schools)]
    items = [(*key(item), item.count, item.yuan) for item in answer.items]
    return hashlib.sha256(repr((on, strict, rows, terms, items)).encode()).hexdigest()


def key(item: Item) -> tuple[str, ...]:
    """Return what names an item, whatever its count."""
    return (item.sort.name, item.school, item.stage, item.giver, "+".join(item.kind))


def text(item: Item) -> str:
    """Return what an item asks for, in a sentence without its school."""
    count = {"count": item.count, "unit": item.sort.unit}
    if item.sort.name == TRANSFER:
        kind = "、".join(NAMES_ZH[name] for name in item.kind)
        return _("由%(giver)s调入 %(count)s 名教师（须为：%(kind)s）") % {
            "giver": item.giver, "kind": kind, **count,
        }  # fmt: skip
    return _("%(sort)s %(count)s %(unit)s") % {"sort": item.sort.label, **count}


def write(file: BinaryIO, tasks: Sequence[Task], about: Sequence[Fact], *, at: datetime) -> None:
    """Write the tasks as a workbook, with what was assumed on a sheet of its own."""
    columns = [
        OutColumn(_("序号"), 6, "whole"), OutColumn(_("学校"), 26), OutColumn(_("学段"), 8),
        OutColumn(_("任务"), 48), OutColumn(_("数量"), 8, "whole"), OutColumn(_("单位"), 6),
        OutColumn(_("费用（万元）"), 12, "amount"), OutColumn(_("牵头"), 16),
        OutColumn(_("配合"), 40), OutColumn(_("最迟启动"), 12),
    ]  # fmt: skip
    write_table(
        file, title=_("优质均衡 达标任务单"), columns=columns, rows=_rows(tasks), created=at,
        facts=list(about),
    )  # fmt: skip


def _rows(tasks: Sequence[Task]) -> Iterator[list[object]]:
    for number, task in enumerate(tasks, 1):
        item = task.item
        yield [
            number, item.school, item.stage, task.text, item.count, str(item.sort.unit),
            number_of_ten_thousands(item.yuan), task.lead, task.partners,
            f"{task.start_by:%Y-%m-%d}" if task.start_by else "",
        ]  # fmt: skip
