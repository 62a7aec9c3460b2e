"""Ends rows and records others in their place, as one change.

Planning makes rewrites and writes nothing, so that a preview and what is then written are the same
thing. Undoing is that of every change (writing.undo).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, connection, models, transaction

from gengdu.records.models import Change, Dated, Item, LedgerRow, Recorded
from gengdu.records.writing import Moved, seal

ROWS_AT_ONCE = 2_000
_CONTROL = frozenset({"recorded_at", "superseded_at", "recorded_in_id", "superseded_in_id"})

Row = TypeVar("Row", bound=Recorded)
DatedRow = TypeVar("DatedRow", bound=Dated)


@dataclass(frozen=True)
class Rewrite:
    """One row that no longer holds as it was, and the rows that hold in its place.

    Attributes:
        old: The row whose knowledge ends; None where something is added.
        new: Not saved yet; empty where the old row never came to hold.
    """

    old: Recorded | None
    new: tuple[Recorded, ...] = ()

    @property
    def model(self) -> type[Recorded]:
        """The table."""
        return type(self.old if self.old is not None else self.new[0])


def values_of(row: Recorded) -> dict[str, Any]:
    """Return what a row says, by column, without who wrote it when."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.attname not in _CONTROL
    }


def again(row: Row, **changed: Any) -> Row:
    """Return a new row that says the same but for what is changed."""
    made = type(row)(**values_of(row))
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def before(row: DatedRow, on: date) -> DatedRow | None:
    """Return what a row said of the days before one; None where it begins that day or later."""
    return again(row, ends_on=on) if row.starts_on < on else None


def since(row: DatedRow, on: date, **changed: Any) -> DatedRow:
    """Return what a row says of a day and those after it, changed."""
    return again(row, starts_on=max(on, row.starts_on), **changed)


def ended(row: Dated, on: date) -> Rewrite:
    """Let a row end before a day."""
    kept = before(row, on)
    return Rewrite(row, (kept,) if kept else ())


def changed_from(row: Dated, on: date, **changed: Any) -> Rewrite:
    """Let a row say something else from a day on."""
    kept = before(row, on)
    later = since(row, on, **changed)
    return Rewrite(row, (kept, later) if kept else (later,))


def digest(rewrites: Iterable[Rewrite]) -> str:
    """Return a mark that differs when other rows would be ended or recorded."""
    mark = hashlib.sha256()
    for rewrite in rewrites:
        old = rewrite.old.pk if rewrite.old is not None else None
        said = [list(values_of(row).values()) for row in rewrite.new]
        mark.update(repr((rewrite.model._meta.label, old, said)).encode())
    return mark.hexdigest()[:24]


def commit(
    change: Change,
    rewrites: Sequence[Rewrite],
    *,
    things: Sequence[models.Model] = (),
    about: Iterable[int] = (),
    also: Callable[[Change], None] = lambda saved: None,
) -> Change:
    """Write all rewrites as one change, and return the change as saved.

    Args:
        change: Not saved yet; its counts are filled in here.
        rewrites: What to write; tables are written in the order in which they come up.
        things: New identities that the rows point to, not saved yet.
        about: Ids that the trail names, besides those of the new things.
        also: What else is to be noted in the counts once all is written; told the saved change.

    Raises:
        Moved: If a row to be ended was ended since.
    """
    tables: dict[type[Recorded], list[Rewrite]] = {}
    for rewrite in rewrites:
        tables.setdefault(rewrite.model, []).append(rewrite)
    try:
        with transaction.atomic():
            for thing in things:
                thing.save()
            change.counts = {**change.counts, "tables": {}}
            change.save()
            for model, some in tables.items():
                change.counts["tables"][model._meta.db_table] = _write(model, some, change)
            also(change)
            change.save(update_fields=["counts"])
            seal(change, {*about, *(thing.pk for thing in things)})
    except IntegrityError as error:
        raise Moved(MOVED) from error
    return change


MOVED = "预览之后有记录已被别人改动，没有写入任何数据。请重新预览，再确认。"


def _write(model: type[Recorded], rewrites: list[Rewrite], change: Change) -> int:
    _supersede(model, [item.old.pk for item in rewrites if item.old is not None], change)
    if issubclass(model, LedgerRow):
        _give_items(rewrites)
    made = [row for rewrite in rewrites for row in rewrite.new]
    for row in made:
        row.recorded_at, row.recorded_in = change.at, change
    model._default_manager.bulk_create(made, batch_size=ROWS_AT_ONCE)
    return len(made)


def _give_items(rewrites: list[Rewrite]) -> None:
    """Give new entries of a ledger their identity.

    Where one entry becomes two, because it goes on at another school, the second is an entry of its
    own that says which it carries on: evidence and approval are of what was.
    """
    for rewrite in rewrites:
        rows = [row for row in rewrite.new if isinstance(row, LedgerRow)]
        for row in rows[:1]:
            if row.item_id is None:
                row.item = Item.objects.create(ledger=row.ledger)
        for row in rows[1:]:
            row.item = Item.objects.create(ledger=row.ledger, carries_on_id=rows[0].item_id)


def _supersede(model: type[Recorded], ids: list[int], change: Change) -> None:
    at_once = connection.features.max_query_params or ROWS_AT_ONCE
    ended_rows = 0
    for first in range(0, len(ids), at_once - 9):
        rows = model._default_manager.filter(
            pk__in=ids[first : first + at_once - 9], superseded_at=None
        )
        ended_rows += rows.update(superseded_at=change.at, superseded_in=change)
    if ended_rows != len(ids):
        raise Moved(MOVED)
