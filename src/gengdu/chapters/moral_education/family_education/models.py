"""Parent schools and guidance stations in villages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry

__all__ = ["FamilyStation", "StationKind"]


class StationKind(models.TextChoices):
    """What stands in the village."""

    PARENT_SCHOOL = "parent_school", _("家长学校")
    GUIDANCE_STATION = "guidance_station", _("家庭教育指导服务站点")


class FamilyStation(Entry):
    """One parent school or guidance station in one village."""

    ledger = "family_stations"

    village = models.ForeignKey(
        "places.Place", models.PROTECT, related_name="+", verbose_name=_("村居")
    )
    kind = models.CharField(_("类别"), max_length=20, choices=StationKind)
    host = models.CharField(_("依托单位"), max_length=80, blank=True)

    class Meta(Entry.Meta):
        verbose_name = _("家庭教育站点")
