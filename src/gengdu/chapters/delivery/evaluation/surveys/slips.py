"""Hands out one-time codes: printed as slips, replaced where they were lost."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max

from gengdu.access.models import Account
from gengdu.chapters.delivery.evaluation.surveys import codes, queries
from gengdu.chapters.delivery.evaluation.surveys.holding import Refused, held, note
from gengdu.chapters.delivery.evaluation.surveys.models import (
    CodeState,
    Survey,
    SurveyCode,
    SurveyStratum,
)
from gengdu.policy.lists import class_order

AT_ONCE = 1_000


def make_codes(survey: Survey, wanted: Mapping[SurveyStratum, int], key: bytes) -> None:
    """Make further codes of some strata; only their digests are kept."""
    last = dict(
        SurveyCode.objects.filter(stratum__in=list(wanted)).order_by().values("stratum")
        .annotate(last=Max("serial")).values_list("stratum", "last")
    )  # fmt: skip
    made = []
    for stratum, count in wanted.items():
        first = last.get(stratum.pk, 0) + 1
        for serial in range(first, first + count):
            code = codes.code_of(key, survey=survey.pk, stratum=stratum.pk, serial=serial)
            digest = codes.digest_of(key, code)
            made.append(SurveyCode(stratum=stratum, serial=serial, digest=digest))
    SurveyCode.objects.bulk_create(made, batch_size=AT_ONCE)


@dataclass(frozen=True)
class Slip:
    """One code as it is handed out."""

    serial: int
    code: str


@dataclass(frozen=True)
class Packet:
    """The slips that go to one class, or to one village."""

    label: str
    slips: tuple[Slip, ...]


@dataclass(frozen=True)
class Sheet:
    """What is printed of one stratum."""

    stratum: SurveyStratum
    packets: tuple[Packet, ...]


def print_slips(
    survey_id: int, account: Account, strata: Iterable[int], *, on: date, key: bytes
) -> tuple[Survey, list[Sheet]]:
    """Return the live codes of some strata, packed by class; printing is noted.

    Which slip goes to which class is drawn anew at each printing and kept nowhere: a code must not
    lead to a class of a few children.

    Raises:
        Refused: If the survey is not drawn or is over, or the key is not the one of the draw.
    """
    with held(survey_id) as survey:
        _check_has_codes(survey, on)
        chosen = list(survey.strata.filter(pk__in=list(strata)).order_by("group", "town_key",
                                                                         "label"))  # fmt: skip
        if not chosen:
            raise Refused("没有选中要打印的学校或村居，没有打印。")
        sheets = [Sheet(one, tuple(_packets(survey, one, key))) for one in chosen]
        survey.strata.filter(pk__in=[one.pk for one in chosen]).update(printed=F("printed") + 1)
        count = sum(len(packet.slips) for sheet in sheets for packet in sheet.packets)
        note(survey, account, f"打印问卷调查“{survey.title}”的答题码 {count} 个",
              strata=[one.key for one in chosen][:50])  # fmt: skip
    return survey, sheets


def _check_has_codes(survey: Survey, on: date) -> None:
    if survey.drawn_at is None:
        raise Refused("还没有抽样，没有答题码。请先抽样。")
    if queries.standing(survey, on=on) == queries.CLOSED:
        raise Refused("调查已经结束，答题码不再有用，没有处理。")


def _packets(survey: Survey, stratum: SurveyStratum, key: bytes) -> Iterator[Packet]:
    slips = list(_slips(survey, stratum, key))
    secrets.SystemRandom().shuffle(slips)
    sizes: dict[str, int] = {}
    for label in stratum.units.values_list("class_label", flat=True):
        sizes[label] = sizes.get(label, 0) + 1
    for label in sorted(sizes, key=class_order):
        size = sizes[label]
        some, slips = slips[:size], slips[size:]
        if some:
            yield Packet(label, tuple(sorted(some, key=lambda one: one.serial)))
    if slips:
        yield Packet("", tuple(sorted(slips, key=lambda one: one.serial)))


def _slips(survey: Survey, stratum: SurveyStratum, key: bytes) -> Iterator[Slip]:
    live = stratum.codes.filter(state=CodeState.LIVE).order_by("serial")
    for serial, digest in live.values_list("serial", "digest"):
        code = codes.code_of(key, survey=survey.pk, stratum=stratum.pk, serial=serial)
        if codes.digest_of(key, code) != digest:
            raise Refused(
                "答题码的密钥（GENGDU_SURVEY_KEY）与抽样时不同，没有打印：印出的码打不开问卷。"
                "请系统管理员恢复原来的密钥。"
            )
        yield Slip(serial, code)


def replace_code(
    survey_id: int, account: Account, stratum_id: int, serial: int, *, on: date, key: bytes
) -> tuple[Survey, Sheet]:
    """Make a lost or spoilt code void and return the slip that takes its place.

    Raises:
        Refused: If there is no such code, it was used, or the survey is over.
    """
    with held(survey_id) as survey:
        _check_has_codes(survey, on)
        stratum = survey.strata.filter(pk=stratum_id).first()
        live = SurveyCode.objects.filter(stratum=stratum, serial=serial, state=CodeState.LIVE)
        if stratum is None or not live.update(state=CodeState.VOID):
            raise Refused(f"没有编号 {serial} 的未用答题码：可能已答、已作废或编号写错，没有补发。")
        sheet = _issued(survey, stratum, 1, key)
        note(survey, account, f"问卷调查“{survey.title}”{stratum.label} 作废第 {serial} 号码并补发")
    return survey, sheet


def replace_all(
    survey_id: int, account: Account, stratum_id: int, *, on: date, key: bytes
) -> tuple[Survey, Sheet]:
    """Make every unused code of a stratum void and return as many new slips: a packet was lost.

    Raises:
        Refused: If none is unused, or the survey is over.
    """
    with held(survey_id) as survey:
        _check_has_codes(survey, on)
        stratum = survey.strata.filter(pk=stratum_id).first()
        live = SurveyCode.objects.filter(stratum=stratum, state=CodeState.LIVE)
        count = live.update(state=CodeState.VOID) if stratum is not None else 0
        if stratum is None or not count:
            raise Refused("这里没有未用的答题码，没有补发。")
        sheet = _issued(survey, stratum, count, key)
        what = f"{stratum.label} 未用的 {count} 个码全部作废并补发"
        note(survey, account, f"问卷调查“{survey.title}”{what}")
    return survey, sheet


def _issued(survey: Survey, stratum: SurveyStratum, count: int, key: bytes) -> Sheet:
    """Make further codes of a stratum and return them as they are handed out."""
    last = stratum.codes.aggregate(last=Max("serial"))["last"] or 0
    make_codes(survey, {stratum: count}, key)
    slips = [one for one in _slips(survey, stratum, key) if one.serial > last]
    return Sheet(stratum, (Packet("补发", tuple(slips)),))
