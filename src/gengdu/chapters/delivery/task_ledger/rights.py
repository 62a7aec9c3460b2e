"""Who sees, assigns and works on tasks of improvement: the bureau, and whoever answers for one."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from gengdu.access.models import ScopeKind
from gengdu.access.scope import Viewer
from gengdu.chapters.delivery.task_ledger.models import CarriedBy, TaskStage
from gengdu.policy import facts
from gengdu.registers import scopes

ASSIGN, REPORT = "assign_tasks", "report_tasks"
MEASURE = 18


@cache
def bureau() -> str:
    """Return the key of the body that assigns tasks: the lead of the measure of leadership."""
    return facts.measure_here(MEASURE).lead


def own_tasks(viewer: Viewer, on: date) -> Q | None:
    """Return the condition on the tasks a viewer sees: those of the own schools or body."""
    if viewer.sees_district:
        return Q()
    schools = scopes.schools_of(viewer)
    found = Q(school_id__in=schools) | Q(giver_id__in=schools) if schools else Q()
    if viewer.body_key:
        found |= Q(lead=viewer.body_key)
    return found or None


def body_of(viewer: Viewer) -> str:
    """Return the body that a viewer works for; an officer of the bureau may have none noted."""
    return viewer.body_key or (bureau() if viewer.may(ASSIGN) else "")


def answers_for(viewer: Viewer, row: Any) -> bool:
    """Tell whether a viewer belongs to the body or the school that carries a task out."""
    if not viewer.may(REPORT):
        return False
    if row.carried_by == CarriedBy.SCHOOL:
        return viewer.scope_kind == ScopeKind.SCHOOL and viewer.scope_key == row.school_id
    return bool(row.lead) and viewer.scope_kind != ScopeKind.SCHOOL and body_of(viewer) == row.lead


def hindered(row: Any, viewer: Viewer) -> str:
    """Return why a viewer may not add files to a task; empty where they may."""
    if row.stage == TaskStage.CLOSED:
        return _("任务已销号，材料不能改动；要补材料请由分局“重新打开”任务。")
    if viewer.may(ASSIGN) or answers_for(viewer, row):
        return ""
    return _("任务由%(who)s承办，证明材料由承办单位添加。") % {
        "who": _("学校") if row.carried_by == CarriedBy.SCHOOL
        else facts.body_zh(row.lead),
    }  # fmt: skip
