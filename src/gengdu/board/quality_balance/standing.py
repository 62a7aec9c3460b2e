"""How the district stands in the whole of 优质均衡 at one moment, with what was stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gengdu.analytics.quality_balance import conclusion, register_facts, relaxations
from gengdu.analytics.quality_balance.conclusion import Conclusion
from gengdu.analytics.quality_balance.finding import Asked, Monitored
from gengdu.analytics.quality_balance.register_facts import CountyFacts
from gengdu.analytics.quality_balance.relaxations import Relaxed
from gengdu.analytics.readings import NOTHING, Chosen
from gengdu.analytics.run import Moment
from gengdu.analytics.statements import Surveyed
from gengdu.board import evaluations, statements
from gengdu.board.evaluations import District
from gengdu.board.live import LiveIndicators, indicators
from gengdu.board.statements import Recognition
from gengdu.chapters.delivery.evaluation import models
from gengdu.chapters.delivery.evaluation.models import BalanceStatement, MonitoringResult
from gengdu.kernel import quantities

KIND = "quality_balance"


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

    @property
    def deadline(self) -> date | None:
        """The day by which relaxations have to be made good; None where nothing is recognised."""
        return None if self.recognition is None else relaxations.deadline(self.recognition.on)


def standing(moment: Moment, *, strict: bool = False, chosen: Chosen = NOTHING) -> Standing:
    """Return how the district stands.

    Args:
        moment: The day, and the day whose knowledge counts.
        strict: Whether no transitional relaxation counts.
        chosen: Readings of disputed items that are asked for instead of the settings'.

    Raises:
        school_rows.Faulty: If the registers contradict themselves.
    """
    district = evaluations.quality_balance(moment, strict=strict, chosen=chosen)
    surveys = statements.surveyed(KIND, moment)
    asked = Asked(
        county_facts(moment), moment.on, strict,
        monitored=_monitored(moment), surveyed=surveys.get(models.SurveyedGroup.ALL),
        readings=chosen,
    )  # fmt: skip
    concluded = conclusion.conclude(
        asked, district.evaluation.verdict, statements.statements(BalanceStatement, moment)
    )
    return Standing(
        moment, district, asked, concluded,
        () if strict else _relaxed(moment, district, concluded),
        statements.recognition(KIND, moment), surveys.get(models.SurveyedGroup.PARENTS),
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


def _monitored(moment: Moment) -> tuple[Monitored, ...]:
    order = models.MonitoringSubject.values
    rows = statements.newest(MonitoringResult, "subject", moment)
    return tuple(
        Monitored(
            row.get_subject_display(), int(row.level),
            None if row.difference is None else quantities.exact(row.difference),
        )
        for row in sorted(rows, key=lambda one: order.index(one.subject))
    )  # fmt: skip
