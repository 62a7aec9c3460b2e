"""Documents, spending, recognitions and surveys of the whole district, and tasks of improvement."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Change, Entry, Event, Item, Matter, Recorded

__all__ = [
    "CarriedBy",
    "DistrictRecognition",
    "ImprovementTask",
    "PlanDocument",
    "RecognitionKind",
    "SatisfactionSurvey",
    "TaskDeed",
    "TaskNominee",
    "TaskSource",
    "TaskStage",
    "TaskStep",
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


class TaskSource(models.TextChoices):
    """What computation a task came from."""

    PATH = "path", _("达标路径")
    FORECAST = "forecast", _("到期日预测")
    RELAXATION = "relaxation", _("过渡性放宽")
    OWN = "own", _("自行交办")


class TaskStage(models.TextChoices):
    """How far a task has come once it was assigned."""

    ASSIGNED = "assigned", _("已交办")
    ACCEPTED = "accepted", _("已签收")
    UNDER_WAY = "under_way", _("进行中")
    FINISHED = "finished", _("已办结")
    CLOSED = "closed", _("已销号")


class CarriedBy(models.TextChoices):
    """Who signs for a task and reports on it."""

    BODY = "body", _("牵头单位")
    SCHOOL = "school", _("学校")


class ImprovementTask(Matter):
    """One thing to be done by a day, with who answers for it, and how far it has come.

    Attributes:
        matter: Names what it is about among the tasks of its source, so that the same thing is not
            assigned twice.
        computed_on: Day of the data that its plan was computed on.
        digest: Mark of the problem and the answer; another computation has another.
        school: Where it is to be done; None for the whole district.
        giver: The school that gives the teachers, where some move.
        stage_of_school: The stage it is about; "" for the whole school.
        lead: The body that answers for it, by the key of the plan.
        start_by: The last day to start if it is to be done in time.
        stage: How far it has come.
        done: How many of the wanted are done, as reported.
        levels: What the registers said when it was assigned and will say once it is done: by
            indicator of 优质均衡, two exact numbers as text.
    """

    ledger = "improvement_tasks"

    what = models.CharField(_("任务"), max_length=200)
    source = models.CharField(_("来源"), max_length=10, choices=TaskSource, default=TaskSource.OWN)
    matter = models.CharField(_("事项"), max_length=200, blank=True)
    computed_on = models.DateField(_("依据数据日期"), null=True, blank=True)
    digest = models.CharField(_("方案校验值"), max_length=64, blank=True)
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校"),
        null=True, blank=True,
    )  # fmt: skip
    giver = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("调出学校"),
        null=True, blank=True,
    )  # fmt: skip
    stage_of_school = models.CharField(_("学段"), max_length=10, blank=True)
    subject = models.CharField(_("学科或资格"), max_length=60, blank=True)
    wanted = models.PositiveIntegerField(_("数量"), null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=10, blank=True)
    lead = models.CharField(_("牵头单位"), max_length=60)
    carried_by = models.CharField(
        _("承办"), max_length=6, choices=CarriedBy, default=CarriedBy.BODY
    )
    partners = models.CharField(_("配合单位"), max_length=200, blank=True)
    start_by = models.DateField(_("最迟启动"), null=True, blank=True)
    due_on = models.DateField(_("完成期限"))
    cost_yuan = models.FloatField(_("费用（元）"), null=True, blank=True)
    stage = models.CharField(
        _("进展"), max_length=10, choices=TaskStage, default=TaskStage.ASSIGNED
    )
    done = models.PositiveIntegerField(_("已完成数量"), default=0)
    closed_on = models.DateField(_("销号日期"), null=True, blank=True)
    levels = models.JSONField(_("底册数"), default=dict, blank=True)

    # What is still to be done of it at another school, a person decides.
    on_school_end = "stays"

    class Meta(Matter.Meta):
        verbose_name = _("整改任务")


class TaskDeed(models.TextChoices):
    """What somebody did with a task after it was assigned."""

    SIGN = "sign", _("签收")
    REPORT = "report", _("报进展")
    FINISH = "finish", _("办结")
    CLOSE = "close", _("销号")
    SEND_BACK = "send_back", _("退回")
    REOPEN = "reopen", _("重新打开")
    NOMINATE = "nominate", _("附人选")


class TaskStep(models.Model):
    """One deed on one task; those of a change that was taken back count no longer.

    Attributes:
        done: How many were done then, as reported.
    """

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="task_steps", verbose_name=_("条目")
    )
    at = models.DateTimeField(_("时间"))
    on = models.DateField(_("日期"))
    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    kind = models.CharField(_("办理"), max_length=10, choices=TaskDeed)
    before = models.CharField(_("办理前"), max_length=10, choices=TaskStage)
    after = models.CharField(_("办理后"), max_length=10, choices=TaskStage)
    done = models.PositiveIntegerField(_("已完成数量"), default=0)
    note = models.CharField(_("说明"), max_length=400, blank=True)
    change = models.ForeignKey(
        Change, models.PROTECT, related_name="+", verbose_name=_("登记操作"), db_index=False
    )

    class Meta:
        verbose_name = _("任务办理")


class TaskNominee(Recorded):
    """One teacher whom somebody has named for a task of moving teachers; it decides nothing."""

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="task_nominees", verbose_name=_("条目")
    )
    staff = models.ForeignKey(
        "staff.Staff", models.PROTECT, related_name="+", verbose_name=_("教职工")
    )

    class Meta:
        verbose_name = _("任务人选")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "staff"],
                condition=models.Q(superseded_at=None),
                name="one_live_nomination",
            )
        ]
