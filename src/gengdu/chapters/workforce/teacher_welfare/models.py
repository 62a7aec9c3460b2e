"""Medical checks of teachers and the weights in title rules."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, Event, NoOverlap

__all__ = ["MedicalCheck", "TitleRuleWeight"]


class MedicalCheck(Event):
    """One teacher's medical check."""

    ledger = "medical_checks"

    staff = models.ForeignKey(
        "staff.Staff", models.PROTECT, related_name="+", verbose_name=_("教职工")
    )

    class Meta(Event.Meta):
        verbose_name = _("健康体检")


class TitleRuleWeight(Entry):
    """How much teaching achievement weighs in the title rules, as a share."""

    ledger = "title_rule_weights"

    scheme = models.CharField(_("评聘办法"), max_length=60)
    weight = models.FloatField(_("教学实绩权重（0—1）"))

    class Meta(Entry.Meta):
        verbose_name = _("职称评聘权重")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["scheme"], name="one_title_rule_weight_at_once"),
        ]
