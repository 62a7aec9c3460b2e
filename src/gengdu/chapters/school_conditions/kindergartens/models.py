"""Equipment checks of kindergartens; the lists and figures that 普及普惠 asks for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records import fields
from gengdu.records.models import Entry, Matter, NoOverlap

__all__ = [
    "EquipmentCheck",
    "InclusiveKindergarten",
    "PreschoolYear",
    "ResidentialKindergarten",
]


class EquipmentCheck(Entry):
    """Whether one kindergarten's care and teaching equipment was complete when last checked."""

    ledger = "equipment_checks"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    is_complete = models.BooleanField(_("配齐配全"))

    # It is of the premises, which the successor has its own of.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("保教设施设备核查")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["school"], name="one_equipment_check_at_once"),
        ]


class InclusiveKindergarten(Entry):
    """One private kindergarten that is recognised as inclusive (普惠性民办园) over a period."""

    ledger = "inclusive_kindergartens"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("幼儿园")
    )
    document_number = models.CharField(_("认定文号"), max_length=60)
    list_address = models.CharField(_("名单公示网址"), max_length=300, blank=True)

    # Who takes it over is recognised anew, or is none.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("普惠性民办园名单")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["school"], name="one_inclusive_recognition_at_once"),
        ]


class ResidentialKindergarten(Entry):
    """The kindergarten of one residential area (小区配套幼儿园), since it was handed over.

    Whether it is run as a public or an inclusive one is not kept here: registers and lists say so.
    """

    ledger = "residential_kindergartens"

    area_name = models.CharField(_("小区名称"), max_length=80)
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("幼儿园"),
        null=True, blank=True,
    )  # fmt: skip
    agreement = models.CharField(_("移交协议"), max_length=120, blank=True)

    # The building stays with the area, and whoever goes on runs it.
    on_school_end = "carries_on"

    class Meta(Entry.Meta):
        verbose_name = _("小区配套幼儿园清单")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["area_name"], name="one_kindergarten_of_an_area_at_once"),
        ]


class PreschoolYear(Matter):
    """What the district reports for a year of preschool children and lists; empty: not reported."""

    ledger = "preschool_years"

    year = models.PositiveSmallIntegerField(_("年度"))
    registered_children = fields.count(_("户籍3—6岁人口（人）"))
    resident_children = fields.count(_("常住3—5岁人口（人）"))
    is_inclusive_listed = fields.yes_no(_("普惠性民办园名单已完整"))
    is_residential_listed = fields.yes_no(_("小区配套幼儿园清单已完整"))

    class Meta(Matter.Meta):
        verbose_name = _("学前教育年度数据")
