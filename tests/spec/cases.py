"""What every ledger row goes through: its days, its approval, and what was known when.

Each case is (change to a row that counts, day of knowledge, 1 if it still counts on DAY).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from tests.drawn import DEFAULTS

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
APPROVAL = [pytest.param({"state": "draft"}, None, 0, id="a draft")]


def _cases(*groups: Sequence[Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("change", "known", "counts"), [case for group in groups for case in group]
    )


entry_cases = _cases(PERIOD, KNOWLEDGE, APPROVAL)
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
