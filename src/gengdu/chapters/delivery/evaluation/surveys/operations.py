"""Plans, draws, opens and closes surveys; each is in the trail."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gengdu.access.models import Account
from gengdu.analytics.surveys.questionnaire import OWN_WORDING, Questionnaire
from gengdu.analytics.surveys.sampling import drawn
from gengdu.chapters.delivery.evaluation.surveys import queries
from gengdu.chapters.delivery.evaluation.surveys.frame import (
    GROUPS,
    USUALLY_LEFT_OUT,
    Line,
    plan,
)
from gengdu.chapters.delivery.evaluation.surveys.holding import Refused, held, note
from gengdu.chapters.delivery.evaluation.surveys.models import (
    Survey,
    SurveyCode,
    SurveyPurpose,
    SurveyStratum,
    SurveyUnit,
)
from gengdu.chapters.delivery.evaluation.surveys.slips import make_codes

AT_ONCE = 1_000
SETTINGS = (
    "title", "purpose", "opens_on", "closes_on", "groups", "residents", "margin", "confidence",
    "expected_share", "expected_response", "each_group", "at_least", "seed",
)  # fmt: skip
ONCE_DRAWN = frozenset({"title", "opens_on", "closes_on"})
"""What may still be changed once the sample is drawn; once opened, only the title and the end."""
ONCE_OPEN = frozenset({"title", "closes_on"})


def begin(
    account: Account, *, title: str, purpose: str, opens_on: date, closes_on: date, at: datetime,
    like: Survey | None = None,
) -> Survey:  # fmt: skip
    """Begin a survey with the usual settings, or with those and the questionnaire of another."""
    usual = [one.value for one in GROUPS[SurveyPurpose(purpose)] if one not in USUALLY_LEFT_OUT]
    settings = {"groups": usual, "questionnaire": OWN_WORDING.as_json()}
    if like is not None and like.purpose == purpose:
        copied = set(SETTINGS) - {"title", "purpose", "opens_on", "closes_on", "seed"}
        settings = {name: getattr(like, name) for name in (*copied, "questionnaire")}
    with transaction.atomic():
        survey = Survey.objects.create(
            title=title, purpose=purpose, opens_on=opens_on, closes_on=closes_on, account=account,
            created_at=at, seed=secrets.token_hex(8), **settings,
        )  # fmt: skip
        note(survey, account, f"新建问卷调查“{title}”")
    return survey


def change(survey_id: int, account: Account, values: Mapping[str, Any]) -> Survey:
    """Change the settings of a survey.

    Raises:
        Refused: If something is to be changed that is settled already.
    """
    with held(survey_id) as survey:
        changed = {name for name in SETTINGS if getattr(survey, name) != values.get(name)}
        changed &= set(values)
        _check_may_change(survey, changed)
        for name in changed:
            setattr(survey, name, values[name])
        if changed:
            survey.save(update_fields=sorted(changed))
            note(survey, account, f"修改问卷调查“{survey.title}”的设置", changed=sorted(changed))
    return survey


def _check_may_change(survey: Survey, changed: set[str]) -> None:
    if survey.opened_at is not None and changed - ONCE_OPEN:
        raise Refused("调查已经开放，只能改名称和截止日期，其余没有改。要改请另建一次调查。")
    if survey.drawn_at is not None and changed - ONCE_DRAWN:
        raise Refused("样本已经抽出，对象和抽样设置没有改。要改请先“撤销抽样”，改好再抽。")


def change_questionnaire(survey_id: int, account: Account, form: Questionnaire) -> Survey:
    """Change the questionnaire of a survey that is not open yet.

    Raises:
        Refused: If it is: answers to two wordings cannot be counted together.
    """
    with held(survey_id) as survey:
        if survey.opened_at is not None:
            raise Refused("调查已经开放，问卷没有改：前后题目不同，答卷不能合计。请另建一次调查。")
        survey.questionnaire = form.as_json()
        survey.save(update_fields=["questionnaire"])
        note(survey, account, f"修改问卷调查“{survey.title}”的问卷")
    return survey


def draw(survey_id: int, account: Account, *, on: date, at: datetime, key: bytes) -> Survey:
    """Draw the sample from the registers of a day, freeze it and make its codes.

    Raises:
        Refused: If it is drawn already, or there is nobody to ask.
        sampling.ImpossiblePrecision: If the settings make no sense.
    """
    with held(survey_id) as survey:
        if survey.drawn_at is not None:
            raise Refused("样本已经抽出，没有再抽。要重抽请先“撤销抽样”。")
        lines = plan(survey, on=on)
        if not lines:
            raise Refused("没有可抽的对象，没有抽样。请先选定调查对象；村居要填户数和发码数。")
        strata = [_stratum(survey, line) for line in lines]
        SurveyStratum.objects.bulk_create(strata)
        _freeze(survey, strata, lines)
        make_codes(survey, {one: one.sampled for one in strata}, key)
        survey.drawn_on, survey.drawn_at = on, at
        survey.save(update_fields=["drawn_on", "drawn_at"])
        count = sum(line.sampled for line in lines)
        note(survey, account, f"问卷调查“{survey.title}”抽样：{len(lines)} 层 {count} 份",
              seed=survey.seed)  # fmt: skip
    return survey


def _stratum(survey: Survey, line: Line) -> SurveyStratum:
    one = line.stratum
    return SurveyStratum(
        survey=survey, key=one.key, group=one.group, place_key=one.place.key, label=one.place.label,
        town_key=one.place.town_key, town_label=one.place.town_label, area=one.place.area,
        population=one.population, sampled=line.sampled,
    )  # fmt: skip


def _freeze(survey: Survey, strata: Sequence[SurveyStratum], lines: Sequence[Line]) -> None:
    units = [
        SurveyUnit(stratum=made, subject_key=subject, class_label=line.stratum.units[subject])
        for made, line in zip(strata, lines, strict=True)
        for subject in drawn(line.stratum.units, line.sampled, seed=f"{survey.seed}|{made.key}")
    ]
    SurveyUnit.objects.bulk_create(units, batch_size=AT_ONCE)


def undraw(survey_id: int, account: Account) -> Survey:
    """Throw a sample away that nobody was given a code of.

    Raises:
        Refused: If the survey is open, or slips were printed.
    """
    with held(survey_id) as survey:
        if survey.opened_at is not None:
            raise Refused("调查已经开放，不能撤销抽样。可以提前关闭，另建一次调查。")
        if survey.strata.filter(printed__gt=0).exists():
            raise Refused("答题码已经打印，可能已发出，不能撤销抽样。请另建一次调查。")
        SurveyCode.objects.filter(stratum__survey=survey).delete()
        SurveyUnit.objects.filter(stratum__survey=survey).delete()
        survey.strata.all().delete()
        survey.drawn_on = survey.drawn_at = None
        survey.save(update_fields=["drawn_on", "drawn_at"])
        note(survey, account, f"撤销问卷调查“{survey.title}”的抽样")
    return survey


def open_up(survey_id: int, account: Account, *, on: date, at: datetime) -> Survey:
    """Open a survey: from its first day on answers are taken, and its questionnaire is frozen.

    Raises:
        Refused: If it is not drawn, is open already, or its last day is over.
    """
    with held(survey_id) as survey:
        if survey.opened_at is not None:
            raise Refused("调查已经开放过了，没有重复开放。")
        if survey.drawn_at is None:
            raise Refused("还没有抽样，没有开放。请先抽样。")
        if on > survey.closes_on:
            raise Refused(f"截止日期 {survey.closes_on} 已过，没有开放。请先改截止日期。")
        survey.opened_at = at
        survey.save(update_fields=["opened_at"])
        note(survey, account, f"开放问卷调查“{survey.title}”")
    return survey


def close(survey_id: int, account: Account, *, on: date, at: datetime) -> Survey:
    """Close a survey before its last day is over.

    Raises:
        Refused: If it is not open, or is over.
    """
    with held(survey_id) as survey:
        if queries.standing(survey, on=on) not in (queries.OPEN, queries.WAITING):
            raise Refused("调查没有在进行，不用关闭。")
        survey.closed_at = at
        survey.save(update_fields=["closed_at"])
        note(survey, account, f"提前关闭问卷调查“{survey.title}”")
    return survey
