"""What every ledger row goes through: its days, its approval, and what was known when.

Each case is (change to a row that counts, day of knowledge, 1 if it still counts on DAY).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from gengdu.records.models import State
from tests.drawn import DEFAULTS

DAY_BEFORE = "2025-12-30"
DAY = "2025-12-31"
NEXT_DAY = "2026-01-01"

PERIOD = [
    pytest.param({"starts_on": DAY}, None, 1, id="starts that day"),
    pytest.param({"starts_on": NEXT_DAY}, None, 0, id="starts the next day"),
    pytest.param({"ends_on": DAY}, None, 0, id="ends that day"),
    pytest.param({"ends_on": NEXT_DAY}, None, 1, id="ends the next day"),
]
# Times are kept in UTC; an office day in China ends at 16:00 there. More in test_moments.py.
KNOWLEDGE = [
    pytest.param({"recorded_at": f"{DAY} 15:59:59"}, DAY, 1, id="recorded by the day known"),
    pytest.param({"recorded_at": f"{DAY} 16:00:00"}, DAY, 0, id="recorded after the day known"),
    pytest.param({"superseded_at": "2026-05-05 00:00:00"}, None, 0, id="corrected since"),
]
APPROVAL = [
    pytest.param({"state": state.value}, None, 0, id=f"state {state.value}")
    for state in State
    if state != State.APPROVED
]

APPROVED_AT, TAKEN_AT = "2026-01-10 02:00:00", "2026-02-10 02:00:00"
"""In the morning of 10 January and 10 February in China, both after the day asked about."""


def _in_turn(*states: dict[str, object]) -> list[dict[str, object]]:
    """Return the rows of one entry, each ending the knowledge of the one before."""
    found = []
    for place, state in enumerate(states):
        following = states[place + 1] if place + 1 < len(states) else {}
        ended = {"superseded_at": following["recorded_at"]} if following else {}
        found.append({**state, **ended})
    return found


_APPROVED_LATE = _in_turn(
    {"state": "draft", "recorded_at": "2025-12-20 01:00:00"},
    {"state": "at_school", "recorded_at": "2025-12-21 01:00:00"},
    {"state": "at_bureau", "recorded_at": "2025-12-22 01:00:00"},
    {"state": "at_notice", "recorded_at": "2025-12-29 01:00:00"},
    {"state": "approved", "recorded_at": APPROVED_AT},
)
_REOPENED = _in_turn(
    {"state": "approved"}, {"state": "returned", "recorded_at": TAKEN_AT},
)  # fmt: skip
_NEVER_BEGAN = _in_turn({"state": "approved"}, {"state": "revoked", "recorded_at": TAKEN_AT})


def _revoked_from(day: str) -> list[dict[str, object]]:
    """Return an entry that was to hold for years and was taken away from a day on."""
    return _in_turn(
        {"ends_on": "2028-07-01"}, {"ends_on": day, "recorded_at": TAKEN_AT},
    )  # fmt: skip


# What happened to one entry: its rows, the day of knowledge, 1 if it counts on DAY.
HISTORIES = [
    pytest.param(_APPROVED_LATE, None, 1, id="approved since, for a day before"),
    pytest.param(_APPROVED_LATE, DAY, 0, id="in public notice by the day known"),
    pytest.param(_APPROVED_LATE, "2026-01-09", 0, id="the day before its approval"),
    pytest.param(_APPROVED_LATE, "2026-01-10", 1, id="the day of its approval"),
    pytest.param(_REOPENED, None, 0, id="opened again since"),
    pytest.param(_REOPENED, "2026-02-09", 1, id="the day before it was opened again"),
    pytest.param(_REOPENED, "2026-02-10", 0, id="the day it was opened again"),
    pytest.param(_revoked_from(DAY), None, 0, id="revoked from that day"),
    pytest.param(_revoked_from(NEXT_DAY), None, 1, id="revoked from the next day"),
    pytest.param(_revoked_from(DAY), "2026-02-09", 1, id="the day before it was revoked"),
    pytest.param(_revoked_from(DAY), "2026-02-10", 0, id="the day it was revoked"),
    pytest.param(_NEVER_BEGAN, None, 0, id="revoked before it began"),
    pytest.param(_NEVER_BEGAN, "2026-02-09", 1, id="the day before it was revoked whole"),
]


def _cases(*groups: Sequence[Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("change", "known", "counts"), [case for group in groups for case in group]
    )


entry_cases = _cases(PERIOD, KNOWLEDGE, APPROVAL)
history_cases = pytest.mark.parametrize(("history", "known", "counts"), HISTORIES)
event_cases = _cases(KNOWLEDGE, APPROVAL)
register_cases = _cases(PERIOD, KNOWLEDGE)
report_cases = _cases(KNOWLEDGE)


def row(**cells: object) -> str:
    """Draw a table of one row."""
    return rows(cells)


def rows(*drawn: dict[str, object]) -> str:
    """Draw a table of several rows; a cell not given is empty unless it has a default."""
    heads = list(dict.fromkeys(head for cells in drawn for head in cells))
    lines = [
        " | ".join(str(cells.get(head, DEFAULTS.get(head, ""))) for head in heads)
        for cells in drawn
    ]
    return "\n".join([" | ".join(heads), *lines])


def on_days(start: str, end: str) -> pytest.MarkDecorator:
    """Try the first and the last day of a window, and the days just outside it."""
    inside = [(start, 1, "the first day"), (end, 1, "the last day")]
    outside = [(_shifted(start, -1), 0, "the day before"), (_shifted(end, 1), 0, "the day after")]
    return pytest.mark.parametrize(
        ("day", "counts"), [pytest.param(d, c, id=name) for d, c, name in inside + outside]
    )


def _shifted(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))
