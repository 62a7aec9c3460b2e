"""Reads what a person asks to have done with entries of ledgers, and what a decision fills in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.kernel.identifiers import is_row_number
from gengdu.records import ledgers
from gengdu.records.approving import Act
from gengdu.records.ledgers import Ledger
from gengdu.records.models import StepKind
from gengdu.records.sheets import Column
from gengdu.web.sheets.forms import field_of
from gengdu.web.sheets.selection import Selection

GRANTED = "granted_"
MOST_ITEMS = 500


class Unreadable(ValueError):
    """Something that was filled in cannot be read; the message says what."""


@dataclass
class Asked:
    """One act with entries of one or several ledgers, as a form asks for it."""

    kind: str
    items: tuple[int, ...]
    viewer: Viewer
    account: Account
    on: date
    data: Any
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Any, viewer: Viewer, account: Account, on: date) -> Asked:
        """Read a form: entries by their ids, or those chosen on the list of a ledger.

        Raises:
            Unreadable: If no act or no entry is named, or more than are done at once.
        """
        kind = data.get("kind", "")
        if kind not in StepKind.values:
            raise Unreadable(_("请选择要怎样办理"))
        items = tuple(_chosen(data, viewer, on))
        if not items:
            raise Unreadable(_("还没有选中任何一条，请先勾选要办理的记录"))
        if len(items) > MOST_ITEMS:
            raise Unreadable(_("一次最多办理 %(most)s 条，请用筛选分几次") % {"most": MOST_ITEMS})
        return cls(kind, items, viewer, account, on, data)

    @property
    def note(self) -> str:
        """What the person says to it."""
        return str(self.data.get("note", "")).strip()[:400]

    def acts(self) -> list[Act]:
        """Return the act for each ledger that the viewer may see; what cannot be read is noted."""
        found = []
        for key, items in ledgers.of_items(self.items).items():
            ledger = ledgers.find(key)
            if ledger is not None and self.viewer.may(ledger.view):
                found.append(self._act(ledger, tuple(items)))
        return found

    def _act(self, ledger: Ledger, items: tuple[int, ...]) -> Act:
        act = Act(
            ledger, self.kind, items, self.viewer, self.account, self.on, self.note,
            self._day("day"),
        )  # fmt: skip
        granted = {key: self._granted(ledger.by_key[key]) for key in ledger.granted}
        return replace(act, granted={k: value for k, value in granted.items() if value is not None})

    def _granted(self, column: Column) -> Any:
        text = str(self.data.get(GRANTED + column.key, "")).strip()
        if not text:
            return None
        try:
            return column.kind_on(self.on).parse(text)
        except cells.BadCell as error:
            self.errors[GRANTED + column.key] = str(error)
            return None

    def _day(self, name: str) -> date | None:
        text = str(self.data.get(name, "")).strip()
        if not text:
            return None
        try:
            return cells.Day().parse(text)
        except cells.BadCell as error:
            self.errors[name] = str(error)
            return None

    def fields(self, ledger: Ledger) -> list[dict[str, Any]]:
        """Return the fields of what a decision may fill in."""
        return [
            {
                **field_of(
                    ledger.by_key[key], self.data.get(GRANTED + key, ""), self.on,
                    self.errors.get(GRANTED + key, ""),
                ),
                "name": GRANTED + key, "required": key in ledger.needed,
            }
            for key in ledger.granted
        ]  # fmt: skip


def _chosen(data: Any, viewer: Viewer, on: date) -> list[int]:
    """Return the entries that a form names, or that match on the list of a ledger."""
    ledger = ledgers.find(data.get("ledger", ""))
    if ledger is not None and viewer.may(ledger.view):
        return Selection.read(ledger, data, on).things(viewer, MOST_ITEMS)
    texts: Mapping[str, None] = dict.fromkeys(data.getlist("item"))
    return [int(text) for text in texts if is_row_number(text)]
