"""Takes the answers of people who have a code and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gengdu.analytics.surveys import questionnaire
from gengdu.analytics.surveys.questionnaire import Given, Questionnaire
from gengdu.chapters.delivery.evaluation.surveys import codes, queries
from gengdu.chapters.delivery.evaluation.surveys.models import (
    CodeState,
    Survey,
    SurveyAnswer,
    SurveyCode,
    SurveyRemark,
)


class NotNow(Exception):
    """A code opens no questionnaire; the message says why, kindly."""


class NoSuchCode(NotNow):
    """No code is spelt so; a wrong guess."""


class AlreadySent(NotNow):
    """The code was used: what it sent has arrived."""


class Incomplete(NotNow):
    """Something is missing or wrong; nothing was kept.

    Attributes:
        given: What was filled in, with what is wrong by question.
    """

    def __init__(self, given: Given) -> None:
        super().__init__(f"还有 {len(given.faults)} 处需要补充，还没有提交。")
        self.given = given


@dataclass(frozen=True)
class Opened:
    """A questionnaire that a code opened."""

    code: str
    survey: Survey
    form: Questionnaire
    kept: SurveyCode


def open_form(typed: str, *, on: date, key: bytes) -> Opened:
    """Return the questionnaire that a code opens on a day.

    Raises:
        codes.WronglyCopied: If what was typed cannot be a code.
        NotNow: If the code opens nothing, or not now.
    """
    code = codes.read(typed)
    kept = (
        SurveyCode.objects.select_related("stratum__survey")
        .filter(digest=codes.digest_of(key, code))
        .first()
    )
    if kept is None:
        raise NoSuchCode(
            "没有这个码，还没有打开问卷。请对照纸条逐个核对；还不行，请向发码的老师或村居换一个。"
        )
    survey = kept.stratum.survey
    _check(kept, queries.standing(survey, on=on), survey)
    return Opened(code, survey, queries.form_of(survey), kept)


def _check(kept: SurveyCode, standing: str, survey: Survey) -> None:
    if kept.state == CodeState.SPENT:
        raise AlreadySent("这个码的问卷已收到，谢谢您。每个码只能答一次，不用再交。")
    if kept.state == CodeState.VOID:
        raise NotNow("这个码已经作废，换发了新的。请用新发的码。")
    if standing == queries.CLOSED:
        raise NotNow(f"“{survey.title}”已经结束，不再收答卷。谢谢您的关心。")
    if standing != queries.OPEN:
        day = f"{survey.opens_on.year} 年 {survey.opens_on.month} 月 {survey.opens_on.day} 日"
        raise NotNow(f"“{survey.title}”还没有开始，请从 {day}起再来，码不会失效。")


def take(typed: str, posted: Mapping[str, Sequence[str]], *, on: date, key: bytes) -> Questionnaire:
    """Keep what somebody filled in, once for each code.

    The code is used up by one statement that only one of two senders can win, in the transaction
    that keeps the answer: killed in between, neither happened.

    Raises:
        codes.WronglyCopied: If what was typed cannot be a code.
        NotNow: If the code opens nothing, or not now; Incomplete if an answer is missing.
    """
    opened = open_form(typed, on=on, key=key)
    given = questionnaire.read(opened.form, posted)
    if given.faults:
        raise Incomplete(given)
    if _kept_once(opened, given, on):
        return opened.form
    # Somebody was faster: the same sender again, or whoever closed the survey or voided the code.
    open_form(typed, on=on, key=key)
    raise NotNow("这份问卷刚刚没有收下，请再提交一次。")


def _kept_once(opened: Opened, given: Given, on: date) -> bool:
    """Use the code up and keep the answer; tell whether this sender was the one.

    The update names the code's own row alone: PostgreSQL looks at a row again that another changed
    meanwhile, but not at what a subquery read.
    """
    with transaction.atomic():
        live = SurveyCode.objects.filter(pk=opened.kept.pk, state=CodeState.LIVE)
        if not live.update(state=CodeState.SPENT):
            return False
        survey = Survey.objects.filter(queries.takes_answers(on), pk=opened.survey.pk)
        if survey.exists():
            _keep(opened, given)
            return True
        transaction.set_rollback(True)
    return False


def _keep(opened: Opened, given: Given) -> None:
    SurveyAnswer.objects.create(
        stratum=opened.kept.stratum, answers=given.answers,
        is_satisfied=opened.form.is_satisfied(given.answers),
    )  # fmt: skip
    SurveyRemark.objects.bulk_create([
        SurveyRemark(survey=opened.survey, question=question, text=text)
        for question, text in given.texts.items()
    ])  # fmt: skip
