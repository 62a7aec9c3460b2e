"""Writes the result of a survey into the ledger it was made for, with its report as evidence."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.board.surveys import report
from gengdu.board.surveys.results import Result
from gengdu.chapters.delivery.evaluation.models import NationalEvaluation
from gengdu.chapters.delivery.evaluation.surveys import queries
from gengdu.chapters.delivery.evaluation.surveys.holding import Refused, held, note
from gengdu.chapters.delivery.evaluation.surveys.models import AskedGroup, Survey, SurveyPurpose
from gengdu.records.evidence import filing, kinds, operations
from gengdu.records.evidence.models import StoredFile
from gengdu.records.evidence.operations import By, Given
from gengdu.records.importing import direct
from gengdu.records.ledgers import Ledger, find
from gengdu.records.models import Change, ChangeKind, Item
from gengdu.records.writing import Moved

LEDGERS = {
    SurveyPurpose.QUALITY_BALANCE: "recognition_surveys",
    SurveyPurpose.PRESCHOOL: "recognition_surveys",
    SurveyPurpose.RURAL: "satisfaction_surveys",
}
"""Where the result of each purpose is kept."""


@dataclass(frozen=True)
class Who:
    """Who writes, and when."""

    account: Account
    viewer: Viewer
    on: date
    at: datetime


def ledger_of(survey: Survey) -> Ledger:
    """Return the ledger that a survey's result goes into."""
    ledger = find(LEDGERS[SurveyPurpose(survey.purpose)])
    assert ledger is not None
    return ledger


def enter(found: Result, who: Who) -> Change:
    """Write the result as drafts, each with the report, for the ordinary approval.

    Entries, evidence and the mark on the survey are one transaction; the report's file comes first,
    and one that proves nothing is swept away in time.

    Raises:
        Refused: If it is there already, or cannot be written; the message says why.
    """
    survey, ledger = found.survey, ledger_of(found.survey)
    if queries.standing(survey, on=who.on) != queries.CLOSED:
        raise Refused(_("调查还没有结束，结果还会变，没有写入。"))
    rows = list(_rows(found))
    if not rows:
        raise Refused(_("没有收到答卷，没有写入。"))
    stored = _stored(found, who)
    try:
        with held(survey.pk) as kept:
            if kept.entered_in_id is not None:
                raise Refused(_("这次调查的结果已经写入台账，没有重复写入。"))
            change = _write(ledger, rows, survey, stored, who)
            kept.entered_in = change
            kept.save(update_fields=["entered_in"])
            note(kept, who.account, f"问卷调查“{survey.title}”的结果写入{ledger.label}")
    except (Moved, operations.NotAllowed, operations.TooMuch) as error:
        raise Refused(str(error)) from error
    return change


def _rows(found: Result) -> Iterator[Mapping[str, object]]:
    """Yield the entries: plain counts, as the official form asks; the weighted share is proof."""
    survey, everybody = found.survey, queries.received(found.survey)
    if not sum(one.answered for one in everybody):
        return
    if survey.purpose == SurveyPurpose.RURAL:
        yield {
            "held_on": survey.closes_on.isoformat(),
            "respondents": sum(one.answered for one in everybody),
            "satisfied": sum(one.satisfied for one in everybody),
        }
        return
    evaluation = str(NationalEvaluation(survey.purpose).label)
    parents = [one for one in everybody if one.stratum.group == AskedGroup.PARENTS]
    for group, some in ((_("计"), everybody), (_("其中：家长"), parents)):
        if some:
            yield {
                "year": str(survey.closes_on.year), "evaluation": evaluation, "group": group,
                "sent": sum(one.sent for one in some), "valid": sum(one.answered for one in some),
                "satisfied": sum(one.satisfied for one in some),
            }  # fmt: skip


def _stored(found: Result, who: Who) -> StoredFile:
    with tempfile.TemporaryDirectory(prefix="gengdu-") as folder:
        path = Path(folder) / "report.docx"
        report.write(path, found, on=who.on, at=who.at)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        made = {"kind": kinds.Kind.WORD, "media_type": kinds.DOCX.media_type}
        return filing.file(path, digest, made, Path(folder), at=who.at)


def _write(
    ledger: Ledger, rows: list[Mapping[str, object]], survey: Survey, stored: StoredFile, who: Who
) -> Change:  # fmt: skip
    change = Change(
        at=who.at, account=who.account, kind=ChangeKind.EDIT, register=ledger.key,
        summary=_("由问卷调查“%(title)s”写入") % {"title": survey.title},
    )  # fmt: skip
    with transaction.atomic():
        asked = direct.Asked(ledger, [(None, row) for row in rows], who.on)
        before = direct.look(asked)
        if before.is_refused or before.actions.get("new", 0) != len(rows):
            raise Refused(_there_already(ledger, before))
        outcome = direct.write(asked, change)
        assert outcome.change is not None
        made = ledger.model._default_manager.filter(recorded_in=outcome.change)
        for item in Item.objects.filter(pk__in=made.values("item_id")):
            given = Given(stored, f"{survey.title}.docx"[:200], _("调查结果报告"))
            operations.attach(item, [given], By(who.account, who.viewer, who.on, who.at))
    return outcome.change


def _there_already(ledger: Ledger, before: direct.Outcome) -> str:
    said = "；".join(
        message for some in before.remarks.values() for _key, message, is_fault in some if is_fault
    )
    if said:
        return _("没有写入“%(ledger)s”：%(said)s") % {"ledger": ledger.label, "said": said}
    return _(
        "“%(ledger)s”里同一年度已有记录，没有写入，以免覆盖。请到台账里核对，需要时改那一条。"
    ) % {"ledger": ledger.label}
