"""What every dated table shares: the condition that a row holds, and the revision."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, Sum

from gengdu.records.models import TableRevision


def in_force(on: date) -> Q:
    """Return the condition that a dated row is live and holds on a day."""
    return Q(superseded_at=None, starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))


def revisions(using: str = "default") -> dict[str, int]:
    """Return the revision of every recorded table, by the table's name in the database."""
    counters = TableRevision.objects.using(using).order_by()
    return dict(counters.values_list("table").annotate(Sum("revision")))
