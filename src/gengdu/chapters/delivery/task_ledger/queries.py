"""Reads tasks of improvement: which are open, how they stand on a day, what was done with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gengdu.access.scope import Viewer
from gengdu.chapters.delivery.task_ledger.ledger import IMPROVEMENT_TASKS
from gengdu.chapters.delivery.task_ledger.models import (
    ImprovementTask,
    TaskNominee,
    TaskStage,
    TaskStep,
)
from gengdu.policy import facts
from gengdu.records.models import State

DUE_SOON = "settings.task_due_soon_days"


class Light(models.TextChoices):
    """How a task stands against its days."""

    LATE = "late", _("逾期")
    SOON = "soon", _("将到期")
    NOT_BEGUN = "not_begun", _("应已启动")
    ON_TIME = "on_time", _("按期")
    CLOSED = "closed", _("已销号")


def due_soon_days(on: date) -> int:
    """Return how many days before it is due a task is told of, as it is set on a day."""
    return int(facts.value(DUE_SOON, on=on))


def light(row: ImprovementTask, on: date, soon: int) -> Light:
    """Return how a task stands on a day.

    Args:
        row: The task.
        on: The day.
        soon: How many days before it is due it counts as due soon.
    """
    if row.stage == TaskStage.CLOSED:
        return Light.CLOSED
    if row.due_on < on:
        return Light.LATE
    if row.due_on <= on + timedelta(days=soon):
        return Light.SOON
    has_begun = row.stage not in (TaskStage.ASSIGNED, TaskStage.ACCEPTED)
    if row.start_by is not None and row.start_by < on and not has_begun:
        return Light.NOT_BEGUN
    return Light.ON_TIME


def assigned() -> QuerySet[ImprovementTask]:
    """Return every task in force as known now, closed ones too."""
    return ImprovementTask.objects.filter(superseded_at=None, state=State.APPROVED)


def still_open(matters: Iterable[str]) -> list[ImprovementTask]:
    """Return the tasks about some matters that are not closed, in order of their making."""
    found = assigned().filter(matter__in=list(matters)).exclude(stage=TaskStage.CLOSED)
    return list(found.order_by("item"))


def seen_by(viewer: Viewer, on: date, known: date | None = None) -> list[ImprovementTask]:
    """Return the tasks that a viewer sees, by the day they are due."""
    rows = IMPROVEMENT_TASKS.within(viewer, on, known).filter(state=State.APPROVED)
    return list(rows.order_by("due_on", "item"))


def find(viewer: Viewer, item: int, on: date, known: date | None = None) -> ImprovementTask | None:
    """Return one task that a viewer sees, whatever its state; None where they see none."""
    found: ImprovementTask | None = (
        IMPROVEMENT_TASKS.within(viewer, on, known).filter(item_id=item).first()
    )
    return found


def steps(items: Sequence[int], known: date | None = None) -> list[TaskStep]:
    """Return the deeds on some tasks that stand, the oldest first."""
    found = TaskStep.objects.filter(item__in=items, change__undone_by=None)
    if known is not None:
        found = found.filter(at__date__lte=known)
    return list(found.select_related("account", "change").order_by("pk"))


def nominees(item: int) -> list[int]:
    """Return the ids of the teachers who are named for a task."""
    rows = TaskNominee.objects.filter(item=item, superseded_at=None)
    return list(rows.order_by("staff").values_list("staff", flat=True))


@dataclass(frozen=True)
class Share:
    """How much of some tasks is done.

    Attributes:
        count: How many there are.
        closed: How many are closed.
        yuan: What all of them cost.
        closed_yuan: What the closed ones cost.
    """

    count: int
    closed: int
    yuan: float
    closed_yuan: float

    @property
    def percent(self) -> int:
        """Closed tasks in percent of all, rounded down so that 100 means all."""
        return self.closed * 100 // self.count if self.count else 0


def share(rows: Sequence[ImprovementTask]) -> Share:
    """Return how much of some tasks is done."""
    closed = [row for row in rows if row.stage == TaskStage.CLOSED]
    return Share(
        len(rows), len(closed), sum(row.cost_yuan or 0 for row in rows),
        sum(row.cost_yuan or 0 for row in closed),
    )  # fmt: skip
