"""Gathers what the pages of the desk show, so that views only translate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from gengdu.access.models import ScopeKind
from gengdu.access.scope import Viewer
from gengdu.policy import facts
from gengdu.policy.facts import Fact
from gengdu.registers.quality import checks, queries, telling
from gengdu.registers.quality.checks import Check
from gengdu.registers.quality.models import Answer
from gengdu.registers.quality.queries import Finding, Standing
from gengdu.registers.schools import scopes

TOP_SCHOOLS = 5
# Standings that a list can be asked for beside the four.
UNSETTLED, TO_DO = "unsettled", "to_do"


@dataclass(frozen=True)
class Cell:
    """One school and one check: how much is to do, and how much is answered and waits."""

    to_do: int
    waiting: int


@dataclass(frozen=True)
class MatrixRow:
    """One school against every check that found something."""

    school_id: int | None
    name: str
    total: Cell
    cells: Sequence[tuple[Check, Cell | None]]


@dataclass(frozen=True)
class Matrix:
    """Schools by checks; a check that found nothing has no column."""

    checks: Sequence[tuple[Check, Cell]]
    rows: Sequence[MatrixRow]
    total: Cell


@dataclass(frozen=True)
class Line:
    """One finding as a list shows it.

    Attributes:
        address: The page of the record; empty where there is none.
        past: What was answered before, oldest first, without the answer that holds.
    """

    finding: Finding
    name: str
    address: str
    school: str
    told: str
    past: Sequence[Answer]


def school_name(school_id: int | None, called: dict[int, str]) -> str:
    """Return what a school is called; what has none is the bureau's."""
    return _("教育分局") if school_id is None else called.get(school_id, "")


def _cell(findings: Iterable[Finding]) -> Cell:
    counted = Counter(finding.standing for finding in findings)
    to_do = sum(counted[standing] for standing in queries.TO_DO)
    return Cell(to_do, counted[Standing.WAITING])


def matrix(findings: Sequence[Finding], *, on: date) -> Matrix:
    """Return the counts of everything that is to be done, by school and check."""
    open_ones = [
        finding
        for finding in findings
        if finding.found.check.counts and finding.standing is not Standing.ACCEPTED
    ]
    by_pair: dict[tuple[int | None, str], list[Finding]] = {}
    for finding in open_ones:
        pair = (finding.found.school_id, finding.found.check.key)
        by_pair.setdefault(pair, []).append(finding)
    cells = {pair: _cell(some) for pair, some in by_pair.items()}
    used = [check for check in checks.every() if any(key == check.key for _, key in cells)]
    ids = {school for school, _ in cells}
    called = scopes.schools((key for key in ids if key is not None), on=on)
    rows = [
        MatrixRow(
            school_id, school_name(school_id, called),
            _cell(one for one in open_ones if one.found.school_id == school_id),
            [(check, cells.get((school_id, check.key))) for check in used],
        )
        for school_id in ids
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.total.to_do, -row.total.waiting, row.name))
    heads = [(check, _cell(one for one in open_ones if one.found.check is check)) for check in used]
    return Matrix(heads, rows, _cell(open_ones))


def lines(findings: Sequence[Finding], *, on: date) -> list[Line]:
    """Return findings with their words, names and past answers, in a few queries for all."""
    called = telling.names((finding.found for finding in findings), on=on)
    past = queries.history(findings)
    return [
        Line(
            finding=finding,
            name=called.thing(finding.found),
            address=telling.address(finding.found),
            school=called.school(finding.found.school_id) or _("教育分局"),
            told=called.told(finding.found),
            past=_past(finding, past.get((finding.found.check.key, finding.found.subject_id), ())),
        )
        for finding in findings
    ]


def _past(finding: Finding, rows: Iterable[Answer]) -> list[Answer]:
    """Return the answers before the one that holds, each once, as it was left in the end."""
    last = {(row.answered_at, row.answered_by_id): row for row in rows}
    if finding.answer is not None:
        last.pop((finding.answer.answered_at, finding.answer.answered_by_id), None)
    return list(last.values())


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Put what is to do first, and what shares its facts side by side."""
    ranks = list(Standing)
    return sorted(
        findings,
        key=lambda one: (
            ranks.index(one.standing),
            list(map(str, one.found.values.values())),
            one.found.school_id or 0,
            one.found.subject_id,
        ),
    )


def chosen(findings: Iterable[Finding], *, school_id: int | None, standing: str) -> list[Finding]:
    """Return the findings of one school, or of a standing; UNSETTLED leaves out the accepted."""
    kept = [one for one in findings if school_id in (None, one.found.school_id)]
    if standing == TO_DO:
        return [one for one in kept if one.standing in queries.TO_DO]
    if standing == UNSETTLED:
        return [one for one in kept if one.standing is not Standing.ACCEPTED]
    return [one for one in kept if standing in ("", one.standing)]


def by_check(findings: Sequence[Finding]) -> list[tuple[Check, list[Finding]]]:
    """Return findings under their checks, in the order of the desk."""
    order = {check.key: place for place, check in enumerate(checks.every())}
    ordered = sorted(findings, key=lambda one: order[one.found.check.key])
    return [(check, list(some)) for check, some in groupby(ordered, lambda one: one.found.check)]


def facts_of(check: Check) -> list[Fact]:
    """Return the facts that the thresholds of a check come from."""
    return [facts.fact(name) for name in check.facts]


def own_school(viewer: Viewer) -> int | None:
    """Return the one school that somebody sees, if it is one."""
    return viewer.scope_key if viewer.scope_kind == ScopeKind.SCHOOL else None


def box(viewer: Viewer, *, on: date) -> dict[str, Any] | None:
    """Return what the first page shows of the desk; nothing for who sees no register."""
    if not viewer.may("view_registers"):
        return None
    summed = queries.summary(viewer, on=on)
    top = summed.schools[:TOP_SCHOOLS]
    called = scopes.schools((key for key, _ in top if key is not None), on=on)
    return {
        "to_do": summed.to_do,
        "waiting": summed.waiting,
        "schools": [(key, school_name(key, called), count) for key, count in top],
        "is_one_school": own_school(viewer) is not None,
    }
