"""Campus titles: civility, green, reading and caring."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry

__all__ = ["CampusTitle", "Level", "TitleKind"]


class TitleKind(models.TextChoices):
    """Which of the four campuses."""

    CIVILITY = "civility", _("文明校园")
    GREEN = "green", _("绿色校园")
    READING = "reading", _("书香校园")
    CARING = "caring", _("温馨校园")


class Level(models.TextChoices):
    """Who granted it."""

    NATIONAL = "national", _("国家级")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    DISTRICT = "district", _("区级")


class CampusTitle(Entry):
    """One title held by one school until it expires or is revoked."""

    ledger = "campus_titles"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=TitleKind)
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)

    # A title is of the school that earned it; another school never inherits it.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("校园称号")
