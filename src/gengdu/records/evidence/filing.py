"""Puts files into the store and says so in the database, in that order; and clears away again.

Bytes without a row are waste, a row without its bytes would be a lie: bytes come first and go last.
Both are done one at a time, so that nobody clears away what another is about to name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from gengdu.records.evidence import kinds, stores
from gengdu.records.evidence.models import StoredFile
from gengdu.records.evidence.stores import Store

THUMBNAIL = "thumb"


def file(
    source: Path,
    digest: str,
    made: Mapping[str, Any],
    folder: Path,
    *,
    at: datetime,
    also: Callable[[StoredFile], None] = lambda stored: None,
) -> StoredFile:
    """Store a file that was looked at, and return its row; one of the same bytes is the same.

    Args:
        source: As it was sent.
        digest: Its SHA-256.
        made: What the workshop says of it.
        folder: Where the workshop left what it made.
        at: Now.
        also: What else belongs into the same transaction; told the row.
    """
    kept = folder / "kept" if made["kind"] == kinds.Kind.PICTURE else source
    kept_digest = _digest(kept) if kept is not source else digest
    bytes_of = {kept_digest: kept}
    if (folder / "thumbnail").exists():
        bytes_of[stores.derived(kept_digest, THUMBNAIL)] = folder / "thumbnail"
    store = stores.chosen()
    _put(store, bytes_of)
    with _one_at_a_time():
        _put(store, bytes_of)  # somebody may have cleared them away since; else it is a look
        stored, _is_new = StoredFile.objects.get_or_create(
            digest=digest,
            defaults={
                "kept_digest": kept_digest, "size": kept.stat().st_size,
                "media_type": made["media_type"], "kind": made["kind"],
                "width": made.get("width"), "height": made.get("height"),
                "pages": made.get("pages"), "made_at": at,
            },
        )  # fmt: skip
        also(stored)
    return stored


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _put(store: Store, bytes_of: Mapping[str, Path]) -> None:
    for key, path in bytes_of.items():
        store.put(key, path)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold the one transaction that names or clears bytes; SQLite has one writer anyway."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('evidence files'))")
        yield


def sweep(before: datetime) -> int:
    """Let go of files that prove nothing and never did, and of bytes without a row.

    Args:
        before: Younger ones stay: somebody may be about to use them.
    """
    with _one_at_a_time():
        unused = StoredFile.objects.filter(evidence=None, uploads=None, made_at__lt=before)
        count = unused.count()
        StoredFile.objects.filter(pk__in=list(unused.values_list("pk", flat=True))).delete()
    store = stores.chosen()
    for key in list(orphans(store, before)):
        with _one_at_a_time():
            if not _is_named(key):
                store.remove(key)
    return count


def _is_named(key: str) -> bool:
    return StoredFile.objects.filter(kept_digest=key.partition(".")[0]).exists()


def orphans(store: Store, before: datetime | None = None) -> Iterator[str]:
    """Yield the keys of bytes that no row names, put before some moment."""
    named = set(StoredFile.objects.values_list("kept_digest", flat=True))
    for key, put_at in store.all_keys():
        is_old = before is None or put_at < before
        if is_old and key.partition(".")[0] not in named:
            yield key


@dataclass(frozen=True)
class Checked:
    """What became of looking at every byte that is kept.

    Attributes:
        files: How many files were read.
        missing: Digests of files whose bytes are not there.
        spoilt: Digests of files whose bytes are others.
        unnamed: Keys of bytes that no file names.
    """

    files: int
    missing: tuple[str, ...]
    spoilt: tuple[str, ...]
    unnamed: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every file is there as it was stored."""
        return not self.missing and not self.spoilt


def check(told: Callable[[int], None] = lambda count: None) -> Checked:
    """Read every file that is kept, and compare it with its digest.

    Args:
        told: Told how many were read so far.
    """
    store = stores.chosen()
    missing, spoilt, count = [], [], 0
    rows = StoredFile.objects.filter(~Q(kept_digest="")).order_by("kept_digest")
    for count, key in enumerate(rows.values_list("kept_digest", flat=True).distinct(), start=1):
        found = _read_digest(store, key)
        if found is None:
            missing.append(key)
        elif found != key:
            spoilt.append(key)
        told(count)
    return Checked(count, tuple(missing), tuple(spoilt), tuple(orphans(store)))


def _read_digest(store: Store, key: str) -> str | None:
    digest = hashlib.sha256()
    try:
        for piece in store.read(key):
            digest.update(piece)
    except stores.Missing:
        return None
    return digest.hexdigest()
