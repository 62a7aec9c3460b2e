"""Writes the steps taken before a school was closed or moved beside the event they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gengdu.records.models import Approvable, State
from gengdu.records.rewriting import Rewrite
from gengdu.registers.schools.events.plans import Effect, Plan
from gengdu.registers.schools.events.rules import dossiers, steps
from gengdu.registers.schools.models import SchoolEvent


def add(plan: Plan, event: SchoolEvent, taken: Mapping[str, date]) -> None:
    """Take the steps given into a plan; without any, no dossier is begun."""
    if not taken:
        return
    for model in dossiers():
        approved = {"state": State.APPROVED} if issubclass(model, Approvable) else {}
        row = model(**{"event": event, **taken, **approved})
        plan.add(Rewrite(None, (row,)))
        shown = [f"{label} {taken[name]}" for name, label in steps().items() if name in taken]
        plan.note(str(model._meta.verbose_name), Effect.ADDED, 1, shown)
