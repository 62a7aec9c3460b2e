"""Makes the files that people send, real ones and such as pretend: each byte made here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
import xlwt
from PIL import Image, ImageDraw, TiffImagePlugin

SECTOR = 512


def photo(
    width: int = 640,
    height: int = 480,
    *,
    colour: str = "seagreen",
    taken: datetime | None = None,
    at: tuple[float, float] | None = None,
    orientation: int = 1,
    form: str = "JPEG",
    **how: Any,
) -> bytes:
    """Return a picture, blue at its upper left, as a camera writes it."""
    image = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(image).rectangle((0, 0, width // 4, height // 4), fill="blue")
    notes = Image.Exif()
    notes[0x010F], notes[0x0112] = "示例相机", orientation
    if taken is not None:
        notes.get_ifd(0x8769)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if at is not None:
        notes.get_ifd(0x8825).update({1: "N", 2: _degrees(at[0]), 3: "E", 4: _degrees(at[1])})
    made = io.BytesIO()
    image.save(made, form, **({"exif": notes} if form in ("JPEG", "WEBP", "PNG") else {}), **how)
    return made.getvalue()


def _degrees(value: float) -> tuple[Any, Any, Any]:
    whole = int(value)
    minutes = int((value - whole) * 60)
    seconds = round(((value - whole) * 60 - minutes) * 60 * 10_000)
    rational = TiffImagePlugin.IFDRational
    return rational(whole, 1), rational(minutes, 1), rational(seconds, 10_000)


def png(width: int, height: int, *, told: tuple[int, int] | None = None) -> bytes:
    """Return a grey PNG; one that tells another size is a decompression bomb."""
    wide, high = told or (width, height)
    rows = zlib.compress(b"".join(b"\x00" + b"\x80" * width for _ in range(height)))
    head = struct.pack(">2I5B", wide, high, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def pdf(pages: int = 2, *, more: bytes = b"") -> bytes:
    """Return a PDF with a line of words on each page."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
    ]
    for number in range(pages):
        words = f"BT /F1 24 Tf 72 700 Td (Page {number + 1}) Tj ET".encode() + more
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {4 + 2 * number} 0 R"
            "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(words), words))
    return _pdf_of(objects)


def _pdf_of(objects: list[bytes]) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, len(made),
    )  # fmt: skip
    return made + head + table + trailer


def word(*paragraphs: str, table: list[list[str]] | None = None) -> bytes:
    """Return a Word document."""
    document = docx.Document()
    document.add_heading("工作总结", level=1)
    for text in paragraphs or ("本学期开展家访三次。",):
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def excel(rows: int = 3) -> bytes:
    """Return a workbook with a sheet of names and numbers."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("签到表")
        sheet.write_row(0, 0, ["姓名", "次数"])
        for number in range(1, rows + 1):
            sheet.write_row(number, 0, [f"教师{number}", number])
    return made.getvalue()


def old_excel() -> bytes:
    """Return a workbook of the older form."""
    book = xlwt.Workbook()
    book.add_sheet("旧表").write(0, 0, "姓名")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def repacked(source: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return a zip file with some parts put in or replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename not in changed:
                new.writestr(part, old.read(part))
        for name, body in changed.items():
            new.writestr(name, body)
    return made.getvalue()


def zipped(**parts: bytes) -> bytes:
    """Return a plain zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in parts.items():
            file.writestr(name, body)
    return made.getvalue()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file; every stream fills at least eight sectors, so there is no mini one.

    Layout: [MS-CFB].
    """
    padded = {name: _filled(body) for name, body in streams.items()}
    entries, table, bodies = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)], [0xFFFFFFFD], b""
    directory = -(-(len(padded) + 1) * 128 // SECTOR)
    table += [*range(2, directory + 1), 0xFFFFFFFE]
    for name, body in padded.items():
        first, count = len(table), len(body) // SECTOR
        entries.append(_entry(name, 2, first, len(body)))
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        bodies += body
    listed = b"".join(entries).ljust(directory * SECTOR, b"\x00")
    table += [0xFFFFFFFF] * (128 - len(table))
    assert len(table) == 128, "one sector of the table is all that a test needs"
    head = struct.pack(
        "<8s16s5H6x2I2I5I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    places = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return (head + places).ljust(SECTOR, b"\x00") + struct.pack("<128I", *table) + listed + bodies


def _filled(body: bytes) -> bytes:
    size = max(len(body), 4096)
    return body.ljust(-(-size // SECTOR) * SECTOR, b"\x00")


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    body = text.ljust(64, b"\x00") + struct.pack("<HBB3I", len(text), kind, 1, *[0xFFFFFFFF] * 3)
    return body.ljust(116, b"\x00") + struct.pack("<II", first, size) + b"\x00" * 4


def old_word(*, flags: int = 0, **more: bytes) -> bytes:
    """Return a Word document of the older form, with further streams."""
    stream = struct.pack("<H8xH", 0xA5EC, flags)
    return compound({"WordDocument": stream, "1Table": b"", **more})


def video(brand: bytes = b"isom", seconds: int = 2) -> bytes:
    """Return the boxes of a short video; nobody plays it."""
    return (
        _box(b"ftyp", brand + struct.pack(">I", 512) + b"isomiso2avc1mp41")
        + _box(b"moov", _box(b"mvhd", bytes(100)))
        + _box(b"mdat", bytes(range(256)) * 40 * seconds)
    )


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def put(folder: Path, name: str, body: bytes) -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(body)
    return path
