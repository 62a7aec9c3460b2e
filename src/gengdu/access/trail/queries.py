"""Reads the trail and proves that it is whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gengdu.access.trail import anchors, chain
from gengdu.access.trail.models import TrailEntry

_AT_ONCE = 2000


@dataclass(frozen=True)
class Examination:
    """What checking the whole trail found.

    Attributes:
        entries: How many entries are in order from the first on.
        head: Seal of the last of them; empty for an empty trail.
        broken_at: Sequence of the first entry that is not as it was written; None if all are.
        trouble: What is wrong with it, in words; empty if nothing is.
    """

    entries: int
    head: str
    broken_at: int | None = None
    trouble: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, taken out, put in another order or cut off."""
        return self.broken_at is None


def verify() -> int | None:
    """Return the sequence of the first entry that is not as it was written; None if all are."""
    return examine().broken_at


def examine() -> Examination:
    """Check every entry against its seal, its place and the anchors beside the database."""
    # The anchors first: entries written meanwhile only make the trail longer than they say.
    noted = anchors.noted()
    expected, previous = 1, ""
    rows = TrailEntry.objects.order_by("sequence").values("hash", *chain.SEALED)
    for row in rows.iterator(chunk_size=_AT_ONCE):
        trouble = _trouble_of(row, expected, previous, noted)
        if trouble:
            return Examination(expected - 1, previous, expected, trouble)
        expected, previous = expected + 1, row["hash"]
    if noted and max(noted) >= expected:
        return Examination(
            expected - 1,
            previous,
            expected,
            _("末尾的记录不见了：数据库旁的锚点文件记到第 %(last)s 条。") % {"last": max(noted)},
        )
    return Examination(expected - 1, previous)


def _trouble_of(
    row: dict[str, object], expected: int, previous: str, noted: dict[int, set[str]]
) -> str:
    """Say what is wrong with an entry; nothing where it stands as written."""
    if row["sequence"] != expected:
        return _("缺少第 %(number)s 条，已被删去。") % {"number": expected}
    if row["previous_hash"] != previous:
        return _("第 %(number)s 条接不上前一条，顺序或内容被改动过。") % {"number": expected}
    if row["hash"] != chain.seal(row, settings.TRAIL_KEY):
        return _("第 %(number)s 条的内容与校验值不符，被改动过。") % {"number": expected}
    if noted.get(expected, {row["hash"]}) != {row["hash"]}:
        return _("第 %(number)s 条与数据库旁的锚点文件不符。") % {"number": expected}
    return ""


def newest_first() -> QuerySet[TrailEntry]:
    """Return all entries, the newest first."""
    return TrailEntry.objects.order_by("-sequence")
