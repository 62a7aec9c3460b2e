"""Notes in the trail what people saw, took out and changed.

Any page that shows, exports or changes a child's record calls one of these; only ids are kept.
A note that cannot be written is an error, and the page is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from gengdu.access.actors import Actor
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append

By = HttpRequest | Actor


class NoReason(ValueError):
    """Somebody wants to see a whole number without saying why; the message says what to do."""


def looked(
    by: By, *, subject: str, ids: Iterable[int], school_ids: Iterable[int] = (), what: str
) -> None:
    """Note that somebody sees records; of none, nothing is noted.

    Args:
        by: The request, or the actor where there is none.
        subject: Label of the model, such as pupils.Pupil.
        ids: The records shown.
        school_ids: The schools they belong to.
        what: Which page shows them, in Chinese.
    """
    _note(Kind.LOOK, by, subject, ids, school_ids, what=what)


def revealed(
    by: By,
    *,
    subject: str,
    ids: Iterable[int],
    school_ids: Iterable[int] = (),
    what: str,
    reason: str,
) -> None:
    """Note that somebody sees masked values whole, and why.

    Raises:
        NoReason: If no reason is given.
    """
    if not reason.strip():
        raise NoReason("没有写明理由，完整号码没有显示。请写明用途，例如：核对学籍。")
    _note(Kind.REVEAL, by, subject, ids, school_ids, what=what, reason=reason.strip())


def exported(
    by: By,
    *,
    subject: str,
    ids: Iterable[int],
    school_ids: Iterable[int] = (),
    what: str,
    reason: str = "",
) -> None:
    """Note that somebody takes records out in a file."""
    _note(Kind.EXPORT, by, subject, ids, school_ids, what=what, reason=reason)


def wrote(
    by: By,
    *,
    subject: str,
    ids: Iterable[int],
    school_ids: Iterable[int] = (),
    what: str,
    fields: Iterable[str] = (),
    reason: str = "",
) -> None:
    """Note that somebody changes records; call it last inside the writing transaction.

    If the note fails the change is rolled back with it; a change that fails after its note leaves
    one note too many, never one too few.

    Args:
        by: The request, or the actor where there is none.
        subject: Label of the model.
        ids: The records written.
        school_ids: The schools they belong to.
        what: What was done, in Chinese.
        fields: Names of the fields changed; their values stay where they are.
        reason: Why, in the person's own words.
    """
    _note(Kind.WRITE, by, subject, ids, school_ids, what=what, fields=sorted(fields), reason=reason)


def called(
    by: By,
    *,
    subject: str,
    ids: Iterable[int],
    school_ids: Iterable[int] = (),
    what: str,
    token: str,
    reason: str = "",
) -> None:
    """Note that a program is given records, or gives some, in the name of its token's account.

    Unlike a look it is noted without ids as well: new rows have none yet.

    Args:
        by: The request, or the actor where there is none.
        subject: Label of the model.
        ids: The records.
        school_ids: The schools they belong to.
        what: What was asked, in Chinese.
        token: How the token begins.
        reason: Why, where the program says so.
    """
    actor = by if isinstance(by, Actor) else Actor.of(by)
    append(
        actor, Kind.API, subject=subject, ids=ids, school_ids=school_ids, reason=reason,
        detail={"what": what, "token": token},
    )  # fmt: skip


def _note(
    kind: Kind,
    by: By,
    subject: str,
    ids: Iterable[int],
    school_ids: Iterable[int],
    *,
    what: str,
    fields: list[str] | None = None,
    reason: str = "",
) -> None:
    wanted = list(ids)
    if not wanted:
        return
    actor = by if isinstance(by, Actor) else Actor.of(by)
    detail = {"what": what, **({"fields": fields} if fields else {})}
    append(
        actor, kind, subject=subject, ids=wanted, school_ids=school_ids, reason=reason,
        detail=detail,
    )  # fmt: skip
