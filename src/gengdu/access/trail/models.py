"""One table of what happened, in the trail's own database; its rows are never changed."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What happened."""

    LOOK = "look", _("查看")
    REVEAL = "reveal", _("显示完整号码")
    EXPORT = "export", _("导出")
    WRITE = "write", _("写入")
    LOGIN = "login", _("登录")
    LOGIN_FAILED = "login_failed", _("登录失败")
    LOCK_OUT = "lock_out", _("锁定")
    LOGOUT = "logout", _("退出")
    ACCOUNT = "account", _("账号变动")
    API = "api", _("接口调用")


class TrailEntry(models.Model):
    """One thing that somebody did, sealed to the entry before it.

    Ids and schools are kept as ",1,2,3,", which every database can search. Nothing of a child's
    record but its id is kept here.
    """

    sequence = models.BigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    account_id = models.BigIntegerField(_("账号编号"), null=True, db_index=True)
    username = models.CharField(_("账号"), max_length=150, blank=True)
    role = models.CharField(_("角色"), max_length=20, blank=True)
    stands_in_for_id = models.BigIntegerField(_("代谁办理（账号编号）"), null=True)
    stands_in_for = models.CharField(_("代谁办理"), max_length=150, blank=True)
    kind = models.CharField(_("动作"), max_length=12, choices=Kind)
    subject = models.CharField(_("对象"), max_length=60, blank=True)
    object_ids = models.TextField(_("记录编号"), blank=True)
    object_count = models.PositiveIntegerField(_("记录数"), default=0)
    school_ids = models.TextField(_("学校编号"), blank=True)
    reason = models.TextField(_("理由"), blank=True)
    detail = models.TextField(_("说明（JSON）"), default="{}")
    path = models.CharField(_("页面"), max_length=500, blank=True)
    client = models.CharField(_("来源地址"), max_length=45, blank=True)
    previous_hash = models.CharField(_("上一条校验值"), max_length=64, blank=True)
    hash = models.CharField(_("校验值"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("审计记录")

    @property
    def details(self) -> dict[str, Any]:
        """What else is known of the entry."""
        found: dict[str, Any] = json.loads(self.detail)
        return found

    @property
    def ids(self) -> list[int]:
        """The ids of the records, the first ones where there were too many to keep."""
        return unpacked(self.object_ids)

    @property
    def subject_zh(self) -> str:
        """What kind of record it was, in the words of the registers."""
        if not self.subject:
            return ""
        try:
            return str(apps.get_model(self.subject)._meta.verbose_name)
        except (LookupError, ValueError):
            return self.subject


def packed(ids: list[int]) -> str:
    """Return ids in the form that every database can search.

    >>> packed([3, 12]), packed([])
    (',3,12,', '')
    """
    return f",{','.join(map(str, ids))}," if ids else ""


def unpacked(text: str) -> list[int]:
    """Return the ids of their searchable form.

    >>> unpacked(",3,12,"), unpacked("")
    ([3, 12], [])
    """
    return [int(item) for item in text.split(",") if item]
