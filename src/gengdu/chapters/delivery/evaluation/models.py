"""Written judgements on promises that have no number; what evaluations ask beside figures."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records import fields
from gengdu.records.models import Event, Matter

__all__ = [
    "BalanceStatement",
    "Conclusion",
    "LockedEvaluation",
    "MonitoringLevel",
    "MonitoringResult",
    "MonitoringSubject",
    "NationalEvaluation",
    "PreschoolStatement",
    "RecognitionSurvey",
    "Statement",
    "SurveyedGroup",
    "WrittenJudgement",
]


class Conclusion(models.TextChoices):
    """Whether an item that documents prove is met; of a veto, whether it did not happen."""

    HOLDS = "holds", _("符合")
    FAILS = "fails", _("不符合")


class MonitoringSubject(models.TextChoices):
    """Subjects of the national monitoring, in the order of the national form."""

    CHINESE = "chinese", _("语文")
    MATHEMATICS = "mathematics", _("数学")
    SCIENCE = "science", _("科学")
    SPORTS = "sports", _("体育")
    ARTS = "arts", _("艺术")
    MORALS = "morals", _("德育")


class MonitoringLevel(models.TextChoices):
    """Levels of the monitoring."""

    FIRST = "1", "Ⅰ"
    SECOND = "2", "Ⅱ"
    THIRD = "3", "Ⅲ"
    FOURTH = "4", "Ⅳ"


class NationalEvaluation(models.TextChoices):
    """The national evaluations of a county."""

    QUALITY_BALANCE = "quality_balance", _("优质均衡")
    UNIVERSAL_PRESCHOOL = "universal_preschool", _("普及普惠")


class SurveyedGroup(models.TextChoices):
    """Of whom the numbers of a survey are, as the national form asks."""

    ALL = "all", _("计")
    PARENTS = "parents", _("其中：家长")


class WrittenJudgement(Event):
    """What a named body wrote on one day about one promise."""

    ledger = "written_judgements"

    promise = models.CharField(_("承诺"), max_length=80)
    body = models.CharField(_("判断单位"), max_length=60)
    text = models.TextField(_("判断"))

    class Meta(Event.Meta):
        verbose_name = _("书面判断")


class Statement(Matter):
    """What the district states of one item of an evaluation, or of one veto, for one year."""

    year = models.PositiveSmallIntegerField(_("年度"))
    subject = models.CharField(_("条目"), max_length=10)
    conclusion = models.CharField(_("结论"), max_length=10, choices=Conclusion)
    text = models.CharField(_("简要结论"), max_length=1000, blank=True)

    class Meta(Matter.Meta):
        abstract = True


class BalanceStatement(Statement):
    """What the district states of one item of 优质均衡, or of one veto, for one year."""

    ledger = "balance_statements"

    class Meta(Statement.Meta):
        abstract = False
        verbose_name = _("优质均衡条目结论")


class PreschoolStatement(Statement):
    """What the district states of one item of 普及普惠 for one year."""

    ledger = "preschool_statements"

    class Meta(Statement.Meta):
        abstract = False
        verbose_name = _("普及普惠条目结论")


class MonitoringResult(Matter):
    """The result of one subject in the national monitoring of one year."""

    ledger = "monitoring_results"

    year = models.PositiveSmallIntegerField(_("年度"))
    subject = models.CharField(_("科目"), max_length=12, choices=MonitoringSubject)
    level = models.CharField(_("学业水平等级"), max_length=2, choices=MonitoringLevel)
    difference = fields.number(_("校际差异率"))

    class Meta(Matter.Meta):
        verbose_name = _("国家质量监测结果")


class RecognitionSurvey(Matter):
    """Numbers of one survey of recognition (社会认可度) for one evaluation, of all or parents."""

    ledger = "recognition_surveys"

    year = models.PositiveSmallIntegerField(_("年度"))
    evaluation = models.CharField(_("评估"), max_length=20, choices=NationalEvaluation)
    group = models.CharField(_("对象"), max_length=10, choices=SurveyedGroup)
    sent = models.PositiveIntegerField(_("问卷总数"))
    valid = models.PositiveIntegerField(_("回收有效问卷数"))
    satisfied = models.PositiveIntegerField(_("满意问卷数"))
    visited = fields.count(_("实地走访人数"))
    visited_satisfied = fields.count(_("走访满意人数"))

    class Meta(Matter.Meta):
        verbose_name = _("社会认可度调查结果")
        constraints = [
            *Matter.Meta.constraints,
            models.CheckConstraint(
                name="recognition_satisfied_within_valid_within_sent",
                condition=models.Q(satisfied__lte=models.F("valid"))
                & models.Q(valid__lte=models.F("sent")),
                violation_error_message=_("满意问卷数不多于有效问卷数，有效问卷数不多于总数。"),
            ),
        ]


class LockedEvaluation(models.Model):
    """One evaluation as it was reported: its figures, its rules and its form; never changed.

    The database itself refuses to change or delete it. A correction is a further version.

    Attributes:
        kind: Which evaluation; today only quality_balance.
        year: The year it was reported for.
        version: Counted within its year; the highest is the one in force.
        on: The day it was computed for.
        known: The day whose knowledge counted; None for all that was known when it was locked.
        content: Everything it came to and every rule it went by, as JSON with sorted keys.
        content_hash: SHA-256 of the content.
        form: The official form as a workbook, filled when it was locked.
    """

    kind = models.CharField(_("评估"), max_length=20)
    year = models.PositiveSmallIntegerField(_("年度"))
    version = models.PositiveSmallIntegerField(_("版次"))
    on = models.DateField(_("截至日期"))
    known = models.DateField(_("已知截至"), null=True)
    locked_at = models.DateTimeField(_("锁定时间"))
    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("锁定人")
    )
    reason = models.CharField(_("理由"), max_length=400)
    content = models.TextField(_("内容（JSON）"))
    content_hash = models.CharField(_("校验值"), max_length=64)
    form = models.BinaryField(_("申报表"))

    class Meta:
        verbose_name = _("锁定的评估")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "version"], name="one_locked_evaluation_per_version"
            )
        ]
