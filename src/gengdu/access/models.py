"""Accounts of people who sign in."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from gengdu.kernel.dates import day_before


class Role(models.TextChoices):
    """What a person does in the district; scope.py says what each role may do."""

    DISTRICT_ADMIN = "district_admin", _("区管理员")
    BUREAU_OFFICER = "bureau_officer", _("教育分局工作人员")
    BODY_OFFICER = "body_officer", _("其他责任单位工作人员")
    TOWN_OFFICER = "town_officer", _("镇工作人员")
    SCHOOL_HEAD = "school_head", _("校长（园长）")
    SCHOOL_CLERK = "school_clerk", _("学校资料员")
    TEACHER = "teacher", _("教师")
    TEACHING_RESEARCHER = "teaching_researcher", _("教研员")
    INSPECTOR = "inspector", _("督学")
    CASE_WORKER = "case_worker", _("个案工作人员")
    AUDITOR = "auditor", _("审计员")


class ScopeKind(models.TextChoices):
    """How far a person's view of records reaches in the tree of towns and schools."""

    DISTRICT = "district", _("全区")
    TOWN = "town", _("镇")
    SCHOOL = "school", _("学校")
    CASES = "cases", _("仅转办的个案")


class Account(AbstractUser):
    """One person who signs in, with one role and one scope on two axes.

    The scope is kept as keys, not as foreign keys: access stands below the registers. `scope_key`
    is a town or school; `body_key` is the responsible body under the key that the plan uses.
    """

    role = models.CharField(_("角色"), max_length=20, choices=Role, default=Role.SCHOOL_HEAD)
    title_zh = models.CharField(_("职务"), max_length=60, blank=True)
    scope_kind = models.CharField(
        _("查看范围"), max_length=10, choices=ScopeKind, default=ScopeKind.SCHOOL
    )
    scope_key = models.BigIntegerField(_("范围编号"), null=True, blank=True)
    body_key = models.SlugField(_("责任单位"), max_length=60, blank=True)
    is_demo = models.BooleanField(_("示例账号"), default=False)
    must_change_password = models.BooleanField(_("须先修改密码"), default=False)
    succeeds = models.OneToOneField(
        "self", models.PROTECT, related_name="successor", verbose_name=_("接替的账号"), null=True,
        blank=True,
    )  # fmt: skip

    acting_for: Account | None = None
    """Whom the person stands in for during this request; set by a middleware, never stored."""

    class Meta:
        verbose_name = _("账号")
        constraints = [
            models.CheckConstraint(
                name="account_key_only_of_town_or_school",
                condition=Q(scope_key=None) | Q(scope_kind__in=("town", "school")),
                violation_error_message=_("查看范围为全区或个案时，不应再指定镇或学校。"),
            ),
            models.CheckConstraint(
                name="account_of_a_body_names_it",
                condition=~Q(role="body_officer") | ~Q(body_key=""),
                violation_error_message=_("其他责任单位的账号须写明是哪个单位。"),
            ),
        ]

    @property
    def rights(self) -> Account:
        """The account whose role and scope are used now: the absent person's for a stand-in."""
        return self.acting_for or self

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what every session of the account carries: of another password, role or scope."""
        what = (self.password, self.role, self.scope_kind, self.scope_key, self.body_key)
        salt = "gengdu.access.models.Account"
        found = salted_hmac(salt, "|".join(map(str, what)), secret=secret, algorithm="sha256")
        return found.hexdigest()


class StandIn(models.Model):
    """One person's leave, during which another may act with the absent person's role and scope."""

    absent = models.ForeignKey(
        Account, models.PROTECT, related_name="stand_ins", verbose_name=_("离岗人")
    )
    deputy = models.ForeignKey(
        Account, models.PROTECT, related_name="stands_in", verbose_name=_("代办人")
    )
    starts_on = models.DateField(_("起始日"))
    ends_on = models.DateField(_("结束日（不含）"))
    ended_at = models.DateTimeField(_("提前结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("代办")
        constraints = [
            models.CheckConstraint(
                name="stand_in_ends_after_start", condition=Q(ends_on__gt=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="nobody_stands_in_for_oneself", condition=~Q(absent=models.F("deputy"))
            ),
        ]

    @property
    def last_on(self) -> date:
        """The last day on which the deputy may act."""
        return day_before(self.ends_on)
