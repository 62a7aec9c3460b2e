"""What all kinds of cells share: cleaning, error values, and columns of many cells at once."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")
WrittenAs = Literal["text", "whole", "number", "date", "month"]
Shown = str | int | float | date | None

# A number cell keeps fifteen significant digits; from here on the last ones are already lost.
EXACT_BELOW = 10**15

ERROR_VALUES = frozenset(
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
     "#FIELD!", "#GETTING_DATA"]
)  # fmt: skip
_ERROR_NUMBER = re.compile(r"Err:\d{3}")
# Excel's mark of text; Chinese quotation marks belong to the text.
_LEADING_APOSTROPHES = "'\uff07 \t\n"


def _replacements() -> dict[int, str | None]:
    wide = {0xFF01 + shift: chr(0x21 + shift) for shift in range(94)}
    letters_and_digits = {code: plain for code, plain in wide.items() if plain.isalnum()}
    blanks = dict.fromkeys([0x00A0, 0x3000, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F], " ")
    invisible = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD])
    controls = dict.fromkeys(code for code in range(32) if code not in (9, 10, 13))
    return {**letters_and_digits, **blanks, **invisible, **controls}


_REPLACEMENTS = _replacements()
_ODD = re.compile("[\r" + "".join(map(chr, _REPLACEMENTS)) + "]|_x000D_")
_LINE_BREAKS = re.compile(r"\r\n?|_x000D_\n?")


class BadCell(ValueError):
    """A cell that cannot be taken; the message is Chinese and names neither row nor column."""


class Column(NamedTuple, Generic[T]):
    """A parsed column.

    Attributes:
        values: One value a cell; None where the cell is blank or bad.
        faults: Position and message of every bad cell, in order.
    """

    values: list[T | None]
    faults: list[tuple[int, str]]


def clean(text: str) -> str:
    """Remove what eyes do not see: blanks around, invisible characters, full-width letters.

    >>> clean("\u3000\uff21\uff11\u200b "), clean("'007")
    ('A1', '007')
    """
    if _ODD.search(text) is not None:
        text = _LINE_BREAKS.sub("\n", text).translate(_REPLACEMENTS)
    return text.strip().lstrip(_LEADING_APOSTROPHES)


def quoted(value: object) -> str:
    """Return a value as messages quote it, cut after thirty characters."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    return f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”"


def is_masked(value: object) -> bool:
    """Tell whether a cell holds a number with stars in it, as exports print it.

    >>> is_masked("3710**********1234"), is_masked("371002201501010011"), is_masked(None)
    (True, False, False)
    """
    return isinstance(value, str) and ("*" in value or "\uff0a" in value)


class Kind(Generic[T]):
    """How the cells of one column are read and written."""

    written_as: ClassVar[WrittenAs] = "text"
    has_thousands: ClassVar[bool] = True
    """Whether whole numbers are read with their thousands divided; years are not."""

    def parse(self, value: object) -> T | None:
        """Return the value of a cell; None where it is blank.

        Raises:
            BadCell: If the cell holds something else; the message says how to mend it.
        """
        if value is None:
            return None
        if isinstance(value, str):
            text = clean(value)
            if not text:
                return None
            _refuse_error_value(text)
            return self._from_text(text)
        return self._from_other(value)

    def shown(self, value: T | None) -> Shown:
        """Return the cell to write for a value, so that parsing it gives the value back."""
        return None if value is None else self._shown(value)

    def parse_column(self, values: Sequence[object]) -> Column[T]:
        """Parse many cells, each distinct one once.

        True, 1 and 1.0 are equal to Python and differ to people: other cells than text are
        told apart by their type.
        """
        keys: list[Hashable] = [
            cell if type(cell) is str or cell is None else (type(cell), cell) for cell in values
        ]
        parsed, messages = self._outcomes(set(keys))
        faults = []
        if messages:
            faults = [(place, messages[key]) for place, key in enumerate(keys) if key in messages]
        return Column(list(map(parsed.get, keys)), faults)

    def _outcomes(self, keys: set[Hashable]) -> tuple[dict[Hashable, T], dict[Hashable, str]]:
        parsed: dict[Hashable, T] = {}
        messages: dict[Hashable, str] = {}
        for key in keys:
            try:
                outcome = self.parse(key[1] if isinstance(key, tuple) else key)
            except BadCell as bad:
                messages[key] = str(bad)
            else:
                if outcome is not None:
                    parsed[key] = outcome
        return parsed, messages

    def _from_text(self, text: str) -> T | None:
        raise NotImplementedError(type(self).__name__)

    def _from_other(self, value: object) -> T | None:
        raise NotImplementedError(type(self).__name__)

    def _shown(self, value: T) -> Shown:
        raise NotImplementedError(type(self).__name__)


def _refuse_error_value(text: str) -> None:
    is_error = text[0] == "#" and text.upper() in ERROR_VALUES
    if is_error or (text[0] == "E" and _ERROR_NUMBER.fullmatch(text)):
        raise BadCell(
            f"单元格里是公式错误 {text}，没有可用的值；"
            "请改正公式，或直接填写结果（选择性粘贴为数值）"
        )


def whole_in(value: object) -> int | None:
    """Return the whole number that a number cell holds exactly; None where it holds another value.

    >>> whole_in(7.0), whole_in(7.5), whole_in(float("nan")), whole_in(True)
    (7, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):
        return value
    return int(value) if value.is_integer() else None


def kind_of(value: object) -> str:
    """Name in Chinese what a cell holds that is no text."""
    if isinstance(value, bool):
        return "逻辑值"
    if isinstance(value, date | datetime):
        return "日期"
    if isinstance(value, time | timedelta):
        return "时间"
    return "数字" if isinstance(value, int | float) else "无法识别的内容"
