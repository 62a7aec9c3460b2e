"""Pupils, and one row for each school year in which they were registered in a class."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Dated, NoOverlap, Recorded


class Pupil(Recorded):
    """One child who has been enrolled."""

    pupil_code = models.CharField(_("学生编号"), max_length=20)
    registry_number = models.CharField(_("学籍号"), max_length=19, blank=True)
    name = models.CharField(_("姓名"), max_length=40)
    sex = models.CharField(_("性别"), max_length=6)
    birth_date = models.DateField(_("出生日期"))
    identity_number = models.CharField(_("身份证件号"), max_length=18, blank=True)
    home = models.ForeignKey(
        "places.Place", models.PROTECT, related_name="+", verbose_name=_("居住村居"), null=True
    )

    class Meta:
        verbose_name = _("学生")
        constraints = [models.UniqueConstraint(fields=["pupil_code"], name="pupil_code_once")]


class Enrolment(Dated):
    """One child registered in one class; it ends with the school year unless the child leaves.

    `grade` counts within the stage: in a school of five and four years the first junior grade is 1.
    """

    pupil = models.ForeignKey(
        Pupil, models.PROTECT, related_name="enrolments", verbose_name=_("学生")
    )
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="enrolments", verbose_name=_("学校")
    )
    stage = models.CharField(_("学段"), max_length=10)
    grade = models.PositiveSmallIntegerField(_("年级（学段内）"))
    class_number = models.PositiveSmallIntegerField(_("班"))

    class Meta(Dated.Meta):
        verbose_name = _("在籍")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["pupil"], name="one_enrolment_at_once"),
        ]
