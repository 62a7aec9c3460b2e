"""Who may see the evidence of an entry, and who may change it: as the entry itself, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _

from gengdu.access.scope import Viewer
from gengdu.records import ledgers, sheets
from gengdu.records.evidence.models import Evidence, StoredFile
from gengdu.records.flows import EDITABLE
from gengdu.records.models import Item, State
from gengdu.records.sheets import Register

Lock = Callable[[Item, Viewer], str]
"""Says why the evidence of an entry may not be changed now; nothing where it may."""

_locks: list[Lock] = []


class NotAllowed(PermissionError):
    """The evidence of an entry may not be changed; the message says why and who can help."""


def declare_lock(lock: Lock) -> Lock:
    """Let a lock be asked before evidence is changed; it runs inside the writing transaction."""
    if lock not in _locks:
        _locks.append(lock)
    return lock


def in_sight(item: Item, viewer: Viewer, on: date, known: date | None = None) -> bool:
    """Tell whether a viewer may see an entry on a day, and with it its evidence."""
    return bool(seen_items([item], viewer, on, known))


def seen_items(
    items: Iterable[Item], viewer: Viewer, on: date, known: date | None = None
) -> set[int]:
    """Return the ids of those entries that a viewer may see on a day."""
    by_ledger: dict[str, list[int]] = {}
    for item in items:
        by_ledger.setdefault(item.ledger, []).append(item.pk)
    seen: set[int] = set()
    for ledger, ids in by_ledger.items():
        register = sheets.find(ledger)
        if register is not None and viewer.may(register.view):
            rows = register.within(viewer, on, known).filter(thing__in=ids).order_by()
            seen |= set(rows.values_list("thing", flat=True))
    return seen


def sees_file(file: StoredFile, viewer: Viewer, on: date) -> bool:
    """Tell whether a viewer may see an entry that a file proves."""
    items = Item.objects.filter(evidence__file=file, evidence__superseded_at=None).distinct()
    return bool(seen_items(items, viewer, on))


@declare_lock
def in_its_flow(item: Item, viewer: Viewer) -> str:
    """Say that an entry is on its way, or approved: what was looked at stays as it was."""
    ledger = ledgers.find(item.ledger)
    if ledger is None:
        return ""
    row = ledger.model._default_manager.filter(item=item, superseded_at=None).first()
    if row is None or row.state in EDITABLE:
        return ""
    if ledger.worked_on and row.state == State.APPROVED:
        return ledger.hindered(row, viewer)
    return _("“%(state)s”的记录，材料不能改动，%(how)s。") % {
        "state": State(row.state).label, "how": ledgers.how_to_open(row.state),
    }  # fmt: skip


def why_not(item: Item, viewer: Viewer, on: date) -> str:
    """Return why a viewer may not change the evidence of an entry; nothing where they may."""
    register = sheets.find(item.ledger)
    if register is None or not _may_write(register, item, viewer, on):
        return _("您没有修改这条记录的权限，没有改动材料。请找这条记录的填报单位办理。")
    return next((told for lock in _locks if (told := lock(item, viewer))), "")


def _may_write(register: Register, item: Item, viewer: Viewer, on: date) -> bool:
    """Tell whether an entry is one that a viewer may write: who may see it may not always."""
    if not in_sight(item, viewer, on):
        return False
    if not viewer.may(register.edit):
        return _works_on(register, item, viewer)
    holders = register.may_write_for(viewer, on)
    if holders is None:
        return True
    if not register.held_by:
        return False
    path = register.path(register.by_key[register.held_by])
    rows = register.rows(on).filter(thing=item.pk, **{f"{path}__in": holders})
    return bool(rows.exists())


def _works_on(register: Register, item: Item, viewer: Viewer) -> bool:
    """Tell whether a viewer who does not keep a ledger works on an approved entry of it."""
    if not isinstance(register, ledgers.Ledger) or not register.worked_on:
        return False
    rows = register.model._default_manager.filter(item=item, superseded_at=None)
    return viewer.may(register.worked_on) and rows.filter(state=State.APPROVED).exists()


def may_change(item: Item, viewer: Viewer, on: date) -> bool:
    """Tell whether a viewer may change the evidence of an entry now."""
    return not why_not(item, viewer, on)


def may_add_to(ledger: str, viewer: Viewer) -> bool:
    """Tell whether a viewer may write any entry of a ledger, so that uploads make sense."""
    register = sheets.find(ledger)
    if register is None:
        return False
    worked_on = register.worked_on if isinstance(register, ledgers.Ledger) else ""
    return viewer.may(register.edit) or bool(worked_on and viewer.may(worked_on))


def live_twin(evidence: Evidence) -> Evidence | None:
    """Return the row that stands now for the same file of the same entry."""
    return (
        Evidence.objects.filter(item=evidence.item_id, file=evidence.file_id, superseded_at=None)
        .select_related("file", "item")
        .first()
    )
