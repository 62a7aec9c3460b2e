"""Writes a package as one zip: as a stream, and whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from gengdu.documents.blocks import Document
from gengdu.documents.fonts import Fonts
from gengdu.documents.package import layout, pages
from gengdu.documents.package.layout import PlacedEntry, PlacedFile, PlacedSection
from gengdu.documents.package.parts import Package, PackagedFile
from gengdu.documents.package.sheet import write_sheet
from gengdu.documents.pdf import write_pdf

CHUNK_BYTES = 1 << 20
PAGE_BYTES = 30_000  # what the page of a record counts for in the progress
# Packed already; trying again would cost time and save nothing.
_PACKED = ("image/", "video/", "audio/", "application/pdf", "application/zip", "application/x-",
           "application/vnd.openxmlformats-", "application/vnd.rar")  # fmt: skip
_NOT_PACKED = ("image/bmp", "image/svg+xml", "image/tiff")

Progress = Callable[[int, int], None]


class FileUnusable(RuntimeError):
    """A file could not be read, or is not what was recorded; the message says which and why."""


@dataclass(frozen=True)
class Written:
    """What came out.

    Attributes:
        records: How many records it holds.
        files: How many files of evidence, shared ones counted once under each number.
        size: Of the package, in bytes.
    """

    records: int
    files: int
    size: int


def write_package(
    target: Path, package: Package, *, fonts: Fonts, progress: Progress | None = None
) -> Written:
    """Write a package beside its target and put it there when it is complete.

    Memory stays the same however large the files are. Equal content makes an equal package.

    Args:
        target: Where it is to be; what is there is replaced.
        package: What goes in.
        fonts: For the pages that are made.
        progress: Called with bytes done and bytes in all, at least once for each file. If it
            raises, the package is not made.

    Raises:
        FileUnusable: If a file cannot be read or differs from its size or digest. Nothing is left.
    """
    sections = layout.lay_out(package)
    with _beside(target) as file, zipfile.ZipFile(file, "w") as packed:
        archive = _Archive(packed, package.at, _counter(sections, progress))
        _write_front(archive, package, sections, fonts)
        for section in sections:
            for entry in section.entries:
                _write_entry(archive, package, section, entry, fonts)
        archive.write_digests()
    files = [placed for section in sections for placed in section.own_files]
    records = sum(len(section.entries) for section in sections)
    return Written(records, len(files), target.stat().st_size)


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    """Open a file beside the target that takes its place at the end, or is gone."""
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with aside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _counter(sections: Sequence[PlacedSection], progress: Progress | None) -> Callable[[int], None]:
    """Return what takes in the bytes done since last time."""
    total = sum(len(section.entries) * PAGE_BYTES for section in sections)
    total += sum(placed.file.size for section in sections for placed in section.own_files)
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, total)

    return count


class _Archive:
    """A zip that keeps the digest of everything written to it."""

    def __init__(self, packed: zipfile.ZipFile, at: datetime, count: Callable[[int], None]) -> None:
        self._zip = packed
        year = min(max(at.year, 1980), 2107)  # what a zip can say
        self._moment = (year, at.month, at.day, at.hour, at.minute, at.second)
        self._digests: list[tuple[str, str]] = []
        self.count = count

    def write(
        self, path: str, chunks: Iterable[bytes], *, is_packed: bool = False, size: int = 0
    ) -> None:
        """Write one file as its chunks come; the size is a guess that may be too small."""
        info = zipfile.ZipInfo(path, self._moment)
        info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        info.create_system, info.external_attr = 3, 0o644 << 16
        digest = hashlib.sha256()
        large = size > zipfile.ZIP64_LIMIT // 2
        with self._zip.open(info, "w", force_zip64=large) as out:
            for chunk in chunks:
                digest.update(chunk)
                out.write(chunk)
        self._digests.append((digest.hexdigest(), path))

    def write_digests(self) -> None:
        """Write the list of digests in the form that sha256sum checks."""
        lines = "".join(f"{digest}  {path}\n" for digest, path in self._digests)
        self.write(layout.DIGESTS, [lines.encode()])


def _write_front(
    archive: _Archive, package: Package, sections: Sequence[PlacedSection], fonts: Fonts
) -> None:
    front = [(layout.COVER, pages.cover(package, sections)), *pages.index(package, sections)]
    for path, document in front:
        archive.write(path, _pdf(document, package.at, fonts), is_packed=True)
    held = io.BytesIO()
    write_sheet(held, package, sections)
    archive.write(layout.INDEX_SHEET, [held.getvalue()], is_packed=True)


def _write_entry(
    archive: _Archive, package: Package, section: PlacedSection, entry: PlacedEntry, fonts: Fonts
) -> None:
    document = pages.record(package, section, entry)
    archive.write(entry.record_path, _pdf(document, package.at, fonts), is_packed=True)
    archive.count(PAGE_BYTES)
    for placed in entry.own_files:
        where = f"“{section.folder}”下“{entry.entry.number} {entry.entry.name}”"
        chunks = _checked(placed, where, archive.count)
        file = placed.file
        archive.write(placed.path, chunks, is_packed=_is_packed(file), size=file.size)


def _pdf(document: Document, at: datetime, fonts: Fonts) -> list[bytes]:
    held = io.BytesIO()
    write_pdf(held, document, at=at, fonts=fonts)
    return [held.getvalue()]


def _is_packed(file: PackagedFile) -> bool:
    kind = file.media_type.lower()
    return kind.startswith(_PACKED) and not kind.startswith(_NOT_PACKED)


def _checked(placed: PlacedFile, where: str, count: Callable[[int], None]) -> Iterator[bytes]:
    """Yield the content of a file and see that it is the one that was recorded.

    Raises:
        FileUnusable: If it cannot be read, or differs.
    """
    file = placed.file
    digest, read = hashlib.sha256(), 0
    for chunk in _read(file, where):
        digest.update(chunk)
        read += len(chunk)
        if read > file.size:
            break
        count(len(chunk))
        yield chunk
    if read != file.size or digest.hexdigest() != file.digest:
        raise FileUnusable(
            f"{where}的文件“{file.name}”与登记时的内容不同（登记 {file.size} 字节，"
            f"校验值 {file.digest[:12]}），可能已损坏或被替换，资料包没有生成。"
            "请在该记录中重新上传这个文件，或请管理员从备份恢复，再重新生成。"
        )


def _read(file: PackagedFile, where: str) -> Iterator[bytes]:
    """Yield the content of a file, whatever kind of store it comes from."""
    try:
        with file.open() as stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk
    except Exception as error:
        raise FileUnusable(
            f"{where}的文件“{file.name}”读不出来（{error}），资料包没有生成。"
            "请稍后重试；仍然不行时，请在该记录中重新上传这个文件，或请管理员检查文件存储。"
        ) from error
