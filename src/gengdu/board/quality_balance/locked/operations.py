"""Locks an evaluation as it is reported, and holds what was reported against what is known now."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from gengdu.access.actors import acting_as
from gengdu.access.models import Account
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append
from gengdu.analytics.run import Moment
from gengdu.board.quality_balance import report
from gengdu.board.quality_balance.form import book
from gengdu.board.quality_balance.report import Content
from gengdu.board.quality_balance.standing import KIND, standing
from gengdu.chapters.delivery.evaluation.models import LockedEvaluation
from gengdu.records import queries

TRIES = 5


class CannotLock(RuntimeError):
    """Nothing was locked; the message is for whoever asked."""


def locked() -> QuerySet[LockedEvaluation]:
    """Return every locked evaluation, the newest first, without their long fields."""
    rows = LockedEvaluation.objects.filter(kind=KIND).defer("form")
    return rows.select_related("account").order_by("-year", "-version")


def lock(
    moment: Moment, account: Account, *, reason: str, at: datetime, strict: bool = False
) -> LockedEvaluation:
    """Lock the evaluation of a day as the next version of its year.

    Args:
        moment: The day, whose year it is reported for, and the day whose knowledge counts.
        account: Who locks it.
        reason: Why, in words.
        at: When.
        strict: Whether no relaxation counts.

    Raises:
        CannotLock: If no reason is given, no school is assessed, nothing changed since the last
            version, or others kept writing or locking meanwhile.
        school_rows.Faulty: If the registers contradict themselves.
    """
    if not reason.strip():
        raise CannotLock("没有写明理由，没有锁定。请写明用途，如“2026 年上报”或更正了什么。")
    content = _content(moment, strict=strict)
    if not content["schools"]:
        raise CannotLock("这一天没有可评估的学校，没有锁定。请换一个日期。")
    text = told(content)
    digest = hash_of(text)
    form = book.write(content)
    try:
        with transaction.atomic():
            version = _next_version(moment.on.year, digest)
            row = LockedEvaluation.objects.create(
                kind=KIND, year=moment.on.year, version=version, on=moment.on,
                known=moment.known, locked_at=at, account=account, reason=reason.strip(),
                content=text, content_hash=digest, form=form,
            )  # fmt: skip
            _note(row)
    except IntegrityError:
        raise CannotLock("别人刚刚锁定了同一年度，请刷新后再看是否还要锁定。") from None
    return row


def _content(moment: Moment, *, strict: bool) -> Content:
    """Return the evaluation of one state of the registers: read again if somebody wrote."""
    for _try in range(TRIES):
        before = queries.revisions()
        content = report.of_standing(standing(moment, strict=strict))
        if queries.revisions() == before:
            return content
    raise CannotLock("计算期间一直有人写入，没有锁定。请稍后再试。")


def _next_version(year: int, digest: str) -> int:
    last = LockedEvaluation.objects.filter(kind=KIND, year=year).order_by("version").last()
    if last is not None and last.content_hash == digest:
        raise CannotLock(f"与 {year} 年第 {last.version} 版完全相同，没有另行锁定。")
    return last.version + 1 if last else 1


def _note(row: LockedEvaluation) -> None:
    append(
        acting_as(row.account), Kind.WRITE, ids=[row.pk], subject=LockedEvaluation._meta.label,
        reason=row.reason,
        detail={"what": f"锁定 {row.year} 年优质均衡评估第 {row.version} 版",
                "content_hash": row.content_hash},
    )  # fmt: skip


def told(content: Content) -> str:
    """Return an evaluation as the text that is locked."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(row: LockedEvaluation) -> bool:
    """Tell whether what is kept is still what was locked."""
    return hash_of(row.content) == row.content_hash


def content_of(row: LockedEvaluation) -> Content:
    """Return what a locked evaluation came to."""
    content: Content = json.loads(row.content)
    return content


def known_now(row: LockedEvaluation) -> Content:
    """Return the evaluation of the same day by everything that is known now.

    Raises:
        school_rows.Faulty: If the registers contradict themselves.
    """
    strict = bool(content_of(row)["strict"])
    return report.of_standing(standing(Moment(row.on), strict=strict))
