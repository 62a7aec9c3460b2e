"""Dossiers that argue a closing, merger or move."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Matter

__all__ = ["SitingDossier"]


class SitingDossier(Matter):
    """The four steps taken before one school was closed, merged or moved."""

    ledger = "siting_dossiers"

    event = models.ForeignKey(
        "schools.SchoolEvent", models.PROTECT, related_name="+", verbose_name=_("学校变动")
    )
    assessed_on = models.DateField(_("科学评估"), null=True, blank=True)
    consulted_on = models.DateField(_("征求意见"), null=True, blank=True)
    built_on = models.DateField(_("先建后撤"), null=True, blank=True)
    transition_on = models.DateField(_("过渡安排"), null=True, blank=True)

    # Written together with the event (registers/schools/events), in this order.
    steps_before_closing = ("assessed_on", "consulted_on", "built_on", "transition_on")

    class Meta(Matter.Meta):
        verbose_name = _("布局调整档案")
