"""Notes the newest entry in a file beside the database, so that a trail cut short is noticed.

A chain alone cannot tell that its last entries were taken away. Lines are only ever added.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

EVERY = 50
"""How many entries there are from one anchor to the next; an export sets one as well."""


def drop(sequence: int, seal: str) -> None:
    """Note that the trail has reached an entry with a seal."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    descriptor = os.open(_path(), flags, 0o600)
    try:
        os.write(descriptor, f"{sequence} {seal}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def noted() -> dict[int, set[str]]:
    """Return the seals noted of each entry; more than one where a trail was swapped."""
    found: dict[int, set[str]] = {}
    if not _path().exists():
        return found
    for line in _path().read_text().splitlines():
        number, _, seal = line.partition(" ")
        if number.isdigit():
            found.setdefault(int(number), set()).add(seal)
    return found


def _path() -> Path:
    return Path(settings.TRAIL_ANCHORS)
