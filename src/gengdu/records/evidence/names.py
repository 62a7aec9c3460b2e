"""Names of files as people see them: nothing in them leads elsewhere or hides how they end."""

from __future__ import annotations

import unicodedata

MOST_LETTERS = 150
_FORBIDDEN = frozenset('/\\:*?"<>|')


def clean(name: str, otherwise: str = "未命名") -> str:
    r"""Return a name of one line, without folders, controls and marks that turn the writing.

    >>> clean("C:\\照片\\会议 .jpg"), clean("../../etc/passwd"), clean("照片\u202egpj.exe")
    ('会议 .jpg', 'passwd', '照片gpj.exe')
    >>> clean("..."), len(clean("长" * 300 + ".pdf"))
    ('未命名', 150)
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if _is_plain(letter)).strip(" .")
    if not kept:
        return otherwise
    if len(kept) <= MOST_LETTERS:
        return kept
    stem, dot, end = kept.rpartition(".")
    if not dot or len(end) > 10:
        return kept[:MOST_LETTERS]
    return f"{stem[: MOST_LETTERS - len(end) - 1]}.{end}"


def _is_plain(letter: str) -> bool:
    return letter not in _FORBIDDEN and unicodedata.category(letter) not in (
        "Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp",
    )  # fmt: skip
