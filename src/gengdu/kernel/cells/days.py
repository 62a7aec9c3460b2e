"""Days and months, in the forms that Chinese spreadsheets hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from gengdu.kernel.cells import base

# Day 1 of the 1900 date system is 1900-01-01, and 1900 wrongly counts as a leap year.
_SERIAL_ZERO = date(1899, 12, 30)
SERIALS = range(10_000, 73_051)  # 1927-05-18 to 2100-01-01; shorter numbers are years or counts

_CLOCK = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?" + _CLOCK)
_MONTH = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?月?份?")
_SHORT_YEAR = re.compile(r"\d{2} ?[-/.年] ?\d{1,2}(?: ?[-/.月] ?\d{1,2} ?日?)?月?")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_MARKS = str.maketrans({"\uff0d": "-", "—": "-", "\u2013": "-", "\u2212": "-", "\uff0f": "/",
                        "\uff0e": ".", "。": ".", "\\": "/", "\uff1a": ":"})  # fmt: skip

DAY_FORM = "请按 2015-03-01 或 20150301 的样式填写"
MONTH_FORM = "请按 201509 或 2015-09 的样式填写"


def _day(year: int, month: int, day: int, written: object) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise base.BadCell(f"{base.quoted(written)}没有这一天，请核对年月日") from None


def _year_fault(text: str, form: str) -> base.BadCell:
    if _SHORT_YEAR.fullmatch(text):
        return base.BadCell(f"{base.quoted(text)}的年份只有两位，分不清是哪个世纪，{form}")
    if _YEAR_LAST.fullmatch(text):
        return base.BadCell(f"{base.quoted(text)}的年份应写在最前面，{form}")
    return base.BadCell(f"{base.quoted(text)}不是日期，{form}")


def _day_in(text: str) -> date:
    text = text.translate(_MARKS)
    if len(text) == 8 and text.isdigit():
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]), text)
    found = _DAY.fullmatch(text)
    if found is None:
        raise _year_fault(text, DAY_FORM)
    return _day(int(found[1]), int(found[2]), int(found[3]), text)


def _day_of_number(value: object, form: str) -> date:
    """Read a number as yyyymmdd, or as a spreadsheet's serial number where that is plausible."""
    number = base.whole_in(value)
    if number is not None and 10_000_000 <= number < 100_000_000:
        return _day_in(str(number))
    if isinstance(value, int | float) and SERIALS.start <= value < SERIALS.stop:
        return _SERIAL_ZERO + timedelta(days=int(value))
    raise base.BadCell(f"{base.quoted(value)}是{base.kind_of(value)}，不是日期，{form}")


def _day_of(value: object, form: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else _day_of_number(value, form)


@dataclass(frozen=True)
class Day(base.Kind[date]):
    """A calendar day between two days, both inclusive; a time of day is left out."""

    earliest: date = date(1900, 1, 1)
    latest: date = date(2100, 12, 31)
    written_as: ClassVar[base.WrittenAs] = "date"

    def _from_text(self, text: str) -> date:
        return self._within(_day_in(text))

    def _from_other(self, value: object) -> date:
        return self._within(_day_of(value, DAY_FORM))

    def _within(self, day: date) -> date:
        if self.earliest <= day <= self.latest:
            return day
        raise base.BadCell(f"“{day}”应在 {self.earliest} 至 {self.latest} 之间，请核对年份")

    def _shown(self, value: date) -> date:
        return value


@dataclass(frozen=True)
class LastDay(Day):
    """The last day on which something holds, kept as the first on which it no longer does."""

    def _from_text(self, text: str) -> date:
        return super()._from_text(text) + timedelta(days=1)

    def _from_other(self, value: object) -> date:
        return super()._from_other(value) + timedelta(days=1)

    def _shown(self, value: date) -> date:
        return value - timedelta(days=1)


@dataclass(frozen=True)
class Month(base.Kind[date]):
    """A month, kept as its first day; bounds are days, both inclusive."""

    earliest: date = date(1900, 1, 1)
    latest: date = date(2100, 12, 31)
    written_as: ClassVar[base.WrittenAs] = "month"

    def _from_text(self, text: str) -> date:
        text = text.translate(_MARKS)
        if len(text) == 6 and text.isdigit():
            return self._first_day(int(text[:4]), int(text[4:]), text)
        found = _MONTH.fullmatch(text)
        if found:
            return self._first_day(int(found[1]), int(found[2]), text)
        if (len(text) == 8 and text.isdigit()) or _DAY.fullmatch(text):
            return self._month_of(_day_in(text))
        raise _year_fault(text, MONTH_FORM)

    def _from_other(self, value: object) -> date:
        number = base.whole_in(value)
        if number is not None and 100_000 <= number < 1_000_000:
            return self._from_text(str(number))
        if isinstance(value, float) and 1000 < value < SERIALS.start:
            raise base.BadCell(
                f"{base.quoted(value)}是数字，分不清是几月（2015.1 可能是 1 月或 10 月），"
                "请把单元格设为“文本”格式，" + MONTH_FORM
            )
        return self._month_of(_day_of(value, MONTH_FORM))

    def _first_day(self, year: int, month: int, written: str) -> date:
        if not 1 <= month <= 12:
            raise base.BadCell(f"{base.quoted(written)}没有这个月，{MONTH_FORM}")
        return self._month_of(_day(year, month, 1, written))

    def _month_of(self, day: date) -> date:
        first = day.replace(day=1)
        if self.earliest.replace(day=1) <= first <= self.latest:
            return first
        raise base.BadCell(f"“{first:%Y-%m}”应在 {self.earliest} 至 {self.latest} 之间，请核对年份")

    def _shown(self, value: date) -> date:
        return value


@dataclass(frozen=True)
class DayOrMonth(Day):
    """A day of which often only the month is known; a month counts from its first day."""

    def _from_text(self, text: str) -> date:
        month = _as_month(text)
        return super()._from_text(text) if month is None else self._within(month)

    def _from_other(self, value: object) -> date:
        number = base.whole_in(value)
        if number is not None and 100_000 <= number < 1_000_000:
            return self._from_text(str(number))
        return super()._from_other(value)


def _as_month(text: str) -> date | None:
    text = text.translate(_MARKS)
    found = _MONTH.fullmatch(text)
    if found is None and len(text) == 6 and text.isdigit():
        return _day(int(text[:4]), int(text[4:]), 1, text)
    return _day(int(found[1]), int(found[2]), 1, text) if found else None
