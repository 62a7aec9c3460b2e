"""What tasks remind of: to sign for, to begin, to finish in time, to close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gengdu.chapters.delivery.task_ledger import queries, rights
from gengdu.chapters.delivery.task_ledger.models import CarriedBy, ImprovementTask, TaskStage
from gengdu.records.reminders import occasions
from gengdu.records.reminders.models import Kind
from gengdu.records.reminders.occasions import Occasion, Who

NOT_BEGUN = (TaskStage.ASSIGNED, TaskStage.ACCEPTED)


def tasks(on: date) -> Iterator[Occasion]:
    """Yield what each owner still has to do of the tasks, and the bureau of those finished."""
    found = list(queries.assigned().exclude(stage=TaskStage.CLOSED).order_by("item"))
    yield from _to_sign(one for one in found if one.stage == TaskStage.ASSIGNED)
    yield from _to_close([one for one in found if one.stage == TaskStage.FINISHED])
    reach = occasions.reaches(on)
    for one in found:
        if one.stage == TaskStage.FINISHED:
            continue
        if one.due_on <= reach:
            yield _due(one)
        if one.start_by is not None and one.start_by <= reach and one.stage in NOT_BEGUN:
            yield _to_begin(one, one.start_by)


def _who(task: ImprovementTask) -> Who:
    if task.carried_by == CarriedBy.SCHOOL:
        return Who(rights.REPORT, school_id=task.school_id)
    return Who(rights.REPORT, body_key=task.lead)


def _page(task: ImprovementTask) -> str:
    return reverse("task", args=[task.item_id])


def _to_sign(tasks_: Iterable[ImprovementTask]) -> Iterator[Occasion]:
    """Yield one occasion for each owner; a further task makes it news again."""
    by_owner: dict[Who, list[ImprovementTask]] = {}
    for one in tasks_:
        by_owner.setdefault(_who(one), []).append(one)
    for who, some in by_owner.items():
        text = _("%(count)s 项交办的任务还没有签收") % {"count": len(some)}
        owner = who.body_key or f"school{who.school_id}"
        link = f"{reverse('tasks')}?light=mine"
        yield Occasion(f"{owner}.sign@{some[-1].item_id}", Kind.MISSING, who, text, link)


def _to_close(finished: list[ImprovementTask]) -> Iterator[Occasion]:
    if finished:
        text = _("%(count)s 项任务已办结，待核实销号") % {"count": len(finished)}
        key = f"close@{max(one.pk for one in finished)}"
        link = f"{reverse('tasks')}?light=mine"
        yield Occasion(key, Kind.WAITING, Who(rights.ASSIGN), text, link)


def _due(task: ImprovementTask) -> Occasion:
    text = _("任务应办结：%(what)s") % {"what": task.what}
    return Occasion(str(task.item_id), Kind.DUE, _who(task), text, _page(task), task.due_on)


def _to_begin(task: ImprovementTask, start_by: date) -> Occasion:
    text = _("任务应启动：%(what)s") % {"what": task.what}
    return Occasion(f"{task.item_id}.begin", Kind.DUE, _who(task), text, _page(task), start_by)
