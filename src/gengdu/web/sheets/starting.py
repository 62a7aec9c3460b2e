"""What the form of a new entry of a ledger starts with, so that only differences are asked.

What is known is filled in: the only school of the scope, the day, what an address names, or an
earlier entry that the new one continues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.kernel.identifiers import is_row_number
from gengdu.records.ledgers import Ledger
from gengdu.records.references import NamedCell
from gengdu.records.sheets import Column

FROM = "from"
OFFERED = 5


@dataclass(frozen=True)
class Earlier:
    """One entry that a new one may continue."""

    item: int
    name: str


def initial(ledger: Ledger, data: Mapping[str, str], viewer: Viewer, on: date) -> dict[str, str]:
    """Return the cells of a new entry, as a form shows them."""
    found: dict[str, str] = {}
    held = ledger.may_write_for(viewer, on)
    if held is not None and len(held) == 1:
        column = ledger.by_key[ledger.held_by]
        found[column.key] = str(column.kind_on(on).shown(next(iter(held))) or "")
    if ledger.day_field in ledger.by_key:
        found[ledger.day_field] = on.isoformat()
    continued = data.get(FROM, "")
    if is_row_number(continued):
        found |= _continued(ledger, int(continued), viewer, on)
    return found | _named(ledger, data, on)


def _continued(ledger: Ledger, item: int, viewer: Viewer, on: date) -> dict[str, str]:
    """Return the cells of an entry that the viewer sees, but for its days and what is anew."""
    row = ledger.within(viewer, on).filter(item_id=item).first()
    if row is None:
        return {}
    taken = [column for column in ledger.shown_columns if _is_carried(ledger, column)]
    said = {column.key: getattr(row, ledger.attname(column)) for column in taken}
    return {
        key: str(ledger.by_key[key].kind_on(on).shown(value))
        for key, value in said.items()
        if value not in (None, "")
    }


def _is_carried(ledger: Ledger, column: Column) -> bool:
    is_day = not column.is_reference and isinstance(column.kind, cells.Day)
    return bool(column.part) and column.writable and not is_day and column.key not in ledger.fresh


def _named(ledger: Ledger, data: Mapping[str, str], on: date) -> dict[str, str]:
    """Return what an address names that can be read: a missing school, a kind."""
    found = {}
    for column in ledger.shown_columns:
        text = data.get(column.key, "")
        if not text or not column.writable:
            continue
        kind: cells.Kind[Any] = column.kind_on(on)
        if isinstance(kind, NamedCell) and is_row_number(text):
            text = kind.named.get(int(text), text)
        parsed = kind.parse_column([text])
        if not parsed.faults:
            found[column.key] = str(kind.shown(parsed.values[0]))
    return found


def earlier(ledger: Ledger, viewer: Viewer, on: date) -> list[Earlier]:
    """Return the latest entries of the scope, which a new one may continue."""
    rows = ledger.within(viewer, on).order_by("-recorded_at", "-pk")[:OFFERED]
    return [Earlier(item, name) for item, name in ledger.names(rows, on).items()]
