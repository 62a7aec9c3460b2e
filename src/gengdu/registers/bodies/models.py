"""Responsible bodies and the other names they go by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Dated, NoOverlap, Recorded


class Body(models.Model):
    """One body that leads or helps with measures, under the key the plan uses."""

    key = models.SlugField(_("标识"), max_length=60, unique=True)
    town = models.ForeignKey(
        "places.Place", models.PROTECT, verbose_name=_("所辖镇"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("责任单位")


class BodyName(Dated):
    """The official name of a body over a period."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="names", verbose_name=_("单位"))
    name = models.CharField(_("名称"), max_length=60)

    class Meta(Dated.Meta):
        verbose_name = _("单位名称")
        constraints = [*Dated.Meta.constraints, NoOverlap(fields=["body"], name="one_body_name")]


class BodyAlias(Recorded):
    """Another name that papers use for a body."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="aliases", verbose_name=_("单位"))
    alias = models.CharField(_("别称"), max_length=60)

    class Meta:
        verbose_name = _("单位别称")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "alias"],
                condition=models.Q(superseded_at=None),
                name="alias_once_per_body",
            )
        ]


class OfficerDuty(models.TextChoices):
    """What an officer of a body does for the plan."""

    LEADER = "leader", _("分管领导")
    LIAISON = "liaison", _("联络员")


class BodyOfficer(Dated):
    """A person of a body who answers for its part of the plan over a period."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="officers", verbose_name=_("单位"))
    duty = models.CharField(_("职责"), max_length=10, choices=OfficerDuty)
    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("单位联系人")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["body", "duty", "name"], name="one_duty_at_once"),
        ]
