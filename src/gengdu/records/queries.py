"""What every dated table shares: the condition that a row holds, and the revision."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, Sum
from django.utils import timezone

from gengdu.records.models import TableRevision


def known_rows(known: date | None, prefix: str = "") -> Q:
    """Return the condition that a row is what was known at the end of a day.

    Args:
        known: The day; None for what is known now.
        prefix: How a query names the row.
    """
    if known is None:
        return Q(**{f"{prefix}superseded_at": None})
    end = end_of(known)
    was_there = Q(**{f"{prefix}superseded_at": None}) | Q(**{f"{prefix}superseded_at__gte": end})
    return Q(**{f"{prefix}recorded_at__lt": end}) & was_there


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over where the district is."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(midnight)


def in_force(on: date, known: date | None = None) -> Q:
    """Return the condition that a dated row holds on a day, as it is known or was on another."""
    holds = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return known_rows(known) & holds


def revisions(using: str = "default") -> dict[str, int]:
    """Return the revision of every recorded table, by the table's name in the database."""
    counters = TableRevision.objects.using(using).order_by()
    return dict(counters.values_list("table").annotate(Sum("revision")))
