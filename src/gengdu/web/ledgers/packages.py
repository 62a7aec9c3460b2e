"""The evidence of a selection of entries as one package for an inspection (迎检资料包)."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.analytics.run import Moment
from gengdu.documents.fonts import NoChineseFont, load_fonts
from gengdu.documents.limits import MEGABYTE
from gengdu.documents.package.parts import Entry, Package, PackagedFile, Section, Step
from gengdu.documents.package.writing import FileUnusable, Progress, write_package
from gengdu.records import ledgers, models
from gengdu.records.approving import trails_of
from gengdu.records.evidence import stores
from gengdu.records.evidence.models import Evidence
from gengdu.records.ledgers import Ledger
from gengdu.records.queries import known_rows
from gengdu.web.sheets import details
from gengdu.web.sheets.details import Detail

MOST_ENTRIES = 5_000
FREE_BYTES = 512_000_000
"""What a package leaves free on the disk of the server, for the records themselves."""


class TooLarge(ValueError):
    """More than one package may hold, or the disk; the message says how much and what to do."""


EXPECTED = (TooLarge, FileUnusable, NoChineseFont)
"""Why a package may not come to be; each says what to do."""


@dataclass(frozen=True)
class Asked:
    """Whose package it is.

    Attributes:
        unit: Whose entries they are.
        by: Who made it.
        at: When.
    """

    ledger: Ledger
    items: Sequence[int]
    moment: Moment
    unit: str
    by: str
    at: datetime


def package(asked: Asked) -> Package:
    """Return the package of some entries that the caller has found within the viewer's scope.

    Raises:
        TooLarge: If there are too many entries, or their files are too large.
    """
    if len(asked.items) > MOST_ENTRIES:
        raise TooLarge(
            _("选中了 %(count)s 条，一个资料包最多 %(most)s 条，请用筛选分几次")
            % {"count": len(asked.items), "most": MOST_ENTRIES}
        )
    files = _files(asked)
    title = _("%(ledger)s迎检资料") % {"ledger": asked.ledger.label}
    local = timezone.localtime(asked.at)
    sections = tuple(_sections(asked, files))
    return Package(title, asked.unit, asked.by, local, asked.moment.on, sections)


def file_name(ledger: Ledger, on: date, count: int) -> str:
    """Return what a package is called when it is fetched."""
    return f"{ledger.label}{_('迎检资料包')}_{on}_{count}.zip"


def is_long(asked: Asked) -> bool:
    """Tell whether a package takes too long to be made while somebody waits."""
    if len(asked.items) > settings.PACKAGE_ENTRIES_AT_ONCE:
        return True
    sizes = _evidence(asked).aggregate(size=Sum("file__size"))
    return (sizes["size"] or 0) > settings.PACKAGE_MEGABYTES_AT_ONCE * MEGABYTE


def _evidence(asked: Asked) -> QuerySet[Evidence]:
    return Evidence.objects.filter(known_rows(asked.moment.known), item__in=asked.items)


def write(target: Path, package: Package, tell: Progress | None = None) -> None:
    """Write a package, whole or not at all.

    Raises:
        TooLarge: If the disk has no room for it.
        FileUnusable: If one of its files is not what was recorded.
        NoChineseFont: If there is no font to write Chinese with.
    """
    entries = (entry for section in package.sections for entry in section.entries)
    size = sum(file.size for entry in entries for file in entry.files)
    free = shutil.disk_usage(target.parent).free
    if free < size + FREE_BYTES:
        raise TooLarge(
            _("资料包约 %(size)s MB，服务器磁盘放不下，没有生成。请联系系统管理员腾出空间后重试。")
            % {"size": size // MEGABYTE}
        )
    write_package(target, package, fonts=load_fonts(settings.OFFICE_FONTS), progress=tell)


def ledger(key: str) -> Ledger:
    """Return the ledger of a key that was kept."""
    found = ledgers.find(key)
    assert found is not None
    return found


def _files(asked: Asked) -> dict[int, list[PackagedFile]]:
    rows = _evidence(asked)
    found: dict[int, list[PackagedFile]] = {}
    for row in rows.select_related("file").order_by("item", "position", "pk"):
        file = row.file
        found.setdefault(row.item_id, []).append(
            PackagedFile(row.shown_name, file.media_type, file.size, file.kept_digest,
                         _Opener(file.kept_digest), file.pages)
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class _Opener:
    """Opens a stored file when its turn has come."""

    key: str

    def __call__(self) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(_Chunks(stores.chosen().read(self.key))))


class _Chunks(io.RawIOBase):
    """Bytes that come piece by piece, read as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        taken = self._left[: len(buffer)]
        self._left = self._left[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


def _sections(asked: Asked, files: dict[int, list[PackagedFile]]) -> Iterator[Section]:
    """Yield the entries under the number of each promise they count in, in the plan's order."""
    by_promise: dict[str, list[int]] = {}
    rows = asked.ledger.rows(asked.moment.on, asked.moment.known).filter(item_id__in=asked.items)
    for row in rows.order_by("pk"):
        for name in asked.ledger.counts_in(row) or ("",):
            by_promise.setdefault(name, []).append(row.item_id)
    held = _Held(
        asked, files, trails_of(list(asked.items)),
        details.kinds_of(asked.ledger, asked.moment.on, asked.moment.known),
    )  # fmt: skip
    measure = asked.ledger.place
    for number, promise in enumerate(measure.promises, start=1):
        if items := by_promise.get(promise.name):
            quote = promise.on(asked.moment.on).quote or ""
            entries = tuple(held.entries(items))
            yield Section(f"{measure.number}-{number}", promise.short_zh, quote, entries)
    if rest := by_promise.get(""):
        entries = tuple(held.entries(rest))
        yield Section(f"{measure.number}", str(asked.ledger.label), measure.label_zh, entries)


@dataclass(frozen=True)
class _Held:
    """What is read once for all entries of a package."""

    asked: Asked
    files: dict[int, list[PackagedFile]]
    trails: dict[int, list[models.Step]]
    kinds: details.Kinds

    def entries(self, items: Iterable[int]) -> Iterator[Entry]:
        """Yield some entries as they stand under one number."""
        on, known = self.asked.moment.on, self.asked.moment.known
        for place, item in enumerate(items, start=1):
            found = Detail(self.asked.ledger, item, on, known=known, kinds=self.kinds)
            said = [(str(cell.column.title), cell.value) for group in found.groups()
                    for cell in group.cells if cell.value]  # fmt: skip
            trail = [_step(step) for step in self.trails.get(item, [])]
            yield Entry(f"{place:03}", found.name, said, trail, self.files.get(item, []))


def _step(step: models.Step) -> Step:
    who = step.account.title_zh or step.account.username
    return Step(timezone.localtime(step.at), who, str(step.get_kind_display()), step.note)
