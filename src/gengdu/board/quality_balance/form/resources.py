"""Tables Ⅰ to Ⅲ: the county in numbers, its schools, means and coefficients."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from gengdu.analytics.quality_balance.resources import INDICATORS
from gengdu.analytics.quality_balance.school_rows import STAGES_ZH
from gengdu.analytics.quality_balance.verdict import NAMES_ZH
from gengdu.analytics.verdicts import Verdict
from gengdu.board.quality_balance.form.template import Filled
from gengdu.board.quality_balance.report import Content, number
from gengdu.documents.official_forms import Cell, Number

LETTERS = "CDEFGHI"
SCHOOL_LETTERS = "GHIJKLM"
FIRST_SCHOOL = 4
COMBINED = ("nine_year", "twelve_year")
YES_NO = {Verdict.MET: "是", Verdict.UNMET: "否"}
COUNTY_ZH = "区县年报没有报"
# Column, name of the number, decimal places; in the order L1 to L24.
_BASICS = (
    ("population_10k", 2), ("rural_population_10k", 2), ("towns", 0),
    ("administrative_villages", 0), ("product_per_person_yuan", 0),
    ("revenue_per_person_yuan", 0), ("farmer_income_yuan", 0), ("resident_income_yuan", 0),
    ("schools_primary", 0), ("schools_nine_year", 0), ("schools_junior", 0),
    ("schools_complete_secondary", 0), ("schools_twelve_year", 0), ("schools_special", 0),
    ("schools_teaching_point", 0), ("schools_large_points", 0), ("classes_primary", 0),
    ("classes_junior", 0), ("pupils_primary", 0), ("pupils_junior", 0), ("staff_primary", 0),
    ("teachers_primary", 0), ("staff_junior", 0), ("teachers_junior", 0),
)  # fmt: skip
_HEADS = ("人口总数", "农业人口数", "乡镇数", "行政村数", "年人均国内生产总值",
          "年人均地方财政收入", "农民年人均纯收入", "城镇居民年人均可支配收入", "小学数",
          "九年一贯制学校数", "初中数", "完全中学数", "十二年一贯制学校数", "特殊教育学校数",
          "小学教学点数", "50人及以上教学点数",
          "小学教学班数", "初中教学班数", "小学在校学生数", "初中在校学生数", "小学教职工数",
          "小学专任教师数", "初中教职工数", "初中专任教师数")  # fmt: skip


def table_one(content: Content) -> Filled:
    """Fill table Ⅰ: its numbers stand in row 9."""
    filled = Filled.begin("表Ⅰ")
    basics = content["basics"]
    for place, ((name, places), head) in enumerate(zip(_BASICS, _HEADS, strict=True)):
        missing = (
            "多学段学校有教职工没有登记任教学段" if name.startswith(("staff", "teachers"))
            else COUNTY_ZH if basics else "一校一行的表里没有"
        )  # fmt: skip
        where = f"{chr(ord('A') + place)}9"
        filled.number(where, number(basics.get(name)), places, head, missing)
    return filled


def table_two_counts(content: Content) -> Filled:
    """Fill table Ⅱ-1: how many schools reach each line."""
    filled = Filled.begin("表Ⅱ-1")
    for stage, row in (("primary", 4), ("junior", 6)):
        schools = [one for one in content["schools"] if one["stage"] == stage]
        for letter, name in zip(LETTERS, INDICATORS, strict=True):
            met = [_reaches(one, name) for one in schools]
            count = None if not schools or None in met else sum(map(bool, met))
            _count(filled, letter, row, count, len(schools), f"{STAGES_ZH[stage]}{NAMES_ZH[name]}")
        verdicts = [one["verdict"] for one in schools]
        unknown = not schools or Verdict.UNKNOWN in verdicts
        passed = None if unknown else verdicts.count(Verdict.MET)
        _count(filled, "J", row, passed, len(schools), f"{STAGES_ZH[stage]}综合评估")
    return filled


def _reaches(school: dict[str, Any], name: str) -> bool | None:
    value, line = number(school["values"][name]), number(school["lines"][name])
    return None if value is None or line is None else value >= line


def _count(
    filled: Filled, letter: str, row: int, count: int | None, schools: int, what_zh: str
) -> None:
    missing = "有学校没有报齐" if schools else "没有这一学段的学校"
    filled.number(f"{letter}{row}", count, 0, f"{what_zh}达标学校总数", missing)
    share = None if count is None or not schools else Fraction(100 * count, schools)
    filled.number(f"{letter}{row + 1}", share, 1, f"{what_zh}达标学校比例", missing)


def table_two_schools(content: Content) -> tuple[Filled, int]:
    """Fill table Ⅱ-2, as long as there are schools, and return the row of its note.

    The form shows places for three schools of each stage; the note follows the last school.
    """
    filled = Filled.begin("表Ⅱ-2")
    for where in [one for one in filled.cells if int(one[1:]) >= FIRST_SCHOOL]:
        del filled.cells[where]
    row = FIRST_SCHOOL
    for stage in ("primary", "junior"):
        of_stage = [one for one in content["schools"] if one["stage"] == stage]
        for place, school in enumerate(of_stage, start=1):
            _school_row(filled, row, place, school)
            row += 1
    filled.cells[f"A{row}"] = _note(content)
    return filled, row


def _school_row(filled: Filled, row: int, place: int, school: dict[str, Any]) -> None:
    name = school["school"]
    filled.cells[f"A{row}"] = Number(Fraction(place), 0)
    filled.cells[f"B{row}"] = name
    if school["sponsor"]:
        filled.cells[f"C{row}"] = Number(Fraction(school["sponsor"]), 0)
    else:
        filled.leave_open(f"C{row}", f"{name}举办者类型", "学校底册没有登记，或一校一行的表里没有")
    filled.number(f"D{row}", school["pupils"], 0, f"{name}在校生数", "")
    for letter, key, what in (("E", "grades", "年级数"), ("F", "classes", "班级数")):
        filled.number(f"{letter}{row}", school[key], 0, f"{name}{what}", "一校一行的表里没有")
    for letter, indicator in zip(SCHOOL_LETTERS, INDICATORS, strict=True):
        filled.number(
            f"{letter}{row}", number(school["values"][indicator]), 2,
            f"{name}（{STAGES_ZH[school['stage']]}）{NAMES_ZH[indicator]}", "学校没有报",
        )  # fmt: skip
    verdict = Verdict(school["verdict"])
    if verdict in YES_NO:
        filled.cells[f"N{row}"] = YES_NO[verdict]
    else:
        filled.leave_open(f"N{row}", f"{name}综合评估是否达标", "学校没有报齐")
    filled.cells[f"O{row}"] = _remark(school)


def _remark(school: dict[str, Any]) -> str:
    """Say which indicators reach their line, and which the part of it that one may fall to."""
    met = [place for place, name in enumerate(INDICATORS, start=1) if _reaches(school, name)]
    near = [place for place, name in enumerate(INDICATORS, start=1) if name in school["near"]]
    said = f"达标：第{_listed(met)}项" if met else "没有达标的"
    return f"{said}；达到85%：第{_listed(near)}项" if near else said


def _listed(places: list[int]) -> str:
    return "、".join(map(str, places))


def _note(content: Content) -> Cell:
    """Fill the note with how many schools there are, of which parts of combined ones."""
    counts = []
    for stage in ("primary", "junior"):
        kinds = [one["category"] for one in content["schools"] if one["stage"] == stage]
        combined = sum(kind in COMBINED for kind in kinds)
        other = kinds.count("teaching_point" if stage == "primary" else "complete_secondary")
        counts += [len(kinds), combined, other]
    filled = Filled.begin("表Ⅱ-2")
    filled.blanks("A12", [str(one) for one in counts])
    return filled.cells["A12"]


def table_three(content: Content) -> Filled:
    """Fill table Ⅲ: means to two places, coefficients to three."""
    filled = Filled.begin("表Ⅲ")
    by_stage = {one["stage"]: one for one in content["stages"]}
    for stage, row in (("primary", 4), ("junior", 6)):
        found = by_stage.get(stage)
        missing = "有学校没有报齐" if found else "没有这一学段的学校"
        for letter, name in zip(LETTERS, INDICATORS, strict=True):
            what = f"{STAGES_ZH[stage]}{NAMES_ZH[name]}"
            mean = number(found["means"][name]) if found else None
            apart = number(found["coefficients"][name]) if found else None
            filled.number(f"{letter}{row}", mean, 2, f"{what}全县平均值", missing)
            filled.number(f"{letter}{row + 1}", apart, 3, f"{what}差异系数", missing)
        whole = number(found["composite"]) if found else None
        filled.number(f"J{row + 1}", whole, 3, f"{STAGES_ZH[stage]}差异系数综合", missing)
    return filled
