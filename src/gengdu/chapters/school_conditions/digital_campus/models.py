"""Curriculum units, shared course resources and lessons taught at a distance."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, Event, Recorded

__all__ = ["CourseResource", "CurriculumUnit", "LessonMode", "SharedLesson"]


class LessonMode(models.TextChoices):
    """Kind of shared lesson."""

    DEDICATED = "dedicated", _("专递课堂")
    EXPERT = "expert", _("名师课堂")
    SCHOOL_NETWORK = "school_network", _("名校网络课堂")


class CurriculumUnit(Recorded):
    """One unit of one textbook volume that the library should cover."""

    stage = models.CharField(_("学段"), max_length=10)
    school_system = models.CharField(_("学制"), max_length=10)
    subject = models.CharField(_("学科"), max_length=20)
    edition = models.CharField(_("版本"), max_length=40)
    grade = models.CharField(_("年级"), max_length=10)
    volume = models.CharField(_("册"), max_length=10)
    unit_number = models.CharField(_("单元序号"), max_length=10)
    title = models.CharField(_("单元"), max_length=120)

    class Meta:
        verbose_name = _("教材单元")


class CourseResource(Entry):
    """One reviewed resource of the course library for one unit."""

    ledger = "course_resources"

    unit = models.ForeignKey(
        CurriculumUnit, models.PROTECT, related_name="resources", verbose_name=_("教材单元")
    )
    title = models.CharField(_("名称"), max_length=120)
    is_free_for_rural = models.BooleanField(_("向乡村教师免费开放"), default=True)

    class Meta(Entry.Meta):
        verbose_name = _("课程资源")


class SharedLesson(Event):
    """One lesson that a rural school took part in at a distance."""

    ledger = "shared_lessons"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    mode = models.CharField(_("模式"), max_length=20, choices=LessonMode)
    subject = models.CharField(_("学科"), max_length=20)

    on_school_end = "stays"

    class Meta(Event.Meta):
        verbose_name = _("远程课堂")
