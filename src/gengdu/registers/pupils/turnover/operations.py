"""Writes the turnover of a school year as one change, and takes it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gengdu.access.models import Account
from gengdu.kernel.school_years import SchoolYear
from gengdu.records import rewriting, writing
from gengdu.records.models import Change, ChangeKind
from gengdu.records.queries import revisions
from gengdu.records.writing import CannotUndo, Moved
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.pupils.turnover import planning, reading
from gengdu.registers.pupils.turnover.choices import Choices, Outcome
from gengdu.registers.schools.models import SchoolClass, SchoolEvent, SchoolProfile, SchoolStage
from gengdu.registers.staff.models import Post

REGISTER = "pupils"
READ = tuple(
    model._meta.db_table
    for model in (Enrolment, SchoolClass, SchoolEvent, SchoolProfile, SchoolStage, Post)
)


class AlreadyTurned(ValueError):
    """There is nothing to do; the message says so."""


def commit(choices: Choices, *, digest: str, account: Account, at: datetime) -> Change:
    """Turn the year over exactly as it was previewed.

    The plan is made before the transaction, so that nobody waits for it; inside, it is only looked
    whether anything it was made from has moved.

    Raises:
        AlreadyTurned: If these schools have turned over and nobody who waits gets a place.
        Moved: If what was previewed is no longer so.
    """
    were = _revisions()
    plan = planning.plan(choices)
    if not plan.has_news:
        raise AlreadyTurned(already(choices.year))
    if plan.digest != digest:
        raise Moved(rewriting.MOVED)
    change = Change(
        at=at, account=account, kind=ChangeKind.TURNOVER, register=REGISTER,
        summary=f"升入{choices.year.label_zh}", counts=_counts(plan),
    )  # fmt: skip
    with transaction.atomic():
        if _revisions() != were:
            raise Moved(rewriting.MOVED)
        return rewriting.commit(change, plan.rewrites, about=plan.seats)


def already(year: SchoolYear) -> str:
    """Return the sentence that a year has turned over."""
    return f"所选学校已经升入{year.label_zh}，没有要新增的学籍，没有改动任何数据。"


def _revisions() -> dict[str, int]:
    now = revisions()
    return {table: now.get(table, 0) for table in READ}


def _counts(plan: planning.Plan) -> dict[str, object]:
    outcomes = plan.counted()
    schools = sorted(plan.choices.schools & {step.old.school for step in plan.steps})
    return {
        "year": plan.choices.year.begins_in,
        "schools": schools,
        "outcomes": {outcome.value: outcomes[outcome] for outcome in Outcome if outcomes[outcome]},
        "unplaced": plan.pupils(Outcome.UNPLACED),
        "left": plan.pupils(Outcome.LEFT),
    }


def undo(change: Change, *, account: Account, at: datetime) -> Change:
    """Take a turnover back.

    Raises:
        CannotUndo: If its rows were changed later, or a later turnover built on it.
    """
    year = SchoolYear(change.counts["year"])
    schools = set(change.counts["schools"])
    later = [
        other
        for other in reading.runs(year)
        if other.pk > change.pk and schools & set(other.counts["schools"])
    ]
    if later:
        raise CannotUndo(
            "这次升级之后又补办过待落实学生，没有改动任何数据。请先撤销后来的那次升级。"
        )
    undoing = Change(
        at=at, account=account, register=REGISTER, summary=f"撤销：{change.summary}"[:200],
        counts={"year": year.begins_in, "schools": sorted(schools)},
    )  # fmt: skip
    return writing.undo(change, undoing)
