"""Assigns tasks, takes them through signing, progress and closing, and takes deeds back.

Each deed writes a new row and a step that says who, when and what; all of it in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.chapters.delivery.task_ledger import rights
from gengdu.chapters.delivery.task_ledger.ledger import IMPROVEMENT_TASKS
from gengdu.chapters.delivery.task_ledger.models import (
    ImprovementTask,
    TaskDeed,
    TaskNominee,
    TaskStage,
    TaskStep,
)
from gengdu.records import rewriting, writing
from gengdu.records.evidence import queries as evidence
from gengdu.records.models import Change, ChangeKind, Item, State, Step, StepKind
from gengdu.records.rewriting import Rewrite
from gengdu.records.writing import Moved

ASSIGNED, ACCEPTED, UNDER_WAY, FINISHED, CLOSED = (
    TaskStage.ASSIGNED, TaskStage.ACCEPTED, TaskStage.UNDER_WAY, TaskStage.FINISHED,
    TaskStage.CLOSED,
)  # fmt: skip
LEADS_TO: Mapping[TaskDeed, tuple[frozenset[TaskStage], TaskStage]] = {
    TaskDeed.SIGN: (frozenset({ASSIGNED}), ACCEPTED),
    TaskDeed.REPORT: (frozenset({ACCEPTED, UNDER_WAY}), UNDER_WAY),
    TaskDeed.FINISH: (frozenset({ACCEPTED, UNDER_WAY}), FINISHED),
    TaskDeed.CLOSE: (frozenset({FINISHED}), CLOSED),
    TaskDeed.SEND_BACK: (frozenset({FINISHED}), UNDER_WAY),
    TaskDeed.REOPEN: (frozenset({CLOSED}), UNDER_WAY),
}
"""The stages from which each deed is done, and the one it leads to."""
OF_OWNERS = frozenset({TaskDeed.SIGN, TaskDeed.REPORT, TaskDeed.FINISH})
REASONED = frozenset({TaskDeed.REPORT, TaskDeed.FINISH, TaskDeed.SEND_BACK, TaskDeed.REOPEN})
MOST_NOTE = 400


class Refused(RuntimeError):
    """A deed that a task does not allow; the message says why and what to do."""


@dataclass(frozen=True)
class Deed:
    """What somebody wants done with one task.

    Attributes:
        seen: Id of the row the person has before the eyes: if another stands now, somebody was
            faster.
        done: How many are done in all; None where that is not said.
        shown: Whether the registers show the task as done, so that it may close without a file.
    """

    kind: TaskDeed
    item: int
    seen: int
    viewer: Viewer
    account: Account
    on: date
    note: str = ""
    done: int | None = None
    shown: bool = False


def offered(row: ImprovementTask, viewer: Viewer) -> list[TaskDeed]:
    """Return what a viewer may do with a task as it stands, the most likely first."""
    if row.state != State.APPROVED:
        return []
    return [
        kind
        for kind, (stages, _after) in LEADS_TO.items()
        if row.stage in stages and _is_for(kind, row, viewer)
    ]


def _is_for(kind: TaskDeed, row: ImprovementTask, viewer: Viewer) -> bool:
    return rights.answers_for(viewer, row) if kind in OF_OWNERS else viewer.may(rights.ASSIGN)


def assign(
    made: Callable[[], Sequence[ImprovementTask]], account: Account, at: datetime, *, summary: str
) -> Change:
    """Write tasks as assigned, all or none, and return the change.

    Args:
        made: Returns the rows, not saved yet; called once nobody else can assign any.
        account: Who assigns; the word that approves them.
        at: When.
        summary: Of what plan they are, in words.

    Raises:
        Refused: If there is none.
        Moved: If somebody was faster; raised by `made`.
    """
    with transaction.atomic():
        writing.wait_for_others(IMPROVEMENT_TASKS)
        rows = list(made())
        if not rows:
            raise Refused(_("没有要交办的任务，没有写入任何数据。"))
        change = Change(
            at=at, account=account, kind=ChangeKind.EDIT, register=IMPROVEMENT_TASKS.key,
            summary=summary[:200],
        )  # fmt: skip
        for row in rows:
            row.state = State.APPROVED

        def note_steps(saved: Change) -> None:
            Step.objects.bulk_create(
                Step(item_id=row.item_id, at=at, account=account, kind=StepKind.PASS,
                     before=State.DRAFT, after=State.APPROVED, is_own=True, note=summary[:400],
                     change=saved)
                for row in rows
            )  # fmt: skip

        items = (row.item_id for row in rows)  # known once they are written
        return rewriting.commit(
            change, [Rewrite(None, (row,)) for row in rows], about=items, also=note_steps
        )


def do(deed: Deed, at: datetime) -> Change:
    """Do a deed and return the change.

    Raises:
        Refused: If the task does not allow it, or the person not.
        Moved: If somebody was faster.
    """
    with transaction.atomic():
        row = _held(deed)
        told = why_not(deed, row)
        if told:
            raise Refused(told)
        after = LEADS_TO[deed.kind][1]
        done = row.done if deed.done is None else deed.done
        new = rewriting.again(
            row, stage=after, done=done, closed_on=deed.on if after == CLOSED else None
        )
        return _written(deed, row, [Rewrite(row, (new,))], after, done, at)


def _held(deed: Deed) -> ImprovementTask:
    """Keep everybody else from a task, and return its row.

    Raises:
        Refused: If there is none that the viewer sees.
        Moved: If it is not the one that the person has before the eyes.
    """
    list(Item.objects.filter(pk=deed.item).select_for_update().values_list("pk"))
    rows = IMPROVEMENT_TASKS.within(deed.viewer, deed.on)
    row = rows.filter(item_id=deed.item, state=State.APPROVED).first()
    if row is None:
        raise Refused(_("没有这项任务，可能已撤销，或不在您的查看范围内。"))
    if row.pk != deed.seen:
        raise Moved(_("这项任务刚刚被别人办理过，没有写入任何数据。请看过最新情况再办理。"))
    found: ImprovementTask = row
    return found


def why_not(deed: Deed, row: ImprovementTask) -> str:
    """Return why a deed is not done; empty where it may be."""
    stages, _after = LEADS_TO[deed.kind]
    if not _is_for(deed.kind, row, deed.viewer):
        return _("这项任务不由您办理“%(deed)s”。") % {"deed": deed.kind.label}
    if row.stage not in stages:
        return _("现在是“%(stage)s”，不能“%(deed)s”。") % {
            "stage": row.get_stage_display(), "deed": deed.kind.label,
        }  # fmt: skip
    if deed.kind in REASONED and not deed.note.strip():
        return _("没有写说明，没有写入。请写明做了什么、为什么或凭什么。")
    return _about_amounts(deed, row)


def _about_amounts(deed: Deed, row: ImprovementTask) -> str:
    done = row.done if deed.done is None else deed.done
    if row.wanted is not None and done > row.wanted:
        return _("已完成数量 %(done)s 大于应完成的 %(wanted)s，请核对。") % {
            "done": done, "wanted": row.wanted,
        }  # fmt: skip
    if deed.kind == TaskDeed.FINISH and row.wanted is not None and done < row.wanted:
        return _("应完成 %(wanted)s %(unit)s，现报 %(done)s，还不能办结；请先报进展。") % {
            "wanted": row.wanted, "unit": row.unit, "done": done,
        }  # fmt: skip
    lacks_proof = deed.kind == TaskDeed.CLOSE and not deed.shown and not deed.note.strip()
    if lacks_proof and not evidence.counts([row.item_id]):
        return _("底册没有显示完成，也没有证明材料，不能直接销号。请添加材料，或写明凭什么销号。")
    return ""


def _written(
    deed: Deed, row: ImprovementTask, rewrites: Sequence[Rewrite], after: TaskStage, done: int,
    at: datetime,
) -> Change:  # fmt: skip
    change = Change(
        at=at, account=deed.account, kind=ChangeKind.EDIT, register=IMPROVEMENT_TASKS.key,
        summary=_("%(deed)s：%(what)s") % {"deed": deed.kind.label, "what": row.what[:180]},
        reason=deed.note.strip()[:200],
    )  # fmt: skip

    def note_step(saved: Change) -> None:
        TaskStep.objects.create(
            item_id=row.item_id, at=at, on=deed.on, account=deed.account, kind=deed.kind,
            before=row.stage, after=after, done=done, note=deed.note.strip()[:MOST_NOTE],
            change=saved,
        )  # fmt: skip

    return rewriting.commit(change, rewrites, about=[row.item_id], also=note_step)


def nominate(deed: Deed, staff: Collection[int], at: datetime) -> Change:
    """Let these and no other teachers be named for a task, and return the change.

    Args:
        deed: Of the kind NOMINATE; who may assign or answers for the task may do it.
        staff: Ids of the teachers; the caller has checked that the viewer may see them.
        at: When.

    Raises:
        Refused: If the person may not, or nothing would change.
        Moved: If somebody was faster.
    """
    with transaction.atomic():
        row = _held(deed)
        if not (deed.viewer.may(rights.ASSIGN) or rights.answers_for(deed.viewer, row)):
            raise Refused(_("这项任务不由您办理，不能附人选。"))
        if row.stage == CLOSED:
            raise Refused(_("任务已销号，不能再改人选。"))
        live = {
            one.staff_id: one
            for one in TaskNominee.objects.filter(item=deed.item, superseded_at=None)
        }
        added = [
            Rewrite(None, (TaskNominee(item_id=deed.item, staff_id=one),))
            for one in sorted(set(staff) - set(live))
        ]
        dropped = [Rewrite(one) for key, one in sorted(live.items()) if key not in staff]
        if not added and not dropped:
            raise Refused(_("人选没有变化，没有写入。"))
        same = Rewrite(row, (rewriting.again(row),))
        return _written(deed, row, [same, *dropped, *added], TaskStage(row.stage), row.done, at)


def take_back(step: TaskStep, viewer: Viewer, account: Account, at: datetime) -> Change:
    """Take back one's own last deed on a task, and return the change.

    Raises:
        Refused: If it is somebody else's, or not the last.
        CannotUndo: If it cannot be undone any more.
    """
    if step.account_id != account.pk:
        raise Refused(_("只能撤回自己办理的一步。"))
    last = TaskStep.objects.filter(item=step.item, change__undone_by=None).order_by("pk").last()
    if last is None or last.pk != step.pk:
        raise Refused(_("这一步之后又有办理，或已撤回过，不能再撤回。"))
    undoing = Change(
        at=at, account=account, register=IMPROVEMENT_TASKS.key,
        summary=_("撤销：%(what)s") % {"what": step.change.summary[:190]},
    )  # fmt: skip
    return writing.undo(step.change, undoing)
