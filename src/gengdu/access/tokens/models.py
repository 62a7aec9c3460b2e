"""Tokens, in the trail's database: each use is counted, and must not hold up the registers."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """One program's way in, in the name of one account; the token itself is kept nowhere."""

    account_id = models.BigIntegerField(_("账号编号"), db_index=True)
    name = models.CharField(_("用途"), max_length=60)
    prefix = models.CharField(_("开头"), max_length=12)
    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    scopes = models.CharField(_("权限"), max_length=400, blank=True)
    created_at = models.DateTimeField(_("创建时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    window_starts_at = models.DateTimeField(_("计数起始时间"))
    window_count = models.PositiveIntegerField(_("本分钟次数"), default=0)

    class Meta:
        verbose_name = _("接口令牌")
        constraints = [
            models.CheckConstraint(
                name="token_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message=_("到期时间应晚于创建时间。"),
            )
        ]

    @property
    def permissions(self) -> frozenset[str]:
        """What its account lets it do, as long as the account may do so."""
        return frozenset(self.scopes.split())

    def is_alive(self, at: datetime) -> bool:
        """Tell whether it is neither revoked nor expired."""
        return self.revoked_at is None and at < self.expires_at
