"""Parents: committees of the schools, courses of parent schools, stations in the villages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, Event, Matter, NoOverlap

__all__ = [
    "CommitteeLevel",
    "FamilyStation",
    "ParentCommittee",
    "ParentSession",
    "SessionPlan",
    "StationKind",
    "StationSession",
]


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
    manager = models.CharField(_("负责人"), max_length=40, blank=True)
    instructors = models.PositiveSmallIntegerField(_("指导人员数"), null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = _("家庭教育站点")


class StationSession(Event):
    """One session that a station or parent school of a village held."""

    ledger = "station_sessions"

    village = models.ForeignKey(
        "places.Place", models.PROTECT, related_name="+", verbose_name=_("村居")
    )
    topic = models.CharField(_("主题"), max_length=80)
    speaker = models.CharField(_("主讲人"), max_length=40, blank=True)
    attendance = models.PositiveSmallIntegerField(_("参加人数"))

    class Meta(Event.Meta):
        verbose_name = _("村居家庭教育活动")


class CommitteeLevel(models.TextChoices):
    """Which part of a school a committee of parents stands for."""

    SCHOOL = "school", _("学校")
    GRADE = "grade", _("年级")
    CLASS = "class", _("班级")


class ParentCommittee(Entry):
    """One committee of parents, of a school, a grade or a class, over a school year."""

    ledger = "parent_committees"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    level = models.CharField(_("层级"), max_length=10, choices=CommitteeLevel)
    group = models.CharField(_("年级或班级"), max_length=20)
    members = models.PositiveSmallIntegerField(_("委员人数"))
    chair = models.CharField(_("主任委员"), max_length=40, blank=True)

    # Parents choose anew at the school that takes over.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("家长委员会")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["school", "level", "group"], name="one_parent_committee_at_once"),
        ]


class SessionPlan(Matter):
    """One session that a school's parent school plans for a term."""

    ledger = "session_plans"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    planned_on = models.DateField(_("计划日期"))
    topic = models.CharField(_("主题"), max_length=80)
    audience = models.CharField(_("对象"), max_length=40, blank=True)
    speaker = models.CharField(_("主讲人"), max_length=40, blank=True)

    on_school_end = "stays"

    class Meta(Matter.Meta):
        verbose_name = _("家长学校学期计划")


class ParentSession(Event):
    """One session that a school's parent school held."""

    ledger = "parent_sessions"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    topic = models.CharField(_("主题"), max_length=80)
    audience = models.CharField(_("对象"), max_length=40, blank=True)
    speaker = models.CharField(_("主讲人"), max_length=40, blank=True)
    attendance = models.PositiveSmallIntegerField(_("参加人数"))

    on_school_end = "stays"

    class Meta(Event.Meta):
        verbose_name = _("家长学校授课")
