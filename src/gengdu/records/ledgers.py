"""A ledger: a declared register whose entries are approved before they count.

It gets from below what every register gets, and besides: a flow, evidence, a trail of approval, and
its place among what waits for people. A ledger is one declaration in its measure's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.policy import facts
from gengdu.policy.facts import Measure
from gengdu.records import sheets
from gengdu.records.coverage import Coverage
from gengdu.records.flows import EDITABLE, OF_SCHOOLS, Flow, Station
from gengdu.records.models import Entry, Event, Item, LedgerRow, State
from gengdu.records.sheets import Register, Rows

PART = "entry"
"""What the part of a ledger is called that holds its entries."""


@dataclass(frozen=True)
class Ledger(Register):
    """One ledger, declared.

    Attributes:
        measure: Number of the measure of the built-in plan that it belongs to.
        flow: The way to approval.
        called: What an entry is called, with columns in braces; else its name column alone.
        same: Columns that name the same matter: a further approved entry of it follows, or doubles.
        replaces: Whether approving an entry ends the one of the same matter that holds until then.
        granted: Columns that whoever decides may fill in, such as the number of the document.
        needed: Columns without which nothing is approved.
        noticed: Tells whether an entry needs a public notice, where the flow has one.
        promises: Keys of the promises that its approved entries count in, as `file.fact`.
        promises_of: Tells in which of them an entry counts, by its row; None where in all.
        evidence: What papers an entry is expected to have; empty where none is.
        fresh: Columns, besides days, that an entry continued from another does not take over.
        quick: Columns that the page for phones asks for; empty where it has none.
        guide: What the ledger is for and how it is kept, in a sentence, for its empty list.
        coverage: Which schools or villages should have an entry; None where none must.
        worked_on: Permission of those who work on approved entries, and add files to them; empty
            where an approved entry keeps the files it was approved with.
        hindered: Says why a viewer does not work on an approved entry, by its row; else nothing.
    """

    measure: int = 0
    flow: Flow = OF_SCHOOLS
    called: str = ""
    same: tuple[str, ...] = ()
    replaces: bool = False
    granted: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    noticed: Callable[[Any], bool] = lambda row: True
    promises: tuple[str, ...] = ()
    promises_of: Callable[[Any], tuple[str, ...]] | None = None
    evidence: StrOrPromise = ""
    fresh: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()
    guide: StrOrPromise = ""
    coverage: Coverage | None = None
    worked_on: str = ""
    hindered: Callable[[Any, Viewer], str] = lambda row, viewer: ""

    @property
    def model_label(self) -> str:
        """What the trail calls the entries, such as moral_education.CampusTitle."""
        return str(self.anchor.model._meta.label)

    @property
    def model(self) -> type[LedgerRow]:
        """The table of its entries."""
        assert issubclass(self.anchor.model, LedgerRow)
        return self.anchor.model

    @property
    def holds_periods(self) -> bool:
        """Whether an entry holds over a period, and may end before its time."""
        return issubclass(self.anchor.model, Entry)

    @property
    def day_field(self) -> str:
        """The field with the day from which an entry counts."""
        return "held_on" if issubclass(self.anchor.model, Event) else "starts_on"

    def locked(self, rows: Rows) -> dict[int, str]:
        """Return which rows of a file speak of entries that may not be changed, and why."""
        states = rows.before("state")
        return {
            place: _("“%(state)s”的记录不能修改，%(how)s")
            % {"state": State(state).label, "how": how_to_open(state)}
            for place, state in enumerate(states)
            if state is not None and state not in EDITABLE
        }

    def decides_for_good(self, row: Any) -> bool:
        """Tell whether the next word on an entry that waits is the last."""
        return self.flow.at(row.state) == self.way(row)[-1]

    def way(self, row: Any) -> list[Station]:
        """Return the stations that an entry passes, in order: a notice only where it needs one."""
        return [
            station
            for station in self.flow.stations
            if not station.is_notice or self.noticed(row) or row.state == station.state
        ]

    def counts_in(self, row: Any) -> tuple[str, ...]:
        """Return the promises in which an entry counts once approved."""
        return self.promises if self.promises_of is None else self.promises_of(row)

    def names(
        self,
        rows: Iterable[Any],
        on: date,
        kinds_read: Mapping[str, cells.Kind[Any]] | None = None,
    ) -> dict[int, str]:
        """Return what entries are called, by item, from rows of the ledger's table.

        Args:
            rows: Rows of the table.
            on: The day by whose names schools and villages are called.
            kinds_read: How cells are read on the day, where that was read already.
        """
        read = kinds_read or {key: self.by_key[key].kind_on(on) for key in self.naming}
        kinds = {key: (self.attname(self.by_key[key]), read[key]) for key in self.naming}
        return {
            row.item_id: self._form.format_map(
                {key: _said(kind.shown(getattr(row, name))) for key, (name, kind) in kinds.items()}
            )
            for row in rows
        }

    @cached_property
    def naming(self) -> tuple[str, ...]:
        """The columns that say what an entry is called."""
        return tuple(key for _text, key, *_rest in Formatter().parse(self._form) if key)

    @cached_property
    def place(self) -> Measure:
        """The measure of the plan in force that it belongs to."""
        return facts.measure_here(self.measure, self.promises)

    @property
    def _form(self) -> str:
        return self.called or f"{{{self.name}}}"


def _said(shown: object) -> str:
    return "" if shown is None else str(shown)


def how_to_open(state: str) -> str:
    """Return how an entry that is locked is opened again."""
    if state in (State.APPROVED, State.REVOKED):
        return _("要改请由最后审批的单位“重新打开”并写明原因")
    return _("要改请先“撤回”，或请审批人退回")


def ledgers() -> tuple[Ledger, ...]:
    """Return every ledger that was declared, in order of the plan's measures."""
    found = [register for register in sheets.registers() if isinstance(register, Ledger)]
    return tuple(sorted(found, key=lambda ledger: ledger.place.number))


def declare_in(chapter: AppConfig) -> None:
    """Declare every ledger of a chapter: those in the module `ledger` of its measures' folders."""
    for folder in sorted(Path(chapter.path).iterdir()):
        if (folder / "ledger.py").exists():
            import_module(f"{chapter.name}.{folder.name}.ledger")


def find(key: str) -> Ledger | None:
    """Return a ledger by key; None where no ledger is called so."""
    found = sheets.find(key)
    return found if isinstance(found, Ledger) else None


def of_items(items: Sequence[int]) -> dict[str, list[int]]:
    """Return items by the key of their ledger."""
    found: dict[str, list[int]] = {}
    for key, item in Item.objects.filter(pk__in=items).order_by("pk").values_list("ledger", "pk"):
        found.setdefault(key, []).append(item)
    return found
