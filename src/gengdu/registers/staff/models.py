"""Staff: who they are, where they work, what they have learnt and led."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Dated, NoOverlap, Recorded


class Sex(models.TextChoices):
    """Sex as the identity card has it."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")


class Staff(Recorded):
    """One member of staff."""

    staff_code = models.CharField(_("工号"), max_length=20)
    name = models.CharField(_("姓名"), max_length=40)
    sex = models.CharField(_("性别"), max_length=6, choices=Sex)
    birth_date = models.DateField(_("出生日期"))
    identity_number = models.CharField(_("身份证件号"), max_length=18, blank=True)

    class Meta:
        verbose_name = _("教职工")
        constraints = [models.UniqueConstraint(fields=["staff_code"], name="staff_code_once")]


class PostKind(models.TextChoices):
    """What a post is for."""

    TEACHER = "teacher", _("专任教师")
    CARE_WORKER = "care_worker", _("保育员")
    SUPPORT = "support", _("职员工勤")


class Post(Dated):
    """A post that one person holds at one school; nobody holds two at once."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts", verbose_name=_("教职工"))
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="posts", verbose_name=_("学校")
    )
    kind = models.CharField(_("岗位"), max_length=12, choices=PostKind)
    stage = models.CharField(_("任教学段"), max_length=10, blank=True)
    subject = models.CharField(_("任教学科"), max_length=20, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("任职")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["staff"], name="one_post_at_once"),
        ]


class DegreeLevel(models.IntegerChoices):
    """Highest schooling completed; a higher number is a higher level."""

    SECONDARY = 1, _("中专（中师）")
    COLLEGE = 2, _("专科")
    BACHELOR = 3, _("本科")
    MASTER = 4, _("硕士研究生")
    DOCTOR = 5, _("博士研究生")


class Degree(Recorded):
    """A level of schooling that one person completed on one day."""

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="degrees", verbose_name=_("教职工")
    )
    level = models.PositiveSmallIntegerField(_("学历"), choices=DegreeLevel)
    obtained_on = models.DateField(_("取得日期"))

    class Meta:
        verbose_name = _("学历")


class LeadershipRole(models.TextChoices):
    """What a leader is."""

    HEAD = "head", _("校长（园长）")
    DEPUTY = "deputy", _("副校长（副园长）")


class LeadershipTerm(Dated):
    """One term of office of one head or deputy at one school.

    `full_term_ends_on` is when the term would be full; a term that ends earlier was not served out.
    """

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="leadership_terms", verbose_name=_("教职工")
    )
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="leadership_terms", verbose_name=_("学校")
    )
    role = models.CharField(_("职务"), max_length=6, choices=LeadershipRole)
    full_term_ends_on = models.DateField(_("任期届满日"))

    class Meta(Dated.Meta):
        verbose_name = _("校长任期")
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["staff"], name="one_leadership_term_at_once"),
            models.CheckConstraint(
                name="full_term_ends_after_start",
                condition=models.Q(full_term_ends_on__gt=models.F("starts_on")),
            ),
        ]


class StaffTitle(Dated):
    """A title one person holds over a period, such as lead teacher of the district."""

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="titles", verbose_name=_("教职工")
    )
    kind = models.CharField(_("类别"), max_length=20)
    name = models.CharField(_("称号"), max_length=60)
    level = models.CharField(_("级别"), max_length=10)

    class Meta(Dated.Meta):
        verbose_name = _("教师称号")
