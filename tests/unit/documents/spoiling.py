"""Files that are no tables, files that would fill the memory, and ways to spoil good ones."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from gengdu.documents.compound import SIGNATURE
from gengdu.documents.reading import Refused, read_rows, read_sheets
from tests.unit.documents.corpus import CORPUS

Bomb = Callable[[Path], None]
GOOD = CORPUS / "starts_at_b3.xlsx"
OLD = CORPUS / "old_binary.xls"


def packed(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()


def parts_of(source: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(source) as package:
        return {name: package.read(name) for name in package.namelist()}


def edit_part(source: Path, target: Path, part: str, old: bytes, new: bytes) -> None:
    parts = parts_of(source)
    assert old in parts[part], part
    parts[part] = parts[part].replace(old, new)
    target.write_bytes(packed(parts))


def renamed_stream(old: str, new: str) -> bytes:
    """Return the old workbook with a stream of another name, as Word or a locked file has."""
    entry = OLD.read_bytes().replace(
        old.encode("utf-16-le"), new.encode("utf-16-le")[: 2 * len(old)]
    )
    length = struct.pack("<H", 2 * len(new) + 2)
    at = entry.index(new[: len(old)].encode("utf-16-le"))
    name = new.encode("utf-16-le").ljust(64, b"\0")
    return entry[:at] + name + length + entry[at + 66 :]


def locked_old_workbook() -> bytes:
    """Turn the first record after the beginning into a password's."""
    raw = OLD.read_bytes()
    at = 512 + 20
    return raw[:at] + struct.pack("<H", 0x002F) + raw[at + 2 :]


NOT_TABLES = [
    ("空.xlsx", b"", "没有数据"),
    ("空白.csv", b"\xef\xbb\xbf \r\n\r\n", "没有数据"),
    ("图片.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "是图片或 PDF 改了名字"),
    ("扫描.xls", b"%PDF-1.7 ...", "是图片或 PDF 改了名字"),
    ("网页.xls", b"\xef\xbb\xbf\r\n<html><table><tr><td>1</td></tr></table>", "网页格式的表格"),
    ("标记.xls", b'<?xml version="1.0"?><?mso-application?>', "网页格式的表格"),
    ("压缩.xlsx", packed({"学生.csv": b"1"}), "请解压后上传"),
    ("压缩.rar", b"Rar!\x1a\x07\x00", "请解压后上传"),
    ("文档.xlsx", packed({"[Content_Types].xml": b"", "word/document.xml": b""}), "是 Word"),
    ("文档.xls", renamed_stream("Workbook", "WordDocument"), "是 Word"),
    ("二进制.xlsb", packed({"xl/workbook.bin": b""}), "不支持 .xlsb"),
    ("加密.xlsx", renamed_stream("Workbook", "EncryptedPackage"), "设有打开密码"),
    ("加密.xls", locked_old_workbook(), "设有打开密码"),
    ("截断.xlsx", GOOD.read_bytes()[:2000], "文件已损坏"),
    ("截断.xls", OLD.read_bytes()[:1500], "文件已损坏"),
    ("二进制.csv", bytes(range(256)) * 4, "无法识别"),
    ("引号.csv", b'a,b\r\n"' + b"x" * 200_000, "双引号没有成对"),
    ("无数据.xlsx", (CORPUS / "starts_at_b3.xlsx").read_bytes()[:0] + packed(
        parts_of(GOOD) | {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData/></worksheet>"}
    ), "没有数据"),
]  # fmt: skip

STARTS = [b"", b"PK\x03\x04", SIGNATURE, b"\xff\xfe", b"\xef\xbb\xbf", b"a,b\n"]


def _far(place: bytes) -> Bomb:
    def bomb(path: Path) -> None:
        edit_part(GOOD, path, "xl/worksheets/sheet1.xml", b'r="C4"', place)

    bomb.__name__ = place.decode()
    return bomb


def packed_zeros(path: Path) -> None:
    path.write_bytes(packed(parts_of(GOOD) | {"xl/media/a.bin": b"\0" * (64 << 20)}))


def sizes_that_lie(path: Path) -> None:
    """State a small size for a large part, in the directory and before the part."""
    raw = bytearray(packed(parts_of(GOOD) | {"xl/media/a.bin": b"\0" * (64 << 20)}))
    true_size = struct.pack("<I", 64 << 20)
    while (at := raw.find(true_size)) >= 0:
        raw[at : at + 4] = struct.pack("<I", 100)
    path.write_bytes(raw)


def long_row_without_places(path: Path) -> None:
    cells = b"<row>" + b"<c><v>1</v></c>" * 20_000 + b"</row>"
    edit_part(GOOD, path, "xl/worksheets/sheet1.xml", b"</sheetData>", cells + b"</sheetData>")


def many_rows_without_places(path: Path) -> None:
    rows = b"<row/>" * 300_000 + b"<row><c><v>1</v></c></row>"
    edit_part(GOOD, path, "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>")


def repeated_cells(path: Path) -> None:
    edit_part(CORPUS / "open_document.ods", path, "content.xml",
              b'number-columns-repeated="2"', b'number-columns-repeated="900000000"')  # fmt: skip


def dimensions_of_an_old_workbook(path: Path) -> None:
    raw = OLD.read_bytes()
    at = raw.index(struct.pack("<HH", 0x0200, 14)) + 4
    path.write_bytes(raw[:at] + struct.pack("<IIHH", 0, 1 << 31, 0, 60_000) + raw[at + 12 :])


BOMBS: list[Bomb] = [
    *map(_far, [b'r="XFD4"', b'r="C1048576"', b"r='XFD1048576'", b'r = "xfd4"', b'r="AAAAAA4"']),
    packed_zeros, sizes_that_lie, long_row_without_places, many_rows_without_places,
    repeated_cells, dimensions_of_an_old_workbook,
]  # fmt: skip


def rows_or_refusal(path: Path) -> bool:
    """Read everything; anything but rows and refusals goes through."""
    for read in (lambda: read_sheets(path), lambda: list(read_rows(path))):
        try:
            read()
        except Refused as refused:
            if not str(refused).endswith("。"):
                return False
    return True


def spoil(content: bytes, data: st.DataObject) -> bytes:
    raw = bytearray(content)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, max(len(raw) - 1, 0)))
        how = data.draw(st.sampled_from(["flip", "cut", "set", "drop"]))
        if how == "cut":
            return bytes(raw[:at])
        if how == "drop":
            del raw[at : at + data.draw(st.integers(1, 30))]
        elif raw:
            raw[at] = raw[at] ^ (1 << data.draw(st.integers(0, 7))) if how == "flip" else 0xFF
        if not raw:
            break
    return bytes(raw)


def spoil_part(source: Path, target: Path, data: st.DataObject) -> None:
    parts = parts_of(source)
    name = data.draw(st.sampled_from(sorted(parts)))
    target.write_bytes(packed(parts | {name: spoil(parts[name], data)}))
