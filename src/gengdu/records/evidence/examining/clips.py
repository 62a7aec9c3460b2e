"""Videos: which container they stand in, and whether it is whole. Layout: ISO/IEC 14496-12."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gengdu.documents.limits import Refused
from gengdu.records.evidence import kinds
from gengdu.records.evidence.kinds import Format

FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
MATROSKA = b"\x1a\x45\xdf\xa3"
MOST_BOXES = 100_000
CUT_OFF = "视频不完整，可能没有传完或没有正常结束录制，无法播放；请核对原文件能否播放，再重新上传。"
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_AVIF = frozenset({b"avif", b"avis"})
_SOUNDS = frozenset({b"M4A ", b"M4B ", b"M4P "})


def tell_boxes(path: Path) -> Format:
    """Return the format of a file made of boxes.

    Raises:
        Refused: If it is no video that is taken, or not whole.
    """
    with path.open("rb") as file:
        brand = _brand(file)
        _refuse_others(brand)
        found = {name for name, _size in _boxes(file, path.stat().st_size)}
    if not {b"moov", b"mdat"} <= found:
        raise Refused(CUT_OFF)
    return kinds.MOV if brand in (b"qt  ", b"") else kinds.MP4


def _brand(file: BinaryIO) -> bytes:
    """Return what a file says it is; nothing where it is older than saying so."""
    file.seek(0)
    head = file.read(12)
    return head[8:12] if head[4:8] == b"ftyp" else b""


def _refuse_others(brand: bytes) -> None:
    if brand in _HEIC:
        raise Refused(
            "这是苹果手机的 HEIC 照片，多数电脑打不开；请在手机相机设置里选“兼容性最佳”后重拍，"
            "或另存为 JPEG 再上传。"
        )
    if brand in _AVIF:
        raise Refused("这是 AVIF 图片，多数电脑打不开；请另存为 JPEG 或 PNG 后重新上传。")
    if brand in _SOUNDS:
        raise Refused("这是录音，不能作为材料；请上传 MP4 视频，或把要点写成文字。")
    if brand.startswith((b"3g", b"jp2", b"crx")):
        raise Refused("这种格式多数电脑打不开；照片请另存为 JPEG，视频请转成 MP4，再重新上传。")


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """Yield name and size of every outermost box; they must fill the file exactly."""
    at = 0
    for _ in range(MOST_BOXES):
        if at == size:
            return
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            break
        length, name = struct.unpack_from(">I4s", head)
        smallest = 8
        if length == 1 and len(head) == 16:
            smallest, length = 16, struct.unpack_from(">Q", head, 8)[0]
        elif length == 0:  # the last one reaches to the end
            length = size - at
        if length < smallest or at + length > size or not _is_name(name):
            break
        yield name, length
        at += length
    raise Refused(CUT_OFF)


def _is_name(name: bytes) -> bool:
    return all(0x20 <= byte < 0x7F or byte == 0xA9 for byte in name)


def tell_matroska(path: Path) -> Format:
    """Return that a file is WebM.

    Raises:
        Refused: If it is another Matroska file.
    """
    with path.open("rb") as file:
        head = file.read(64)
    if b"\x42\x82" in head and b"webm" in head[: head.index(b"\x42\x82") + 12]:
        return kinds.WEBM
    raise Refused("这是 MKV 格式的视频，浏览器放不了；请转成 MP4 后重新上传。")
