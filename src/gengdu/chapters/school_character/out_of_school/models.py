"""Labour sites and brands of out-of-school education."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry

__all__ = ["LabourSite", "OutOfSchoolBrand"]


class LabourSite(Entry):
    """One labour site that one school uses."""

    ledger = "labour_sites"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    name = models.CharField(_("名称"), max_length=80)

    on_school_end = "carries_on"

    class Meta(Entry.Meta):
        verbose_name = _("劳动实践场所")


class OutOfSchoolBrand(Entry):
    """One brand of out-of-school education, of one school or of the district."""

    ledger = "out_of_school_brands"

    school = models.ForeignKey(
        "schools.School",
        models.PROTECT,
        related_name="+",
        verbose_name=_("学校"),
        null=True,
        blank=True,
    )
    name = models.CharField(_("名称"), max_length=80)

    on_school_end = "carries_on"

    class Meta(Entry.Meta):
        verbose_name = _("校外教育特色品牌")
