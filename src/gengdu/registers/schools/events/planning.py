"""Answers what is asked with a plan, whatever kind of event it is."""

from __future__ import annotations

from gengdu.registers.schools.events import changing, ending, opening, splitting
from gengdu.registers.schools.events.asked import (
    Asked,
    Ending,
    Moving,
    Opening,
    Recoding,
    Renaming,
    Split,
)
from gengdu.registers.schools.events.plans import Plan


def plan(asked: Asked) -> Plan:
    """Return what an event would write; nothing is written."""
    match asked:
        case Opening():
            return opening.plan(asked)
        case Ending():
            return ending.plan(asked)
        case Renaming():
            return changing.plan_renaming(asked)
        case Moving():
            return changing.plan_moving(asked)
        case Recoding():
            return changing.plan_recoding(asked)
        case Split():
            return splitting.plan(asked)
