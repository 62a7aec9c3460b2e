"""Researcher visits and the yearly exhibition of joint research."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Event, Recorded

__all__ = ["Exhibition", "ExhibitionEntry", "ResearcherVisit"]


class Exhibition(Event):
    """One exhibition of joint research results between the clusters."""

    ledger = "exhibitions"

    title = models.CharField(_("名称"), max_length=120)

    class Meta(Event.Meta):
        verbose_name = _("联研成果展评")


class ExhibitionEntry(Recorded):
    """One cluster taking part in one exhibition."""

    exhibition = models.ForeignKey(
        "records.Item", models.PROTECT, related_name="exhibition_entries", verbose_name=_("展评")
    )
    cluster = models.ForeignKey(
        "records.Item", models.PROTECT, related_name="+", verbose_name=_("学区")
    )

    class Meta:
        verbose_name = _("展评参加学区")
        constraints = [
            models.UniqueConstraint(
                fields=["exhibition", "cluster"],
                condition=models.Q(superseded_at=None),
                name="cluster_once_per_exhibition",
            )
        ]


class ResearcherVisit(Event):
    """One visit of a teaching researcher to one school."""

    ledger = "researcher_visits"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    subject = models.CharField(_("学科"), max_length=20)
    hours = models.FloatField(_("时长（小时）"), null=True, blank=True)

    on_school_end = "stays"

    class Meta(Event.Meta):
        verbose_name = _("教研员下校")
