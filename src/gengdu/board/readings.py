"""Which readings of disputed items a page shows: those of its address, else of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gengdu.analytics.readings import Chosen, Dispute, UnknownReading


@dataclass(frozen=True)
class Choice:
    """What is shown of one dispute, and what the setting would show."""

    dispute: Dispute
    shown: int
    set_to: int

    @property
    def differs(self) -> bool:
        """Whether it is shown otherwise than it is set."""
        return self.shown != self.set_to

    @property
    def shown_zh(self) -> str:
        """What the reading that is shown says."""
        return self.dispute.readings[self.shown]

    @property
    def set_zh(self) -> str:
        """What the reading of the setting says."""
        return self.dispute.readings[self.set_to]


@dataclass(frozen=True)
class Choices:
    """What is shown of every dispute of a page."""

    listed: tuple[Choice, ...]

    @property
    def chosen(self) -> Chosen:
        """The readings that are shown, by the key of what is disputed."""
        return {one.dispute.key: one.shown for one in self.listed}

    @property
    def differing(self) -> tuple[Choice, ...]:
        """Those that are shown otherwise than they are set."""
        return tuple(one for one in self.listed if one.differs)

    @property
    def query(self) -> dict[str, int]:
        """What keeps them in an address: those that differ."""
        return {one.dispute.key: one.shown for one in self.differing}


def choices_of(request: HttpRequest, disputes: Sequence[Dispute], on: date) -> Choices:
    """Return the readings that an address asks for; of one that is none, people are told once.

    Args:
        request: Whose query may name readings by the keys of disputes.
        disputes: Those that the page depends on.
        on: The day whose settings hold for what is not asked for.
    """
    return Choices(tuple(_choice(request, one, on) for one in disputes))


def _choice(request: HttpRequest, dispute: Dispute, on: date) -> Choice:
    set_to, text = dispute.set_on(on), request.GET.get(dispute.key, "").strip()
    if not text:
        return Choice(dispute, set_to, set_to)
    try:
        return Choice(dispute, dispute.read(text), set_to)
    except UnknownReading as error:
        messages.error(request, _("%(error)s现按设置显示。") % {"error": error})
        return Choice(dispute, set_to, set_to)
