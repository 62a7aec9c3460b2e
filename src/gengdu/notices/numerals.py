"""Numbers as Chinese documents write them."""

from __future__ import annotations

import re
from fractions import Fraction

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
          "八": 8, "九": 9}  # fmt: skip
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
CHARACTERS = "".join([*DIGITS, *_PLACES])
LONGEST = 12
"""Digits beyond which a number is no number of a plan but a code."""
PRINTED = re.compile(r"\d{1,12}(?:[，,]\d{3}){0,3}(?:\.\d{1,6})?")


def whole(text: str) -> int | None:
    """Return the whole number that numerals write; None where they write none.

    >>> whole("二十三"), whole("十"), whole("一百零五"), whole("二〇二三"), whole("12"), whole("甲")
    (23, 10, 105, 2023, 12, None)
    """
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= LONGEST else None
    if not text or len(text) > LONGEST or any(one not in CHARACTERS for one in text):
        return None
    if not any(one in _PLACES for one in text):
        return int("".join(str(DIGITS[one]) for one in text))
    total, digit = 0, None
    for one in text:
        if one in DIGITS:
            digit = DIGITS[one]
        else:
            total += (1 if digit is None else digit) * _PLACES[one]
            digit = None
    return total + (digit or 0)


def number(text: str) -> Fraction | None:
    """Return the number a text writes, such as 1.01, 1,200 or 三百; None where it writes none.

    >>> number("1.01"), number("1,200"), number("三百"), number("3万")
    (Fraction(101, 100), Fraction(1200, 1), Fraction(300, 1), Fraction(30000, 1))
    """
    if text and text[-1] in _MYRIADS:
        part = number(text[:-1])
        return None if part is None else part * _MYRIADS[text[-1]]
    if PRINTED.fullmatch(text):
        return Fraction(text.replace("，", "").replace(",", ""))
    found = whole(text)
    return None if found is None else Fraction(found)


def of_parts(text: str) -> Fraction | None:
    """Return a share in words, in per cent: 一半, 三分之二, 百分之九十, 八成; None for none.

    >>> of_parts("一半"), of_parts("百分之九十"), of_parts("八成"), of_parts("九成五")
    (Fraction(50, 1), Fraction(90, 1), Fraction(80, 1), Fraction(95, 1))
    """
    if text in ("一半", "半数"):
        return Fraction(50)
    tenths, of_ten, rest = text.partition("成")
    if of_ten:
        first, second = whole(tenths), 5 if rest == "半" else whole(rest) if rest else 0
        return None if first is None or second is None else Fraction(first * 10 + second)
    below, between, above = text.partition("分之")
    if not between:
        return None
    bottom, top = whole(below), number(above)
    return None if not bottom or top is None else top * 100 / bottom
