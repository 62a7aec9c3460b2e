"""What the ledgers of evaluations say of one moment: statements with evidence, recognitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.http import HttpRequest

from gengdu.access.guards import account_of
from gengdu.analytics.run import Moment
from gengdu.analytics.statements import Statement, Surveyed
from gengdu.chapters.delivery.evaluation import models
from gengdu.chapters.delivery.task_ledger.models import DistrictRecognition
from gengdu.records.evidence import queries as evidence
from gengdu.records.models import LedgerRow, State
from gengdu.records.queries import in_force, known_rows
from gengdu.registers.schools import queries as schools
from gengdu.web import moments

Row = TypeVar("Row", bound=LedgerRow)


@dataclass(frozen=True)
class Recognition:
    """A national recognition of the district."""

    on: date
    document_number: str


def of_two_years(
    model: type[Row], moment: Moment, *, any_state: bool = False, **which: object
) -> list[Row]:
    """Return the entries of this year and the one before, what goes before others last.

    Approved ones go before any other, then newer years.

    Args:
        model: A table with a year.
        moment: The day whose year it is, and the day whose knowledge counts.
        any_state: Whether entries that are not approved yet are returned as well.
        which: What the columns of an entry hold, where not all are asked for.
    """
    years = [moment.on.year - 1, moment.on.year]
    states = Q() if any_state else Q(state=State.APPROVED)
    rows = model._default_manager.filter(known_rows(moment.known), states, year__in=years, **which)
    return sorted(
        rows.exclude(state=State.REVOKED),
        key=lambda one: (one.state == State.APPROVED, one.year, one.pk),  # type: ignore[attr-defined]
    )


def newest(
    model: type[Row], subject: str, moment: Moment, *, any_state: bool = False, **which: object
) -> list[Row]:
    """Return the entry of each subject that goes before others, of this year or the one before."""
    rows = of_two_years(model, moment, any_state=any_state, **which)
    return list({getattr(row, subject): row for row in rows}.values())


def statements(model: type[models.Statement], moment: Moment) -> dict[str, Statement]:
    """Return what was stated of each item, by its key; whether it counts it says itself."""
    rows = newest(model, "subject", moment, any_state=True)
    files = evidence.counts([row.item_id for row in rows], moment.known)
    return {
        row.subject: Statement(
            row.year, row.conclusion == models.Conclusion.HOLDS, row.state == State.APPROVED,
            files.get(row.item_id, 0), row.text, row.item_id,
        )
        for row in rows
    }  # fmt: skip


def surveyed(kind: str, moment: Moment) -> dict[str, Surveyed]:
    """Return the newest survey of recognition for an evaluation, by the group that was asked."""
    rows = newest(models.RecognitionSurvey, "group", moment, evaluation=kind)
    return {
        row.group: Surveyed(
            row.sent, row.valid, row.satisfied, row.visited, row.visited_satisfied
        )
        for row in rows
    }  # fmt: skip


def recognition(kind: str, moment: Moment) -> Recognition | None:
    """Return the recognition of a kind in force; None where none is recorded."""
    row = (
        DistrictRecognition.objects.filter(
            in_force(moment.on, moment.known), kind=kind, state=State.APPROVED
        )
        .order_by("starts_on")
        .last()
    )
    return None if row is None else Recognition(row.starts_on, row.document_number)


def sees_ledgers(request: HttpRequest) -> bool:
    """Tell whether links into ledgers of the whole district lead anywhere for who looks."""
    viewer = schools.viewer_of(account_of(request), on=moments.moment_of(request).on)
    return viewer.may("view_records") and viewer.sees_district
