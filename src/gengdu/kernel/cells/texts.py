"""Free text: names, addresses, remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from gengdu.kernel.cells import base

AS_TEXT = "请把这一列设为“文本”格式后重新填写"
_LONG_NUMBER = re.compile(r"\d\.\d+E\+\d{2,}", re.IGNORECASE)


def lost_digits_zh(text: object) -> str:
    """Say that a long number was cut by a spreadsheet before it came here."""
    return f"{base.quoted(text)}是科学记数法，后面的数字已丢失；{AS_TEXT}"


_BETWEEN = re.compile(r"[｜|\t]")


@dataclass(frozen=True)
class Lines(base.Kind[str]):
    """A small table in one cell: a line for each row, its fields divided by ｜.

    Attributes:
        fields: What the fields of a line are called.
        needed: How many of them, from the first on, may not be empty.
        most: How many lines there may be.
        max_length: How many characters may stand in it.
    """

    fields: tuple[str, ...]
    needed: int = 1
    most: int = 100
    max_length: int = 4_000

    def _from_text(self, text: str) -> str:
        lines = [line for line in map(base.clean, text.splitlines()) if line.strip("｜| \t")]
        if len(lines) > self.most:
            raise base.BadCell(f"共 {len(lines)} 行，最多 {self.most} 行，请合并")
        found = "\n".join(self._line(number, line) for number, line in enumerate(lines, 1))
        if len(found) > self.max_length:
            raise base.BadCell(f"共 {len(found)} 个字，最多 {self.max_length} 个字，请缩短")
        return found

    def _line(self, number: int, line: str) -> str:
        parts = [base.clean(part) for part in _BETWEEN.split(line)]
        form = "｜".join(self.fields)
        if len(parts) > len(self.fields):
            raise base.BadCell(f"第 {number} 行分成了 {len(parts)} 段，应为“{form}”")
        parts += [""] * (len(self.fields) - len(parts))
        missing = [self.fields[place] for place in range(self.needed) if not parts[place]]
        if missing:
            raise base.BadCell(f"第 {number} 行没有写“{missing[0]}”，应为“{form}”")
        return "｜".join(parts)

    def _from_other(self, value: object) -> str:
        raise base.BadCell(f"{base.quoted(value)}是{base.kind_of(value)}，应为文字，请改填文字")

    def _shown(self, value: str) -> str:
        return value

    def rows(self, value: str) -> list[list[str]]:
        """Return the fields of each line of a value.

        >>> Lines(("事项", "责任人")).rows("晨读｜张三")
        [['晨读', '张三']]
        """
        return [line.split("｜") for line in value.splitlines()]


@dataclass(frozen=True)
class Text(base.Kind[str]):
    """Text up to a length.

    Attributes:
        max_length: How many characters may stand in it.
        lines: Whether it may go over several lines; else a line break becomes a blank.
    """

    max_length: int = 255
    lines: bool = False

    def _from_text(self, text: str) -> str:
        if not self.lines and not text.isprintable():
            text = " ".join(part for part in map(str.strip, text.splitlines()) if part)
            text = text.replace("\t", " ")
        # Spreadsheets write long numbers so into CSV; nobody means 3.71E+17.
        if "+" in text and _LONG_NUMBER.fullmatch(text):
            raise base.BadCell(lost_digits_zh(text))
        if len(text) > self.max_length:
            raise base.BadCell(
                f"{base.quoted(text)}共 {len(text)} 个字，最多 {self.max_length} 个字，请缩短"
            )
        return text

    def _from_other(self, value: object) -> str:
        if isinstance(value, datetime) and value.time() == time():
            value = value.date()
        if isinstance(value, datetime):
            return self._from_text(value.isoformat(sep=" "))
        if isinstance(value, date):
            return self._from_text(value.isoformat())
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, int | float):
            return self._from_text(plain_number(value))
        raise base.BadCell(f"{base.quoted(value)}是{base.kind_of(value)}，应为文字，请改填文字")

    def _shown(self, value: str) -> str:
        return value


def plain_number(value: int | float) -> str:
    """Write the number of a cell without exponent and without needless zeros.

    >>> plain_number(91.0), plain_number(0.1), plain_number(1500000)
    ('91', '0.1', '1500000')

    Raises:
        BadCell: If digits were lost already, or there is no number.
    """
    if value != value or value in (float("inf"), float("-inf")):
        raise base.BadCell("单元格里不是有效的数字，请重新填写")
    if abs(value) >= base.EXACT_BELOW:
        raise base.BadCell(
            f"{base.quoted(value)}是数字格式，Excel 只保留 15 位，后面的数字已丢失；{AS_TEXT}"
        )
    # Fifteen digits, as the sheet shows them: 0.1 + 0.2 is 0.3.
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    return f"{exact.normalize():f}"
