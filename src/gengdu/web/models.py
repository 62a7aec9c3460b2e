"""What people keep of the pages they work with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Sharing(models.TextChoices):
    """Who else finds a saved view in the list of a register."""

    OWN = "own", _("只有我")
    UNIT = "unit", _("本单位")
    EVERYBODY = "everybody", _("能看这本底册的人")


class SavedView(models.Model):
    """Filters, columns and order of a register's list that somebody keeps under a name.

    A view holds no rows and no rights: whoever opens one sees what their own scope holds.
    `scope_kind`, `scope_key` and `body_key` are the unit of whoever shared it, as accounts have it.
    """

    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("保存人")
    )
    register = models.CharField(_("底册"), max_length=40)
    name = models.CharField(_("名称"), max_length=30)
    query = models.JSONField(_("条件和列"), default=dict)
    sharing = models.CharField(_("谁能用"), max_length=10, choices=Sharing, default=Sharing.OWN)
    scope_kind = models.CharField(max_length=10, blank=True)
    scope_key = models.BigIntegerField(null=True, blank=True)
    body_key = models.CharField(max_length=60, blank=True)
    is_default = models.BooleanField(_("打开底册时先用"), default=False)

    class Meta:
        verbose_name = _("视图")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "register", "name"], name="one_view_of_a_name",
                violation_error_message=_("您已有同名的视图，请换一个名称。"),
            ),
            models.UniqueConstraint(
                fields=["account", "register"], condition=Q(is_default=True),
                name="one_view_opens_first",
            ),
        ]  # fmt: skip


class ExportState(models.TextChoices):
    """How far a list that is taken out in the background has come."""

    WAITING = "waiting", _("排队中")
    MAKING = "making", _("正在生成")
    READY = "ready", _("可以下载")
    FAILED = "failed", _("未完成")


class ExportForm(models.TextChoices):
    """What a long list is taken out as."""

    LIST = "list", _("名单")
    PACKAGE = "package", _("迎检资料包")


class ListExport(models.Model):
    """A long list that somebody takes out; the worker makes the file, its folder holds it.

    What is asked and the rights it was asked with are kept, so that the file is that of the moment
    of asking, and is refused when the rights have shrunk. The row goes with its file.

    Attributes:
        ticked: Ids of the rows that were ticked; None where all that match are meant.
    """

    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("导出人")
    )
    register = models.CharField(_("底册"), max_length=40)
    form = models.CharField(_("形式"), max_length=10, choices=ExportForm, default=ExportForm.LIST)
    ticked = models.JSONField(_("选中的记录"), null=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=ExportState, default=ExportState.WAITING
    )
    query = models.JSONField(_("条件和列"), default=dict)
    on = models.DateField(_("截至"))
    known = models.DateField(_("按何日已知"), null=True)
    whole = models.BooleanField(_("号码完整"), default=False)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    role = models.CharField(max_length=30)
    scope_kind = models.CharField(max_length=10)
    scope_key = models.BigIntegerField(null=True)
    body_key = models.CharField(max_length=60, blank=True)
    schools = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    revision = models.BigIntegerField(null=True)
    rows = models.PositiveIntegerField(_("行数"))
    message = models.CharField(_("说明"), max_length=400, blank=True)
    asked_at = models.DateTimeField(_("提出时间"))
    ready_at = models.DateTimeField(_("完成时间"), null=True)
    seen_at = models.DateTimeField(_("看到的时间"), null=True)

    class Meta:
        verbose_name = _("导出")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "digest"], name="one_export_of_a_kind_at_work",
                condition=Q(state__in=["waiting", "making"]),
            )
        ]  # fmt: skip


class FormDraft(models.Model):
    """What somebody has filled into a form and not saved yet; no number moves by it.

    Attributes:
        thing: Id of what the form is about; 0 for something new.
        seen: Ids of the rows that the person had before the eyes.
    """

    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("填报人")
    )
    register = models.CharField(_("底册"), max_length=40)
    thing = models.BigIntegerField(_("记录"), default=0)
    cells = models.JSONField(_("已填的内容"), default=dict)
    seen = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("未登记的草稿")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "register", "thing"], name="one_draft_of_a_form"
            )
        ]
        indexes = [models.Index(fields=["register", "thing"], name="drafts_of_a_thing")]
