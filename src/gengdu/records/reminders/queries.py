"""Reads a person's reminders for the page and the bell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.policy import facts
from gengdu.records.reminders.models import DeliveryState, Gathering, Kind, Reminder, Telling

MOST_SHOWN = 300
"""More than anybody reads; what is nearest its day comes first."""
OF_TARGETS = "targets"
"""The source whose reminders each speak of one promise, and lead to its page."""

OVER, COMING, MISSING, WAITING, RETURNED = "over", "coming", "missing", "waiting", "returned"
GROUPS = {
    OVER: gettext_lazy("到期"),
    COMING: gettext_lazy("即将到期"),
    MISSING: gettext_lazy("缺少"),
    WAITING: gettext_lazy("待我审批"),
    RETURNED: gettext_lazy("退回给我"),
}
_GROUP_OF_KIND = {Kind.MISSING: MISSING, Kind.WAITING: WAITING, Kind.RETURNED: RETURNED}
NEW, OPEN, ENDED = "new", "open", "ended"
STATES = {
    OPEN: gettext_lazy("未了结"),
    NEW: gettext_lazy("未读"),
    ENDED: gettext_lazy("已了结"),
}


@dataclass(frozen=True)
class Line:
    """One reminder as the page shows it.

    Attributes:
        days_left: Until the day it is due; negative once that is over, None for news.
        told: What became of each message that carried it, in words.
    """

    reminder: Reminder
    days_left: int | None
    told: Sequence[str]

    @property
    def when(self) -> str:
        """How far away the due day is, in words."""
        if self.days_left is None:
            return ""
        if self.days_left > 0:
            return _("还有 %(days)s 天") % {"days": self.days_left}
        if self.days_left == 0:
            return _("今天到期")
        return _("逾期 %(days)s 天") % {"days": -self.days_left}


@dataclass(frozen=True)
class Group:
    """Reminders of one kind."""

    key: str
    label: str
    lines: Sequence[Line]


def of_plan() -> Q:
    """Return the condition on reminders that speak of no promise the plan in force lacks.

    Another plan may have been put in force after they were gathered: their pages are gone.
    """
    pages = [reverse("target", args=[promise.name]) for promise in facts.plan().promises]
    return ~Q(source=OF_TARGETS) | Q(link__in=pages)


def unseen(account_id: int) -> int:
    """Return how many open reminders a person has not seen."""
    return Reminder.objects.filter(
        of_plan(), account=account_id, ended_at=None, seen_at=None
    ).count()


def of_person(account_id: int, state: str) -> QuerySet[Reminder]:
    """Return a person's reminders in a state, the earliest due first."""
    every = Reminder.objects.filter(of_plan(), account=account_id)
    if state == ENDED:
        return every.exclude(ended_at=None).order_by("-ended_at", "-pk")
    still = every.filter(ended_at=None)
    if state == NEW:
        still = still.filter(seen_at=None)
    return still.order_by("due_on", "pk")


def group_of(reminder: Reminder, on: date) -> str:
    """Return under which heading a reminder stands on a day."""
    kind = Kind(reminder.kind)
    if kind in _GROUP_OF_KIND:
        return _GROUP_OF_KIND[kind]
    is_over = reminder.due_on is None or reminder.due_on <= on
    return OVER if is_over else COMING


def grouped(reminders: Iterable[Reminder], on: date, labels: dict[str, str]) -> list[Group]:
    """Return reminders under their headings, in the order of the page; empty ones are left out.

    Args:
        reminders: Which ones.
        on: The day that counts as today.
        labels: What each channel is called.
    """
    found = list(reminders)
    told = _told(found, labels)
    lines: dict[str, list[Line]] = {key: [] for key in GROUPS}
    for reminder in found:
        left = None if reminder.due_on is None else (reminder.due_on - on).days
        line = Line(reminder, left, told.get(reminder.pk, ()))
        lines[group_of(reminder, on)].append(line)
    return [Group(key, str(GROUPS[key]), some) for key, some in lines.items() if some]


def _told(reminders: Sequence[Reminder], labels: dict[str, str]) -> dict[int, list[str]]:
    rows = Telling.objects.filter(reminder__in=[one.pk for one in reminders]).values_list(
        "reminder_id", "channel", "delivery__state", "delivery__on"
    )
    told: dict[int, list[str]] = {}
    for reminder, channel, state, on in rows.order_by("pk"):
        words = {"channel": labels.get(channel, channel), "on": f"{on:%m-%d}",
                 "state": DeliveryState(state).label}  # fmt: skip
        told.setdefault(reminder, []).append(_("%(channel)s %(on)s %(state)s") % words)
    return told


def last_gathering() -> Gathering | None:
    """Return when reminders were gathered last; None before the first time."""
    return Gathering.objects.order_by("-on").first()
