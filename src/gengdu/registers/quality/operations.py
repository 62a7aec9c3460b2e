"""Writes answers to findings, and what the town or the bureau says to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.looking import By
from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.records.models import Change, ChangeKind
from gengdu.registers.quality import queries, telling
from gengdu.registers.quality.checks import Check
from gengdu.registers.quality.models import Answer, AnswerKind, State
from gengdu.registers.quality.queries import Finding

REGISTER = "quality"


class NotAnswered(ValueError):
    """The answer lacks something; the message says what."""


class Moved(RuntimeError):
    """What was seen is no longer so; the message says what to do."""


@dataclass(frozen=True)
class Act:
    """Who writes, when, and as things stood on which day."""

    account: Account
    viewer: Viewer
    by: By
    at: datetime
    on: date


@dataclass(frozen=True)
class Reply:
    """What is answered to each of the chosen findings.

    Attributes:
        approved_by: Who approved the removal; empty for the other kinds.
    """

    kind: AnswerKind
    note: str
    approved_by: str = ""

    def checked(self) -> Reply:
        """Return the reply without stray spaces.

        Raises:
            NotAnswered: If a word is missing.
        """
        note, approved_by = self.note.strip(), self.approved_by.strip()
        if not note:
            raise NotAnswered(_("没有写说明，答复没有保存。请写明怎样处理或依据什么。"))
        if self.kind == AnswerKind.REMOVE and not approved_by:
            raise NotAnswered(_("删除须写明由谁批准，答复没有保存。请填写批准人。"))
        return replace(
            self, note=note, approved_by=approved_by if self.kind == AnswerKind.REMOVE else ""
        )


def chosen(act: Act, check: Check, tokens: Iterable[str]) -> list[Finding]:
    """Return the findings that a form names, as they stand now.

    Raises:
        NotAnswered: If none is named.
        Moved: If one is gone, or somebody answered it since the form was shown.
    """
    wanted = set(tokens)
    if not wanted:
        raise NotAnswered(_("没有选中任何一条，什么也没有保存。请先勾选。"))
    there = [
        finding
        for finding in queries.findings(act.viewer, on=act.on, check=check)
        if finding.token in wanted
    ]
    if len(there) < len(wanted):
        raise Moved(_moved_zh(len(wanted) - len(there)))
    return there


def _moved_zh(count: int) -> str:
    return _(
        "选中的问题里有 %(count)s 条已经改正，或刚被别人答复，这次没有保存任何答复。"
        "请看过现在的列表再答。"
    ) % {"count": count}


def answer(act: Act, check: Check, tokens: Iterable[str], reply: Reply) -> int:
    """Answer some findings of one check with one text, and return how many.

    Raises:
        NotAnswered: If something is missing.
        Moved: If one is gone, or somebody was faster.
    """
    given = reply.checked()
    findings = chosen(act, check, tokens)
    names = telling.names((finding.found for finding in findings), on=act.on)
    rows = [
        Answer(
            check_key=check.key, subject_id=finding.found.subject_id,
            fingerprint=finding.found.fingerprint, school_id=finding.found.school_id,
            told=names.told(finding.found)[:300], kind=given.kind, note=given.note,
            approved_by=given.approved_by, answered_by=act.account, answered_at=act.at,
            state=State.SUBMITTED,
        )
        for finding in findings
    ]  # fmt: skip
    what = _("数据质量答复：%(check)s %(kind)s") % {
        "check": check.title, "kind": AnswerKind(given.kind).label,
    }  # fmt: skip
    _write(act, check, findings, rows, what, given.note)
    return len(rows)


def accept(act: Act, check: Check, tokens: Iterable[str], note: str = "") -> int:
    """Accept the evidence given to some findings, and return how many.

    Raises:
        NotAnswered: If one is no evidence that waits, or it is the person's own.
        Moved: If one is gone, or somebody was faster.
    """
    findings = chosen(act, check, tokens)
    waiting = _answers(findings)
    if len(waiting) < len(findings) or any(
        row.kind != AnswerKind.EVIDENCE or row.state != State.SUBMITTED for row in waiting
    ):
        raise NotAnswered(
            _("只有等待核验的“佐证”可以认可；变更和删除在底册改好后自行消去。没有保存。")
        )
    if any(row.answered_by_id == act.account.pk for row in waiting):
        raise NotAnswered(_("其中有您本人的答复，须由他人核验，没有保存。请去掉后再提交。"))
    rows = [_reviewed(row, act, State.APPROVED, note.strip()) for row in waiting]
    _write(act, check, findings, rows, _("认可佐证：%(check)s") % {"check": check.title}, note)
    return len(rows)


def send_back(act: Act, check: Check, tokens: Iterable[str], reason: str) -> int:
    """Return the answers to some findings with a reason, and return how many.

    Raises:
        NotAnswered: If no reason is given, or one has no answer to return.
        Moved: If one is gone, or somebody was faster.
    """
    why = reason.strip()
    if not why:
        raise NotAnswered(_("退回须写明理由，没有保存。请写明还缺什么。"))
    findings = chosen(act, check, tokens)
    given = [row for row in _answers(findings) if row.state != State.RETURNED]
    if len(given) < len(findings):
        raise NotAnswered(_("其中有还没有答复或已经退回的，没有保存。请去掉后再提交。"))
    rows = [_reviewed(row, act, State.RETURNED, why) for row in given]
    _write(act, check, findings, rows, _("退回答复：%(check)s") % {"check": check.title}, why)
    return len(rows)


def _answers(findings: Iterable[Finding]) -> list[Answer]:
    return [finding.answer for finding in findings if finding.answer is not None]


def _reviewed(row: Answer, act: Act, state: State, note: str) -> Answer:
    carried = ("check_key", "subject_id", "fingerprint", "school_id", "told", "kind", "note",
               "approved_by", "answered_by_id", "answered_at")  # fmt: skip
    return Answer(
        **{name: getattr(row, name) for name in carried},
        state=state, reviewed_by=act.account, review_note=note,
    )  # fmt: skip


def _write(
    act: Act, check: Check, findings: Sequence[Finding], rows: list[Answer], what: str, why: str
) -> None:
    """Supersede the answers that were seen and record the new ones, all or none."""
    seen = [row.pk for row in _answers(findings)]
    kind = ChangeKind.EDIT if len(rows) == 1 else ChangeKind.BULK_EDIT
    change = Change(
        at=act.at, account=act.account, kind=kind, register=REGISTER, summary=what[:200],
        reason=why[:200], counts={"tables": {Answer._meta.db_table: len(rows)}},
    )  # fmt: skip
    try:
        with transaction.atomic():
            change.save()
            live = Answer.objects.filter(pk__in=seen, superseded_at=None)
            if live.update(superseded_at=act.at, superseded_in=change) < len(seen):
                raise Moved(_moved_zh(1))
            for row in rows:
                row.recorded_at, row.recorded_in = act.at, change
            Answer.objects.bulk_create(rows, batch_size=500)
            looking.wrote(
                act.by, subject=check.subject.model, what=what, reason=why,
                ids=[row.subject_id for row in rows],
                school_ids=[row.school_id for row in rows if row.school_id is not None],
            )  # fmt: skip
    except IntegrityError as error:
        raise Moved(_moved_zh(1)) from error
