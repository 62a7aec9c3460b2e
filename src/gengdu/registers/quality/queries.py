"""The desk as one person sees it: findings of the own scope, with what was answered to them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from gengdu.access.models import ScopeKind
from gengdu.access.scope import Viewer
from gengdu.records import reading
from gengdu.records.queries import revisions
from gengdu.registers.quality import evaluate
from gengdu.registers.quality.checks import Check
from gengdu.registers.quality.evaluate import Findings, Found, Revisions
from gengdu.registers.quality.models import Answer
from gengdu.registers.quality.models import State as AnswerState

ANSWERS = Answer._meta.db_table


class Standing(StrEnum):
    """How far a finding has come."""

    OPEN = "open"
    RETURNED = "returned"
    WAITING = "waiting"
    ACCEPTED = "accepted"


STANDING_LABELS: dict[Standing, StrOrPromise] = {
    Standing.OPEN: _("待答复"),
    Standing.RETURNED: _("退回重答"),
    Standing.WAITING: _("已答复"),
    Standing.ACCEPTED: _("已认可"),
}
TO_DO = frozenset({Standing.OPEN, Standing.RETURNED})
_OF_ANSWER = {
    AnswerState.SUBMITTED: Standing.WAITING,
    AnswerState.RETURNED: Standing.RETURNED,
    AnswerState.APPROVED: Standing.ACCEPTED,
}


@dataclass(frozen=True)
class Finding:
    """A finding with the answer that holds for it, if there is one."""

    found: Found
    answer: Answer | None

    @property
    def standing(self) -> Standing:
        """How far it has come."""
        return _OF_ANSWER[AnswerState(self.answer.state)] if self.answer else Standing.OPEN

    @property
    def standing_label(self) -> StrOrPromise:
        """How far it has come, in words."""
        return STANDING_LABELS[self.standing]

    @property
    def is_to_do(self) -> bool:
        """Whether the school has something to do about it."""
        return self.found.check.counts and self.standing in TO_DO

    @property
    def token(self) -> str:
        """Names the finding and the answer that was seen with it, in a form."""
        seen = self.answer.pk if self.answer else 0
        return f"{self.found.subject_id}-{self.found.fingerprint}-{seen}"


def sees(viewer: Viewer, found: Found) -> bool:
    """Tell whether a person may read a finding: by its subject, and within the own scope."""
    if not viewer.may(found.check.subject.permission):
        return False
    if viewer.sees_district:
        return True
    if found.school_id is None:
        return False
    if viewer.scope_kind == ScopeKind.TOWN:
        return found.school_id in viewer.schools
    return viewer.scope_kind == ScopeKind.SCHOOL and found.school_id == viewer.scope_key


Answers = Mapping[tuple[str, int, str], Answer]


class _LiveAnswers:
    """The answers that hold, read again only when one was written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revision = -1
        self._answers: Answers = {}

    def get(self, now: Revisions) -> Answers:
        """Return the live answer to each finding that has one, as of the revisions just read."""
        if reading.may_be_undone():
            return _read_answers()
        with self._lock:
            if now.get(ANSWERS, -1) != self._revision:
                self._answers, self._revision = _read_answers(), now.get(ANSWERS, -1)
            return self._answers


def _read_answers() -> Answers:
    rows = Answer.objects.filter(superseded_at=None).select_related("answered_by", "reviewed_by")
    return {(row.check_key, row.subject_id, row.fingerprint): row for row in rows}


answers = _LiveAnswers()


def findings(viewer: Viewer, *, on: date, check: Check | None = None) -> list[Finding]:
    """Return the findings that a person may read, of every check or of one."""
    now = revisions()
    found = evaluate.live.found(on, now)
    wanted = found if check is None else {check.key: found[check.key]}
    return _answered(viewer, wanted, now)


def _answered(viewer: Viewer, found: Findings, now: Revisions) -> list[Finding]:
    known = answers.get(now)
    return [
        Finding(one, known.get(one.key))
        for many in found.values()
        for one in many
        if sees(viewer, one)
    ]


@dataclass(frozen=True)
class Summary:
    """How much there is to do within a scope.

    Attributes:
        schools: Schools with the most to do first; None stands for the bureau itself.
    """

    to_do: int
    waiting: int
    schools: Sequence[tuple[int | None, int]]


def summary(viewer: Viewer, *, on: date) -> Summary:
    """Return how much there is to do in the scope of a person."""
    return _sum_up(findings(viewer, on=on))


def _sum_up(every: Iterable[Finding]) -> Summary:
    counting = [finding for finding in every if finding.found.check.counts]
    by_school = Counter(finding.found.school_id for finding in counting if finding.is_to_do)
    waiting = sum(finding.standing is Standing.WAITING for finding in counting)
    return Summary(by_school.total(), waiting, by_school.most_common())


def to_do_if_known(viewer: Viewer, *, on: date) -> int | None:
    """Return how much there is to do, where it is known without running a check.

    The menu stands on every page: after a change it shows no number rather than an old one or a
    slow one, until somebody opens a page that asks.
    """
    now = revisions()
    found = evaluate.live.known(on, now)
    return None if found is None else _sum_up(_answered(viewer, found, now)).to_do


def history(of: Iterable[Finding]) -> dict[tuple[str, int], list[Answer]]:
    """Return everything that was ever answered to the things of some findings, oldest first."""
    wanted = list(of)
    keys = {finding.found.check.key for finding in wanted}
    subjects = {finding.found.subject_id for finding in wanted}
    rows = Answer.objects.filter(check_key__in=keys, subject_id__in=subjects)
    told: dict[tuple[str, int], list[Answer]] = {}
    for row in rows.select_related("answered_by", "reviewed_by").order_by("recorded_at", "pk"):
        told.setdefault((row.check_key, row.subject_id), []).append(row)
    return told
