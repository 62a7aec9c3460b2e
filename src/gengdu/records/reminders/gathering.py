"""Works out on a working day who is reminded of what: keeps what is new, ends what is over."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.policy.working_days import is_working_day
from gengdu.records.reminders import occasions
from gengdu.records.reminders.cadence import Cadence
from gengdu.records.reminders.models import (
    Delivery,
    Gathering,
    Reminder,
    Telling,
)
from gengdu.records.reminders.occasions import Occasion

log = logging.getLogger(__name__)
T = TypeVar("T")

KEYS_AT_ONCE = 10_000
"""SQLite takes 32,766 parameters in one statement."""
KEPT = timedelta(days=400)
"""Ended reminders go after a year and a month: keys carry dates, so none comes back after that."""

Named = tuple[int, str]
"""A person's id and a key: what no two reminders share."""


@dataclass(frozen=True)
class Found:
    """What holds on a day, before it is compared with what is kept.

    Attributes:
        reminders: By person and key, not saved.
        failed: Names of the sources that broke; their reminders stay as they are.
    """

    reminders: dict[Named, Reminder]
    failed: tuple[str, ...]


@dataclass(frozen=True)
class Gathered:
    """What a gathering changed; nothing on days off.

    Attributes:
        made: Reminders that are new.
        ended: How many no longer hold.
        open: How many hold.
    """

    on: date
    made: tuple[Reminder, ...] = ()
    ended: int = 0
    open: int = 0
    failed: tuple[str, ...] = ()
    is_day_off: bool = False


def find(on: date, at: datetime) -> Found:
    """Ask every source what holds on a day, and whom it concerns; writes nothing."""
    cadence = Cadence.of(on)
    people = [(account, Viewer.of(account)) for account in Account.objects.filter(is_active=True)]
    found: dict[Named, Reminder] = {}
    failed = []
    for name, source in occasions.sources().items():
        try:
            told = list(_told(name, source(on), cadence))
        except Exception:
            log.exception("the source of reminders %s failed", name)
            failed.append(name)
            continue
        for key, occasion in told:
            for account, viewer in people:
                if occasion.who.includes(account, viewer):
                    made = _reminder(name, key, occasion, account, on, at)
                    found[account.pk, key] = made
    return Found(found, tuple(failed))


def _told(name: str, every: Iterable[Occasion], cadence: Cadence) -> Iterator[tuple[str, Occasion]]:
    """Yield what is told today with its whole key; of things far ahead nothing is."""
    for occasion in every:
        if occasion.due_on is None:
            yield f"{name}:{occasion.key}", occasion
        elif (stage := cadence.stage(occasion.due_on)) is not None:
            yield f"{name}:{occasion.key}@{occasion.due_on}/{stage}", occasion


def _reminder(
    source: str, key: str, occasion: Occasion, account: Account, on: date, at: datetime
) -> Reminder:
    return Reminder(
        account=account, source=source, key=key, kind=occasion.kind, text=occasion.text,
        link=occasion.link, due_on=occasion.due_on, made_on=on, made_at=at,
        is_sensitive=occasion.who.sensitivity == "child",
    )  # fmt: skip


def gather(on: date, at: datetime) -> Gathered:
    """Keep what is new on a working day, end what no longer holds; a second time changes nothing.

    Two at once change nothing twice either: the database keeps one reminder per person and key.
    """
    if not is_working_day(on):
        return Gathered(on, is_day_off=True)
    found = find(on, at)
    with transaction.atomic():
        kept = _kept(found)
        new = [made for named, made in found.reminders.items() if named not in kept]
        Reminder.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
        _renew(found, kept)
        ended = _end(found, at)
        _forget_old(at)
        Gathering.objects.update_or_create(
            on=on, defaults={"at": at, "made": len(new), "ended": ended,
                             "failed": list(found.failed)},
        )  # fmt: skip
    return Gathered(on, tuple(new), ended, len(found.reminders), found.failed)


def preview(on: date, at: datetime) -> Gathered:
    """Return what a gathering would change, changing nothing."""
    if not is_working_day(on):
        return Gathered(on, is_day_off=True)
    found = find(on, at)
    kept = _kept(found)
    new = tuple(made for named, made in found.reminders.items() if named not in kept)
    return Gathered(on, new, len(_over(found)), len(found.reminders), found.failed)


def _kept(found: Found) -> dict[Named, Reminder]:
    """Return the reminders that are on record already, ended ones as well."""
    kept = {}
    for keys in _in_parts(sorted({key for _, key in found.reminders})):
        for reminder in Reminder.objects.filter(key__in=keys):
            kept[reminder.account_id, reminder.key] = reminder
    return kept


def _renew(found: Found, kept: dict[Named, Reminder]) -> None:
    """Say what is still so in today's words; what holds again is open again, and not told anew."""
    changed = []
    for named, reminder in kept.items():
        now = found.reminders.get(named)
        if now is None:
            continue
        is_same = reminder.ended_at is None and _words(reminder) == _words(now)
        if not is_same:
            reminder.ended_at = None
            reminder.kind, reminder.text, reminder.link, reminder.is_sensitive = _words(now)
            changed.append(reminder)
    fields = ["ended_at", "kind", "text", "link", "is_sensitive"]
    Reminder.objects.bulk_update(changed, fields, batch_size=500)


def _words(reminder: Reminder) -> tuple[str, str, str, bool]:
    return (reminder.kind, reminder.text, reminder.link, reminder.is_sensitive)


def _over(found: Found) -> list[int]:
    """Return the ids of open reminders that no longer hold; of broken sources none are known."""
    still = Reminder.objects.filter(ended_at=None).exclude(source__in=found.failed)
    rows = still.values_list("pk", "account_id", "key")
    return [pk for pk, account, key in rows if (account, key) not in found.reminders]


def _end(found: Found, at: datetime) -> int:
    over = _over(found)
    for some in _in_parts(over):
        Reminder.objects.filter(pk__in=some, ended_at=None).update(ended_at=at)
    return len(over)


def _in_parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), KEYS_AT_ONCE):
        yield items[start : start + KEYS_AT_ONCE]


def _forget_old(at: datetime) -> None:
    """Delete what ended long ago, with the messages that told nothing else."""
    old = Reminder.objects.filter(ended_at__lt=at - KEPT)
    Telling.objects.filter(reminder__in=old).delete()
    old.delete()
    Delivery.objects.filter(tellings=None, claimed_at__lt=at - KEPT).delete()
