"""What a zip file really unpacks to, found before a spreadsheet reader opens it.

Sizes stated in a zip file may be wrong, so every part is unpacked in pieces and counted.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gengdu.documents.limits import BROKEN, LOCKED, MEGABYTE, Limits, Refused

PIECE = MEGABYTE
MOST_PARTS = 5_000
# Small parts of styles pack very well; only large ones can fill a disk.
RATIO_COUNTS_FROM = 8 * MEGABYTE
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_TOO_LARGE = (
    "文件解开后太大（超过 {} MB），可能含有大量空白格式或图片；请只保留数据，另存后重新上传。"
)


class Package:
    """The parts of one zip file.

    Raises:
        Refused: If it is broken, locked, or would unpack to more than the limits allow.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        parts = _parts_of(path)
        self.parts = {part.filename: part for part in parts}
        if len(self.parts) < len(parts):
            raise Refused(BROKEN)  # two parts of one name: which one is read is anybody's guess
        self._check_stated_sizes()

    def _check_stated_sizes(self) -> None:
        parts = list(self.parts.values())
        if len(parts) > MOST_PARTS:
            raise Refused(BROKEN)
        if any(part.flag_bits & 0x1 for part in parts):
            raise Refused(LOCKED)
        if any(part.compress_type not in (0, 8) for part in parts):
            raise Refused(BROKEN)
        self._check_total(sum(part.file_size for part in parts))
        for part in parts:
            self._check_ratio(part, part.file_size)

    def _check_total(self, unpacked: int) -> None:
        if unpacked > self.limits.unpacked_bytes:
            raise Refused(_TOO_LARGE.format(self.limits.unpacked_bytes // MEGABYTE))

    def _check_ratio(self, part: zipfile.ZipInfo, unpacked: int) -> None:
        most = max(part.compress_size, 1) * self.limits.compression_ratio
        if unpacked > max(most, RATIO_COUNTS_FROM):
            raise Refused(
                f"文件的压缩比异常（{unpacked // max(part.compress_size, 1)} 倍），不予打开；"
                "请把数据复制到新的工作簿，另存后重新上传。"
            )

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack one part piece by piece, never trusting its stated size."""
        part = self.parts[name]
        unpacked = 0
        with self.path.open("rb") as packed:
            for piece in _pieces_of(packed, part):
                unpacked += len(piece)
                self._check_total(unpacked)
                self._check_ratio(part, unpacked)
                yield piece

    def unpack_all(self) -> None:
        """Unpack everything once, to be sure that it stays within the limits."""
        for name in self.parts:
            for _ in self.pieces(name):
                pass

    def text(self, name: str, most: int = 4 * MEGABYTE) -> str:
        """Return a small part as text; nothing where it is missing."""
        if name not in self.parts:
            return ""
        held = b""
        for piece in self.pieces(name):
            held += piece
            if len(held) > most:
                raise Refused(BROKEN)
        return held.decode("utf-8", errors="replace")


def _parts_of(path: Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as packed:
            return packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, EOFError):
        raise Refused(BROKEN) from None


def _pieces_of(packed: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        packed.seek(part.header_offset)
        header = _LOCAL_HEADER.unpack(packed.read(_LOCAL_HEADER.size))
        packed.seek(header[9] + header[10], os.SEEK_CUR)
        left, inflate = part.compress_size, zlib.decompressobj(-15)
        while left > 0 and (raw := packed.read(min(left, PIECE))):
            left -= len(raw)
            if part.compress_type == 0:
                yield raw
                continue
            while raw and not inflate.eof:
                yield inflate.decompress(raw, PIECE)
                raw = inflate.unconsumed_tail
    except (struct.error, zlib.error, OSError, ValueError):
        raise Refused(BROKEN) from None
