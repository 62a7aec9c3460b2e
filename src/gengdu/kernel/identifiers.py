"""Numbers that persons and schools are known by, and what is wrong with a bad one.

Every `*_fault` answers None for a well-formed number, else a Chinese sentence for whoever typed it.
Rules and check values: standards.md §9 and §13.10.
"""

from __future__ import annotations

import re
from datetime import date
from operator import mul
from typing import Literal

IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECK_DIGITS = "10X98765432"
_WEIGHT_OF_ZERO_CHARACTERS = ord("0") * sum(IDENTITY_WEIGHTS)
_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")

Sex = Literal["male", "female"]
RegistryKind = Literal["formal", "assigned", "temporary"]
REGISTRY_KINDS: dict[str, RegistryKind] = {"G": "formal", "J": "assigned", "L": "temporary"}

SCHOOL_CATEGORIES = {
    "11": "幼儿园",
    "21": "小学",
    "22": "成人小学",
    "31": "普通初中",
    "32": "职业初中",
    "34": "普通高中",
    "36": "中等职业学校",
    "37": "工读学校",
    "41": "普通高等学校",
    "51": "特殊教育学校",
}

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_VALUES = {character: value for value, character in enumerate(CREDIT_CHARACTERS)}
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def identity_check_digit(first_17: str) -> str:
    """Return the 18th character of a resident identity number.

    Source:
        GB 11643-1999: seventeen digits by weight, modulo 11.

    >>> identity_check_digit("11010519491231002")
    'X'
    """
    if len(first_17) != 17:
        raise ValueError(f"seventeen digits expected, got {len(first_17)}")
    weighted = sum(map(mul, first_17.encode("ascii"), IDENTITY_WEIGHTS))
    return IDENTITY_CHECK_DIGITS[(weighted - _WEIGHT_OF_ZERO_CHARACTERS) % 11]


def is_identity_number(text: str) -> bool:
    """Tell whether a text is a well-formed identity number with a real birth date.

    >>> is_identity_number("440524188001010014"), is_identity_number("110105194912310021")
    (True, False)
    """
    return identity_fault(text) is None


def identity_fault(text: str) -> str | None:
    """Say what is wrong with a resident identity number: length, characters, day or check digit.

    >>> identity_fault("371002201502290011")
    '第 7 至 14 位是出生日期“20150229”，没有这一天，请核对证件'
    """
    if _IDENTITY.fullmatch(text) is None:
        return _identity_form_fault(text)
    if _day(text[6:14]) is None:
        return f"第 7 至 14 位是出生日期“{text[6:14]}”，没有这一天，请核对证件"
    expected = identity_check_digit(text[:17])
    if expected != text[17]:
        return (
            f"末位是“{text[17]}”，按前 17 位推算应为“{expected}”，"
            "说明其中有数字写错，请对照证件逐位核对"
        )
    return None


def _identity_form_fault(text: str) -> str:
    if len(text) == 15 and text.isdigit():
        return "是 15 位的旧号码，请填写 18 位的公民身份号码"
    if len(text) != 18:
        return f"共 {len(text)} 位，应为 18 位，请对照证件补全或删去多余的字符"
    return "含有不该出现的字符，前 17 位应为数字，末位为数字或大写字母 X"


def _day(yyyymmdd: str) -> date | None:
    try:
        return date(int(yyyymmdd[:4]), int(yyyymmdd[4:6]), int(yyyymmdd[6:]))
    except ValueError:
        return None


def birth_date_of(identity_number: str) -> date:
    """Return the birth date that a well-formed identity number states.

    >>> birth_date_of("371082201202290035")
    datetime.date(2012, 2, 29)
    """
    stated = _day(identity_number[6:14])
    if stated is None:
        raise ValueError(f"no birth date in {len(identity_number)} characters")
    return stated


def sex_of(identity_number: str) -> Sex:
    """Return the sex that a well-formed identity number states: the 17th digit odd means male.

    >>> sex_of("11010519491231002X"), sex_of("371002201501010011")
    ('female', 'male')
    """
    return "male" if int(identity_number[16]) % 2 else "female"


