"""Partnerships between city and rural schools."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry

__all__ = ["Partnership", "PartnershipKind"]


class PartnershipKind(models.TextChoices):
    """How two schools are tied."""

    HOSTED = "hosted", _("托管")
    NAMED = "named", _("挂牌")
    BRANCH = "branch", _("分校")
    ALLIANCE = "alliance", _("联盟")
    PAIRED = "paired", _("结对")


class Partnership(Entry):
    """One agreement of one rural school with one core school."""

    ledger = "partnerships"

    core_school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("核心学校")
    )
    rural_school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("乡村学校")
    )
    kind = models.CharField(_("形式"), max_length=10, choices=PartnershipKind)

    on_school_end = "carries_on"

    class Meta(Entry.Meta):
        verbose_name = _("结对协议")
