"""Compound files (.xls): which streams they hold, and how far the values of their sheets reach.

Read before the spreadsheet reader, which trusts the counts in a file and may ask for more memory
than there is. Layouts: [MS-CFB] and [MS-XLS].
"""

from __future__ import annotations

import struct
from pathlib import Path

from gengdu.documents.limits import BROKEN, LOCKED, Extent, Limits, Refused, check_sheets

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFA  # this and above are marks, not sectors
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
           0x24: "#NUM!", 0x2A: "#N/A"}  # fmt: skip

FORMULA, END, LOCK, SHEET, SHARED_TEXTS = 0x0006, 0x000A, 0x002F, 0x0085, 0x00FC
MANY_NUMBERS, BOOLEAN_OR_ERROR, DIMENSIONS = 0x00BD, 0x0205, 0x0200
MOST_ROWS, MOST_COLUMNS = 65_536, 256
SINGLE_CELLS = frozenset(
    [FORMULA, BOOLEAN_OR_ERROR, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x027E, 2, 3, 4, 5]
)


class Compound:
    """The streams of one compound file.

    Raises:
        Refused: If the file is broken.
    """

    def __init__(self, path: Path) -> None:
        self._raw = path.read_bytes()
        try:
            self._open()
        except (struct.error, IndexError, ValueError):
            raise Refused(BROKEN) from None

    def _open(self) -> None:
        shift, mini_shift = struct.unpack_from("<HH", self._raw, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._sector, self._mini_sector = 1 << shift, 1 << mini_shift
        first_directory, _, self._cutoff, first_mini = struct.unpack_from("<4I", self._raw, 48)
        self._table: tuple[int, ...] = self._numbers(self._table_sectors())
        self._mini_table = self._numbers(self._chain(first_mini, self._table))
        directory = self._join(self._chain(first_directory, self._table))
        self._entries = dict(map(_entry, _cut(directory, 128)))
        root_start, root_size = self._entries.get("Root Entry", (0, 0))
        self._mini = self._join(self._chain(root_start, self._table))[:root_size]

    def _table_sectors(self) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._raw, 76))
        following = struct.unpack_from("<I", self._raw, 68)[0]
        for _ in range(len(self._raw) // self._sector):
            if following >= _END_OF_CHAIN:
                break
            numbers = self._numbers([following])
            sectors += numbers[:-1]
            following = numbers[-1]
        return [sector for sector in sectors if sector < _END_OF_CHAIN]

    def _chain(self, first: int, table: tuple[int, ...]) -> list[int]:
        chain = []
        while first < _END_OF_CHAIN:
            chain.append(first)
            if len(chain) > len(table):
                raise ValueError("a chain that never ends")
            first = table[first]
        return chain

    def _join(self, sectors: list[int]) -> bytes:
        size = self._sector
        return b"".join(self._raw[(at + 1) * size : (at + 2) * size] for at in sectors)

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        joined = self._join(sectors)
        return struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def stream(self, name: str) -> bytes:
        """Return one stream.

        Raises:
            Refused: If the file is broken.
        """
        start, size = self._entries[name]
        try:
            if size >= self._cutoff:
                return self._join(self._chain(start, self._table))[:size]
            step = self._mini_sector
            chain = self._chain(start, self._mini_table)
            return b"".join(self._mini[at * step : (at + 1) * step] for at in chain)[:size]
        except (struct.error, IndexError, ValueError):
            raise Refused(BROKEN) from None


def _cut(raw: bytes, size: int) -> list[bytes]:
    return [raw[at : at + size] for at in range(0, len(raw) - size + 1, size)]


def _entry(raw: bytes) -> tuple[str, tuple[int, int]]:
    length = min(struct.unpack_from("<H", raw, 64)[0], 64)
    name = raw[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
    start, size = struct.unpack_from("<II", raw, 116)
    return name, (start, size)


def book_extents(path: Path, limits: Limits) -> dict[str, Extent]:
    """Return how far every sheet of an .xls file reaches, by the sheet's name.

    Raises:
        Refused: If the file is broken, locked, no workbook, or reaches beyond the limits.
    """
    compound = Compound(path)
    if "EncryptedPackage" in compound:
        raise Refused(LOCKED)
    if "WordDocument" in compound or "PowerPoint Document" in compound:
        raise Refused("这是 Word 或 PowerPoint 文件，不是表格；请把内容放进 Excel 表格，再上传。")
    name = next((name for name in ("Workbook", "Book") if name in compound), None)
    if name is None:
        raise Refused(BROKEN)
    try:
        return _extents_in(compound.stream(name), limits)
    except (struct.error, IndexError):
        raise Refused(BROKEN) from None


def _extents_in(stream: bytes, limits: Limits) -> dict[str, Extent]:
    starts: list[tuple[str, int]] = []
    for kind, at, size in _records(stream, 0):
        if kind == LOCK:
            raise Refused(LOCKED)
        if kind == SHEET:
            start = struct.unpack_from("<I", stream, at)[0]
            starts.append((_sheet_name(stream[at + 6 : at + size]), start))
        elif kind == SHARED_TEXTS and struct.unpack_from("<I", stream, at + 4)[0] > len(stream):
            raise Refused(BROKEN)
    check_sheets(len(starts), limits)
    extents = {}
    for name, start in starts:
        extents[name] = _sheet_extent(stream, start)
        extents[name].check(limits)
    return extents


def _records(stream: bytes, at: int) -> list[tuple[int, int, int]]:
    """Return kind, place and size of the records up to the end of a substream."""
    found = []
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        found.append((kind, at + 4, size))
        if kind == END:
            break
        at += 4 + size
    return found


def _sheet_name(raw: bytes) -> str:
    """Read a name of one byte of length, one of flags, and characters of one or two bytes."""
    length, flags = raw[0], raw[1]
    if flags & 1:
        return raw[2 : 2 + 2 * length].decode("utf-16-le", errors="replace")
    return raw[2 : 2 + length].decode("latin-1")


def _sheet_extent(stream: bytes, start: int) -> Extent:
    extent = Extent()
    for kind, at, size in _records(stream, start):
        if kind in SINGLE_CELLS:
            row, column = struct.unpack_from("<HH", stream, at)
            extent.reach(row + 1, column + 1)
            error = _error(kind, stream[at : at + size])
            if error is not None:
                extent.put_error(row, column, error)
        elif kind == DIMENSIONS:
            _check_dimensions(stream[at : at + size])
        elif kind == MANY_NUMBERS:
            row, first = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, at + size - 2)[0]
            extent.reach(row + 1, max(first + (size - 6) // 6, last + 1))
    return extent


def _check_dimensions(record: bytes) -> None:
    """Refuse stated dimensions that no .xls sheet can have: the reader reserves memory for them."""
    row_form = "<II" if len(record) >= 14 else "<HH"
    first_row, rows = struct.unpack_from(row_form, record, 0)
    first_column, columns = struct.unpack_from("<HH", record, struct.calcsize(row_form))
    if not (first_row <= rows <= MOST_ROWS and first_column <= columns <= MOST_COLUMNS):
        raise Refused(BROKEN)


def _error(kind: int, record: bytes) -> str | None:
    if kind == BOOLEAN_OR_ERROR and len(record) >= 8 and record[7]:
        return _ERRORS.get(record[6], "#N/A")
    if kind == FORMULA and len(record) >= 14 and record[12:14] == b"\xff\xff" and record[6] == 2:
        return _ERRORS.get(record[8], "#N/A")
    return None
