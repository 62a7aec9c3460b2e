"""Surveys, whom they ask, their codes and their answers.

Schools, villages and people are kept as numbers, not as references: what was drawn is frozen, with
the names of that day, and stays as it was when a school ends or a record is corrected.

An answer knows its stratum and neither its code nor its time; what was written in words knows not
even the stratum. Numbers that count up would give the order away, so both are named at random.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

__all__ = [
    "AskedGroup",
    "CodeState",
    "Survey",
    "SurveyAnswer",
    "SurveyCode",
    "SurveyPurpose",
    "SurveyRemark",
    "SurveyStratum",
    "SurveyUnit",
]


class SurveyPurpose(models.TextChoices):
    """What the result of a survey is for."""

    QUALITY_BALANCE = "quality_balance", _("优质均衡社会认可度")
    PRESCHOOL = "universal_preschool", _("普及普惠社会认可度")
    RURAL = "rural_satisfaction", _("乡村群众教育满意度")


class AskedGroup(models.TextChoices):
    """Who is asked."""

    PARENTS = "parents", _("学生家长")
    PUPILS = "pupils", _("学生")
    TEACHERS = "teachers", _("教师")
    RESIDENTS = "residents", _("村居群众")


class Survey(models.Model):
    """One survey by questionnaire, from its plan to its result.

    Attributes:
        opens_on, closes_on: The first and the last day on which answers are taken.
        groups: Keys of those asked.
        residents: By id of the village, how many households it has and how many get a code.
        margin, confidence, expected_share, expected_response: What the sample is to reach.
        each_group: Whether each group is to reach it by itself.
        at_least: Units of each stratum, where it has as many.
        seed: Whoever has it and the registers of that day draws the same units.
        questionnaire: As `analytics.surveys.questionnaire` keeps it; frozen once opened.
        drawn_on: The day whose registers were drawn from.
        entered_in: The act that wrote its result into a ledger.
    """

    title = models.CharField(_("名称"), max_length=80)
    purpose = models.CharField(_("用途"), max_length=20, choices=SurveyPurpose)
    opens_on = models.DateField(_("开始日期"))
    closes_on = models.DateField(_("截止日期（含）"))
    groups = models.JSONField(_("调查对象"), default=list)
    residents = models.JSONField(_("村居户数与发码数"), default=dict)
    margin = models.FloatField(_("允许误差"), default=0.05)
    confidence = models.FloatField(_("置信水平"), default=0.95)
    expected_share = models.FloatField(_("预计满意率"), default=0.5)
    expected_response = models.FloatField(_("预计回收率"), default=0.8)
    each_group = models.BooleanField(_("每类对象各自达到"), default=True)
    at_least = models.PositiveSmallIntegerField(_("每层至少"), default=2)
    seed = models.CharField(_("抽样种子"), max_length=40)
    questionnaire = models.JSONField(_("问卷"))
    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("建立人")
    )
    created_at = models.DateTimeField(_("建立时间"))
    drawn_on = models.DateField(_("抽样所依据的日期"), null=True)
    drawn_at = models.DateTimeField(_("抽样时间"), null=True)
    opened_at = models.DateTimeField(_("开放时间"), null=True)
    closed_at = models.DateTimeField(_("提前关闭时间"), null=True)
    entered_in = models.ForeignKey(
        "records.Change", models.PROTECT, related_name="+", verbose_name=_("写入台账"), null=True
    )

    class Meta:
        verbose_name = _("问卷调查")
        constraints = [
            models.CheckConstraint(
                name="survey_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("截止日期不应早于开始日期。"),
            ),
            models.CheckConstraint(
                name="survey_is_drawn_before_it_opens",
                condition=Q(opened_at=None) | Q(drawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="survey_is_open_before_it_closes",
                condition=Q(closed_at=None) | Q(opened_at__isnull=False),
            ),
        ]  # fmt: skip


class SurveyStratum(models.Model):
    """One group at one school or village: how many there are, and how many are asked.

    Attributes:
        key: Names it within its survey, such as parents:12.
        place_key: Id of the school, of residents that of the village.
        label: What the school or village was called on the day of the draw.
        town_label: Its town or street.
        area: By the urban-rural class: urban, town, rural; empty where nobody said.
        population: Units there are.
        sampled: Units drawn.
        printed: How often its slips were printed.
    """

    survey = models.ForeignKey(
        Survey, models.PROTECT, related_name="strata", verbose_name=_("问卷调查")
    )
    key = models.CharField(_("层"), max_length=40)
    group = models.CharField(_("对象"), max_length=10, choices=AskedGroup)
    place_key = models.BigIntegerField(_("学校或村居编号"))
    label = models.CharField(_("学校或村居"), max_length=80)
    town_key = models.BigIntegerField(_("镇街编号"), null=True)
    town_label = models.CharField(_("镇街"), max_length=60, blank=True)
    area = models.CharField(_("城乡"), max_length=10, blank=True)
    population = models.PositiveIntegerField(_("总数"))
    sampled = models.PositiveIntegerField(_("抽取数"))
    printed = models.PositiveSmallIntegerField(_("打印次数"), default=0)

    class Meta:
        verbose_name = _("抽样层")
        constraints = [
            models.UniqueConstraint(fields=["survey", "key"], name="one_stratum_per_key"),
            models.CheckConstraint(
                name="stratum_samples_no_more_than_there_are",
                condition=Q(sampled__lte=F("population")),
            ),
        ]  # fmt: skip


class SurveyUnit(models.Model):
    """One person drawn: a pupil whose parent is asked, a pupil, a teacher; no code knows of it.

    Attributes:
        subject_key: Id of the pupil or of the member of staff.
        class_label: The class that brings the slip home; empty for teachers.
    """

    stratum = models.ForeignKey(
        SurveyStratum, models.PROTECT, related_name="units", verbose_name=_("抽样层")
    )
    subject_key = models.BigIntegerField(_("学生或教职工编号"))
    class_label = models.CharField(_("班级"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("抽中对象")
        constraints = [
            models.UniqueConstraint(fields=["stratum", "subject_key"], name="unit_drawn_once")
        ]


class CodeState(models.TextChoices):
    """What a code is still good for."""

    LIVE = "live", _("未用")
    SPENT = "spent", _("已答")
    VOID = "void", _("作废")


class SurveyCode(models.Model):
    """One code of one stratum: only its keyed digest is kept, and whether it was used.

    No time is kept: that of an answer would join the two.
    """

    stratum = models.ForeignKey(
        SurveyStratum, models.PROTECT, related_name="codes", verbose_name=_("抽样层")
    )
    serial = models.PositiveIntegerField(_("编号"))
    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    state = models.CharField(_("状态"), max_length=5, choices=CodeState, default=CodeState.LIVE)

    class Meta:
        verbose_name = _("一次性答题码")
        constraints = [
            models.UniqueConstraint(fields=["stratum", "serial"], name="one_code_per_serial")
        ]


class SurveyAnswer(models.Model):
    """What somebody of a stratum ticked."""

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4)
    stratum = models.ForeignKey(
        SurveyStratum, models.PROTECT, related_name="answers", verbose_name=_("抽样层")
    )
    is_satisfied = models.BooleanField(_("总体满意"))
    answers = models.JSONField(_("选项"))

    class Meta:
        verbose_name = _("答卷")


class SurveyRemark(models.Model):
    """What somebody wrote in words, of whatever stratum."""

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(
        Survey, models.PROTECT, related_name="remarks", verbose_name=_("问卷调查")
    )
    question = models.CharField(_("题"), max_length=10)
    text = models.CharField(_("文字"), max_length=300)

    class Meta:
        verbose_name = _("意见文字")
