"""How the district stands in the whole of 优质均衡 at one moment, with what was stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q

from gengdu.analytics.quality_balance import conclusion, register_facts, relaxations
from gengdu.analytics.quality_balance.conclusion import Conclusion, Statement
from gengdu.analytics.quality_balance.finding import Asked, Monitored, Surveyed
from gengdu.analytics.quality_balance.register_facts import CountyFacts
from gengdu.analytics.quality_balance.relaxations import Relaxed
from gengdu.analytics.run import Moment
from gengdu.board import evaluations
from gengdu.board.evaluations import District
from gengdu.board.live import LiveIndicators, indicators
from gengdu.chapters.delivery.evaluation import models
from gengdu.chapters.delivery.evaluation.models import (
    BalanceStatement,
    MonitoringResult,
    RecognitionSurvey,
)
from gengdu.chapters.delivery.task_ledger.models import DistrictRecognition
from gengdu.kernel import quantities
from gengdu.records.evidence import queries as evidence
from gengdu.records.models import LedgerRow, State
from gengdu.records.queries import in_force, known_rows

KIND = "quality_balance"
Row = TypeVar("Row", bound=LedgerRow)


@dataclass(frozen=True)
class Recognition:
    """The recognition of the district, and by when it has to meet the full standard."""

    on: date
    document_number: str

    @property
    def deadline(self) -> date:
        """The day by which relaxations have to be made good."""
        return relaxations.deadline(self.on)


@dataclass(frozen=True)
class Standing:
    """Everything that the evaluation comes to.

    Attributes:
        district: The seven indicators and their coefficients.
        asked: What the items were judged from.
        relaxed: Schools that pass only under a relaxation; empty where none counts.
        recognition: None where none is recorded.
        parents: The part of the survey that parents answered; None where none was reported.
    """

    moment: Moment
    district: District
    asked: Asked
    conclusion: Conclusion
    relaxed: tuple[Relaxed, ...]
    recognition: Recognition | None
    parents: Surveyed | None

    @property
    def county(self) -> CountyFacts:
        """What the registers say of the county."""
        return self.asked.county


def standing(moment: Moment, *, strict: bool = False) -> Standing:
    """Return how the district stands.

    Args:
        moment: The day, and the day whose knowledge counts.
        strict: Whether no transitional relaxation counts.

    Raises:
        school_rows.Faulty: If the registers contradict themselves.
    """
    district = evaluations.quality_balance(moment, strict=strict)
    surveys = {one.group: _surveyed(one) for one in _newest(RecognitionSurvey, "group", moment)}
    asked = Asked(
        county_facts(moment), moment.on, strict,
        monitored=_monitored(moment), surveyed=surveys.get(models.SurveyedGroup.ALL),
    )  # fmt: skip
    concluded = conclusion.conclude(asked, district.evaluation.verdict, _statements(moment))
    return Standing(
        moment, district, asked, concluded,
        () if strict else _relaxed(moment, district, concluded), _recognition(moment),
        surveys.get(models.SurveyedGroup.PARENTS),
    )  # fmt: skip


def county_facts(moment: Moment) -> CountyFacts:
    """Return what the registers and the yearly reports say of the county."""

    def made(live: LiveIndicators) -> CountyFacts:
        rows = {
            name: live.relation(relation, moment, order=order).to_pylist()
            for name, (relation, order) in register_facts.RELATIONS.items()
        }
        return register_facts.gather(rows, moment.on)

    return indicators.shown(("quality_balance_county_facts", moment), made)


def _relaxed(moment: Moment, district: District, concluded: Conclusion) -> tuple[Relaxed, ...]:
    strict = evaluations.quality_balance(moment, strict=True)
    return relaxations.relaxed(district.evaluation, strict.evaluation, concluded.judged)


def _newest(
    model: type[Row], subject: str, moment: Moment, *, any_state: bool = False
) -> list[Row]:
    """Return the newest entry of each subject, of this year or the one before.

    An approved one goes before any other.
    """
    years = [moment.on.year - 1, moment.on.year]
    states = Q() if any_state else Q(state=State.APPROVED)
    rows = model._default_manager.filter(known_rows(moment.known), states, year__in=years)
    found: dict[str, Row] = {}
    for row in sorted(
        rows.exclude(state=State.REVOKED),
        key=lambda one: (one.state == State.APPROVED, one.year, one.pk),  # type: ignore[attr-defined]
    ):
        found[getattr(row, subject)] = row
    return list(found.values())


def _statements(moment: Moment) -> dict[str, Statement]:
    rows = _newest(BalanceStatement, "subject", moment, any_state=True)
    files = evidence.counts([row.item_id for row in rows], moment.known)
    return {
        row.subject: Statement(
            row.year, row.conclusion == models.Conclusion.HOLDS, row.state == State.APPROVED,
            files.get(row.item_id, 0), row.text, row.item_id,
        )
        for row in rows
    }  # fmt: skip


def _monitored(moment: Moment) -> tuple[Monitored, ...]:
    order = models.MonitoringSubject.values
    rows = _newest(MonitoringResult, "subject", moment)
    return tuple(
        Monitored(
            row.get_subject_display(), int(row.level),
            None if row.difference is None else quantities.exact(row.difference),
        )
        for row in sorted(rows, key=lambda one: order.index(one.subject))
    )  # fmt: skip


def _surveyed(row: RecognitionSurvey) -> Surveyed:
    return Surveyed(row.sent, row.valid, row.satisfied, row.visited, row.visited_satisfied)


def _recognition(moment: Moment) -> Recognition | None:
    row = (
        DistrictRecognition.objects.filter(
            in_force(moment.on, moment.known), kind=KIND, state=State.APPROVED
        )
        .order_by("starts_on")
        .last()
    )
    return None if row is None else Recognition(row.starts_on, row.document_number)
