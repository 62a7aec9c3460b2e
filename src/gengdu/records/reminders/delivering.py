"""Sends each person one message a day over each channel, and never the same reminder twice.

A message is claimed in the database before it is sent, together with what it tells. Three ways it
may end: it was sent; it surely was not, and may be tried again; or nobody knows, because the other
side did not answer or the process was killed before it could note the answer. What nobody knows is
never sent again: the page still shows every reminder, and what stays undone is told again at its
next stage, while a person who is told everything twice stops reading.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.records.reminders import digest, queries
from gengdu.records.reminders.models import (
    SURELY_NOT_SENT,
    Contact,
    Delivery,
    DeliveryState,
    Reminder,
    Telling,
)
from gengdu.records.reminders.senders.base import Address, Message, NotSent
from gengdu.records.reminders.senders.configured import Channel

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
"""Longer than any sender takes: what is claimed so long ago was interrupted."""
FIRST_WAIT = timedelta(minutes=10)
MOST_TRIES = 5

Clock = Callable[[], datetime]


@dataclass
class Delivered:
    """How many messages of each channel ended in which state."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def of(self, channel: str) -> dict[str, int]:
        """Return the counts of one channel by state."""
        return {state: number for (key, state), number in self.counts.items() if key == channel}


class _Taken(RuntimeError):
    """Another process tells the same reminders at this very moment."""


def deliver(on: date, clock: Clock, channels: Mapping[str, Channel]) -> Delivered:
    """Tell everybody what is new, in one message a day over each channel they want."""
    sweep(clock())
    done = Delivered()
    contacts = {contact.account_id: contact for contact in Contact.objects.all()}
    for channel in channels.values():
        for account, reminders in _untold(channel, on).items():
            contact = contacts.get(account.pk)
            if not is_wanted(channel, contact):
                continue
            delivery = _claimed(account, channel, on, clock(), reminders)
            if delivery is not None:
                message = digest.compose(account, contact, reminders, on, clock())
                done.counts[channel.key, _sent(delivery, channel, message, clock)] += 1
    return done


def deliver_again(on: date, clock: Clock, channels: Mapping[str, Channel]) -> Delivered:
    """Try again what surely did not go out today and has waited long enough."""
    sweep(clock())
    done = Delivered()
    waiting = Delivery.objects.filter(
        on=on, state=DeliveryState.FAILED, again_at__lte=clock(), channel__in=channels
    ).select_related("account", "account__contact")
    for delivery in waiting:
        if not _claimed_again(delivery, clock()):
            continue
        contact = getattr(delivery.account, "contact", None)
        told = list(_still(tellings__delivery=delivery))
        if not told:
            _note(delivery, DeliveryState.REFUSED, clock(), _("要告知的事项都已了结，不再发送"))
            continue
        message = digest.compose(delivery.account, contact, told, on, clock())
        channel = channels[delivery.channel]
        done.counts[channel.key, _sent(delivery, channel, message, clock)] += 1
    return done


def is_wanted(channel: Channel, contact: Contact | None) -> bool:
    """Tell whether a person wants to be told over a channel, and can be reached over it."""
    if contact is None:
        return channel.is_default and channel.needs == "none"
    return channel.key in contact.channels and can_reach(channel, contact)


def can_reach(channel: Channel, contact: Contact) -> bool:
    """Tell whether what is known of a person is enough for a channel."""
    return channel.needs == "none" or bool(getattr(contact, channel.needs))


def send_test(account: Account, contact: Contact | None, channel: Channel, at: datetime) -> str:
    """Send one message to try a channel, and return what the other side answered.

    Raises:
        NotSent: If it did not go out.
    """
    to: Address = digest.address_of(account, contact)
    head = _("这是一条测试消息：耕读的提醒会这样发给您。")
    return channel.sender.send(Message(to, _("耕读提醒：测试"), head, (), digest.listed(), at))


