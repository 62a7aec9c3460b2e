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
