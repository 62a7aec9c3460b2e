"""Check digits of the identifiers that registers hold (standards.md §9)."""

from __future__ import annotations

from datetime import date

IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECK_DIGITS = "10X98765432"


def identity_check_digit(first_17: str) -> str:
    """Return the 18th character of a resident identity number.

    Source:
        GB 11643-1999: seventeen digits by weight, modulo 11.

    >>> identity_check_digit("11010519491231002")
    'X'
    """
    total = sum(
        int(digit) * weight for digit, weight in zip(first_17, IDENTITY_WEIGHTS, strict=True)
    )
    return IDENTITY_CHECK_DIGITS[total % 11]


def is_identity_number(text: str) -> bool:
    """Tell whether a text is a well-formed identity number with a real birth date.

    >>> is_identity_number("440524188001010014"), is_identity_number("110105194912310021")
    (True, False)
    """
    if len(text) != 18 or not (text[:17].isascii() and text[:17].isdigit()):
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return identity_check_digit(text[:17]) == text[17]
