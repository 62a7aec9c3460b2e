"""Invented people: names, birth dates and identity numbers of an area code that nobody has."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from gengdu.kernel.identifiers import IDENTITY_CHECK_DIGITS, IDENTITY_WEIGHTS

UNASSIGNED_AREA = "371099"
SEQUENCES = 1_000

COMMONNESS = {
    14: "王",
    12: "李张",
    9: "刘于",
    7: "孙",
    6: "丛",
    5: "陈赵徐宋姜",
    4: "杨毕邹鞠周吴林曲",
    3: "邵高郭梁马隋夏戚苗初许董黄",
    2: "谷车侯吕冷岳钟邓唐胡何迟田栾孟",
    1: "沙柳殷慕阎连贺房解盛原汤郝荆安汪卫",
}
"""Surnames of the coast by how common they are."""

SURNAMES = "".join(name * times for times, names in COMMONNESS.items() for name in names)
BOYS = "浩宇轩泽博文俊杰子睿嘉铭梓晨奕辰鑫鹏志远凯旭航承恩景行书恒毅昊天晓东立诚海洋建国明哲"
GIRLS = "欣怡梓涵雨桐诗若曦悦雅静思语萱佳琪晓妍子墨婉清芷灵可馨依诺月华心玥舒凡海宁美玲秀兰"
ELDER_MEN = "建国伟强军勇志刚海涛明辉德胜永波文斌培松世杰振东庆华洪亮玉林"
ELDER_WOMEN = "丽敏静芳燕霞红梅秀英玉兰淑华美玲晓萍爱琴海燕春艳冬雪桂香云凤"


def given_names(characters: str, number: int) -> tuple[str, ...]:
    """Return given names of one or two of the characters, each combination at most once."""
    rng = Random(characters)
    pairs = [first + second for first in characters for second in characters if first != second]
    rng.shuffle(pairs)
    return (*characters, *pairs)[:number]


BOY_NAMES = given_names(BOYS, 1_024)
GIRL_NAMES = given_names(GIRLS, 1_024)
ELDER_NAMES = {"male": given_names(ELDER_MEN, 600), "female": given_names(ELDER_WOMEN, 600)}
YOUNGER_NAMES = {"male": BOY_NAMES, "female": GIRL_NAMES}
NEW_NAMES_FROM = 1990


def _weighted(digits: str, offset: int) -> int:
    weights = IDENTITY_WEIGHTS[offset : offset + len(digits)]
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


_AREA_SUM = _weighted(UNASSIGNED_AREA, 0)
_SEQUENCE = tuple((f"{number:03d}", _weighted(f"{number:03d}", 14)) for number in range(SEQUENCES))


class BirthDay:
    """A birth date with what every identity number of that day begins with."""

    __slots__ = ("iso", "prefix", "total")

    def __init__(self, on: date) -> None:
        """Work out the beginning and its weighted sum once for all children of the day."""
        digits = f"{on:%Y%m%d}"
        self.iso = on.isoformat()
        self.prefix = UNASSIGNED_AREA + digits
        self.total = _AREA_SUM + _weighted(digits, 6)

    def identity_number(self, sequence: int) -> str:
        """Return the number of the n-th person; an odd sequence is male."""
        digits, weighted = _SEQUENCE[sequence % SEQUENCES]
        return f"{self.prefix}{digits}{IDENTITY_CHECK_DIGITS[(self.total + weighted) % 11]}"


def birth_days(first: date, last: date) -> list[BirthDay]:
    """Return every day from the first to the last."""
    return [BirthDay(first + timedelta(days=n)) for n in range((last - first).days + 1)]


def adult_name(rng: Random, sex: str, birth_year: int) -> str:
    """Return a name of the fashion of a birth year."""
    given = (YOUNGER_NAMES if birth_year >= NEW_NAMES_FROM else ELDER_NAMES)[sex]
    return SURNAMES[int(rng.random() * len(SURNAMES))] + given[int(rng.random() * len(given))]
