"""Documents, spending, recognitions and surveys of the whole district."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, Event, Matter

__all__ = [
    "DistrictRecognition",
    "PlanDocument",
    "RecognitionKind",
    "SatisfactionSurvey",
    "YearSpending",
]


class RecognitionKind(models.TextChoices):
    """What the state recognises a district for."""

    QUALITY_BALANCE = "quality_balance", _("义务教育优质均衡发展县")
    UNIVERSAL_PRESCHOOL = "universal_preschool", _("学前教育普及普惠县")


class PlanDocument(Entry):
    """One document the plan calls for, in force over a period."""

    ledger = "plan_documents"

    kind = models.CharField(_("类别"), max_length=40)
    title = models.CharField(_("标题"), max_length=120)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta(Entry.Meta):
        verbose_name = _("制度与规划文件")


class YearSpending(Matter):
    """What was planned and spent on rural education in one calendar year."""

    ledger = "year_spendings"

    year = models.PositiveSmallIntegerField(_("年份"))
    planned_yuan = models.FloatField(_("预算（元）"))
    spent_yuan = models.FloatField(_("决算（元）"), null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = _("乡村教育支出")
        constraints = [
            *Matter.Meta.constraints,
            models.UniqueConstraint(
                fields=["year"],
                condition=models.Q(superseded_at=None),
                name="one_spending_per_year",
            ),
        ]


class DistrictRecognition(Entry):
    """One national recognition of the district."""

    ledger = "district_recognitions"

    kind = models.CharField(_("类别"), max_length=30, choices=RecognitionKind)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta(Entry.Meta):
        verbose_name = _("国家认定")


class SatisfactionSurvey(Event):
    """One survey of people in the towns."""

    ledger = "satisfaction_surveys"

    respondents = models.PositiveIntegerField(_("有效问卷"))
    satisfied = models.PositiveIntegerField(_("满意"))

    class Meta(Event.Meta):
        verbose_name = _("满意度调查")
        constraints = [
            *Event.Meta.constraints,
            models.CheckConstraint(
                name="satisfied_within_respondents",
                condition=models.Q(satisfied__lte=models.F("respondents")),
            ),
        ]
