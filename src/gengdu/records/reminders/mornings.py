"""What happens of itself on a working morning: reminders are gathered once, then delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gengdu.policy import facts
from gengdu.policy.working_days import is_working_day
from gengdu.records.reminders import delivering, gathering
from gengdu.records.reminders.delivering import Clock, Delivered
from gengdu.records.reminders.gathering import Gathered
from gengdu.records.reminders.models import Gathering
from gengdu.records.reminders.senders.configured import Channel


@dataclass(frozen=True)
class Morning:
    """What a morning brought."""

    gathered: Gathered
    delivered: Delivered


def has_come(on: date, at: datetime) -> bool:
    """Tell whether the hour at which reminders go out has come on a day that is worked.

    A day other than that of the clock, as the last day of a demo, waits for no hour.
    """
    if not is_working_day(on):
        return False
    now = timezone.localtime(at)
    return now.date() != on or now.hour >= int(facts.value("settings.remind_hour", on=on))


def run(on: date, clock: Clock, channels: Mapping[str, Channel]) -> Morning:
    """Gather what there is to remind of on a day, and deliver it; again, it brings nothing new."""
    gathered = gathering.gather(on, clock())
    if gathered.is_day_off:
        return Morning(gathered, Delivered())
    delivered = delivering.deliver(on, clock, channels)
    Gathering.objects.filter(on=on).update(is_done=True)
    return Morning(gathered, delivered)


def tick(on: date, clock: Clock, channels: Mapping[str, Channel]) -> Morning | None:
    """Do what a worker does every minute: the morning once, then what is to be tried again.

    A morning that was interrupted before its messages were all dealt with is finished at the next
    tick. A source that broke is asked again the next day; the log and the page say so.
    """
    if not has_come(on, clock()):
        return None
    if not Gathering.objects.filter(on=on, is_done=True).exists():
        return run(on, clock, channels)
    delivering.deliver_again(on, clock, channels)
    return None
