"""Accounts of people who sign in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in the district."""

    BUREAU_OFFICER = "bureau_officer", _("教育分局工作人员")
    TOWN_OFFICER = "town_officer", _("镇工作人员")
    SCHOOL_HEAD = "school_head", _("校长（园长）")


class ScopeKind(models.TextChoices):
    """How far a person's view of records reaches."""

    DISTRICT = "district", _("全区")
    TOWN = "town", _("镇")
    SCHOOL = "school", _("学校")


class Account(AbstractUser):
    """One person who signs in, with one role and one scope.

    The scope is kept as a key, not as a foreign key: access stands below the registers.
    """

    role = models.CharField(_("角色"), max_length=20, choices=Role, default=Role.SCHOOL_HEAD)
    title_zh = models.CharField(_("职务"), max_length=60, blank=True)
    scope_kind = models.CharField(
        _("查看范围"), max_length=10, choices=ScopeKind, default=ScopeKind.SCHOOL
    )
    scope_key = models.BigIntegerField(_("范围编号"), null=True, blank=True)
    is_demo = models.BooleanField(_("示例账号"), default=False)
