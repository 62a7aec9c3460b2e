"""How a Chinese name sounds, so that people can look it up by pinyin or by its first letters."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from pypinyin import Style, pinyin

_MOST_WAYS = 4
"""A surname read in many ways is kept in the first few: 单 shan and dan, 解 jie and xie."""


@lru_cache(maxsize=20_000)
def _readings(character: str) -> tuple[str, ...]:
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else ()


def sound(name: str) -> str:
    """Return the pinyin of a name and its first letters, for each way to read the surname.

    >>> sound("李小龙"), sound("Anna")
    ('lixiaolong lxl', 'anna')
    >>> sound("单雄")
    'danxiong dx chanxiong cx shanxiong sx'
    """
    read = [_readings(character) for character in name]
    known = [readings for readings in read if readings]
    if not known:
        return name.casefold()
    ways = product(known[0][:_MOST_WAYS], *(readings[:1] for readings in known[1:]))
    spoken = (f"{''.join(way)} {''.join(part[0] for part in way)}" for way in ways)
    return " ".join(dict.fromkeys(spoken))
