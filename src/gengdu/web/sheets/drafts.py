"""Keeps what people fill into forms before they save it, so that nothing typed is ever lost.

Drafts lie beside the registers: nothing counts them. Forms that show children keep none, for each
look at a child is written into the trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from gengdu.access.models import Account
from gengdu.records.sheets import Register
from gengdu.web.models import FormDraft

KEPT_DAYS = 30
AT_THE_SAME_TIME = timedelta(hours=1)
MOST_CELLS, LONGEST_CELL = 200, 6_000


def are_kept(register: Register) -> bool:
    """Tell whether the forms of a register keep drafts."""
    return not register.shows_children


def keep(
    register: Register, account: Account, thing: int, data: Mapping[str, str], at: datetime
) -> FormDraft:
    """Keep what a form holds; cells that the register does not have are left aside."""
    names = {column.key for column in register.shown_columns if column.writable}
    cells = {
        name: str(data[name])[:LONGEST_CELL]
        for name in (*sorted(names), "holds_from", "mode", "reason")
        if name in data
    }
    kept, _ = FormDraft.objects.update_or_create(
        account=account, register=register.key, thing=thing,
        defaults={"cells": cells, "seen": data.get("seen", "")[:200], "saved_at": at},
    )  # fmt: skip
    return kept


def find(register: Register, account: Account, thing: int) -> FormDraft | None:
    """Return what somebody filled in before; None where nothing is kept."""
    if not are_kept(register):
        return None
    return FormDraft.objects.filter(account=account, register=register.key, thing=thing).first()


def drop(register: Register, account: Account, thing: int) -> None:
    """Forget what was filled in, once it is saved or given up."""
    FormDraft.objects.filter(account=account, register=register.key, thing=thing).delete()


def others(register: Register, account: Account, thing: int, at: datetime) -> list[FormDraft]:
    """Return the drafts of the same thing that others worked at lately."""
    if not thing:
        return []
    lately = FormDraft.objects.filter(
        register=register.key, thing=thing, saved_at__gte=at - AT_THE_SAME_TIME
    )
    return list(lately.exclude(account=account).select_related("account").order_by("-saved_at"))


def sweep(at: datetime) -> int:
    """Forget drafts that nobody came back to, and return how many."""
    old = FormDraft.objects.filter(saved_at__lt=at - timedelta(days=KEPT_DAYS))
    return old.delete()[0]
