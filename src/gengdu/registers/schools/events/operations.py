"""Writes a planned event as one change, and takes it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gengdu.access.models import Account
from gengdu.records import rewriting, writing
from gengdu.records.models import Change, ChangeKind
from gengdu.records.writing import CannotUndo, Moved
from gengdu.registers.schools.events import planning
from gengdu.registers.schools.events.asked import Asked
from gengdu.registers.schools.events.plans import Plan
from gengdu.registers.schools.events.rules import links
from gengdu.registers.schools.models import School

REGISTER = "schools"


class CannotHappen(ValueError):
    """An event cannot happen as asked; the message says why."""


def commit(asked: Asked, *, digest: str, account: Account, at: datetime) -> Change:
    """Write an event exactly as it was previewed.

    Args:
        asked: What is to happen.
        digest: The mark of the plan that was previewed.
        account: Who confirms it.
        at: Now.

    Raises:
        CannotHappen: If something stands against it.
        Moved: If what was previewed is no longer so.
    """
    with transaction.atomic():
        plan = planning.plan(asked)
        if plan.problems:
            raise CannotHappen(" ".join(plan.problems))
        if plan.digest != digest:
            raise Moved(rewriting.MOVED)
        change = Change(
            at=at, account=account, kind=ChangeKind.SCHOOL_EVENT, register=REGISTER,
            summary=plan.title[:200], reason=asked.note,
        )  # fmt: skip
        return rewriting.commit(
            change, plan.rewrites, things=plan.things, about=plan.schools,
            also=lambda saved: saved.counts.update(_counts(plan)),
        )  # fmt: skip


def _counts(plan: Plan) -> dict[str, Any]:
    made = [school.pk for school in plan.things]
    return {
        "event": plan.kind.value,
        "on": plan.on.isoformat(),
        "schools": [*plan.schools, *made],
        "made": made,
        "lines": [[line.label, line.effect.value, line.count] for line in plan.lines],
    }


def undo(change: Change, *, account: Account, at: datetime) -> Change:
    """Take an event back: all live rows are again what they were before it.

    Raises:
        CannotUndo: If rows it wrote were changed later, or others came to a school it made.
    """
    undoing = Change(
        at=at, account=account, register=REGISTER, summary=f"撤销：{change.summary}"[:200],
        counts={"schools": change.counts.get("schools", [])},
    )  # fmt: skip
    with transaction.atomic():
        for school in School.objects.filter(pk__in=change.counts.get("made", [])):
            _check_nothing_came(school, change)
        return writing.undo(change, undoing)


def _check_nothing_came(school: School, change: Change) -> None:
    for link in links():
        rows: Any = link.model._default_manager
        of_school = rows.filter(superseded_at=None, **{link.field: school})
        if came := of_school.exclude(recorded_in=change).count():
            raise CannotUndo(
                f"新设的学校后来又登记了 {came} 条{link.label}，撤销会使它们无处可归，"
                "没有改动任何数据。请先撤销那些登记。"
            )
