"""Adds files to a ledger entry, takes them off, and says what they show; nothing is ever deleted.

Each is one change with its line in the trail. Whether an entry may be changed is asked inside the
transaction that changes it, with the entry held, so that an approval cannot slip in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.records import rewriting
from gengdu.records.evidence import rights
from gengdu.records.evidence.limits import Limits
from gengdu.records.evidence.models import Evidence, StoredFile, Upload
from gengdu.records.evidence.rights import NotAllowed
from gengdu.records.models import Change, ChangeKind, Item
from gengdu.records.rewriting import Rewrite
from gengdu.records.writing import Moved

__all__ = [
    "By",
    "Given",
    "Moved",
    "NotAllowed",
    "TooMuch",
    "attach",
    "change_caption",
    "detach",
    "restore",
]


class TooMuch(ValueError):
    """An entry would have more files than it may; the message says how many."""


@dataclass(frozen=True)
class By:
    """Who changes evidence, and when.

    Attributes:
        viewer: What they may see and do.
        on: The day by which an entry is looked for.
        at: The moment of writing.
    """

    account: Account
    viewer: Viewer
    on: date
    at: datetime


@dataclass(frozen=True)
class Given:
    """A file that somebody adds to an entry, and what is said of it."""

    file: StoredFile
    name: str
    caption: str = ""
    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None

    @classmethod
    def of_upload(cls, upload: Upload, caption: str = "") -> Given:
        """Return what a finished upload brought."""
        assert upload.file is not None
        return cls(
            upload.file, upload.file_name, caption[:200], upload.taken_at, upload.latitude,
            upload.longitude,
        )  # fmt: skip

    @classmethod
    def of_evidence(cls, evidence: Evidence) -> Given:
        """Return what proves another entry as well."""
        return cls(
            evidence.file, evidence.name, evidence.caption, evidence.taken_at, evidence.latitude,
            evidence.longitude,
        )  # fmt: skip

    def row(self, item: Item, position: int) -> Evidence:
        """Return it as a row of an entry, not saved yet."""
        return Evidence(
            item=item, file=self.file, position=position, name=self.name, caption=self.caption,
            taken_at=self.taken_at, latitude=self.latitude, longitude=self.longitude,
        )  # fmt: skip


def attach(item: Item, given: Sequence[Given], by: By) -> Change | None:
    """Let files prove an entry; those that do already stay as they are.

    Returns:
        The change; None where nothing was to be added.

    Raises:
        NotAllowed: If the entry may not be changed, or not by them.
        TooMuch: If it would have too many files.
        Moved: If somebody added the same file meanwhile.
    """

    def rewrites(held: Item) -> list[Rewrite]:
        live = Evidence.objects.filter(item=held, superseded_at=None)
        there = set(live.values_list("file_id", flat=True))
        fresh = list({one.file.pk: one for one in given if one.file.pk not in there}.values())
        most = Limits.on(by.on).per_record
        if fresh and len(there) + len(fresh) > most:
            raise TooMuch(
                _("这条记录会有 %(count)s 份材料，最多 %(most)s 份（系统设置），没有添加。"
                  "请先移除不需要的，或合并成一个 PDF。")
                % {"count": len(there) + len(fresh), "most": most}
            )  # fmt: skip
        last = Evidence.objects.filter(item=held).aggregate(last=Max("position"))["last"] or 0
        return [Rewrite(None, (one.row(held, last + n),)) for n, one in enumerate(fresh, start=1)]

    return _written(item, by, rewrites, _("添加证明材料"))


def detach(evidence: Evidence, by: By) -> Change | None:
    """Take a file off an entry; it stays known that it was there.

    Raises:
        NotAllowed: If the entry may not be changed, or not by them.
        Moved: If somebody changed it meanwhile.
    """
    return _written(evidence.item, by, lambda held: [Rewrite(evidence)], _("移除证明材料"))


def restore(evidence: Evidence, by: By) -> Change | None:
    """Put a file back that was taken off, at its place; None where it is there again already.

    Raises:
        NotAllowed: If the entry may not be changed, or not by them.
        Moved: If somebody put it back meanwhile.
    """

    def rewrites(held: Item) -> list[Rewrite]:
        if evidence.superseded_at is None or rights.live_twin(evidence) is not None:
            return []
        return [Rewrite(None, (rewriting.again(evidence),))]

    return _written(evidence.item, by, rewrites, _("恢复证明材料"))


def change_caption(evidence: Evidence, caption: str, by: By) -> Change | None:
    """Say what a file shows; None where that is what is said already.

    Raises:
        NotAllowed: If the entry may not be changed, or not by them.
        Moved: If somebody changed it meanwhile.
    """
    said = " ".join(caption.split())[:200]

    def rewrites(held: Item) -> list[Rewrite]:
        if said == evidence.caption:
            return []
        return [Rewrite(evidence, (rewriting.again(evidence, caption=said),))]

    return _written(evidence.item, by, rewrites, _("修改材料说明"))


def _written(
    item: Item, by: By, rewrites: Callable[[Item], list[Rewrite]], what: str
) -> Change | None:
    with transaction.atomic():
        held = Item.objects.select_for_update().get(pk=item.pk)
        if told := rights.why_not(held, by.viewer, by.on):
            raise NotAllowed(told)
        found = rewrites(held)
        if not found:
            return None
        named = "、".join(str((one.old or one.new[0]).shown_name) for one in found)  # type: ignore[attr-defined]
        change = Change(
            at=by.at, account=by.account, kind=ChangeKind.EVIDENCE, register=held.ledger,
            summary=f"{what}：{named}"[:200],
        )  # fmt: skip
        return rewriting.commit(change, found, about=[held.pk])
