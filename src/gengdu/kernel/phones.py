"""Telephone numbers as people write them; lenient, since a number is there to be called."""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s()\-_.—\u2013]+")
_EXTENSION = re.compile(r"(?:转|ext\.?|#|,)", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d+(?:-\d+)*")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WITH_COUNTRY = re.compile(r"(?:\+|00)?86-?(1[3-9]\d{9})")


def normal_phone(text: str) -> str:
    """Write a number with single dashes, its extension last, and a mobile number bare.

    >>> normal_phone("138 0631 0001"), normal_phone("+86-13806310001")
    ('13806310001', '13806310001')
    >>> normal_phone("(0631) 5981234转8")
    '0631-5981234-8'
    """
    text = unicodedata.normalize("NFKC", text)
    dashed = _SEPARATORS.sub("-", _EXTENSION.sub("-", text)).strip("-")
    dashed = re.sub(r"-+", "-", dashed)
    joined = dashed.replace("-", "")
    if _MOBILE.fullmatch(joined):
        return joined
    with_country = _WITH_COUNTRY.fullmatch(joined)
    return with_country[1] if with_country else dashed


def phone_fault(normal: str) -> str | None:
    """Say what is wrong with a number written by `normal_phone`.

    >>> phone_fault("13806310001") is None, phone_fault("1380631000")
    (True, '像手机号，却有 10 位，应为 11 位，请核对')
    """
    if _NUMBER.fullmatch(normal) is None:
        return "含有电话号码里不该有的字符，只填数字，区号与分机用“-”隔开，一格只填一个号码"
    digits = normal.replace("-", "").lstrip("+")
    if len(digits) < 7:
        return f"只有 {len(digits)} 位数字，座机至少 7 位，手机 11 位，请补全"
    if "-" not in normal and re.fullmatch(r"1[3-9]\d{8}", digits):
        return f"像手机号，却有 {len(digits)} 位，应为 11 位，请核对"
    if len(digits) > 20:
        return f"共 {len(digits)} 位数字，太长，一格只填一个号码"
    return None
