"""Places and what they were called, coded and part of over time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Dated, NoOverlap, Recorded


class PlaceKind(models.TextChoices):
    """Level of a place."""

    COUNTY = "county", _("区县")
    STREET = "street", _("街道")
    TOWN = "town", _("镇")
    VILLAGE = "village", _("村居")


class Place(Recorded):
    """One place whose identity outlives its codes and names."""

    kind = models.CharField(_("类别"), max_length=10, choices=PlaceKind)
    is_own = models.BooleanField(_("本区"), default=False, help_text=_("方案所在的区县；邻区为否"))
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)

    class Meta:
        verbose_name = _("地点")


class PlaceRecord(Dated):
    """The code, name and parent of a place over a period."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="records", verbose_name=_("地点"))
    parent = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=_("上级"), null=True, blank=True
    )
    code = models.CharField(_("区划代码"), max_length=12)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=60)
    urban_rural_class = models.CharField(_("城乡分类代码"), max_length=3, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("地点沿革")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["place"], name="one_record_per_place"),
            NoOverlap(fields=["code"], name="one_place_per_code"),
        ]
        indexes = [models.Index(fields=["code"], name="place_code")]
