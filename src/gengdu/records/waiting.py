"""What of all ledgers waits for somebody: to be decided, to be mended, to be renewed.

One query over all ledgers, whatever their number: each adds its part under the viewer's scope.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, CharField, DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as Whenever
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from gengdu.access.scope import Viewer
from gengdu.policy import facts
from gengdu.records.ledgers import Ledger, ledgers
from gengdu.records.models import State, Step

EXPIRES_SOON = "settings.expires_soon_days"


def expires_soon_days(on: date) -> int:
    """Return how many days before its end an entry should be renewed, as it is set on a day."""
    return int(facts.value(EXPIRES_SOON, on=on))


class Group(models.TextChoices):
    """Why an entry is somebody's to look at."""

    WAITING = "waiting", _("待我审批")
    RETURNED = "returned", _("退回给我")
    DRAFT = "draft", _("我的草稿")
    EXPIRING = "expiring", _("即将到期")
    SENT = "sent", _("已提交，等待审批")


@dataclass(frozen=True)
class Line:
    """One entry that is somebody's to look at.

    Attributes:
        due_on: By when it should be decided, a notice ends, or it expires.
    """

    group: str
    ledger: str
    item: int
    state: str
    due_on: date | None

    def is_overdue(self, on: date) -> bool:
        """Tell whether it should have been decided before a day."""
        return self.group == Group.WAITING and self.due_on is not None and self.due_on < on


def lines(viewer: Viewer, on: date, *, groups: Iterable[str] = Group.values) -> list[Line]:
    """Return what waits for a viewer, by group, the earliest day first."""
    wanted = set(groups)
    parts = [part for ledger in ledgers() for part in _parts(ledger, viewer, on, wanted)]
    if not parts:
        return []
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    found = [Line(group, key, item, state, due) for group, key, item, state, due in rows]
    order = {group: place for place, group in enumerate(Group.values)}
    return sorted(found, key=lambda one: (order[one.group], one.due_on or date.max, one.item))


def counts(found: Sequence[Line], on: date) -> dict[str, int]:
    """Return how many lines each group has, and under `overdue` how many of them are late."""
    counted = Counter(line.group for line in found)
    counted["overdue"] = sum(line.is_overdue(on) for line in found)
    return dict(counted)


def _parts(
    ledger: Ledger, viewer: Viewer, on: date, wanted: set[str]
) -> Iterable[QuerySet[Any, Any]]:
    conditions = _conditions(ledger, viewer, on)
    chosen = {group: found for group, found in conditions.items() if group in wanted}
    if not chosen or not viewer.may(ledger.view):
        return
    any_of = Q()
    for condition in chosen.values():
        any_of |= condition
    last = Step.objects.filter(item=OuterRef("item_id")).order_by("-pk").values("due_on")[:1]
    ends = F("ends_on") if ledger.holds_periods else Value(None, output_field=DateField())
    yield (
        ledger.within(viewer, on)
        .filter(any_of)
        .order_by()
        .annotate(
            why_shown=Case(
                *(Whenever(found, then=Value(group)) for group, found in chosen.items()),
                output_field=CharField(),
            ),
            ledger_key=Value(ledger.key),
            due_day=Case(
                Whenever(state=State.APPROVED, then=ends), default=Cast(Subquery(last), DateField())
            ),
        )
        .values_list("why_shown", "ledger_key", "item_id", "state", "due_day")
    )


def _conditions(ledger: Ledger, viewer: Viewer, on: date) -> dict[str, Q]:
    """Return the condition of each group that a viewer can have of a ledger."""
    decides = ledger.flow.waits_for(viewer.may)
    keeps = viewer.may(ledger.edit)
    found = {}
    if decides:
        found[Group.WAITING.value] = Q(state__in=decides)
    if keeps:
        found[Group.RETURNED.value] = Q(state=State.RETURNED)
        found[Group.DRAFT.value] = Q(state=State.DRAFT)
        found[Group.SENT.value] = Q(state__in=[station.state for station in ledger.flow.stations])
    if ledger.holds_periods and (keeps or decides):
        soon = on + timedelta(days=expires_soon_days(on))
        found[Group.EXPIRING.value] = Q(
            state=State.APPROVED, starts_on__lte=on, ends_on__gt=on, ends_on__lte=soon
        )
    return found
