"""What people answered to findings; the findings themselves are computed, never stored."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Approvable, Recorded, State

__all__ = ["Answer", "AnswerKind", "State"]


class AnswerKind(models.TextChoices):
    """The three answers to a finding."""

    CHANGE = "change", _("变更")
    REMOVE = "remove", _("删除")
    EVIDENCE = "evidence", _("佐证")


class Answer(Approvable, Recorded):
    """What somebody answered to one finding; it holds as long as the finding's facts do.

    A change or a removal closes itself when the finding is gone. Evidence counts once it is
    accepted. Whoever answers anew, accepts or returns supersedes the row and records another.
    """

    on_school_end = "stays"

    check_key = models.SlugField(_("检查项"), max_length=60)
    subject_id = models.BigIntegerField(_("对象编号"))
    fingerprint = models.CharField(_("事实摘要"), max_length=24)
    school = models.ForeignKey(
        "schools.School", models.PROTECT, related_name="+", verbose_name=_("学校"), null=True
    )
    told = models.CharField(_("当时的问题"), max_length=300)
    kind = models.CharField(_("答复"), max_length=10, choices=AnswerKind)
    note = models.CharField(_("说明"), max_length=400)
    approved_by = models.CharField(_("批准人"), max_length=40, blank=True)
    answered_by = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"))
    reviewed_by = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("核验人"),
        null=True, blank=True,
    )  # fmt: skip
    review_note = models.CharField(_("核验意见"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("问题答复")
        constraints = [
            models.UniqueConstraint(
                fields=["check_key", "subject_id", "fingerprint"],
                condition=models.Q(superseded_at=None),
                name="one_live_answer_per_finding",
            ),
            models.CheckConstraint(
                name="removal_names_who_approved",
                condition=~models.Q(kind="remove") | ~models.Q(approved_by=""),
                violation_error_message=_("删除须写明由谁批准。"),
            ),
        ]
        indexes = [models.Index(fields=["check_key", "subject_id"], name="answers_of_a_thing")]
