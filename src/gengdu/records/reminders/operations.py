"""What people do with their own reminders: mark them seen, say how to be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from gengdu.access.actors import Actor
from gengdu.access.models import Account
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append
from gengdu.records.reminders import delivering, queries
from gengdu.records.reminders.models import Contact, Reminder
from gengdu.records.reminders.senders.configured import Channel

BETWEEN_TESTS = timedelta(seconds=30)


class TooSoon(RuntimeError):
    """A channel was tried a moment ago; the message says how long to wait."""


def mark_seen(account_id: int, ids: Iterable[int] | None, at: datetime) -> int:
    """Mark a person's reminders as seen, some or all, and return how many were not before."""
    own = Reminder.objects.filter(
        queries.of_plan(), account=account_id, seen_at=None, ended_at=None
    )
    if ids is not None:
        own = own.filter(pk__in=list(ids))
    return own.update(seen_at=at)


def keep_contact(
    account: Account, *, email: str, phone: str, user_id: str, channels: Collection[str],
    at: datetime, by: Actor,
) -> Contact:  # fmt: skip
    """Keep how a person can be reached, and note in the trail that it changed."""
    contact, _made = Contact.objects.update_or_create(
        account=account,
        defaults={
            "email": email, "phone": phone, "user_id": user_id,
            "channels": sorted(channels), "changed_at": at,
        },
    )  # fmt: skip
    append(
        by, Kind.ACCOUNT, subject=Account._meta.label, ids=[account.pk],
        detail={"what": "本人修改提醒方式", "channels": sorted(channels)},
    )  # fmt: skip
    return contact


def send_test(account: Account, channel: Channel, at: datetime) -> str:
    """Send a test to oneself over a channel and return what the other side answered.

    Raises:
        TooSoon: If one was sent a moment ago.
        NotSent: If it did not go out.
    """
    contact, _made = Contact.objects.get_or_create(
        account=account, defaults={"changed_at": at, "channels": defaults([channel])}
    )
    is_free = Contact.objects.filter(pk=contact.pk).exclude(tested_at__gt=at - BETWEEN_TESTS)
    if not is_free.update(tested_at=at):
        raise TooSoon(f"刚刚测试过，请过 {BETWEEN_TESTS.seconds} 秒再试。")
    return delivering.send_test(account, contact, channel, at)


def defaults(channels: Iterable[Channel]) -> list[str]:
    """Return the channels that reach people who have chosen nothing."""
    return sorted(item.key for item in channels if item.is_default and item.needs == "none")
