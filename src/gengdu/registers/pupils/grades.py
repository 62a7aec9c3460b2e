"""Reads what people write for a grade and a class: 三年级, 初一, 大班, 2023级, （1）班.

Which grade a name means follows from the school system of the school and the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gengdu.kernel import cells
from gengdu.kernel.cells.base import clean
from gengdu.kernel.school_years import SchoolYear
from gengdu.policy import lists

NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", start=1)}
KINDERGARTEN = {"托班": 0, "小班": 1, "中班": 2, "大班": 3, "学前班": 3}
ENTERS_AT = {"preschool": 3, "primary": 6}
_NAMED = re.compile(r"^(小学|初中|中学|幼儿园)?([一二三四五六七八九十]|\d{1,2})年级?$")
_JUNIOR = re.compile(r"^(?:初中?|中学)([一二三四]|[1-4])(?:年级)?$")
_COHORT = re.compile(r"^(小学|初中|幼儿园)?(20\d\d)级?$")
_CLASS = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,2})[)）\]】]?班?$")


@dataclass(frozen=True)
class Grade:
    """A stage and the grade within it, counted from 1."""

    stage: str
    grade: int


def read_grade(text: str, *, system: str, stages: tuple[str, ...], year: SchoolYear) -> Grade:
    """Return the grade that a text means at a school.

    Args:
        text: As people write it.
        system: Key of the school system (policy/lists/school_systems.yaml).
        stages: The stages the school teaches.
        year: The school year of the day the file describes; 2023级 counts back from it.

    Raises:
        cells.BadCell: If the text means no grade that the school has.

    >>> read_grade("六年级", system="five_four", stages=("junior",), year=SchoolYear(2026))
    Grade(stage='junior', grade=1)
    >>> read_grade("2024级", system="five_four", stages=("primary",), year=SchoolYear(2026))
    Grade(stage='primary', grade=3)
    """
    grades = lists.school_system(system)
    found = _read(clean(text).replace(" ", ""), grades, stages, year)
    if found is None:
        raise cells.BadCell(f"“{text}”看不出是哪个年级，请填如“三年级”“初一”“大班”或“2024级”")
    if found.stage not in stages or not 1 <= found.grade <= grades[found.stage]:
        raise cells.BadCell(f"“{text}”不是这所学校在办的年级，请核对学校和年级")
    return found


def _read(
    text: str, grades: dict[str, int], stages: tuple[str, ...], year: SchoolYear
) -> Grade | None:
    if text in KINDERGARTEN:
        return Grade("preschool", KINDERGARTEN[text])
    if match := _JUNIOR.match(text):
        return Grade("junior", _number(match[1]))
    if match := _COHORT.match(text):
        stage = {"小学": "primary", "初中": "junior", "幼儿园": "preschool"}.get(match[1] or "")
        return Grade(stage or stages[0], year.begins_in - int(match[2]) + 1)
    if match := _NAMED.match(text if text.endswith(("级", "年")) else f"{text}年级"):
        number = _number(match[2])
        if match[1] == "初中" and number <= grades["junior"]:
            return Grade("junior", number)
        if stages == ("preschool",):
            return Grade("preschool", number)
        primary = grades["primary"]
        return Grade("primary", number) if number <= primary else Grade("junior", number - primary)
    return None


def read_class(text: str) -> int:
    """Return the number of a class.

    Raises:
        cells.BadCell: If the text names no class.

    >>> read_class("三年级2班"), read_class("（12）班"), read_class("十一班"), read_class("3")
    (2, 12, 11, 3)
    """
    match = _CLASS.search(clean(text).replace(" ", ""))
    number = _number(match[1]) if match else 0
    if not 1 <= number <= 99:
        raise cells.BadCell(f"“{text}”看不出是几班，请填如“1班”或“三年级1班”")
    return number


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return NUMERALS[text]
    return 10 * (NUMERALS[tens] if tens else 1) + (NUMERALS[ones] if ones else 0)
