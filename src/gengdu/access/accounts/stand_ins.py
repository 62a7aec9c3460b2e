"""Lets one person act for another during a leave, and no longer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from gengdu.access.accounts import queries
from gengdu.access.accounts.operations import note
from gengdu.access.actors import Actor
from gengdu.access.models import Account, StandIn

LONGEST = timedelta(days=90)


class CannotStandIn(ValueError):
    """This person cannot stand in then; the message says why and what to do."""


@transaction.atomic
def appoint(
    absent: Account, deputy: Account, *, starts_on: date, ends_on: date, on: date, by: Actor
) -> StandIn:
    """Let a colleague act for an absent person from a day until before another.

    Args:
        absent: Who goes on leave.
        deputy: Who acts meanwhile.
        starts_on: First day, inclusive.
        ends_on: The day before which it ends.
        on: The day it is arranged.
        by: Who arranges it.

    Raises:
        CannotStandIn: If the dates or the persons do not fit.
    """
    if not starts_on < ends_on or ends_on <= on or starts_on < on:
        raise CannotStandIn("起止日期不对，没有安排。起始日不能早于今天，截止日不能早于起始日。")
    if ends_on - starts_on > LONGEST:
        raise CannotStandIn(
            f"一次最多安排 {LONGEST.days} 天，没有安排。更久请找管理员办理账号交接。"
        )
    if not queries.colleagues(absent).filter(pk=deputy.pk).exists():
        raise CannotStandIn("代办人须是本单位在用的账号，没有安排。区管理员和审计员不能代办。")
    if _overlapping(absent, starts_on, ends_on):
        raise CannotStandIn("这几天已安排了代办人，没有重复安排。请先结束原来的安排。")
    made = StandIn.objects.create(
        absent=absent, deputy=deputy, starts_on=starts_on, ends_on=ends_on
    )
    note(by, absent, f"安排 {deputy.username} 代办，{starts_on} 至 {made.last_on}")
    return made


def _overlapping(absent: Account, starts_on: date, ends_on: date) -> bool:
    rivals = StandIn.objects.filter(absent=absent, ended_at=None)
    return rivals.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).exists()


@transaction.atomic
def end(stand_in: StandIn, *, at: datetime, by: Actor) -> None:
    """End a stand-in before its day."""
    stand_in.ended_at = at
    stand_in.save(update_fields=["ended_at"])
    note(by, stand_in.absent, f"提前结束 {stand_in.deputy.username} 的代办")
