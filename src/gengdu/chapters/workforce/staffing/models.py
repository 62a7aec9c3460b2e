"""Teachers that each school needs by subject."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Entry, NoOverlap

__all__ = ["SubjectQuota"]


class SubjectQuota(Entry):
    """How many full-time teachers of one scarce subject one school needs."""

    ledger = "subject_quotas"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校")
    )
    subject = models.CharField(_("学科"), max_length=20)
    required = models.PositiveSmallIntegerField(_("需要数（人）"))

    # What the successor needs is worked out anew for its own classes.
    on_school_end = "ends"

    class Meta(Entry.Meta):
        verbose_name = _("紧缺学科核定")
        constraints = [
            *Entry.Meta.constraints,
            NoOverlap(fields=["school", "subject"], name="one_subject_quota_at_once"),
        ]
