"""Degree studies and selections into provincial programmes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, Event

__all__ = ["DegreeStudy", "ProgrammeSelection"]


class DegreeStudy(Entry):
    """One teacher studying for a higher level, with the day it should be completed."""

    ledger = "degree_studies"

    staff = models.ForeignKey(
        "staff.Staff", models.PROTECT, related_name="+", verbose_name=_("教职工")
    )
    level = models.PositiveSmallIntegerField(_("拟取得学历"))
    expected_on = models.DateField(_("预计取得日期"))

    class Meta(Entry.Meta):
        verbose_name = _("学历提升在读")


class ProgrammeSelection(Event):
    """One teacher selected into one programme."""

    ledger = "programme_selections"

    staff = models.ForeignKey(
        "staff.Staff", models.PROTECT, related_name="+", verbose_name=_("教职工")
    )
    programme = models.CharField(_("计划"), max_length=60)

    class Meta(Event.Meta):
        verbose_name = _("培养计划入选")
