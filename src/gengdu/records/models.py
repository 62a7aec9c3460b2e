"""Abstract rows: what was valid when (starts_on, ends_on) and what was known when (recorded_at).

A row is never changed in place: a correction ends the knowledge of the old row (superseded_at) and
records a new one, so that “reported in June” and “known today” can stand side by side.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.constraints import NoOverlap

__all__ = [
    "Approvable",
    "BatchState",
    "Change",
    "ChangeKind",
    "Dated",
    "Entry",
    "Event",
    "HeaderMemory",
    "ImportBatch",
    "Item",
    "LedgerRow",
    "Matter",
    "NoOverlap",
    "Recorded",
    "SampleDistrict",
    "State",
    "Step",
    "StepKind",
    "TableRevision",
]


class ChangeKind(models.TextChoices):
    """What somebody did when rows were written."""

    EDIT = "edit", _("修改")
    BULK_EDIT = "bulk_edit", _("批量修改")
    IMPORT = "import", _("导入")
    SCHOOL_EVENT = "school_event", _("学校变动")
    TURNOVER = "turnover", _("学年升级")
    APPROVAL = "approval", _("审批")
    EVIDENCE = "evidence", _("证明材料")
    UNDO = "undo", _("撤销")


class Change(models.Model):
    """One act of writing: who did what and when; every row written in it names it."""

    at = models.DateTimeField(_("时间"))
    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("操作人")
    )
    kind = models.CharField(_("操作"), max_length=12, choices=ChangeKind)
    register = models.CharField(_("底册"), max_length=40)
    summary = models.CharField(_("内容"), max_length=200)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    counts = models.JSONField(_("条数"), default=dict)
    undoes = models.OneToOneField(
        "self", models.PROTECT, related_name="undone_by", verbose_name=_("撤销的操作"), null=True
    )

    class Meta:
        verbose_name = _("操作")


class Recorded(models.Model):
    """A row that knows when it became known and when a later row replaced it."""

    recorded_at = models.DateTimeField(_("登记时间"))
    superseded_at = models.DateTimeField(_("被替代时间"), null=True, blank=True)
    # Looked for only when a change is undone: an index would cost every write more than it saves.
    recorded_in = models.ForeignKey(
        Change, models.PROTECT, related_name="+", verbose_name=_("登记操作"),
        null=True, blank=True, db_index=False,
    )  # fmt: skip
    superseded_in = models.ForeignKey(
        Change, models.PROTECT, related_name="+", verbose_name=_("替代操作"),
        null=True, blank=True, db_index=False,
    )  # fmt: skip

    class Meta:
        abstract = True


class Dated(Recorded):
    """A row that holds from one day, inclusive, until before another."""

    starts_on = models.DateField(_("起始日"))
    ends_on = models.DateField(_("结束日（不含）"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                violation_error_message=_("结束日应晚于起始日。"),
            )
        ]


class State(models.TextChoices):
    """How far a row has come; only approved ones count.

    Entries of ledgers wait at the stations of their flow; answers on data quality, which one person
    accepts, are only submitted.
    """

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审")
    AT_SCHOOL = "at_school", _("待学校审核")
    AT_TOWN = "at_town", _("待镇审核")
    AT_BUREAU = "at_bureau", _("待分局审核")
    AT_NOTICE = "at_notice", _("公示中")
    RETURNED = "returned", _("退回")
    APPROVED = "approved", _("已批准")
    REVOKED = "revoked", _("已撤销")


class Approvable(models.Model):
    """A row that counts only once approved."""

    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)

    class Meta:
        abstract = True


class Item(models.Model):
    """One entry of one ledger, whatever is recorded of it: the bare identity.

    A correction ends a row and records another; evidence, steps of approval and other entries point
    to the item, which stays.

    Attributes:
        ledger: Key of the ledger, as its model says.
        carries_on: The entry that went on in this one when its school ended.
    """

    ledger = models.CharField(_("台账"), max_length=40)
    carries_on = models.ForeignKey(
        "self", models.PROTECT, related_name="carried_on_in", verbose_name=_("承接自"), null=True
    )

    class Meta:
        verbose_name = _("台账条目")


class LedgerRow(Approvable, Recorded):
    """What is recorded of one entry of a ledger; each has one row that has not been replaced.

    Attributes:
        ledger: Key of the ledger.
    """

    ledger: str = ""

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="%(app_label)s_%(class)s", verbose_name=_("条目")
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(superseded_at=None),
                name="%(app_label)s_%(class)s_one_live_row",
            )
        ]


class Entry(LedgerRow, Dated):
    """A ledger entry that holds over a period, such as a title or an agreement.

    Attributes:
        revoked_on: The day from which it was taken away, before its time; it ends that day.
    """

    revoked_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [*Dated.Meta.constraints, *LedgerRow.Meta.constraints]


class Event(LedgerRow):
    """A ledger entry of something that happened on one day."""

    held_on = models.DateField(_("日期"))

    class Meta(LedgerRow.Meta):
        abstract = True


class Matter(LedgerRow):
    """A ledger entry with days of its own, such as a goal with the day it is due."""

    class Meta(LedgerRow.Meta):
        abstract = True


class StepKind(models.TextChoices):
    """What somebody did with an entry on its way to being counted."""

    SUBMIT = "submit", _("提交")
    PASS = "pass", _("同意")
    RETURN = "return", _("退回")
    WITHDRAW = "withdraw", _("撤回")
    REOPEN = "reopen", _("重新打开")
    REVOKE = "revoke", _("撤销")


class Step(models.Model):
    """One step of one entry through its flow; the steps of an entry are its trail.

    Attributes:
        note: Why it was returned, reopened or revoked, or what was said on the way.
        due_on: By when whoever it waits for should have decided, or the day a notice ends.
        is_own: Whether who passed it had submitted it as well.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="steps", verbose_name=_("条目"))
    at = models.DateTimeField(_("时间"))
    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    kind = models.CharField(_("办理"), max_length=10, choices=StepKind)
    before = models.CharField(_("办理前"), max_length=10, choices=State)
    after = models.CharField(_("办理后"), max_length=10, choices=State)
    note = models.CharField(_("意见"), max_length=400, blank=True)
    due_on = models.DateField(_("期限"), null=True)
    is_own = models.BooleanField(_("本人提交"), default=False)
    change = models.ForeignKey(
        Change, models.PROTECT, related_name="+", verbose_name=_("登记操作"), db_index=False
    )

    class Meta:
        verbose_name = _("审批步骤")


