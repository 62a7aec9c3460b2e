"""Text as documents may hold it: no characters that break a file or turn what is read around."""

from __future__ import annotations

import re
import unicodedata

# What XML 1.0 allows are tab, line ends and everything printable; the rest would make Word call the
# file broken. Marks that reverse the direction of writing are left out too: they let a text show
# other than it is.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
    "\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def printable(text: str) -> str:
    r"""Return a text without the characters that a document cannot hold; lines end with \n.

    >>> printable("一\r\n二\x00三\u202e")
    '一\n二三'
    """
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def lines(text: str) -> list[str]:
    r"""Return the lines of a text that hold something.

    >>> lines("甲\n\n 乙")
    ['甲', ' 乙']
    """
    return [line for line in printable(text).split("\n") if line.strip()]


def on_one_line(text: str) -> str:
    r"""Return a text as one line, runs of blanks made one space.

    >>> on_one_line(" 示例小学\n 绿色校园 ")
    '示例小学 绿色校园'
    """
    return " ".join(printable(text).split())


def visible(text: str) -> str:
    r"""Return a text as one line of characters that show, composed, for the name of a file.

    >>> visible("证书\u200b\u202egnp.exe")
    '证书gnp.exe'
    """
    shown = unicodedata.normalize("NFC", on_one_line(text))
    return "".join(c for c in shown if unicodedata.category(c) not in _INVISIBLE)