def sweep(at: datetime) -> int:
    """Give up messages whose sender was killed on the way: nobody knows whether they arrived."""
    interrupted = Delivery.objects.filter(state=DeliveryState.CLAIMED, claimed_at__lte=at - LEASE)
    return interrupted.update(
        state=DeliveryState.UNSURE, error=_("发送途中中断，可能已送达，没有再发")
    )


def _untold(channel: Channel, on: date) -> dict[Account, list[Reminder]]:
    """Return by person what holds, was not seen in the page, and was not told over a channel.

    What surely did not go out on an earlier day is told with the message of today.
    """
    told = Telling.objects.filter(channel=channel.key).exclude(
        delivery__in=_left_over(channel.key, on)
    )
    found: dict[Account, list[Reminder]] = {}
    new = _still(account__is_active=True, seen_at=None, made_on__lte=on).exclude(
        pk__in=told.values("reminder")
    )
    for reminder in new.select_related("account").order_by("account_id", "pk"):
        found.setdefault(reminder.account, []).append(reminder)
    return found


def _still(**conditions: Any) -> QuerySet[Reminder]:
    """Return the open reminders under some conditions that the plan in force knows of."""
    return Reminder.objects.filter(queries.of_plan(), ended_at=None, **conditions)


def _left_over(channel: str, on: date) -> QuerySet[Delivery]:
    return Delivery.objects.filter(channel=channel, on__lt=on, state__in=SURELY_NOT_SENT)


def _claimed(
    account: Account, channel: Channel, on: date, at: datetime, reminders: Iterable[Reminder]
) -> Delivery | None:
    """Claim a message and what it tells; None where it was claimed before, by whomever."""
    try:
        with transaction.atomic(durable=True):
            delivery = Delivery.objects.create(
                account=account, channel=channel.key, on=on, claimed_at=at
            )
            _claim_tellings(delivery, [reminder.pk for reminder in reminders])
    except (IntegrityError, _Taken):
        return None
    return delivery


def _claim_tellings(delivery: Delivery, reminders: list[int]) -> None:
    old = Telling.objects.filter(
        channel=delivery.channel, reminder__in=reminders,
        delivery__in=_left_over(delivery.channel, delivery.on),
    )  # fmt: skip
    again = set(old.values_list("reminder_id", flat=True))
    if old.update(delivery=delivery) != len(again):
        raise _Taken
    Telling.objects.bulk_create(
        Telling(delivery=delivery, reminder_id=pk, channel=delivery.channel)
        for pk in reminders
        if pk not in again
    )


def _claimed_again(delivery: Delivery, at: datetime) -> bool:
    """Claim a message once more; False where another process was quicker."""
    claimed = Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.FAILED, tries=delivery.tries
    ).update(state=DeliveryState.CLAIMED, claimed_at=at, tries=delivery.tries + 1)
    delivery.tries += 1
    return bool(claimed)


def _sent(delivery: Delivery, channel: Channel, message: Message, clock: Clock) -> str:
    """Send a claimed message, note what became of it, and return that."""
    try:
        channel.sender.send(message)
    except NotSent as error:
        _note(delivery, _state_after(delivery, error), clock(), str(error))
    except Exception:
        log.exception("the sender of %s broke", channel.key)
        _note(delivery, DeliveryState.UNSURE, clock(), _("程序出错，可能已送达；已记入日志"))
    else:
        _note(delivery, DeliveryState.SENT, clock(), "")
    return delivery.state


def _state_after(delivery: Delivery, error: NotSent) -> DeliveryState:
    if error.is_unsure:
        return DeliveryState.UNSURE
    if error.is_final or delivery.tries >= MOST_TRIES:
        return DeliveryState.REFUSED
    return DeliveryState.FAILED


def _note(delivery: Delivery, state: DeliveryState, at: datetime, error: str) -> None:
    delivery.state, delivery.error = state, error[:300]
    delivery.sent_at = at if state == DeliveryState.SENT else None
    waits = FIRST_WAIT * 2 ** (delivery.tries - 1)
    delivery.again_at = at + waits if state == DeliveryState.FAILED else None
    delivery.save(update_fields=["state", "error", "sent_at", "again_at"])
