"""Plans that each school writes for itself (一校一案)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, NoOverlap

__all__ = ["SchoolPlan"]


class SchoolPlan(Entry):
    """One version of one school's plan, in force over a period."""

    ledger = "school_plans"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    version = models.PositiveSmallIntegerField(_("版本"))

    # The successor has a plan of its own.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("一校一案方案")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["school"], name="one_school_plan_at_once"),
        ]
