"""Training of heads before they take office."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Event

__all__ = ["PreserviceTraining"]


class PreserviceTraining(Event):
    """One head's completed training for taking office."""

    ledger = "preservice_trainings"

    staff = models.ForeignKey(
        "staff.Staff", models.PROTECT, related_name="+", verbose_name=_("教职工")
    )
    hours = models.FloatField(_("学时"), null=True, blank=True)

    class Meta(Event.Meta):
        verbose_name = _("岗前任职培训")
