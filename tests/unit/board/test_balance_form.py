"""The official form read back cell by cell: fixed cells as printed, numbers as computed."""

from __future__ import annotations

import io
import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from gengdu.analytics.quality_balance import conclusion, resources, school_rows, verdict
from gengdu.analytics.quality_balance.item_list import listed
from gengdu.analytics.quality_balance.resources import INDICATORS, Rules
from gengdu.analytics.statements import Statement
from gengdu.board.quality_balance import form as package
from gengdu.board.quality_balance import report
from gengdu.board.quality_balance.form import book
from gengdu.board.quality_balance.form.template import BLANK
from gengdu.board.quality_balance.report import Content
from tests.balance import ON, everything_met

OFFICIAL = {
    one["sheet"]: one
    for one in json.loads(
        Path(package.__file__).with_name("tables.json").read_text(encoding="utf-8")
    )["sheets"]
}
ROW = {"school": "甲小学", "category": "primary", "stage": "primary", "pupils": 1000,
       "teachers_above": 42, "backbone_teachers": 10, "pe_art_teachers": 9,
       "visiting_pe_art_teachers": 0, "teaching_area_m2": 5123.456, "indoor_sports_area_m2": 500,
       "sports_area_m2": 6500, "equipment_yuan": 2_000_000, "multimedia_rooms": 23,
       "rural": 0}  # fmt: skip


def content_of(*rows: dict[str, Any]) -> Content:
    """Return the evaluation of a county from a file: the resource part alone."""
    rules = Rules.on(ON)
    found = verdict.evaluate(resources.assess(school_rows.of_records(rows), rules), rules)
    return report.of_evaluation(found, ON, strict=False)


def complete() -> Content:
    """Return an evaluation in which every item is reported and met."""
    statements = {
        one.key: Statement(2025, True, True, 1, "", 1) for one in listed() if one.needs_statement
    }
    asked = everything_met()
    concluded = conclusion.conclude(asked, verdict.Verdict.MET, statements)
    return {
        **content_of(ROW),
        "items": report.items_of(concluded),
        "monitoring": [{"subject": "语文", "level": 3, "difference": "149/1000"}],
        "survey": {"all": {"sent": 1200, "valid": 1100, "satisfied": 1000, "visited": 30,
                           "visited_satisfied": 29}, "parents": None},
    }  # fmt: skip


def read_back(content: Content) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(book.write(content)))


