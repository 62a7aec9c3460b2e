"""Counts and measured quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from gengdu.kernel.cells import base
from gengdu.kernel.cells.texts import plain_number

_TEN_THOUSAND, _CENT = Decimal(10_000), Decimal("0.01")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,\uff0c]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_SIGNS = str.maketrans({"\uff0d": "-", "\u2212": "-", "\u2013": "-", "\uff0b": "+", "\uff0e": "."})


def _number_in(text: str) -> Decimal | None:
    text = text.translate(_SIGNS)
    if _GROUPED.fullmatch(text):
        text = re.sub("[,\uff0c]", "", text)
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def _decimal(value: object, wanted_zh: str) -> Decimal:
    number: Decimal | None = None
    if isinstance(value, str):
        number = _number_in(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(plain_number(value))
    if number is None:
        what = "" if isinstance(value, str) else f"{base.kind_of(value)}，"
        raise base.BadCell(
            f"填的是{base.quoted(value)}，{what}应为{wanted_zh}，不带单位、百分号或文字"
        )
    if abs(number) >= base.EXACT_BELOW:
        raise base.BadCell(f"{base.quoted(value)}太大，最多 15 位，请核对")
    return number


def _check_range(number: Decimal, least: float | None, most: float | None) -> None:
    if least is not None and number < Decimal(str(least)):
        raise base.BadCell(f"“{number:f}”小于 {least}，应在 {_range_zh(least, most)}，请核对")
    if most is not None and number > Decimal(str(most)):
        raise base.BadCell(f"“{number:f}”大于 {most}，应在 {_range_zh(least, most)}，请核对")


def _range_zh(least: float | None, most: float | None) -> str:
    if most is None:
        return f"{least} 以上"
    return f"{most} 以下" if least is None else f"{least} 至 {most} 之间"


@dataclass(frozen=True)
class Whole(base.Kind[int]):
    """A whole number between two bounds, both inclusive; None is no bound."""

    min: int | None = 0
    max: int | None = None
    written_as: ClassVar[base.WrittenAs] = "whole"

    def _from_text(self, text: str) -> int:
        return self._from_other(text)

    def _from_other(self, value: object) -> int:
        number = _decimal(value, "整数，例如 120")
        if number != number.to_integral_value():
            raise base.BadCell(f"{base.quoted(value)}不是整数，应为整数，例如 120")
        _check_range(number, self.min, self.max)
        return int(number)

    def _shown(self, value: int) -> int:
        return value


@dataclass(frozen=True)
class Number(base.Kind[Decimal]):
    """A quantity with so many decimals, between two bounds, both inclusive.

    A number cell is rounded half up, as the sheet shows it; text must fit exactly.
    """

    min: float | None = None
    max: float | None = None
    decimals: int = 2
    written_as: ClassVar[base.WrittenAs] = "number"

    def _from_text(self, text: str) -> Decimal:
        number = _decimal(text, "数值，例如 12.5")
        rounded = self._rounded(number)
        if rounded != number:
            raise base.BadCell(
                f"{base.quoted(text)}的小数超过 {self.decimals} 位，请四舍五入后再填"
            )
        _check_range(rounded, self.min, self.max)
        return rounded

    def _from_other(self, value: object) -> Decimal:
        rounded = self._rounded(_decimal(value, "数值，例如 12.5"))
        _check_range(rounded, self.min, self.max)
        return rounded

    def _rounded(self, number: Decimal) -> Decimal:
        return number.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)

    def _shown(self, value: Decimal) -> int | float:
        return int(value) if self.decimals == 0 else float(value)


@dataclass(frozen=True)
class TenThousands(Number):
    """A quantity that files write in ten thousands (万元); the value is in ones, to the cent."""

    decimals: int = 6

    def _from_text(self, text: str) -> Decimal:
        return _in_ones(super()._from_text(text))

    def _from_other(self, value: object) -> Decimal:
        return _in_ones(super()._from_other(value))

    def _shown(self, value: Decimal) -> int | float:
        return float(Decimal(str(value)) / _TEN_THOUSAND)


def _in_ones(number: Decimal) -> Decimal:
    return (number * _TEN_THOUSAND).quantize(_CENT)
