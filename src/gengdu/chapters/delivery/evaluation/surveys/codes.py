"""One-time codes: made from a key and a number, so that none has to be kept.

Whoever has the database alone cannot make them, whoever has a slip alone cannot tell whose it is:
a code knows its stratum and its number there, and nothing of a person.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters that are not taken for one another in print: no 0 and O, no 1, I and L."""
RANDOM_LETTERS = 9
LENGTH = RANDOM_LETTERS + 1
_FULL_WIDTH = str.maketrans(
    {chr(code + 0xFEE0): chr(code) for code in range(ord("!"), ord("~") + 1)}
)

_HOW_SPELT = (
    f"这个码写得不对，还没有打开问卷。码是 {LENGTH} 位，没有 0、O、1、I、L，请对照纸条逐个核对。"
)


class WronglyCopied(ValueError):
    """What was typed cannot be a code: a letter is missing or mistyped; the message says so."""


def code_of(key: bytes, *, survey: int, stratum: int, serial: int) -> str:
    """Return the code of one slip: the same whenever it is asked for.

    Nine letters are drawn by HMAC-SHA256 (31 to the 9th is some 26 million million); the tenth
    proves the others, so that a slip of the finger is told apart from a guess.
    """
    seed = hmac.new(_part(key, "code"), f"{survey}:{stratum}:{serial}".encode(), sha256).digest()
    number, letters = int.from_bytes(seed, "big"), []
    for _ in range(RANDOM_LETTERS):
        number, place = divmod(number, len(ALPHABET))
        letters.append(place)
    return "".join(ALPHABET[place] for place in (*letters, _proof(letters)))


def digest_of(key: bytes, code: str) -> str:
    """Return under what a code is found."""
    return hmac.new(_part(key, "digest"), code.encode(), sha256).hexdigest()


def read(typed: str) -> str:
    """Return the code that somebody typed, whatever the case, the width and the dashes.

    >>> code = code_of(b"key", survey=1, stratum=2, serial=3)
    >>> read(f" {shown(code).lower()} ") == code
    True

    Raises:
        WronglyCopied: If no code can be spelt so.
    """
    text = "".join(typed.translate(_FULL_WIDTH).upper().split()).replace("-", "")
    places = [ALPHABET.find(letter) for letter in text]
    if len(text) != LENGTH or -1 in places or places[-1] != _proof(places[:-1]):
        raise WronglyCopied(_HOW_SPELT)
    return text


def shown(code: str) -> str:
    """Return a code as it is printed, in two halves.

    >>> shown("23456789AB")
    '23456-789AB'
    """
    return f"{code[:5]}-{code[5:]}"


def _proof(places: list[int]) -> int:
    """Return the last letter: it differs when one letter does, or two neighbours are swapped."""
    return sum((at + 2) * place for at, place in enumerate(places)) % len(ALPHABET)


def _part(key: bytes, use: str) -> bytes:
    """Return a key for one use alone."""
    return hmac.new(key, use.encode(), sha256).digest()
