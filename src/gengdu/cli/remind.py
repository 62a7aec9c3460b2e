"""The command that gathers and sends the reminders of a day, and the worker's mornings."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from datetime import date

import click
from django.db import close_old_connections
from django.utils import timezone

from gengdu.policy.working_days import add_working_days, is_known
from gengdu.records.models import last_day_of_sample
from gengdu.records.reminders import gathering, mornings
from gengdu.records.reminders.delivering import Delivered
from gengdu.records.reminders.gathering import Gathered
from gengdu.records.reminders.models import DeliveryState, Kind
from gengdu.records.reminders.senders.configured import channels

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 60.0


def today() -> date:
    """Return the day reminders are for: the demo's last day, else today."""
    return last_day_of_sample() or timezone.localdate()


def answer(on: date, *, is_dry: bool) -> None:
    """Gather and send the reminders of a day, or only say what would be; then print it."""
    if not is_known(on.year):
        click.echo(f"{on.year} 年的放假安排尚未录入，按周一至周五计。")
    if is_dry:
        _print_gathered(gathering.preview(on, timezone.now()), is_dry=True)
        return
    morning = mornings.run(on, timezone.now, channels())
    _print_gathered(morning.gathered, is_dry=False)
    if not morning.gathered.is_day_off:
        _print_delivered(morning.delivered)


def _print_gathered(found: Gathered, *, is_dry: bool) -> None:
    if found.is_day_off:
        next_on = add_working_days(found.on, 1)
        click.echo(f"{found.on} 不是工作日，不提醒。下一个工作日是 {next_on}。")
        return
    people = {reminder.account_id for reminder in found.made}
    verb = "将有新提醒" if is_dry else "新提醒"
    click.echo(
        f"{found.on}：{verb} {len(found.made)} 项（{len(people)} 人），"
        f"了结 {found.ended} 项，共 {found.open} 项未了结。"
    )
    for kind, number in Counter(reminder.kind for reminder in found.made).most_common():
        click.echo(f"  {Kind(kind).label} {number} 项")
    if is_dry:
        for reminder in sorted(found.made, key=lambda one: (one.account.username, one.key)):
            click.echo(f"  {reminder.account.username}  {reminder.text}")
    if found.failed:
        click.echo(f"没有算出：{'、'.join(found.failed)}，原因见日志，其提醒保持原样。", err=True)


def _print_delivered(delivered: Delivered) -> None:
    for channel in channels().values():
        counts = delivered.of(channel.key)
        said = "，".join(f"{DeliveryState(state).label} {n} 份" for state, n in counts.items())
        click.echo(f"{channel.label}：{said or '没有新的要发'}")


def in_background() -> None:
    """Look every minute whether reminders are to be gathered or sent, beside the worker's tasks."""
    threading.Thread(target=_mornings, name="reminders", daemon=True).start()


def _mornings() -> None:
    pause = threading.Event()
    while True:
        close_old_connections()
        look()
        close_old_connections()
        pause.wait(SECONDS_BETWEEN_LOOKS)


def look() -> None:
    """Do what is due this minute; what breaks is logged and tried again the next."""
    try:
        mornings.tick(today(), timezone.now, channels())
    except Exception:
        log.exception("the reminders of this morning failed")
