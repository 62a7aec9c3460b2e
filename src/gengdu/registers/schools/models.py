"""Schools, what they were over time, what happened to them, and what they have."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Dated, NoOverlap, Recorded


class Category(models.TextChoices):
    """Kind of institution."""

    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初级中学")
    NINE_YEAR = "nine_year", _("九年一贯制学校")
    TEACHING_POINT = "teaching_point", _("教学点")


class Stage(models.TextChoices):
    """Stage of schooling."""

    PRESCHOOL = "preschool", _("学前")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")


class School(models.Model):
    """One school or kindergarten whose identity outlives its names and codes."""

    is_sample = models.BooleanField(_("示例"), default=False)

    class Meta:
        verbose_name = _("学校")


class SchoolProfile(Dated):
    """What a school was over a period; it is open on the days that some profile covers.

    The plan flag, the place and the urban-rural class are three different facts, and none is
    derived from another.
    """

    school = models.ForeignKey(
        School, models.PROTECT, related_name="profiles", verbose_name=_("学校")
    )
    name = models.CharField(_("校名"), max_length=80)
    identifier = models.CharField(_("学校标识码"), max_length=10, blank=True)
    category = models.CharField(_("办学类型"), max_length=20, choices=Category)
    sponsor = models.CharField(_("举办者类型"), max_length=2, default="7")
    village = models.ForeignKey(
        "places.Place", models.PROTECT, related_name="+", verbose_name=_("所在村居")
    )
    urban_rural_class = models.CharField(_("城乡分类代码"), max_length=3, blank=True)
    in_plan = models.BooleanField(_("列入乡村学校名单"))
    at_town_seat = models.BooleanField(_("乡镇驻地学校"), default=False)
    is_public = models.BooleanField(_("公办"), default=True)
    school_system = models.CharField(_("学制"), max_length=20)

    class Meta(Dated.Meta):
        verbose_name = _("学校情况")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["school"], name="one_profile_per_school"),
        ]


class Campus(Dated):
    """A site of a school; every school has at least one."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="campuses", verbose_name=_("学校")
    )
    name = models.CharField(_("校区"), max_length=60)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("校区")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["school", "name"], name="one_campus_per_name"),
        ]


class SchoolStage(Dated):
    """A stage that a school teaches over a period."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="stages", verbose_name=_("学校")
    )
    stage = models.CharField(_("学段"), max_length=10, choices=Stage)

    class Meta(Dated.Meta):
        verbose_name = _("学段")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["school", "stage"], name="one_stage_per_school"),
        ]


class SchoolEventKind(models.TextChoices):
    """What can happen to a school."""

    OPENED = "opened", _("设立")
    CLOSED = "closed", _("撤销")
    MERGED = "merged", _("并入他校")
    RENAMED = "renamed", _("更名")
    MOVED = "moved", _("迁址")


class SchoolEvent(Recorded):
    """Something that happened to a school on one day."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="events", verbose_name=_("学校")
    )
    successor = models.ForeignKey(
        School, models.PROTECT, related_name="+", verbose_name=_("承接学校"), null=True, blank=True
    )
    kind = models.CharField(_("事件"), max_length=10, choices=SchoolEventKind)
    happened_on = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("学校变动")


class FacilityReport(Recorded):
    """What a school had in one school year, as it reported it; an empty cell is not reported."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="facilities", verbose_name=_("学校")
    )
    year = models.PositiveSmallIntegerField(_("学年（起始年）"))
    teaching_area_m2 = models.FloatField(_("教学及辅助用房面积（㎡）"), null=True, blank=True)
    indoor_sports_area_m2 = models.FloatField(_("室内体育用房面积（㎡）"), null=True, blank=True)
    sports_area_m2 = models.FloatField(_("体育运动场馆面积（㎡）"), null=True, blank=True)
    equipment_yuan = models.FloatField(_("教学仪器设备值（元，账面原值）"), null=True, blank=True)
    multimedia_rooms = models.PositiveSmallIntegerField(
        _("网络多媒体教室（间）"), null=True, blank=True
    )
    school_bandwidth_mbps = models.PositiveIntegerField(
        _("进校带宽（Mbps）"), null=True, blank=True
    )
    class_bandwidth_mbps = models.PositiveIntegerField(_("进班带宽（Mbps）"), null=True, blank=True)
    recording_classrooms = models.PositiveSmallIntegerField(
        _("录播室（间）"), null=True, blank=True
    )
    on_sky_classroom = models.BooleanField(_("已对接空中课堂"), null=True, blank=True)

    class Meta:
        verbose_name = _("办学条件年报")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"],
                condition=models.Q(superseded_at=None),
                name="one_facility_report_per_year",
            )
        ]
