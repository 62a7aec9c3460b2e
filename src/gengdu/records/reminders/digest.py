"""Puts a person's reminders into one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.records.reminders.models import Contact, Reminder
from gengdu.records.reminders.senders.base import Address, Item, Message


def compose(
    account: Account, contact: Contact | None, reminders: Sequence[Reminder], on: date, at: datetime
) -> Message:
    """Return the one message that tells a person all that is new, what is over first.

    Nothing about a child leaves the site: such reminders stand in the message only as a number.
    """
    ordered = sorted(reminders, key=lambda one: (one.due_on or on, one.pk))
    over = sum(one.is_over(on) for one in ordered)
    head = _("耕读提醒 %(on)s：%(count)s 项") % {"on": on.isoformat(), "count": len(ordered)}
    if over:
        head += _("，其中已逾期 %(count)s 项") % {"count": over}
    return Message(
        to=address_of(account, contact),
        title=_("耕读提醒：%(count)s 项") % {"count": len(ordered)},
        head=head,
        items=tuple(_items(ordered)),
        link=listed(),
        at=at,
    )


def address_of(account: Account, contact: Contact | None) -> Address:
    """Return how a person is called and can be reached."""
    name = account.last_name or account.title_zh or account.username
    if contact is None:
        return Address(name)
    return Address(name, contact.email, contact.phone, contact.user_id)


def whole(link: str) -> str:
    """Return the whole address of a page of the site."""
    return f"{settings.ADDRESS}{link}"


def listed() -> str:
    """Return the whole address of the page of one's reminders."""
    return whole(reverse("reminders"))


def _items(reminders: Sequence[Reminder]) -> list[Item]:
    items = [Item(one.text, whole(one.link)) for one in reminders if not one.is_sensitive]
    if hidden := len(reminders) - len(items):
        text = _("涉及学生的事项 %(count)s 项，请登录后查看") % {"count": hidden}
        items.append(Item(text, listed()))
    return items
