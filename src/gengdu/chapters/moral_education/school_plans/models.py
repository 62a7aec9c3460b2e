"""Plans that each school writes for itself (一校一案), and how the party leads each school."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, NoOverlap

__all__ = ["LeadershipArrangement", "LeadershipSystem", "LinkKind", "SchoolPlan", "YouthLink"]


class SchoolPlan(Entry):
    """One version of one school's plan, in force over a period."""

    ledger = "school_plans"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    version = models.PositiveSmallIntegerField(_("版本"))
    goals = models.CharField(_("工作目标"), max_length=2000, blank=True)
    all_staff = models.CharField(_("全员育人"), max_length=4000, blank=True)
    whole_process = models.CharField(_("全过程育人"), max_length=4000, blank=True)
    all_round = models.CharField(_("全方位育人"), max_length=4000, blank=True)
    safeguards = models.CharField(_("组织保障"), max_length=2000, blank=True)

    # The successor has a plan of its own.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("一校一案方案")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["school"], name="one_school_plan_at_once"),
        ]


class LeadershipSystem(models.TextChoices):
    """How a school is led."""

    PARTY_LED = "party_led", _("党组织领导的校长负责制")
    HEAD_LED = "head_led", _("校长负责制")


class LeadershipArrangement(Entry):
    """How the party organisation leads one school over a period, and what it is joined with."""

    ledger = "leadership_arrangements"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    system = models.CharField(_("领导体制"), max_length=10, choices=LeadershipSystem)
    organisation = models.CharField(_("党组织名称"), max_length=80)
    secretary = models.CharField(_("党组织书记"), max_length=40)
    with_teaching = models.CharField(_("党建与教学结合"), max_length=1000, blank=True)
    with_moral_education = models.CharField(_("党建与德育结合"), max_length=1000, blank=True)
    with_ideology = models.CharField(_("党建与思政课结合"), max_length=1000, blank=True)

    # The successor has an arrangement of its own.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("党组织领导体制")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["school"], name="one_leadership_arrangement_at_once"),
        ]


class LinkKind(models.TextChoices):
    """Which organisation of the young the party organisation guides."""

    LEAGUE = "league", _("党建带团建")
    PIONEERS = "pioneers", _("党建带队建")


class YouthLink(Entry):
    """One link of a school's party work to its Youth League or Young Pioneers over a period."""

    ledger = "youth_links"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=LinkKind)
    organisation = models.CharField(_("团队组织"), max_length=80)
    counsellor = models.CharField(_("团干部或辅导员"), max_length=40)
    measures = models.CharField(_("联建做法"), max_length=1000, blank=True)

    # The successor keeps links of its own.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("团建队建联建")
