"""Readings of what documents leave in dispute: the settings choose one, pages may ask for another.

No official text decides between them; where each was found: policy/standards/settings.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from gengdu.policy import facts

Chosen = Mapping[str, int]
"""Readings that somebody asks for, by the key of what is disputed."""
NOTHING: Chosen = MappingProxyType({})
"""Nothing asked for: all is as the settings have it."""


class UnknownReading(ValueError):
    """What is disputed is read in no such way; the message says in which it is."""


@dataclass(frozen=True)
class Dispute:
    """Something that can be read in several ways.

    Attributes:
        key: As addresses call it.
        setting: The setting that chooses a reading.
        readings: What each reading says, by the number that the setting calls it.
        item: The item it decides; empty where it decides more than one.
    """

    key: str
    label_zh: str
    setting: str
    readings: Mapping[int, str]
    item: str = ""

    def set_on(self, on: date) -> int:
        """Return the reading that the setting chooses on a day."""
        return int(facts.value(self.setting, on=on))

    def read(self, text: str) -> int:
        """Return the reading of a number as addresses write it.

        Raises:
            UnknownReading: If there is none of that number.
        """
        for number in self.readings:
            if text == str(number):
                return number
        known = "；".join(f"{number} {words}" for number, words in self.readings.items())
        raise UnknownReading(f"“{self.label_zh}”没有编号为“{text[:20]}”的口径，只有：{known}。")

    def others(self, chosen: int) -> list[int]:
        """Return every reading but one."""
        return [number for number in self.readings if number != chosen]


COEFFICIENT = Dispute(
    "coefficient", "差异系数", "settings.quality_balance_coefficient",
    {1: "按学生数加权（官方算法）", 2: "不加权（STDEV÷AVERAGE，只供核对）"},
)  # fmt: skip
QUALITY_BALANCE = (
    Dispute(
        "arts_rooms", "音乐、美术教室", "settings.quality_balance_arts_rooms",
        {1: "音乐、美术各按每12个班1间", 2: "音乐、美术合计每12个班1间（沈阳填报表）"}, "g03",
    ),
    Dispute(
        "nearby", "就近划片入学", "settings.quality_balance_nearby",
        {1: "按城区、镇区读：城区 100%、镇区 95%", 2: "按小学、初中读：小学 100%、初中 95%"}, "g13",
    ),
    Dispute(
        "retention", "初中三年巩固率", "settings.quality_balance_retention",
        {1: "（毕业－转入＋转出）÷（三年前初一在校－死亡）",
         2: "毕业班学生÷（三年前入学＋转入－死亡－转出）"}, "q1",
    ),
    COEFFICIENT,
)  # fmt: skip
UNIVERSAL_PRESCHOOL = (
    Dispute(
        "basis", "毛入园率的分母", "settings.preschool_population_basis",
        {1: "户籍所在地3—6岁人口", 2: "常住3—5岁人口"}, "1",
    ),
)  # fmt: skip


def reading(key: str, chosen: Chosen, on: date) -> int:
    """Return the reading of 优质均衡 that was asked for, else that of the settings.

    Args:
        key: Of one in QUALITY_BALANCE.
        chosen: What was asked for.
        on: The day whose settings hold.
    """
    found = next(one for one in QUALITY_BALANCE if one.key == key)
    return chosen.get(key) or found.set_on(on)


def words(key: str, number: int) -> str:
    """Return what a reading of 优质均衡 says."""
    return next(one.readings[number] for one in QUALITY_BALANCE if one.key == key)
