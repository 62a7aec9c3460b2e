"""Lists that rules refer to: mechanisms, condition items, school systems."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from gengdu.policy import loading

HERE = Path(__file__).parent / "lists"


@cache
def items(name: str) -> tuple[dict[str, Any], ...]:
    """Return one list by name, in the order of its file."""
    return tuple(loading.read_yaml(HERE / f"{name}.yaml"))


def school_system(key: str) -> dict[str, Any]:
    """Return how many grades each stage has in a school system."""
    return next(item for item in items("school_systems") if item["key"] == key)


_GRADES = ("小班", "中班", "大班", *(f"{number}年级" for number in "一二三四五六七八九"))


def class_order(label: str) -> tuple[int, list[int], str]:
    """Return where a class stands among others: by grade, then by its number.

    >>> sorted(["七年级1班", "三年级10班", "三年级2班", "大班1班"], key=class_order)
    ['大班1班', '三年级2班', '三年级10班', '七年级1班']
    """
    grades = (place for place, grade in enumerate(_GRADES) if label.startswith(grade))
    return next(grades, len(_GRADES)), [int(part) for part in re.findall(r"\d+", label)], label


def grade_label(system: str, stage: str, grade: int) -> str:
    """Return what a grade is called on screen.

    >>> grade_label("five_four", "junior", 1), grade_label("five_four", "preschool", 3)
    ('六年级', '大班')
    """
    if stage == "preschool":
        return ("小班", "中班", "大班")[grade - 1] if 1 <= grade <= 3 else f"{grade}（园）"
    before = 0 if stage == "primary" else school_system(system)["primary"]
    number = before + grade
    return f"{'一二三四五六七八九'[number - 1]}年级" if 1 <= number <= 9 else f"{number}年级"
