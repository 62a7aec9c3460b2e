"""What waits for whoever makes a request, read once for the page and the shell around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest

from gengdu.access.guards import account_of
from gengdu.access.scope import Viewer
from gengdu.records import waiting
from gengdu.records.waiting import Line
from gengdu.web import moments

ViewerOf = Callable[..., Viewer]


@dataclass(frozen=True)
class Waits:
    """What waits for a person.

    Attributes:
        on: The day that counts as now.
    """

    lines: list[Line]
    on: date

    @cached_property
    def counts(self) -> dict[str, int]:
        """How much waits by group, and under `overdue` how much of it is late."""
        return waiting.counts(self.lines, self.on)


def waits_of(request: HttpRequest, viewer_of: ViewerOf) -> Waits:
    """Return what waits for the person as of today, whatever day the page is asked for."""
    if not hasattr(request, "gengdu_waits"):
        on = moments.present_day()
        lines = waiting.lines(viewer_of(account_of(request), on=on), on)
        request.gengdu_waits = Waits(lines, on)  # type: ignore[attr-defined]
    found: Waits = request.gengdu_waits  # type: ignore[attr-defined]
    return found
