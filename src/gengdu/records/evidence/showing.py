"""What pages draw from a file: pages of a PDF, first rows and paragraphs; drawn once, then kept."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from gengdu.documents.limits import Refused
from gengdu.records.evidence import kinds, stores, workshop
from gengdu.records.evidence.filing import THUMBNAIL
from gengdu.records.evidence.models import StoredFile

PAGES_AT_ONCE = 4
"""Starting a process and fetching the file costs more than drawing a few pages more."""

_READ = {kinds.DOCX.media_type, kinds.XLSX.media_type, kinds.XLS.media_type, kinds.TEXT.media_type}


def thumbnail(file: StoredFile) -> str | None:
    """Return the key of a file's small picture; None where it has none."""
    return stores.derived(file.kept_digest, THUMBNAIL) if file.has_thumbnail else None


def page(file: StoredFile, number: int) -> str | None:
    """Return the key of the picture of one page, counted from 1; None where there is no such page.

    Raises:
        Refused: If it cannot be drawn.
        workshop.Busy: If nobody has time for it now.
    """
    if file.kind != kinds.Kind.PDF or not 1 <= number <= (file.pages or 0):
        return None
    store, key = stores.chosen(), _page_key(file, number)
    if store.size(key) is None:
        with store.local(file.kept_digest) as source, tempfile.TemporaryDirectory() as folder:
            drawn = workshop.draw_pages(source, Path(folder), first=number, count=PAGES_AT_ONCE)
            for each in drawn:
                store.put(_page_key(file, each), Path(folder) / f"page-{each}.png")
    return key


def _page_key(file: StoredFile, number: int) -> str:
    return stores.derived(file.kept_digest, f"page-{number}")


def is_read(file: StoredFile) -> bool:
    """Tell whether first rows or paragraphs of a file can be shown."""
    return file.media_type in _READ


def blocks(file: StoredFile) -> list[dict[str, Any]]:
    """Return the first rows or paragraphs of a file.

    Raises:
        Refused: If they cannot be read.
        workshop.Busy: If nobody has time for it now.
    """
    store, key = stores.chosen(), stores.derived(file.kept_digest, "preview")
    if store.size(key) is None:
        with store.local(file.kept_digest) as source:
            found = workshop.preview(source, file.kind)
        with tempfile.NamedTemporaryFile() as written:
            written.write(json.dumps(found, ensure_ascii=False).encode())
            written.flush()
            store.put(key, Path(written.name))
        return found
    read: list[dict[str, Any]] = json.loads(b"".join(store.read(key)))
    return read


__all__ = ["Refused", "blocks", "is_read", "page", "thumbnail"]
