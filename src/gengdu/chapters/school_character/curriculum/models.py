"""Distinctive schools and results against the national quality standard."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, Event

__all__ = ["DistinctiveSchool", "QualityResult"]


class DistinctiveSchool(Entry):
    """One distinctive-school title held by one school."""

    ledger = "distinctive_schools"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    speciality = models.CharField(_("特色"), max_length=60, blank=True)

    # A title is of the school that earned it; another school never inherits it.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("特色学校称号")


class QualityResult(Event):
    """How many pupils of one school reached the national quality standard in one subject."""

    ledger = "quality_results"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    subject = models.CharField(_("学科"), max_length=20)
    pupils_tested = models.PositiveIntegerField(_("参测人数"))
    pupils_reached = models.PositiveIntegerField(_("达标人数"))

    on_school_end = "stays"

    class Meta(Event.Meta):
        verbose_name = _("学业质量监测")
        constraints = [
            *Event.Meta.constraints,
            models.CheckConstraint(
                name="reached_within_tested",
                condition=models.Q(pupils_reached__lte=models.F("pupils_tested")),
            ),
        ]
