"""Condition items of each school against the provincial standard."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, NoOverlap

__all__ = ["ConditionResult"]


class ConditionResult(Entry):
    """The class (1 for Ⅰ, 2 for Ⅱ, 3 for below) one school reaches on one item."""

    ledger = "condition_results"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    criterion = models.CharField(_("项目"), max_length=40)
    condition_class = models.PositiveSmallIntegerField(_("类别"))

    # It is of the premises, which the successor has its own of.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("办学条件核定")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["school", "criterion"], name="one_condition_result_at_once"),
        ]
