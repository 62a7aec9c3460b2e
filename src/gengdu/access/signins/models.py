"""Log-in sessions, in the trail's database."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountSession(AbstractBaseSession):
    """One browser in which one account has signed in; account_id is empty until it has."""

    account_id = models.BigIntegerField(_("账号编号"), null=True, db_index=True)
    started_at = models.DateTimeField(_("登录时间"), null=True)
    seen_at = models.DateTimeField(_("最近操作"), null=True)
    client = models.CharField(_("来源地址"), max_length=45, blank=True)
    browser = models.CharField(_("浏览器"), max_length=200, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = _("登录会话")  # type: ignore[assignment]
