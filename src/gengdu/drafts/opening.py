"""Takes the file of a notice in: its bytes are kept, its text is read, and a draft is made of it.

The file is opened in a process of its own. Bytes come first and the row last: a kill between leaves
a file that nothing names and that the next upload of it finds.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.actors import acting_as
from gengdu.access.models import Account
from gengdu.documents.limits import MEGABYTE, Refused
from gengdu.drafts.correcting import MODEL
from gengdu.drafts.models import Draft
from gengdu.notices.files import MOST_BYTES
from gengdu.records.evidence import workshop

COMMAND = ("-m", "gengdu.drafts.child")
LONGEST_NAME = 200


@dataclass(frozen=True)
class Opened:
    """The draft of a file, and whether it was made just now."""

    draft: Draft
    is_new: bool


def source(digest: str) -> Path:
    """Return where the bytes of a file lie."""
    return Path(settings.NOTICES) / digest[:2] / digest


def receive(file: UploadedFile[Any], account: Account, at: datetime) -> Opened:
    """Keep an uploaded notice and read it; the same file is the draft that it already is.

    Raises:
        Refused: If it is no notice that can be read; nothing is kept then.
        workshop.Busy: If nobody has time to read it now.
    """
    if (file.size or 0) > MOST_BYTES:
        raise Refused(
            _("文件有 %(size).0f MB，上限是 %(most)d MB，没有接收；请只留通知正文。")
            % {"size": (file.size or 0) / MEGABYTE, "most": MOST_BYTES // MEGABYTE}
        )
    name = (file.name or "")[-LONGEST_NAME:]
    with _kept_aside(file) as (aside, digest):
        if (known := Draft.objects.filter(digest=digest).first()) is not None:
            return Opened(_back(known), is_new=False)
        found = workshop.ordered(COMMAND, path=str(aside), name=name)
        _keep(aside, digest)
    return _made(found, name, digest, file.size or 0, account, at)


@contextmanager
def _kept_aside(file: UploadedFile[Any]) -> Iterator[tuple[Path, str]]:
    """Write a file beside where it will lie; it is gone afterwards unless it was moved there."""
    folder = Path(settings.NOTICES)
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    descriptor, aside = tempfile.mkstemp(dir=folder, prefix=".coming-")
    try:
        with os.fdopen(descriptor, "wb") as target:
            for chunk in file.chunks():
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        yield Path(aside), digest.hexdigest()
    finally:
        Path(aside).unlink(missing_ok=True)


def _keep(aside: Path, digest: str) -> None:
    path = source(digest)
    path.parent.mkdir(exist_ok=True)
    aside.replace(path)


def _made(
    found: dict[str, Any], name: str, digest: str, size: int, account: Account, at: datetime
) -> Opened:
    with transaction.atomic():
        draft, is_new = Draft.objects.get_or_create(
            digest=digest,
            defaults={
                "file_name": name, "size": size, "account": account, "uploaded_at": at, **found,
            },
        )  # fmt: skip
        if is_new:
            who = acting_as(account)
            looking.wrote(who, subject=MODEL, ids=[draft.pk], what=_("上传通知"))
    return Opened(draft, is_new)


def _back(draft: Draft) -> Draft:
    """Put a draft on the list again that was taken off."""
    if draft.removed_at is not None:
        draft.removed_at = None
        draft.save(update_fields=["removed_at"])
    return draft


def remove(draft: Draft, account: Account, at: datetime) -> None:
    """Take a draft off the list; its corrections stay, and its file brings it back."""
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk, removed_at=None).update(removed_at=at)
        looking.wrote(acting_as(account), subject=MODEL, ids=[draft.pk], what=_("移除通知草稿"))
