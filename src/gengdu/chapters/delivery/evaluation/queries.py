"""Reads written judgements."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gengdu.chapters.delivery.evaluation.models import WrittenJudgement
from gengdu.records.models import State


def of_promise(promise: str, *, on: date) -> QuerySet[WrittenJudgement]:
    """Return the approved judgements on one promise up to a day, newest first."""
    return WrittenJudgement.objects.filter(
        promise=promise, held_on__lte=on, superseded_at=None, state=State.APPROVED
    ).order_by("-held_on")
