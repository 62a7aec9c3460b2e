"""Pilot towns of the township-strengthening action, and school clusters."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, Matter, NoOverlap

__all__ = ["ClusterGoal", "ClusterMember", "PilotKind", "SchoolCluster", "TownshipPilot"]


class PilotKind(models.TextChoices):
    """How far a town has come."""

    PROVINCE = "province", _("省级试点")
    CITY = "city", _("市级试点")
    ROLLOUT = "rollout", _("全面推开")


class TownshipPilot(Entry):
    """One town taking part, as a pilot or in the roll-out."""

    ledger = "township_pilots"

    town = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("镇"))
    kind = models.CharField(_("类别"), max_length=10, choices=PilotKind)

    class Meta(Entry.Meta):
        verbose_name = _("强镇筑基")


class SchoolCluster(Entry):
    """One school cluster (学区)."""

    ledger = "school_clusters"

    name = models.CharField(_("名称"), max_length=60)

    class Meta(Entry.Meta):
        verbose_name = _("学区")


class ClusterMember(Entry):
    """One school belonging to one cluster."""

    ledger = "cluster_members"

    cluster = models.ForeignKey(
        "records.Item", models.PROTECT, related_name="cluster_members", verbose_name=_("学区")
    )
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )

    # The successor belongs to a cluster of its own.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("学区成员校")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["school"], name="one_cluster_at_once"),
        ]


class ClusterGoal(Matter):
    """One goal of one cluster with the day it is due and the day it was done."""

    ledger = "cluster_goals"

    cluster = models.ForeignKey(
        "records.Item", models.PROTECT, related_name="cluster_goals", verbose_name=_("学区")
    )
    title = models.CharField(_("目标"), max_length=120)
    due_on = models.DateField(_("期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = _("学区目标")
