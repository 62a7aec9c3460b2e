"""Numbers that are names: kept as text, with their leading zeros."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from gengdu.kernel import areas, identifiers, phones
from gengdu.kernel.cells import base
from gengdu.kernel.cells.texts import AS_TEXT, lost_digits_zh, plain_number

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_INNER_BLANKS = re.compile(r"[\s\-\u2013—\uff0d]+")


def _refuse_lost_digits(text: str) -> None:
    if "E" in text.upper() and _SCIENTIFIC.fullmatch(text):
        raise base.BadCell(lost_digits_zh(text))


def _digits_of(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise base.BadCell(f"{base.quoted(value)}是{base.kind_of(value)}，应为一串数字；{AS_TEXT}")
    digits = plain_number(value)
    if not digits.isdigit():
        raise base.BadCell(f"{base.quoted(value)}不是一串数字，{AS_TEXT}")
    return digits


@dataclass(frozen=True)
class Digits(base.Kind[str]):
    """A code of digits such as a postcode or a class number.

    A number cell has lost its leading zeros: they are put back where the width is fixed,
    else the cell is refused.

    Attributes:
        width: How many digits every code has; None where that differs.
        max_length: How many it may have where the width is not fixed.
    """

    width: int | None = None
    max_length: int = 20

    def _from_text(self, text: str) -> str:
        _refuse_lost_digits(text)
        if not (text.isascii() and text.isdigit()):
            raise base.BadCell(f"{base.quoted(text)}含有数字以外的字符，应为{self._form_zh}")
        is_long_enough = self.width is None or len(text) == self.width
        if not is_long_enough or len(text) > self.max_length:
            raise base.BadCell(f"{base.quoted(text)}共 {len(text)} 位，应为{self._form_zh}")
        return text

    def _from_other(self, value: object) -> str:
        digits = _digits_of(value)
        if self.width is None:
            raise base.BadCell(f"{base.quoted(value)}是数字格式，前面的 0 可能已丢失；{AS_TEXT}")
        return self._from_text(digits.zfill(self.width))

    @property
    def _form_zh(self) -> str:
        return f" {self.width} 位数字" if self.width else f"不超过 {self.max_length} 位的数字"

    def _shown(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class _Identifier(base.Kind[str]):
    """A number with rules of its own."""

    name_zh: ClassVar[str]

    def fault(self, text: str) -> str | None:
        """Say what is wrong with a number; None for a well-formed one."""
        raise NotImplementedError(type(self).__name__)

    def _from_text(self, text: str) -> str:
        if self.fault(text) is None:
            return text
        number = _INNER_BLANKS.sub("", text).upper()
        fault = self._first_fault(text, number)
        if fault is not None:
            raise base.BadCell(f"{base.quoted(text)}不是有效的{self.name_zh}：{fault}")
        return number

    def _first_fault(self, text: str, number: str) -> str | None:
        if base.is_masked(text):
            return "含有“*”，是遮盖后的号码，不能用来登记，请填写完整号码"
        _refuse_lost_digits(text)
        return self.fault(number)

    def _from_other(self, value: object) -> str:
        return self._from_text(_digits_of(value))

    def _shown(self, value: str) -> str:
        return value


class IdentityNumber(_Identifier):
    """A resident identity number with a right check digit."""

    name_zh = "身份证号"

    def fault(self, text: str) -> str | None:
        """Say what is wrong with a number; None for a well-formed one."""
        return identifiers.identity_fault(text)


class RegistryNumber(_Identifier):
    """A pupil's registry number (学籍号)."""

    name_zh = "学籍号"

    def fault(self, text: str) -> str | None:
        """Say what is wrong with a number; None for a well-formed one."""
        return identifiers.registry_fault(text)


class SchoolIdentifier(_Identifier):
    """A school's identifier of ten digits (学校标识码)."""

    name_zh = "学校标识码"

    def fault(self, text: str) -> str | None:
        """Say what is wrong with a number; None for a well-formed one."""
        return identifiers.school_identifier_fault(text)


class AreaCode(_Identifier):
    """An area code of six, nine or twelve digits."""

    name_zh = "区划代码"

    def fault(self, text: str) -> str | None:
        """Say what is wrong with a number; None for a well-formed one."""
        return areas.area_code_fault(text)


class Uscc(_Identifier):
    """A unified social credit code; a wrong check character only warns."""

    name_zh = "统一社会信用代码"

    def fault(self, text: str) -> str | None:
        """Say what is wrong with a number; None for a well-formed one."""
        return identifiers.credit_code_fault(text)

    def warning(self, value: str) -> str | None:
        """Say that a parsed code's last character is not the computed one; None where it is."""
        return identifiers.credit_code_warning(value)


@dataclass(frozen=True)
class Phone(base.Kind[str]):
    """A mobile or landline number, with area code and extension."""

    def _from_text(self, text: str) -> str:
        if base.is_masked(text):
            raise base.BadCell(f"{base.quoted(text)}含有“*”，是遮盖后的号码，请填写完整号码")
        _refuse_lost_digits(text)
        number = phones.normal_phone(text)
        fault = phones.phone_fault(number)
        if fault is not None:
            raise base.BadCell(f"{base.quoted(text)}不是有效的电话：{fault}")
        return number

    def _from_other(self, value: object) -> str:
        digits = _digits_of(value)
        if len(digits) in (9, 10) and not digits.startswith("1"):
            raise base.BadCell(f"{base.quoted(value)}是数字格式，区号前的 0 已丢失；{AS_TEXT}")
        return self._from_text(digits)

    def _shown(self, value: str) -> str:
        return value
