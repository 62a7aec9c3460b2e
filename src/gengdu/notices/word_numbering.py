"""The numbers that Word only shows: 一、 （一） 1. 第一条 counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Element = Any  # lxml has no types of its own

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_MOST = 100_000

_DIGITS = "零一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = dict(zip("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True))


def chinese(number: int) -> str:
    """Return a number in Chinese as headings write it.

    >>> chinese(3), chinese(10), chinese(12), chinese(20), chinese(105), chinese(110)
    ('三', '十', '十二', '二十', '一百零五', '一百一十')
    """
    if not 0 < number < 10_000:
        return str(number)
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + name
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written


def _digit_by_digit(number: int) -> str:
    return "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(number))


_ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]  # fmt: skip


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9) if number > 0 else ""


def _from(first: str, count: int) -> Callable[[int], str]:
    """Return the form whose characters stand one after the other from the first."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


def _in_turn(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _legal(number: int) -> str:
    return "".join(_LEGAL.get(sign, sign) for sign in chinese(number))


def _wide(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "koreanCounting",
         "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseDigitalTenThousand"), chinese,
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _legal
    ),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital"), _digit_by_digit),
    "ideographTraditional": _in_turn(_STEMS),
    "ideographZodiac": _in_turn(_BRANCHES),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _from("①", 20)
    ),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalFullWidth": _wide,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "none": lambda number: "",
}  # fmt: skip


def written(number: int, form: str) -> str:
    """Return a number in one of Word's forms; in digits if the form is not known.

    >>> written(2, "ideographTraditional"), written(3, "decimalEnclosedCircle"), written(4, "x")
    ('乙', '③', '4')
    """
    return _FORMS.get(form, str)(number)


@dataclass(frozen=True)
class _Level:
    start: int
    form: str
    text: str
    is_legal: bool


@dataclass
class _List:
    """One way of numbering.

    Attributes:
        counted: How far each level has come; None where it has not begun.
        begun: Which lists that restart a level have done so, as (list, level).
    """

    levels: dict[int, _Level]
    counted: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Numbering:
    """Counts the numbered paragraphs of one document, in order.

    Args:
        numbering: Root of the part numbering.xml; None where there is none.
        styles: Root of the part styles.xml; None where there is none.
    """

    def __init__(self, numbering: Element, styles: Element) -> None:
        self._lists: dict[str, _List] = {}
        self._abstract_of: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._styles = _styles(styles)
        if numbering is not None:
            self._take(numbering)

    def _take(self, root: Element) -> None:
        linked = {}
        for abstract in root.iterfind(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._lists[key] = _List(dict(_levels(abstract)))
            link = abstract.find(f"{W}numStyleLink")
            if link is not None:
                linked[key] = link.get(f"{W}val", "")
        for num in root.iterfind(f"{W}num"):
            self._take_num(num)
        for key, style in linked.items():
            found = self._abstract_of.get(self._of_style(style)[0] or "", "")
            if found in self._lists and found != key:
                self._lists[key] = self._lists[found]

    def _take_num(self, num: Element) -> None:
        key = num.get(f"{W}numId", "")
        self._abstract_of[key] = _value(num, "abstractNumId")
        for override in num.iterfind(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            level = _whole(override.get(f"{W}ilvl"), 0)
            if start is not None and 0 <= level < LEVELS:
                self._restarts[key, level] = _whole(start.get(f"{W}val"), 1)

    def of_paragraph(self, properties: Element) -> str:
        """Return the number that stands before a paragraph and count it; "" if it has none.

        Args:
            properties: The paragraph's w:pPr, or None.
        """
        key, level = self._place(properties)
        found = self._lists.get(self._abstract_of.get(key or "", ""))
        if key is None or found is None or level not in found.levels:
            return ""
        self._count(found, key, level)
        return _shown(found, level)

    def _place(self, properties: Element) -> tuple[str | None, int]:
        """Return list and level: its own, else of its style."""
        if properties is None:
            return self._of_style(self._styles.default)
        style = _value(properties, "pStyle") or self._styles.default
        own = properties.find(f"{W}numPr")
        if own is None:
            return self._of_style(style)
        key, level = _value(own, "numId"), _value(own, "ilvl")
        if not key:
            key = self._of_style(style)[0] or ""
        if not level:
            level = str(self._of_style(style)[1])
        return (key if key not in ("", "0") else None), _whole(level, 0)

    def _of_style(self, style: str) -> tuple[str | None, int]:
        key: str | None = None
        level: str = ""
        for _ in range(20):
            found = self._styles.by_id.get(style)
            if found is None:
                break
            own = found.find(f"{W}pPr/{W}numPr")
            if own is not None:
                key = key or _value(own, "numId") or None
                level = level or _value(own, "ilvl")
            style = _value(found, "basedOn")
        return (None if key == "0" else key), _whole(level, 0)

    def _count(self, found: _List, key: str, level: int) -> None:
        restart = self._restarts.pop((key, level), None)
        before = found.counted[level]
        if restart is not None:
            found.counted[level] = restart
        else:
            found.counted[level] = found.levels[level].start if before is None else before + 1
        for upper in range(level):
            if found.counted[upper] is None:
                found.counted[upper] = found.levels[upper].start if upper in found.levels else 1
        found.counted[level + 1 :] = [None] * (LEVELS - level - 1)


@dataclass(frozen=True)
class _Styles:
    by_id: dict[str, Element]
    default: str


def _styles(root: Element) -> _Styles:
    by_id: dict[str, Element] = {}
    default = ""
    for style in root.iterfind(f"{W}style") if root is not None else ():
        key = style.get(f"{W}styleId", "")
        by_id[key] = style
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            default = key
    return _Styles(by_id, default)


def _levels(abstract: Element) -> Iterator[tuple[int, _Level]]:
    for level in abstract.iterfind(f"{W}lvl"):
        place = _whole(level.get(f"{W}ilvl"), -1)
        if 0 <= place < LEVELS:
            form = _value(level, "numFmt") or "decimal"
            legal = level.find(f"{W}isLgl") is not None
            start = _whole(_value(level, "start"), 0 if form == "decimalZero" else 1)
            yield place, _Level(start, form, _value(level, "lvlText")[:100], legal)


def _shown(found: _List, level: int) -> str:
    """Return the number as the level writes it, such as （%1）."""
    own = found.levels[level]
    if own.form == "bullet":
        return ""

    def number(place: re.Match[str]) -> str:
        upper = int(place[1]) - 1
        form = found.levels[upper].form if upper in found.levels else "decimal"
        counted = found.counted[upper]
        return written(counted if counted is not None else 1, "decimal" if own.is_legal else form)

    text = re.sub(r"%([1-9])", number, own.text)
    return text + "\u3000" if text.endswith(("条", "章", "节", "编")) else text


def _value(element: Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _whole(text: str | None, otherwise: int) -> int:
    """Return a whole number within reason, else another."""
    if text is None or not re.fullmatch(r"\d{1,6}", text):
        return otherwise
    return min(int(text), _MOST)
