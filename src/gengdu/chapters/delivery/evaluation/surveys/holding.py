"""Holds a survey while something is done with it, and notes what was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from gengdu.access.actors import acting_as
from gengdu.access.models import Account
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append
from gengdu.chapters.delivery.evaluation.surveys.models import Survey


class Refused(RuntimeError):
    """A survey does not allow it as it stands; nothing was changed, the message says what to do."""


@contextmanager
def held(survey_id: int) -> Iterator[Survey]:
    """Hold a survey in a transaction; two people do something with it one after the other."""
    with transaction.atomic():
        yield Survey.objects.select_for_update().get(pk=survey_id)


def note(survey: Survey, account: Account, what: str, **more: Any) -> None:
    """Note in the trail what was done with a survey."""
    append(
        acting_as(account), Kind.WRITE, subject=Survey._meta.label, ids=[survey.pk],
        detail={"what": what, **more},
    )  # fmt: skip
