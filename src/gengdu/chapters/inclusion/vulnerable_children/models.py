"""Special-education centres, student aid and dropout cases."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, Event, Matter, NoOverlap

__all__ = ["AidPayment", "AidRecognition", "DropoutCase", "ResourceCentre"]


class ResourceCentre(Entry):
    """One town's special-education resource centre, hosted by one school."""

    ledger = "resource_centres"

    town = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("镇"))
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )

    on_school_end = "carries_on"

    class Meta(Entry.Meta):
        verbose_name = _("特殊教育资源中心")


class AidRecognition(Entry):
    """One pupil recognised as needing aid over a period."""

    ledger = "aid_recognitions"

    pupil = models.ForeignKey(
        "pupils.Pupil", models.PROTECT, related_name="+", verbose_name=_("学生")
    )
    category = models.CharField(_("类别"), max_length=30)

    class Meta(Entry.Meta):
        verbose_name = _("困难学生认定")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["pupil"], name="one_aid_recognition_at_once"),
        ]


class AidPayment(Event):
    """One payment of aid to one pupil."""

    ledger = "aid_payments"

    pupil = models.ForeignKey(
        "pupils.Pupil", models.PROTECT, related_name="+", verbose_name=_("学生")
    )
    aid_kind = models.CharField(_("项目"), max_length=40)
    amount_yuan = models.FloatField(_("金额（元）"))

    class Meta(Event.Meta):
        verbose_name = _("资助发放")


class DropoutCase(Matter):
    """One child found out of school, with the first steps taken."""

    ledger = "dropout_cases"

    pupil = models.ForeignKey(
        "pupils.Pupil", models.PROTECT, related_name="+", verbose_name=_("学生")
    )
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    found_on = models.DateField(_("发现日期"))
    plan_on = models.DateField(_("一人一案日期"), null=True, blank=True)
    first_visit_on = models.DateField(_("首次劝返日期"), null=True, blank=True)
    closed_on = models.DateField(_("销号日期"), null=True, blank=True)

    # A case is counted where the child was found; who follows it up is told by the enrolment.
    on_school_end = "stays"

    class Meta(Matter.Meta):
        verbose_name = _("失学辍学个案")