class BatchState(models.TextChoices):
    """How far a file on its way into a register has come."""

    UPLOADED = "uploaded", _("已上传，待对应列名")
    READING = "reading", _("正在读取和核对")
    PREVIEWED = "previewed", _("待确认")
    WRITING = "writing", _("正在写入")
    DONE = "done", _("已导入")
    UNDONE = "undone", _("已撤销")
    FAILED = "failed", _("未完成")
    CANCELLED = "cancelled", _("已放弃")


class ImportBatch(models.Model):
    """One file that somebody brings into a register.

    Attributes:
        school: Id of the school of rows that name none; no reference, for registers stand above
            this package.
        actor: Who confirmed it, for whom and from where, for the worker to write in their name.
    """

    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("操作人")
    )
    register = models.CharField(_("底册"), max_length=40)
    state = models.CharField(
        _("状态"), max_length=10, choices=BatchState, default=BatchState.UPLOADED
    )
    file_name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(_("文件摘要"), max_length=64)
    sheet = models.CharField(_("工作表"), max_length=100, blank=True)
    mapping = models.JSONField(_("列名对应"), default=dict)
    school = models.BigIntegerField(_("未写学校的行属于"), null=True)
    on = models.DateField(_("数据截至日期"))
    mode = models.CharField(_("差异的含义"), max_length=10, default="change")
    counts = models.JSONField(_("行数"), default=dict)
    actor = models.JSONField(_("确认人"), default=dict)
    message = models.CharField(_("说明"), max_length=400, blank=True)
    change = models.OneToOneField(
        Change, models.PROTECT, related_name="batch", verbose_name=_("操作"), null=True
    )
    uploaded_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("导入批次")
        indexes = [models.Index(fields=["account", "-uploaded_at"], name="batches_of_account")]


class HeaderMemory(models.Model):
    """Which register column a sender chose for a name that no register knows."""

    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    column = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "register", "name"], name="one_memory_per_name"
            )
        ]


class TableRevision(models.Model):
    """One counter of a table's changes, moved by triggers in the transaction that changes it.

    A table's revision is the sum of its counters; only PostgreSQL ever needs more than one.
    """

    table = models.CharField(max_length=100, db_index=True)
    revision = models.BigIntegerField(default=0)


class SampleDistrict(models.Model):
    """The one row that marks a demo database: how it was made, and the day its history ends."""

    scale = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    last_day = models.DateField()


def last_day_of_sample() -> date | None:
    """Return the day the demo's history ends; None where real records are kept."""
    return SampleDistrict.objects.values_list("last_day", flat=True).first()
