"""Pupils: who they are, how they live, who looks after them, and where they were enrolled.

The items are those of the national template student_registry (data README, source REG).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records import fields
from gengdu.records.models import Dated, NoOverlap, Recorded


class Pupil(models.Model):
    """One child who has been enrolled: a number of our own that never changes."""

    pupil_code = models.CharField(_("学生编号"), max_length=20, unique=True)

    class Meta:
        verbose_name = _("学生")


class PupilRecord(Recorded):
    """What is known of one child; a correction supersedes it and records another."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="records", verbose_name=_("学生"))
    registry_number = fields.text(_("学籍号"), 19)
    name = models.CharField(_("姓名"), max_length=40)
    sex = models.CharField(_("性别"), max_length=6)
    birth_date = models.DateField(_("出生日期"))
    identity_number = fields.text(_("身份证件号"), 18)
    home = models.ForeignKey(
        "places.Place", models.PROTECT, related_name="+", verbose_name=_("居住村居"), null=True
    )
    name_sound = fields.text(_("姓名拼音"), 200)
    identity_kind = fields.text(_("身份证件类型"), 2)
    identity_valid_until = fields.text(_("身份证件有效期"), 20)
    registry_auxiliary = fields.text(_("学籍辅号"))
    former_name = fields.text(_("曾用名"))
    birthplace_code = fields.text(_("出生地行政区划代码"), 12)
    native_place = fields.text(_("籍贯"))
    ethnicity = fields.text(_("民族"), 20)
    nationality = fields.text(_("国籍/地区"), 3)
    overseas_kind = fields.text(_("港澳台侨外"), 2)
    health = fields.text(_("健康状况"), 20)
    political_status = fields.text(_("政治面貌"), 20)
    household_kind = fields.text(_("户口性质"), 2)
    household_place_code = fields.text(_("户口所在地行政区划"), 12)
    current_address = fields.text(_("现住址"), 120)
    postal_address = fields.text(_("通信地址"), 120)
    family_address = fields.text(_("家庭地址"), 120)
    phone = fields.text(_("联系电话"), 30)
    postcode = fields.text(_("邮政编码"), 6)
    email = fields.text(_("电子信箱"), 80)
    homepage = fields.text(_("主页地址"), 120)
    blood_type = fields.text(_("血型"), 10)
    talent = fields.text(_("特长"), 60)
    entered_on = fields.day(_("入学年月"))
    entry_mode = fields.text(_("入学方式"), 4)
    origin = fields.text(_("学生来源"), 20)
    is_only_child = fields.yes_no(_("是否独生子女"))
    had_preschool = fields.yes_no(_("是否受过学前教育"))

    class Meta:
        verbose_name = _("学生情况")
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"],
                condition=models.Q(superseded_at=None),
                name="one_live_pupil_record",
            )
        ]
        indexes = [
            models.Index(fields=["identity_number"], name="pupil_identity_number"),
            models.Index(fields=["registry_number"], name="pupil_registry_number"),
        ]


class PupilSituation(Dated):
    """How one child lives and what it needs, over a period; an empty cell is not reported."""

    pupil = models.ForeignKey(
        Pupil, models.PROTECT, related_name="situations", verbose_name=_("学生")
    )
    boarding = fields.text(_("就读方式"), 2)
    left_behind = fields.text(_("是否留守儿童"), 2)
    is_rural_left_behind = fields.yes_no(_("是否农村留守儿童"))
    is_disabled = fields.yes_no(_("是否残疾人"))
    disability_kind = fields.text(_("残疾类型"), 20)
    in_inclusive_placement = fields.yes_no(_("随班就读"))
    applies_for_aid = fields.yes_no(_("是否需要申请资助"))
    receives_subsidy = fields.yes_no(_("是否享受一补"))
    is_orphan = fields.yes_no(_("是否孤儿"))
    is_martyr_child = fields.yes_no(_("是否烈士或优抚子女"))
    is_migrant_child = fields.yes_no(_("是否随迁子女"))
    is_migrant_worker_child = fields.yes_no(_("是否进城务工人员随迁子女"))
    has_bought_place = fields.yes_no(_("是否由政府购买学位"))
    travel_km = models.FloatField(_("上下学距离（公里）"), null=True, blank=True)
    travel_mode = fields.text(_("上下学方式"), 20)
    needs_school_bus = fields.yes_no(_("是否需要乘坐校车"))

    class Meta(Dated.Meta):
        verbose_name = _("学生生活情况")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["pupil"], name="one_situation_at_once"),
        ]


class Guardian(Recorded):
    """One member of a child's family, the first or the second of the registry."""

    pupil = models.ForeignKey(
        Pupil, models.PROTECT, related_name="guardians", verbose_name=_("学生")
    )
    position = models.PositiveSmallIntegerField(_("成员序号"))
    name = models.CharField(_("成员姓名"), max_length=40)
    relation = fields.text(_("关系"), 20)
    relation_note = fields.text(_("关系说明"))
    address = fields.text(_("现住址"), 120)
    household_place_code = fields.text(_("户口所在地行政区划"), 12)
    phone = fields.text(_("联系电话"), 30)
    identity_kind = fields.text(_("身份证件类型"), 2)
    identity_number = fields.text(_("身份证件号"), 18)
    ethnicity = fields.text(_("民族"), 20)
    employer = fields.text(_("工作单位"), 80)
    post = fields.text(_("职务"))
    is_guardian = fields.yes_no(_("是否监护人"))

    class Meta:
        verbose_name = _("家庭成员")
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "position"],
                condition=models.Q(superseded_at=None),
                name="one_live_guardian_per_position",
            )
        ]


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
    campus_code = fields.text(_("校区号"), 20)
    class_code = fields.text(_("班号"), 30)
    seat_number = fields.text(_("班内学号"), 20)

    on_school_end = "carries_on"

    class Meta(Dated.Meta):
        verbose_name = _("在籍")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["pupil"], name="one_enrolment_at_once"),
        ]
        indexes = [  # how many children a school has is asked on many pages
            models.Index(
                fields=["school", "ends_on", "starts_on"],
                condition=models.Q(superseded_at=None),
                name="live_enrolments_of_a_school",
            )
        ]
