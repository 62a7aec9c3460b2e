"""Adds to the trail, one entry at a time, whoever writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connections, router, transaction

from gengdu.access.actors import Actor
from gengdu.access.trail import anchors, chain
from gengdu.access.trail.models import Kind, TrailEntry, packed

MOST_IDS = 500
_ADVISORY_LOCK = 7_102_023  # any number, the same for all processes


def append(
    actor: Actor,
    kind: Kind,
    *,
    subject: str = "",
    ids: Iterable[int] = (),
    school_ids: Iterable[int] = (),
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> TrailEntry:
    """Add one entry and return it; it stays whatever becomes of the caller's own transaction.

    The one place below the views that reads the clock: entries are timed in the order of the
    chain, and a caller must not be able to date them.

    Args:
        actor: Who did it.
        kind: What was done.
        subject: Label of the model, such as pupils.Pupil.
        ids: The records; of very many the first are kept, and how many there were.
        school_ids: The schools they belong to.
        reason: Why, in the person's own words.
        detail: What else is to be known: names of fields and actions, never a child's values.
    """
    wanted = list(ids)
    values = {
        "account_id": actor.account_id,
        "username": actor.username,
        "role": actor.role,
        "stands_in_for_id": actor.stands_in_for_id,
        "stands_in_for": actor.stands_in_for,
        "kind": kind.value,
        "subject": subject,
        "object_ids": packed(wanted[:MOST_IDS]),
        "object_count": len(wanted),
        "school_ids": packed(sorted(set(school_ids))),
        "reason": reason,
        "detail": json.dumps(detail or {}, ensure_ascii=False, sort_keys=True),
        "path": actor.path[:500],
        "client": actor.client,
    }
    entry = _write(values)
    if entry.sequence % anchors.EVERY == 0:
        anchors.drop(entry.sequence, entry.hash)
    return entry


def anchor_the_end() -> TrailEntry | None:
    """Note the newest entry beside the database; None where there is none yet."""
    last = TrailEntry.objects.order_by("-sequence").first()
    if last is not None:
        anchors.drop(last.sequence, last.hash)
    return last


def _write(values: dict[str, Any]) -> TrailEntry:
    using = router.db_for_write(TrailEntry)
    with transaction.atomic(using=using, durable=True):
        _wait_for_ones_turn(using)
        last = TrailEntry.objects.order_by("-sequence").values_list("sequence", "hash").first()
        values["sequence"], values["previous_hash"] = (last[0] + 1, last[1]) if last else (1, "")
        values["at"] = datetime.now(UTC)
        values["hash"] = chain.seal(values, settings.TRAIL_KEY)
        return TrailEntry.objects.create(**values)


def _wait_for_ones_turn(using: str) -> None:
    """Let one writer at a time; SQLite's transactions begin IMMEDIATE and wait by themselves."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
