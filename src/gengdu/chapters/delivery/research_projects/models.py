"""Research projects and their reviews."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, Matter

__all__ = ["ProjectReview", "ResearchProject", "ReviewKind"]


class ReviewKind(models.TextChoices):
    """Step of a project."""

    OPENING = "opening", _("开题")
    MIDTERM = "midterm", _("中期")
    CLOSING = "closing", _("结题")


class ResearchProject(Entry):
    """One research project of one school."""

    ledger = "research_projects"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    title = models.CharField(_("题目"), max_length=120)

    # Reviews point to the project; it keeps the school that applied for it.
    on_school_end = "stays"

    class Meta(Entry.Meta):
        verbose_name = _("课题")


class ProjectReview(Matter):
    """One review of one project with the day it is due and the day it was held."""

    ledger = "project_reviews"

    project = models.ForeignKey(
        "records.Item", models.PROTECT, related_name="project_reviews", verbose_name=_("课题")
    )
    kind = models.CharField(_("环节"), max_length=10, choices=ReviewKind)
    due_on = models.DateField(_("期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = _("课题论证")
