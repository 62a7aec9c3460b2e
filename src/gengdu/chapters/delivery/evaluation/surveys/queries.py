"""Reads surveys: how far they are, what came in, what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gengdu.analytics.surveys.questionnaire import Questionnaire
from gengdu.chapters.delivery.evaluation.surveys.models import (
    CodeState,
    Survey,
    SurveyAnswer,
    SurveyCode,
    SurveyRemark,
    SurveyStratum,
)

DRAFT, DRAWN, WAITING, OPEN, CLOSED = "draft", "drawn", "waiting", "open", "closed"
STANDINGS = {
    DRAFT: _("草稿"),
    DRAWN: _("已抽样"),
    WAITING: _("未到开始日"),
    OPEN: _("进行中"),
    CLOSED: _("已结束"),
}


def standing(survey: Survey, *, on: date) -> str:
    """Return how far a survey is on a day."""
    if survey.opened_at is None:
        return DRAFT if survey.drawn_at is None else DRAWN
    if survey.closed_at is not None or on > survey.closes_on:
        return CLOSED
    return WAITING if on < survey.opens_on else OPEN


def takes_answers(on: date) -> Q:
    """Return the condition that a survey takes answers on a day."""
    return Q(opened_at__isnull=False, closed_at=None, opens_on__lte=on, closes_on__gte=on)


def surveys() -> QuerySet[Survey]:
    """Return every survey, the newest first."""
    return Survey.objects.select_related("account").order_by("-opens_on", "-pk")


def closed(purpose: str, *, on: date) -> list[Survey]:
    """Return the surveys of a purpose that are over, the oldest first."""
    found = Survey.objects.filter(purpose=purpose, opened_at__isnull=False)
    ended = [one for one in found if standing(one, on=on) == CLOSED]
    return sorted(ended, key=lambda one: (one.closes_on, one.pk))


def form_of(survey: Survey) -> Questionnaire:
    """Return the questionnaire of a survey."""
    return Questionnaire.of_json(survey.questionnaire)


@dataclass(frozen=True)
class Received:
    """What came in from one stratum.

    Attributes:
        sent: Codes handed out that are not void.
    """

    stratum: SurveyStratum
    sent: int
    answered: int
    satisfied: int


def received(survey: Survey) -> list[Received]:
    """Return what came in, stratum by stratum."""
    strata = survey.strata.order_by("group", "town_key", "label", "pk")
    sent = _counts(SurveyCode.objects.filter(stratum__survey=survey).exclude(state=CodeState.VOID))
    answers = SurveyAnswer.objects.filter(stratum__survey=survey)
    answered, satisfied = _counts(answers), _counts(answers.filter(is_satisfied=True))
    return [
        Received(one, sent.get(one.pk, 0), answered.get(one.pk, 0), satisfied.get(one.pk, 0))
        for one in strata
    ]


def _counts(rows: QuerySet[SurveyCode] | QuerySet[SurveyAnswer]) -> dict[int, int]:
    counted = rows.order_by().values("stratum").annotate(number=Count("pk"))
    return dict(counted.values_list("stratum", "number"))


def ticked(survey: Survey) -> list[tuple[int, dict[str, list[int]]]]:
    """Return what was ticked, each with its stratum, in an order that says nothing."""
    rows = SurveyAnswer.objects.filter(stratum__survey=survey).order_by("id")
    return list(rows.values_list("stratum_id", "answers"))


def remarks(survey: Survey) -> dict[str, list[str]]:
    """Return what was written, by question, in an order that says nothing."""
    found: dict[str, list[str]] = {}
    for question, text in (
        SurveyRemark.objects.filter(survey=survey).order_by("id").values_list("question", "text")
    ):
        found.setdefault(question, []).append(text)
    return found


def codes_by_state(survey: Survey) -> dict[int, dict[str, int]]:
    """Return how many codes of each stratum are in each state."""
    found: dict[int, dict[str, int]] = {}
    rows = SurveyCode.objects.filter(stratum__survey=survey).order_by()
    for stratum, state, number in (
        rows.values("stratum", "state").annotate(number=Count("pk"))
        .values_list("stratum", "state", "number")
    ):  # fmt: skip
        found.setdefault(stratum, {})[state] = number
    return found
