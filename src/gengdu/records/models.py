"""Abstract rows: what was valid when (starts_on, ends_on) and what was known when (recorded_at).

A row is never changed in place: a correction ends the knowledge of the old row (superseded_at) and
records a new one, so that “reported in June” and “known today” can stand side by side.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.constraints import NoOverlap

__all__ = [
    "Approvable",
    "Dated",
    "Entry",
    "Event",
    "NoOverlap",
    "Recorded",
    "SampleDistrict",
    "State",
    "TableRevision",
]


class Recorded(models.Model):
    """A row that knows when it became known and when a later row replaced it."""

    recorded_at = models.DateTimeField(_("登记时间"))
    superseded_at = models.DateTimeField(_("被替代时间"), null=True, blank=True)

    class Meta:
        abstract = True


class Dated(Recorded):
    """A row that holds from one day, inclusive, until before another."""

    starts_on = models.DateField(_("起始日"))
    ends_on = models.DateField(_("结束日（不含）"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                violation_error_message=_("结束日应晚于起始日。"),
            )
        ]


class State(models.TextChoices):
    """How far an entry has come; only approved ones count."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审")
    RETURNED = "returned", _("退回")
    APPROVED = "approved", _("已批准")


class Approvable(models.Model):
    """A row that counts only once approved."""

    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)

    class Meta:
        abstract = True


class Entry(Approvable, Dated):
    """A ledger entry that holds over a period, such as a title or an agreement."""

    class Meta(Dated.Meta):
        abstract = True


class Event(Approvable, Recorded):
    """A ledger entry of something that happened on one day."""

    held_on = models.DateField(_("日期"))

    class Meta:
        abstract = True


class TableRevision(models.Model):
    """One counter of a table's changes, moved by triggers in the transaction that changes it.

    A table's revision is the sum of its counters; only PostgreSQL ever needs more than one.
    """

    table = models.CharField(max_length=100, db_index=True)
    revision = models.BigIntegerField(default=0)


class SampleDistrict(models.Model):
    """The one row that marks a demo database: how it was made, and the day its history ends."""

    scale = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    last_day = models.DateField()


def last_day_of_sample() -> date | None:
    """Return the day the demo's history ends; None where real records are kept."""
    return SampleDistrict.objects.values_list("last_day", flat=True).first()
