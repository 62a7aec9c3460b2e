"""What the page of an entry shows of its approval: the stations, the trail, what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gengdu.access.scope import Viewer
from gengdu.analytics.run import Moment
from gengdu.records.approving import doubles_of, trails_of
from gengdu.records.flows import EDITABLE
from gengdu.records.ledgers import Ledger, how_to_open
from gengdu.records.models import State, Step, StepKind
from gengdu.web.approvals.asking import GRANTED
from gengdu.web.moments import present_day
from gengdu.web.sheets.forms import field_of


@dataclass(frozen=True)
class Stop:
    """One station of the way, as the page draws it.

    Attributes:
        is_past: Whether the entry has left it behind.
        is_here: Whether it is there now.
    """

    label: str
    is_past: bool
    is_here: bool


@dataclass(frozen=True)
class Shown:
    """How far an entry has come.

    Attributes:
        acts: What the viewer may do with it, the most likely first.
        due_on: By when it should be decided, or when its notice ends.
        why: Why it was returned or taken back; empty where it was not.
        how: How it is opened for changes; empty where it is open.
        granted: Fields that a decision for good may fill in.
        revoked_on: From when it was revoked; None where it was not.
        doubles: Other entries of the same matter that are not decided either: item and state.
    """

    ledger: Ledger
    item: int
    state: State
    stops: Sequence[Stop]
    trail: Sequence[Step]
    acts: Sequence[StepKind]
    due_on: date | None
    why: str
    how: str
    granted: Sequence[dict[str, Any]]
    revoked_on: date | None
    doubles: Sequence[tuple[int, State]]

    @property
    def is_open(self) -> bool:
        """Whether it may be changed."""
        return self.state in EDITABLE

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody to decide."""
        return self.ledger.flow.at(self.state) is not None


def shown(ledger: Ledger, viewer: Viewer, item: int, moment: Moment) -> Shown | None:
    """Return how far an entry has come; None where it was not known on the day of the page."""
    row = ledger.rows(moment.on, moment.known).filter(item_id=item).first()
    if row is None:
        return None
    state = State(row.state)
    trail = trails_of([item]).get(item, [])
    acts: list[StepKind] = []
    if moment.known is None:
        acts = ledger.flow.offered(state, viewer.may, may_edit=viewer.may(ledger.edit))
    revoked_on = getattr(row, "revoked_on", None)
    if revoked_on is not None and StepKind.REVOKE in acts:
        acts.remove(StepKind.REVOKE)
    last = trail[-1] if trail else None
    stopped = last is not None and last.kind in (StepKind.RETURN, StepKind.REOPEN, StepKind.REVOKE)
    return Shown(
        ledger, item, state, _stops(ledger, row), trail, acts,
        last.due_on if last else None,
        last.note if last is not None and stopped else "",
        "" if state in EDITABLE or StepKind.RETURN in acts else how_to_open(state),
        _granted(ledger, row, acts), revoked_on, _doubles(ledger, row, moment),
    )  # fmt: skip


def _doubles(ledger: Ledger, row: Any, moment: Moment) -> list[tuple[int, State]]:
    if moment.known is not None or row.state in (State.APPROVED, State.REVOKED):
        return []
    others = doubles_of(ledger, [row]).get(row.item_id, [])
    return [(other.item_id, State(other.state)) for other in others]


def _stops(ledger: Ledger, row: Any) -> list[Stop]:
    """Return the way of an entry: filled in, every station that it passes, approved."""
    stations = ledger.way(row)
    states = [State.DRAFT, *(one.state for one in stations), State.APPROVED]
    labels = [_("填报"), *(_stop_label(one.state) for one in stations), _("批准")]
    at = State.DRAFT if row.state in EDITABLE else row.state
    here = states.index(at) if at in states else len(states) - 1
    return [Stop(label, place < here, place == here) for place, label in enumerate(labels)]


def _stop_label(state: State) -> str:
    return {
        State.AT_SCHOOL: _("学校审核"),
        State.AT_TOWN: _("镇审核"),
        State.AT_BUREAU: _("分局审核"),
        State.AT_NOTICE: _("公示"),
    }[state]


def _granted(ledger: Ledger, row: Any, acts: Sequence[StepKind]) -> list[dict[str, Any]]:
    """Return the fields that a decision may fill in, where the next one may be for good."""
    if StepKind.PASS not in acts or not ledger.decides_for_good(row):
        return []
    found = []
    for key in ledger.granted:
        column = ledger.by_key[key]
        value = getattr(row, ledger.attname(column))
        text = str(column.kind_on(present_day()).shown(value)) if value not in (None, "") else ""
        found.append({
            **field_of(column, text, present_day()), "name": GRANTED + key,
            "required": key in ledger.needed,
        })  # fmt: skip
    return found
