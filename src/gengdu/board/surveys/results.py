"""What a survey came to: shares of everybody with their intervals, small groups hidden."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from gengdu.analytics.surveys.estimating import Cell, Estimate, estimate
from gengdu.analytics.surveys.hiding import hidden
from gengdu.analytics.surveys.questionnaire import Question
from gengdu.chapters.delivery.evaluation.surveys import queries
from gengdu.chapters.delivery.evaluation.surveys.models import AskedGroup, Survey, SurveyStratum
from gengdu.chapters.delivery.evaluation.surveys.queries import Received
from gengdu.policy import facts

LINES = {
    "quality_balance": "quality_balance.recognition_share",
    "universal_preschool": "universal_preschool.recognition_share",
}
"""The standard that the result of a purpose is held against."""


@dataclass(frozen=True)
class Part:
    """The result of one group of strata.

    Attributes:
        found: None where too few answered to show it.
        sent: Codes handed out.
        answered: None where too few, with found.
    """

    key: Hashable
    label: str
    found: Estimate | None
    sent: int
    answered: int | None
    population: int


@dataclass(frozen=True)
class OptionResult:
    """How many would choose one answer."""

    label: str
    found: Estimate


@dataclass(frozen=True)
class QuestionResult:
    """One question with its answers.

    Attributes:
        answered: How many answered it.
        options: Empty where too few did.
    """

    question: Question
    answered: int
    options: tuple[OptionResult, ...]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """Everything a survey came to.

    Attributes:
        whole: None where too few answered.
        limit: Fewer answers than this are not shown.
        by: Results by group, town, area and place, each under its heading.
        line: The share that the standard asks for; None where there is none.
    """

    survey: Survey
    whole: Part
    limit: int
    by: tuple[tuple[str, str, tuple[Part, ...]], ...]
    questions: tuple[QuestionResult, ...]
    line: float | None
    line_name: str

    @property
    def verdict(self) -> str:
        """What the interval says of the standard, in words; empty where there is none."""
        found = self.whole.found
        if self.line is None or found is None or found.low is None or found.high is None:
            return ""
        if found.low >= self.line:
            return _("区间下限已达到标准")
        return _("没有达到标准") if found.high < self.line else _("区间跨过标准线，不能断定")


def small_limit(on: date) -> int:
    """Return how many answers a group must have for its result to be shown."""
    return int(facts.value("settings.survey_small_count", on=on))


def result(survey: Survey, *, on: date) -> Result:
    """Return what a survey came to, as it may be shown to anybody who runs it."""
    rows, limit = queries.received(survey), small_limit(on)
    name = LINES.get(survey.purpose, "")
    return Result(
        survey, _parts(survey, rows, lambda one: "", str, limit)[0] if rows else _empty(), limit,
        tuple(_tables(survey, rows, limit)), tuple(_questions(survey, rows, limit)),
        float(facts.value(name, on=survey.closes_on)) if name else None, name,
    )  # fmt: skip


def _empty() -> Part:
    return Part("", "", None, 0, 0, 0)


def _tables(
    survey: Survey, rows: Sequence[Received], limit: int
) -> Iterator[tuple[str, str, tuple[Part, ...]]]:
    groups = {group.value: str(group.label) for group in AskedGroup}
    places = {_place(one.stratum): one.stratum.label for one in rows}
    towns = {one.stratum.town_label: one.stratum.town_label or "—" for one in rows}
    tables: tuple[tuple[str, str, Callable[[SurveyStratum], Hashable], dict[Any, str]], ...] = (
        ("group", _("按对象"), lambda one: one.group, groups),
        ("town", _("按镇街"), lambda one: one.town_label, towns),
        ("area", _("按城乡"), lambda one: one.area, {"": _("未登记")}),
        ("place", _("按学校和村居"), _place, places),
    )
    for key, label, of, names in tables:
        yield key, label, tuple(_parts(survey, rows, of, partial(_named, names), limit))


def _named(names: dict[Any, str], key: Any) -> str:
    return names.get(key, str(key))


def _place(one: SurveyStratum) -> tuple[bool, int]:
    """Return what tells places apart: a school and a village may have the same number."""
    return one.group == AskedGroup.RESIDENTS, one.place_key


def _parts(
    survey: Survey, rows: Sequence[Received], of: Callable[[SurveyStratum], Hashable],
    called: Callable[[Any], str], limit: int,
) -> list[Part]:  # fmt: skip
    grouped: dict[Hashable, list[Received]] = {}
    for one in rows:
        grouped.setdefault(of(one.stratum), []).append(one)
    answered = {key: sum(one.answered for one in some) for key, some in grouped.items()}
    unseen = hidden(answered, limit)
    return [
        Part(
            key, called(key),
            None if key in unseen or not answered[key] else _estimate(survey, some),
            sum(one.sent for one in some), None if key in unseen else answered[key],
            sum(one.stratum.population for one in some),
        )
        for key, some in grouped.items()
    ]  # fmt: skip


def _estimate(survey: Survey, rows: Iterable[Received]) -> Estimate:
    cells = [_cell(one.stratum, one.answered, one.satisfied) for one in rows]
    return estimate(cells, confidence=survey.confidence)


def _cell(stratum: SurveyStratum, answered: int, counted: int) -> Cell:
    pool = (stratum.group, str(stratum.town_key))
    return Cell(pool, max(stratum.population, answered), answered, counted)


def _questions(survey: Survey, rows: Sequence[Received], limit: int) -> Iterator[QuestionResult]:
    strata = {one.stratum.pk: one.stratum for one in rows}
    ticked, remarks = queries.ticked(survey), queries.remarks(survey)
    for question in queries.form_of(survey).questions:
        if question.kind == "text":
            texts = tuple(remarks.get(question.key, ()))
            yield QuestionResult(question, len(texts), (), texts)
            continue
        given = [(at, answers[question.key]) for at, answers in ticked if question.key in answers]
        options = _options(survey, question, strata, given) if len(given) >= limit else ()
        yield QuestionResult(question, len(given), tuple(options))


def _options(
    survey: Survey, question: Question, strata: dict[int, SurveyStratum],
    given: Sequence[tuple[int, list[int]]],
) -> Iterator[OptionResult]:  # fmt: skip
    """Yield how many would choose each answer, of those who answer the question."""
    answered = dict.fromkeys(strata, 0)
    counted = [dict.fromkeys(strata, 0) for _option in question.options]
    for at, places in given:
        answered[at] += 1
        for place in places:
            counted[place][at] += 1
    for place, label in enumerate(question.options):
        cells = [_cell(one, answered[at], counted[place][at]) for at, one in strata.items()]
        yield OptionResult(label, estimate(cells, confidence=survey.confidence))


def trend(purpose: str, *, on: date) -> list[tuple[Survey, Part]]:
    """Return the result of every survey of a purpose that is over, the oldest first."""
    limit = small_limit(on)
    found = []
    for survey in queries.closed(purpose, on=on):
        rows = queries.received(survey)
        if rows:
            found.append((survey, _parts(survey, rows, lambda one: "", str, limit)[0]))
    return found
