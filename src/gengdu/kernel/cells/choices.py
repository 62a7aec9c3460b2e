"""Cells that hold one of a list of codes, or yes or no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gengdu.kernel.cells import base

LISTED = 8
_WORD = re.compile(r"[a-z]+(_[a-z]+)*")
_IGNORED = re.compile(r"[\s\-_.:,;、·—\u2013]+")

YES = frozenset(["是", "1", "y", "yes", "t", "true", "√", "✓", "✔", "☑", "有", "对"])
NO = frozenset(["否", "0", "n", "no", "f", "false", "×", "✗", "✘", "☐", "无", "没有", "不是", "错"])


def folded(text: str) -> str:
    """Reduce a text to what a comparison of codes and labels looks at.

    >>> folded(" 汉 族"), folded("A-01"), folded("\uff21\uff1a护照")
    ('汉族', 'a01', 'a护照')
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True)
class Code(base.Kind[str]):
    """One code of a table, written as the code, as its label, or as both together.

    Attributes:
        codes: Label by code; the value of a cell is the code.
        shows_code: Whether cells are written as codes, as national templates want, not labels.
        synonyms: Further words for codes, such as 初中 for what the table calls 初级中学.
        former: Labels of codes that stand in older records and can no longer be filled in.
    """

    codes: Mapping[str, str]
    shows_code: bool = False
    synonyms: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    _meanings: dict[str, str] = field(init=False, repr=False, compare=False)
    _ambiguous: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        labels = [folded(label) for label in self.codes.values()]
        twice = frozenset(label for label in labels if labels.count(label) > 1)
        meanings = {folded(label): code for code, label in self.codes.items()}
        meanings |= {folded(label + code): code for code, label in self.codes.items()}
        meanings |= {folded(code + label): code for code, label in self.codes.items()}
        plain_codes = {folded(code): code for code in self.codes}
        object.__setattr__(self, "_ambiguous", twice - plain_codes.keys())
        further = {folded(word): code for word, code in self.synonyms.items()}
        object.__setattr__(self, "_meanings", further | meanings | plain_codes)

    def _from_text(self, text: str) -> str:
        key = folded(text)
        code = self._meanings.get(key)
        if code is None:
            raise base.BadCell(f"{base.quoted(text)}不在可填的范围内，{self.allowed_zh}")
        if key in self._ambiguous:
            raise base.BadCell(f"“{text}”对应不止一个代码，请改填代码，{self.allowed_zh}")
        return code

    def _from_other(self, value: object) -> str:
        if isinstance(value, bool):
            return self._from_text("是" if value else "否")
        number = base.whole_in(value)
        if number is not None and number >= 0:
            digits = str(number)
            is_code = folded(digits) in self._meanings or self._width is None
            return self._from_text(digits if is_code else digits.zfill(self._width or 0))
        raise base.BadCell(f"{base.quoted(value)}不在可填的范围内，{self.allowed_zh}")

    @cached_property
    def _width(self) -> int | None:
        """How many digits every code has, where all are digits of one length."""
        widths = {len(code) if code.isdigit() else 0 for code in self.codes}
        return widths.pop() if len(widths) == 1 and 0 not in widths else None

    @cached_property
    def is_internal(self) -> bool:
        """Whether the codes are words of ours that nobody outside knows, not those of a table."""
        return all(_WORD.fullmatch(code) for code in self.codes)

    @cached_property
    def allowed_zh(self) -> str:
        """What may be filled in, shortened where the table is long."""
        some = "、".join(
            label if self.is_internal else f"{code} {label}"
            for code, label in list(self.codes.items())[:LISTED]
        )
        if len(self.codes) <= LISTED:
            return f"可填：{some}"
        return f"可填：{some}……共 {len(self.codes)} 项，见“代码”表"

    def _shown(self, value: str) -> str:
        label = self.codes.get(value)
        if label is None or self.shows_code:
            return value if self.shows_code else self.former.get(value, value)
        return next(
            filter(lambda cell: self._means(cell, value), (label, f"{value} {label}")), value
        )

    def _means(self, cell: str, value: str) -> bool:
        key = folded(cell)
        return self._meanings.get(key) == value and key not in self._ambiguous


@dataclass(frozen=True)
class YesNo(base.Kind[bool]):
    """Yes or no, in the many ways people write them."""

    def _from_text(self, text: str) -> bool:
        key = folded(text)
        if key in YES:
            return True
        if key in NO:
            return False
        raise base.BadCell(f"{base.quoted(text)}看不出是与否，请填“是”或“否”")

    def _from_other(self, value: object) -> bool:
        if isinstance(value, int | float) and value in (0, 1):
            return bool(value)
        raise base.BadCell(f"{base.quoted(value)}看不出是与否，请填“是”或“否”")

    def _shown(self, value: bool) -> str:
        return "是" if value else "否"
