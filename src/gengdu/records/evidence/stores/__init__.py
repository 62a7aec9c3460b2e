"""Where the bytes of evidence are kept: in a folder, or in a bucket of an S3-compatible server.

A key is the SHA-256 of the bytes, or of the bytes from which a small picture was drawn, with what
was drawn behind a dot. Bytes under a key never change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

_KEY = re.compile(r"[0-9a-f]{64}(?:\.[a-z0-9-]{1,20})?")
PIECE = 256 * 1024


class Spoilt(RuntimeError):
    """Bytes that are to be kept are not those that their key says."""


class Missing(RuntimeError):
    """Bytes that should be there are not."""


class Store(Protocol):
    """A place for bytes by key."""

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of a file under a key; where the key is kept already, nothing changes.

        Raises:
            Spoilt: If the key is a digest and the file has another.
        """
        ...

    def size(self, key: str) -> int | None:
        """Return how many bytes are kept under a key; None where it is not there."""
        ...

    def read(self, key: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from one position to another, both inclusive.

        Raises:
            Missing: If the key is not there.
        """
        ...

    def local(self, key: str) -> AbstractContextManager[Path]:
        """Hold a file with the bytes of a key, to be read alone.

        Raises:
            Missing: If the key is not there.
        """
        ...

    def all_keys(self) -> Iterator[tuple[str, datetime]]:
        """Yield every key, with when it was last put."""
        ...

    def remove(self, key: str) -> None:
        """Let go of a key, whether it is there or not."""
        ...


def checked(key: str) -> str:
    """Return a key that may stand in a path.

    Raises:
        ValueError: If it is none: keys are made here, never taken from a request.
    """
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is not a key of the store: 64 hexadecimal digits expected")
    return key


def is_digest(key: str) -> bool:
    """Tell whether a key says what its bytes are, not what was drawn from others."""
    return "." not in key


def derived(digest: str, what: str) -> str:
    """Return the key of what was drawn from the bytes of a digest."""
    return checked(f"{digest}.{what}")


def chosen() -> Store:
    """Return the store of the settings."""
    return _s3(**settings.FILES_S3) if settings.FILES_S3 else _disk(Path(settings.FILES))


@cache
def _disk(folder: Path) -> Store:
    from gengdu.records.evidence.stores.disk import DiskStore

    return DiskStore(folder)


@cache
def _s3(**where: str) -> Store:
    from gengdu.records.evidence.stores.s3 import S3Store

    return S3Store(**where)
