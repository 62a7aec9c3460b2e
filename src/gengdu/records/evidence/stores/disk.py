"""Bytes in a folder: written aside, made sure of, and given their name in one step."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from gengdu.records.evidence.stores import PIECE, Missing, Spoilt, checked, is_digest

ASIDE = "aside"


class DiskStore:
    """A folder of files, by the first digits of their keys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        return self.folder / checked(key)[:2] / key[2:4] / key

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of a file; killed meanwhile, it leaves a file aside that nobody reads."""
        path = self._path(key)
        aside = self.folder / ASIDE
        aside.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            os.utime(path)  # whoever clears away what nobody needs sees that it is needed
            return
        descriptor, made = tempfile.mkstemp(dir=aside)
        try:
            with os.fdopen(descriptor, "wb") as target:
                _copy(source, target.fileno(), key)
                os.fsync(target.fileno())
            with suppress(FileExistsError):  # somebody else was faster, with the same bytes
                os.link(made, path)
        finally:
            os.unlink(made)
        _make_sure(path.parent)
        _make_sure(path.parent.parent)

    def size(self, key: str) -> int | None:
        """Return how many bytes are kept under a key; None where it is not there."""
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            return None

    def read(self, key: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from one position to another, both inclusive."""
        left = None if last is None else last - first + 1
        try:
            with self._path(key).open("rb") as file:
                file.seek(first)
                while piece := file.read(PIECE if left is None else min(PIECE, left)):
                    left = None if left is None else left - len(piece)
                    yield piece
        except FileNotFoundError:
            raise Missing(key) from None

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """Hold the file itself."""
        path = self._path(key)
        if not path.exists():
            raise Missing(key)
        yield path

    def all_keys(self) -> Iterator[tuple[str, datetime]]:
        """Yield every key, with when it was last put."""
        for path in sorted(self.folder.glob("??/??/*")):
            yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def remove(self, key: str) -> None:
        """Let go of a key."""
        self._path(key).unlink(missing_ok=True)

    def clear_aside(self, before: datetime) -> int:
        """Remove what was being written when somebody was killed; return how many files."""
        found = [
            path
            for path in (self.folder / ASIDE).glob("*")
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
        ]
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)


def _copy(source: Path, target: int, key: str) -> None:
    """Copy a file, and refuse to keep what its key does not say."""
    digest = hashlib.sha256()
    with source.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            left = memoryview(piece)
            while left:
                left = left[os.write(target, left) :]
    if is_digest(key) and digest.hexdigest() != key:
        raise Spoilt(f"{key} was to be kept, the bytes are {digest.hexdigest()}")


def _make_sure(folder: Path) -> None:
    """Let the name of a new file outlast a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