def half_up(value: str | Fraction, places: int) -> float:
    exact = Fraction(value)
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return float(quotient.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def is_sample(sheet: str, where: str) -> bool:
    """Tell whether a cell only shows where schools go, or is the note that follows them."""
    return sheet == "表Ⅱ-2" and int(where[1:]) >= 4


@pytest.mark.parametrize("content", [content_of(ROW), complete()], ids=["file", "complete"])
@pytest.mark.parametrize("name", OFFICIAL)
def test_every_fixed_cell_stands_as_in_the_official_form(name: str, content: Content) -> None:
    sheet = read_back(content)[name]

    for where, text in OFFICIAL[name]["cells"].items():
        if is_sample(name, where):
            continue
        written = sheet[where].value
        if BLANK.search(text) and written != text:
            parts = BLANK.split(text)
            assert written.startswith(parts[0])
            assert all(part in written for part in parts), where
        else:
            assert written == text, where


@pytest.mark.parametrize("name", OFFICIAL)
def test_cells_are_merged_as_in_the_official_form(name: str) -> None:
    merged = {str(one) for one in read_back(content_of(ROW))[name].merged_cells.ranges}

    own = {one for one in merged if name == "表Ⅱ-2" and one.startswith("A5")}  # the note
    assert merged - own == set(OFFICIAL[name]["merged"])


def test_every_table_prints_on_a4_across_and_repeats_its_head() -> None:
    workbook = read_back(content_of(ROW))

    for sheet in workbook:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows, sheet.title
    assert workbook["表Ⅱ-2"].print_title_rows == "$2:$3"


def test_values_have_two_places_and_coefficients_three() -> None:
    other = {**ROW, "school": "乙小学", "pupils": 333, "sports_area_m2": 2600}
    content = content_of(ROW, other)
    workbook = read_back(content)

    schools, [stage] = workbook["表Ⅱ-2"], content["stages"]
    for row, one in enumerate(content["schools"], start=4):
        for letter, indicator in zip("GHIJKLM", INDICATORS, strict=True):
            cell = schools[f"{letter}{row}"]
            assert cell.value == half_up(one["values"][indicator], 2)
            assert cell.number_format == "0.00"
    for letter, indicator in zip("CDEFGHI", INDICATORS, strict=True):
        three = workbook["表Ⅲ"]
        assert three[f"{letter}4"].value == half_up(stage["means"][indicator], 2)
        assert three[f"{letter}5"].value == half_up(stage["coefficients"][indicator], 3)
        assert three[f"{letter}5"].number_format == "0.000"
    assert workbook["表Ⅲ"]["J5"].value == half_up(stage["composite"], 3)


def test_schools_that_reach_a_line_are_counted_with_their_share() -> None:
    other = {**ROW, "school": "乙小学", "teachers_above": 41, "multimedia_rooms": 22}
    counts = read_back(content_of(ROW, other, {**ROW, "school": "丙小学"}))["表Ⅱ-1"]

    assert (counts["C4"].value, counts["C5"].value) == (2, 66.7)
    assert (counts["D4"].value, counts["D5"].value) == (3, 100.0)
    assert (counts["J4"].value, counts["J5"].value) == (2, 66.7)  # one short is allowed


def test_the_remark_says_which_reach_their_line_and_which_the_part_of_it() -> None:
    row = read_back(content_of(ROW))["表Ⅱ-2"]

    assert row["O4"].value == "达标：第1、2、3、4、6、7项；达到85%：第5项"
    assert row["N4"].value == "是"


def test_two_hundred_schools_stand_before_the_note_which_counts_them() -> None:
    rows = [{**ROW, "school": f"{number}校"} for number in range(200)]
    nine = {"school": "九校", "category": "nine_year"}
    rows += [{**ROW, **nine}, {**ROW, **nine, "stage": "junior"}]

    sheet = read_back(content_of(*rows))["表Ⅱ-2"]

    assert [sheet["B4"].value, sheet["B203"].value, sheet["B204"].value] == [
        "0校", "199校", "九校",
    ]  # fmt: skip
    assert [sheet["A204"].value, sheet["A205"].value] == [201, 1]
    note = sheet["A206"].value
    assert "小学学校总数201所（其中： 一贯制学校的小学部有1所，50 人及以上教学点有0个）" in note
    assert "初中学校总数1所（其中： 一贯制学校的初中部1所" in note
    assert "A206:O206" in {str(one) for one in sheet.merged_cells.ranges}


def test_sentences_are_filled_with_one_place_for_shares_and_none_for_the_rest() -> None:
    workbook = read_back(complete())
    four, five = workbook["表Ⅳ"], workbook["表Ⅴ"]

    assert four["B6"].value == "超过 2000 人的小学0所，初中0所，超过 2500 人的一贯制学校0 所"
    assert four["B9"].value.endswith("特殊教育学校生均公用经费为8000元")
    assert "合计85人，占比85.0%" in four["B19"].value
    assert four["B17"].value.endswith("就近划片入学比例分别 100.0% 、__%。")  # no school in a town
    assert "全县初中三年巩固率为100.0%" in five["B4"].value
    assert "语文Ⅲ级、校际差异率0.149" in five["B12"].value
    assert {four[f"C{row}"].value for row in (3, 10, 13, 19)} == {"是"}


def test_the_survey_stands_with_its_shares_and_parents_who_were_not_told_of_stay_blank() -> None:
    six = read_back(complete())["表Ⅵ"]

    assert [six[f"{letter}6"].value for letter in "BCDEFGH"] == [1200, 1100, 1000, 90.9, 30, 29,
                                                               96.7]  # fmt: skip
    assert {six[f"{letter}7"].value for letter in "BCDEFGH"} == {None}


def test_what_was_not_reported_stays_blank_and_is_listed() -> None:
    blank = {**ROW, "backbone_teachers": None}

    workbook = read_back(content_of(blank))

    assert workbook["表Ⅱ-2"]["H4"].value is None
    assert workbook["表Ⅲ"]["D4"].value is None
    rows = list(workbook[book.OPEN_SHEET].iter_rows(min_row=2, values_only=True))
    assert ("表Ⅱ-2", "H4", "甲小学（小学）骨干教师", "学校没有报") in rows
    assert ("表Ⅲ", "D5", "小学骨干教师差异系数", "有学校没有报齐") in rows


def test_every_blank_cell_for_a_number_is_listed() -> None:
    content = complete()
    workbook = read_back(content)
    listed_at = {
        (row[0], row[1]) for row in workbook[book.OPEN_SHEET].iter_rows(min_row=2, values_only=True)
    }
    wanted = [("表Ⅰ", f"{chr(65 + place)}9") for place in range(24)]
    wanted += [("表Ⅲ", f"{letter}{row}") for letter in "CDEFGHI" for row in (4, 5, 6, 7)]
    wanted += [("表Ⅵ", f"{letter}{row}") for letter in "BCDEFGH" for row in (6, 7)]

    for name, where in wanted:
        assert (workbook[name][where].value is None) == ((name, where) in listed_at), (name, where)


def test_the_same_evaluation_makes_the_same_bytes() -> None:
    assert book.write(complete()) == book.write(complete())
