"""What each person is reminded of, how they want to hear of it, and what became of each message."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Why somebody is reminded."""

    DUE = "due", _("到期")
    EXPIRING = "expiring", _("有效期将满")
    MISSING = "missing", _("缺少")
    WAITING = "waiting", _("待我审批")
    RETURNED = "returned", _("退回给我")


class Reminder(models.Model):
    """One thing that one person is reminded of, on one occasion, while it holds.

    Attributes:
        source: Who said so, by the name it was declared under.
        key: What it is about and which occasion, such as targets:green_share@2025-12-31/7; the
            same is told nobody twice.
        link: Where on the site it can be dealt with.
        is_sensitive: About children, so that messages outside the site do not carry its words.
        made_on: The working day that brought it.
        ended_at: When it no longer held.
    """

    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="reminders", verbose_name=_("账号")
    )
    source = models.CharField(_("来源"), max_length=40)
    key = models.CharField(_("事由"), max_length=200)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    text = models.CharField(_("内容"), max_length=400)
    link = models.CharField(_("链接"), max_length=300)
    due_on = models.DateField(_("到期日"), null=True)
    is_sensitive = models.BooleanField(_("涉及学生"), default=False)
    made_on = models.DateField(_("提醒日"))
    made_at = models.DateTimeField(_("生成时间"))
    seen_at = models.DateTimeField(_("已读时间"), null=True)
    ended_at = models.DateTimeField(_("了结时间"), null=True)

    class Meta:
        verbose_name = _("提醒")
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="one_reminder_per_occasion")
        ]
        indexes = [
            models.Index(
                fields=["account"], name="open_reminders_of_account", condition=Q(ended_at=None)
            )
        ]

    def is_over(self, on: date) -> bool:
        """Tell whether the day by which something was due has passed."""
        return self.due_on is not None and self.due_on < on


class Contact(models.Model):
    """How one person can be reached outside the site, and over which channels they want to be."""

    account = models.OneToOneField(
        "access.Account", models.PROTECT, related_name="contact", verbose_name=_("账号")
    )
    email = models.EmailField(_("邮箱"), blank=True)
    phone = models.CharField(_("手机号"), max_length=20, blank=True)
    user_id = models.CharField(_("企业微信或钉钉的用户编号"), max_length=64, blank=True)
    channels = models.JSONField(_("接收方式"), default=list)
    changed_at = models.DateTimeField(_("修改时间"))
    tested_at = models.DateTimeField(_("测试时间"), null=True)

    class Meta:
        verbose_name = _("提醒方式")


class DeliveryState(models.TextChoices):
    """How far a message has come."""

    CLAIMED = "claimed", _("正在发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("没有发出，将再试")
    REFUSED = "refused", _("没有发出")
    UNSURE = "unsure", _("可能已送达")


SURELY_NOT_SENT = (DeliveryState.FAILED, DeliveryState.REFUSED)


class Delivery(models.Model):
    """One message to one person over one channel on one day, claimed before it is sent.

    Whoever is killed between sending and noting leaves it claimed. It is never sent again, for
    nobody can know whether it arrived; after a while it is unsure, and the page says so.
    """

    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="deliveries", verbose_name=_("账号")
    )
    channel = models.CharField(_("方式"), max_length=40)
    on = models.DateField(_("日期"))
    state = models.CharField(
        _("状态"), max_length=10, choices=DeliveryState, default=DeliveryState.CLAIMED
    )
    tries = models.PositiveSmallIntegerField(_("次数"), default=1)
    claimed_at = models.DateTimeField(_("开始发送时间"))
    sent_at = models.DateTimeField(_("送达时间"), null=True)
    again_at = models.DateTimeField(_("再试时间"), null=True)
    error = models.CharField(_("原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("提醒消息")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "channel", "on"], name="one_message_per_day_and_channel"
            )
        ]
        indexes = [models.Index(fields=["on", "state"], name="deliveries_of_day")]


class Telling(models.Model):
    """One reminder that a message tells: each is told once over each channel."""

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="tellings", verbose_name=_("消息")
    )
    reminder = models.ForeignKey(
        Reminder, models.PROTECT, related_name="tellings", verbose_name=_("提醒")
    )
    channel = models.CharField(_("方式"), max_length=40)

    class Meta:
        verbose_name = _("已告知的提醒")
        constraints = [
            models.UniqueConstraint(fields=["reminder", "channel"], name="told_once_per_channel")
        ]


class Gathering(models.Model):
    """That the reminders of one day were gathered, so that the worker does it once.

    Attributes:
        is_done: Whether every message was dealt with as well; a worker that was killed before does
            the morning again, which tells nobody twice.
    """

    on = models.DateField(_("日期"), unique=True)
    at = models.DateTimeField(_("时间"))
    made = models.PositiveIntegerField(_("新提醒"))
    ended = models.PositiveIntegerField(_("了结"))
    failed = models.JSONField(_("没有算出的来源"), default=list)
    is_done = models.BooleanField(_("消息也已处理"), default=False)

    class Meta:
        verbose_name = _("提醒汇总")