def registry_kind(registry_number: str) -> RegistryKind | None:
    """Tell formal (G), assigned without an identity number (J) and temporary (L) numbers apart."""
    return REGISTRY_KINDS.get(registry_number[:1])


def registry_fault(text: str) -> str | None:
    """Say what is wrong with a pupil's registry number (学籍号).

    The digits after G are an identity number, though not always the pupil's present one: the
    registry number stays when the identity number is corrected. Never compare the two.

    >>> registry_fault("G11010519491231002X"), registry_fault("L371072201501010042")
    (None, None)
    """
    kind = registry_kind(text)
    if kind is None:
        return "第一位应为字母 G、J 或 L，其后 18 位，请从学籍系统复制"
    if len(text) != 19:
        return f"共 {len(text)} 位，应为 19 位（字母 {text[0]} 后 18 位），请从学籍系统复制"
    if kind == "temporary":
        return _temporary_registry_fault(text)
    fault = identity_fault(text[1:])
    return None if fault is None else f"字母 {text[0]} 之后的 18 位有误：{fault}"


def _temporary_registry_fault(text: str) -> str | None:
    if not (text[1:].isascii() and text[1:].isdigit()):
        return "字母 L 之后的 18 位应全是数字，请从学籍系统复制"
    if _day(text[7:15]) is None:
        return f"第 8 至 15 位是出生日期“{text[7:15]}”，没有这一天，请从学籍系统复制"
    return None


def school_identifier_fault(text: str) -> str | None:
    """Say what is wrong with a school's identifier (学校标识码), which has no check digit.

    >>> school_identifier_fault("2137000001") is None, school_identifier_fault("213700001")
    (True, '共 9 位，应为 10 位数字（2 位类别、2 位省份、6 位顺序号），请从学校（机构）代码表复制')
    """
    if len(text) == 10 and text.isascii() and text.isdigit():
        return None
    form = "10 位数字（2 位类别、2 位省份、6 位顺序号），请从学校（机构）代码表复制"
    if len(text) != 10:
        return f"共 {len(text)} 位，应为 {form}"
    return f"含有数字以外的字符，应为 {form}"


def school_category(school_identifier: str) -> str | None:
    """Return the category that a school's identifier begins with; None where it is not listed.

    >>> school_category("2137000001"), school_category("4111010001"), school_category("9937000001")
    ('小学', '普通高等学校', None)
    """
    return SCHOOL_CATEGORIES.get(school_identifier[:2])


def credit_code_check_character(first_17: str) -> str:
    """Return the 18th character of a unified social credit code.

    Source:
        GB 32100-2015: 31 less the weighted sum modulo 31; 31 counts as 0.

    >>> credit_code_check_character("91350100M000100Y4")
    '3'
    """
    weighted = sum(
        _CREDIT_VALUES[character] * weight
        for character, weight in zip(first_17, _CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_CHARACTERS[-weighted % 31]


def credit_code_fault(text: str) -> str | None:
    """Say what is wrong with the form of a unified social credit code; its check is a warning."""
    if len(text) != 18:
        return f"共 {len(text)} 位，应为 18 位，请对照登记证书补全"
    odd = [character for character in text if character not in _CREDIT_VALUES]
    if odd:
        return f"含有“{odd[0]}”，代码只用数字和除 I、O、S、V、Z 外的大写字母，请对照登记证书核对"
    return None


def credit_code_warning(text: str) -> str | None:
    """Say that the last character is not the computed one: real codes of that kind are in use."""
    expected = credit_code_check_character(text[:17])
    if expected == text[17]:
        return None
    return (
        f"末位是“{text[17]}”，按国家标准推算应为“{expected}”；"
        "个别真实代码也不相符，请对照登记证书核对，无误即可保留"
    )


def is_row_number(text: str, *, digits: int = 15) -> bool:
    r"""Tell whether a text is a whole number of so many digits at most, as addresses name rows.

    >>> is_row_number("42"), is_row_number("-1"), is_row_number("\uff14"), is_row_number("9" * 16)
    (True, False, False, False)
    """
    return text.isascii() and text.isdigit() and len(text) <= digits
