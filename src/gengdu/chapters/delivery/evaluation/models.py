"""Written judgements on promises that have no number."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records.models import Event

__all__ = ["WrittenJudgement"]


class WrittenJudgement(Event):
    """What a named body wrote on one day about one promise."""

    ledger = "written_judgements"

    promise = models.CharField(_("承诺"), max_length=80)
    body = models.CharField(_("判断单位"), max_length=60)
    text = models.TextField(_("判断"))

    class Meta(Event.Meta):
        verbose_name = _("书面判断")
