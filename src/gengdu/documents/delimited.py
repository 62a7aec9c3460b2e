"""CSV files as Chinese offices save them: UTF-8, UTF-16 or GBK; comma, tab or semicolon."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from gengdu.documents.limits import MEGABYTE, Limits, Refused

SEPARATORS = ",\t;"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_QUOTED = re.compile(r'"[^"]*"')
_UNREADABLE = "无法识别文件的格式；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。"


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file: what its mark says, else UTF-8, else GB 18030.

    Raises:
        Refused: If it is no text in any of them.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        if _is_text(path, encoding):
            return encoding
    raise Refused(_UNREADABLE)


def _is_text(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while piece := file.read(MEGABYTE):
                if _CONTROLS.search(piece):
                    return False
    except UnicodeError:
        return False
    return True


def separator_of(path: Path, encoding: str) -> str:
    """Return the separator that most of the first lines hold, outside quotes; else the comma."""
    with path.open(encoding=encoding, newline="") as file:
        start = _QUOTED.sub("", file.read(20_000))
    lines = start.splitlines()[:20]
    return max(
        SEPARATORS, key=lambda mark: (sum(mark in line for line in lines), start.count(mark))
    )


def count_lines(path: Path) -> int:
    """Return how many line breaks a file has: about its records, without reading them."""
    count = 0
    with path.open("rb") as file:
        while piece := file.read(MEGABYTE):
            count += piece.count(b"\n")
    return count


def read_records(path: Path, limits: Limits) -> Iterator[tuple[int, list[object]]]:
    """Yield number and cells of every record that is not blank; quoted line breaks stay in cells.

    Raises:
        Refused: If the file is no text, its quotes do not close, or it is too long or too wide.
    """
    encoding = encoding_of(path)
    separator = separator_of(path, encoding)
    with path.open(encoding=encoding, newline="") as file:
        numbered = enumerate(csv.reader(file, delimiter=separator), start=1)
        while (record := _next(numbered)) is not None:
            number, cells = record
            if any(map(str.strip, cells)):
                _check(number, len(cells), limits)
                yield number, [cell if cell != "" else None for cell in cells]


def _next(numbered: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]] | None:
    try:
        return next(numbered, None)
    except csv.Error:
        raise Refused(
            "文件里的双引号没有成对，无法分列；请用 Excel 打开检查，另存为 .xlsx 后重新上传。"
        ) from None


def _check(row: int, columns: int, limits: Limits) -> None:
    if row > limits.rows:
        raise Refused(f"文件超过 {limits.rows} 行，请分成几个文件上传。")
    if columns > limits.columns:
        raise Refused(f"第 {row} 行有 {columns} 列，最多 {limits.columns} 列，请检查分隔符。")
