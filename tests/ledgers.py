"""A desk at which tests keep ledgers: fill in an entry, send it on its way, ask what counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.records import approving
from gengdu.records.approving import Act
from gengdu.records.evidence.models import Evidence, StoredFile
from gengdu.records.importing import direct
from gengdu.records.ledgers import Ledger
from gengdu.records.models import Change, ChangeKind, LedgerRow
from gengdu.records.sheets import Column
from gengdu.registers.schools.queries import viewer_of
from tests.world import ON

_moments = count(1)


def moment() -> datetime:
    """Return a moment after every one before."""
    return datetime(2026, 1, 5, 8, tzinfo=UTC) + timedelta(seconds=next(_moments))


def viewer(account: Account, on: date = ON) -> Viewer:
    """Return who looks when an account does."""
    return viewer_of(account, on=on)


def sample(ledger: Ledger, **given: object) -> dict[str, object]:
    """Return the cells of an entry: the example of each required column, its first choice."""
    found = {column.key: _example(column) for column in ledger.columns if column.required}
    return {**found, **given}


def _example(column: Column) -> object:
    if column.key == "school":
        return "崮山小学"
    if column.key == "version":
        return 9
    if column.key == "village":
        return "皂埠村"
    kind = column.kind_on(ON)
    if column.example:
        return column.example
    if isinstance(kind, cells.Code):
        return kind.shown(next(iter(kind.codes)))
    return {"date": "2025-11-20", "number": 12}.get(kind.written_as, "示例")


def fill_in(ledger: Ledger, account: Account, item: int | None = None, **given: object) -> Any:
    """Write an entry as a form does, and return what became of it."""
    who = viewer(account)
    cells_ = sample(ledger, **given) if item is None else dict(given)
    asked = direct.Asked(ledger, [(item, cells_)], ON, schools=ledger.may_write_for(who, ON))
    change = Change(at=moment(), account=account, kind=ChangeKind.EDIT, register=ledger.key)
    return direct.write(asked, change)


def new(ledger: Ledger, account: Account, **given: object) -> int:
    """Add a draft and return its item."""
    outcome = fill_in(ledger, account, **given)
    assert not outcome.is_refused, outcome.remarks
    assert outcome.change is not None
    return int(ledger.model._default_manager.get(recorded_in=outcome.change).item_id)


def act(
    ledger: Ledger, account: Account, kind: str, *items: int, on: date = ON, note: str = "写明",
    day: date | None = None, **granted: Any,
) -> int:  # fmt: skip
    """Do an act of approval and return with how many entries."""
    asked = Act(ledger, kind, items, viewer(account), account, on, note, day, granted)
    return approving.do([asked], moment())


def row(ledger: Ledger, item: int) -> LedgerRow:
    """Return what is recorded of an entry now."""
    return ledger.model._default_manager.get(item_id=item, superseded_at=None)


def state(ledger: Ledger, item: int) -> str:
    """Return how far an entry has come."""
    return str(row(ledger, item).state)


def prove(item: int) -> None:
    """Give an entry a file that proves it."""
    at = moment()
    file, _is_new = StoredFile.objects.get_or_create(
        digest="a" * 64,
        defaults={"kept_digest": "a" * 64, "kind": "pdf", "media_type": "application/pdf",
                  "size": 1, "made_at": at},
    )  # fmt: skip
    Evidence.objects.create(item_id=item, file=file, position=1, name="a.pdf", recorded_at=at)
