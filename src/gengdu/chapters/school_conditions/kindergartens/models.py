"""Equipment checks of kindergartens."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, NoOverlap

__all__ = ["EquipmentCheck"]


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
