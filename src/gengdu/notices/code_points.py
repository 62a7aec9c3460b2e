"""What each code point of a notice becomes, and of what kind it is.

Tables over the basic plane: a text is looked up in them at once, however long it is.
"""

from __future__ import annotations

import unicodedata
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Codes: TypeAlias = NDArray[np.uint32]
Kinds: TypeAlias = NDArray[np.uint8]
Flags: TypeAlias = NDArray[np.bool_]
Counts: TypeAlias = NDArray[np.int64]

PLANE = 0x10000
_SPACES = [0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_INVISIBLE = [0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF]
_INVISIBLE_RUNS = [(0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0xFE00, 0xFE0F),
                   (0xFFF9, 0xFFFB)]  # fmt: skip
_CHINESE_MARKS = "，。；：、！？（）〔〕【】《》〈〉「」『』“”‘’…—～·"
_TO_WIDE = dict(zip("(),;:!?", "（），；：！？", strict=True))
_SAME = dict(zip("｡､﹐﹑﹔﹕﹖﹗﹙﹚﹪％．", "。、，、；：？！（）%%.", strict=True))
_LINE_ENDS = [0x0B, 0x0C, 0x85, 0x2028, 0x2029]

OTHER, SPACE, LINE, TAB, HAN, MARK, WORD, CLOSE, DROP = range(9)
"""Kinds: MARK is a Chinese mark, WORD a letter or digit, CLOSE a mark that no space precedes."""


def _tables() -> tuple[Codes, Kinds]:
    """Return what each code point becomes and of what kind it is, for the basic plane."""
    becomes = np.arange(PLANE, dtype=np.uint32)
    for wide in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]:
        becomes[wide] = wide - 0xFEE0
    # Fonts in PDF files often give radicals and compatibility forms for ordinary characters.
    for form in [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)]:
        plain = unicodedata.normalize("NFKC", chr(form))
        if len(plain) == 1 and ord(plain) < PLANE:
            becomes[form] = ord(plain)
    for written, plain in _SAME.items():
        becomes[ord(written)] = ord(plain)
    becomes[_LINE_ENDS] = 10
    kinds = np.full(PLANE, OTHER, dtype=np.uint8)
    kinds[0x3400:0xA000] = kinds[0x3007] = HAN
    kinds[list(map(ord, _CHINESE_MARKS))] = MARK
    kinds[:0x20] = kinds[0x7F:0xA0] = kinds[_INVISIBLE] = DROP
    for first, last in _INVISIBLE_RUNS:
        kinds[first : last + 1] = DROP
    kinds[_SPACES] = SPACE
    kinds[ord("\n")], kinds[ord("\t")] = LINE, TAB
    words = [c for c in range(0x30, 0x2000) if chr(c).isalnum()]
    kinds[words] = WORD
    kinds[list(map(ord, ".,;:!?)]%‰"))] = CLOSE
    return becomes, kinds


BECOMES, _KINDS = _tables()
_COLUMNS = np.isin(_KINDS, (HAN, MARK)).astype(np.int8) + (_KINDS != DROP)
_COLUMNS[[0x3000, *range(0xFF01, 0xFF61)]] = 2
WIDENABLE = "".join(_TO_WIDE)
WIDENED = np.arange(0x80, dtype=np.uint32)
WIDENED[[ord(mark) for mark in _TO_WIDE]] = [ord(mark) for mark in _TO_WIDE.values()]


def codes_of(text: str) -> Codes:
    """Return the code points of a text, (len(text),)."""
    packed = text.encode("utf-32-le", "surrogatepass")
    return np.frombuffer(packed, dtype="<u4").astype(np.uint32)


def decoded(codes: Codes) -> str:
    """Return the text that code points spell."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def kinds_of(codes: Codes) -> Kinds:
    """Return the kind of each code point, (len(codes),)."""
    kinds = _KINDS[np.minimum(codes, PLANE - 1)]
    kinds[(codes >= 0x20000) & (codes < 0x32000)] = HAN
    return kinds


def columns_of(codes: Codes) -> Counts:
    """Return how many columns the text takes up to each code point inclusive; Chinese takes two."""
    return np.cumsum(_COLUMNS[np.minimum(codes, PLANE - 1)], dtype=np.int64)


def before(values: Kinds, edge: int) -> Kinds:
    """Return for each place the value one place earlier; the edge for the first."""
    return np.concatenate([np.array([edge], dtype=values.dtype), values[:-1]])


def after(values: Kinds, edge: int) -> Kinds:
    """Return for each place the value one place later; the edge for the last."""
    return np.concatenate([values[1:], np.array([edge], dtype=values.dtype)])


def framed(kinds: Kinds) -> Kinds:
    """Return the kinds with a line end before and after them, (len(kinds) + 2,)."""
    edge = np.array([LINE], dtype=kinds.dtype)
    return np.concatenate([edge, kinds, edge])


def any_of(codes: Codes, marks: str) -> Flags:
    """Return which code points are among some marks of the basic plane."""
    wanted = np.zeros(PLANE, dtype=np.bool_)
    wanted[list(map(ord, marks))] = True
    return wanted[np.minimum(codes, PLANE - 1)]


def kind(character: str) -> int:
    """Return the kind of one character."""
    return int(_KINDS[ord(character)]) if ord(character) < PLANE else OTHER
