"""A template is filled in, sent back, and read."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from gengdu.documents.headers import find_header
from gengdu.documents.reading import read_rows, read_sheets
from gengdu.documents.templates import (
    EXAMPLE_MARK,
    TemplateColumn,
    is_example_row,
    write_template,
)
from gengdu.kernel import cells

CREATED = datetime.combine(date(2026, 9, 1), time(8))
SEX = {"1": "男", "2": "女"}
NATIONS = {f"{number:02}": f"示例民族{number}" for number in range(1, 57)}
COLUMNS = [
    TemplateColumn("姓名", required=True, example="张三", help="与户口簿一致"),
    TemplateColumn("身份证号", required=True, width=20, example="371002201501010011"),
    TemplateColumn("性别", choices=SEX, example="男"),
    TemplateColumn("民族", choices=NATIONS, example="示例民族1", help="见“代码”表"),
    TemplateColumn("出生日期", kind="date", example=date(2015, 1, 1)),
    TemplateColumn("人数", kind="whole", example=45),
    TemplateColumn("关系", choices={"1": "其他", "9": "其他"}),
]
KNOWN = [["李四", "371002201502280021", "女", "示例民族2", date(2015, 2, 28), 3, "1 其他"]]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    write_template(tmp_path / "t.xlsx", COLUMNS, KNOWN, title="学生", created=CREATED)
    return tmp_path / "t.xlsx"


def test_a_template_holds_header_example_and_what_is_known(template: Path) -> None:
    rows = list(read_rows(template))

    assert rows[0] == (1, ["姓名*", "身份证号*", "性别", "民族", "出生日期", "人数", "关系"])
    assert is_example_row(rows[1][1])
    assert rows[1][1][0] == "【示例】张三"
    assert rows[2:] == [(3, KNOWN[0])]


def test_its_columns_are_found_by_their_plain_names(template: Path) -> None:
    header = find_header(read_rows(template), {column.title for column in COLUMNS}.__contains__)

    assert [cell.name for cell in header.cells] == [column.title for column in COLUMNS]


def test_required_columns_have_another_colour_and_help_is_a_comment(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)["学生"]

    assert sheet["A1"].fill.fgColor.rgb == "FFFFD966"
    assert sheet["C1"].fill.fgColor.rgb == "FFDDEBF7"
    assert sheet["A1"].comment.text == "与户口簿一致"


def test_columns_are_formatted_before_anything_is_filled_in(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)["学生"]

    formats = [sheet.column_dimensions[letter].number_format for letter in "BEF"]
    assert formats == ["@", "yyyy-mm-dd", "0"]


def test_short_lists_drop_down_by_themselves_and_long_ones_from_the_codes(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    found = {
        str(validation.sqref): validation.formula1
        for validation in book["学生"].data_validations.dataValidation
    }

    assert found == {
        "C2:C3001": '"男,女"', "D2:D3001": "'代码'!$E$3:$E$58", "G2:G3001": '"1 其他,9 其他"',
    }  # fmt: skip
    assert (book["代码"]["E3"].value, book["代码"]["E58"].value) == ("示例民族1", "示例民族56")


def test_code_tables_stand_side_by_side(template: Path) -> None:
    rows = list(read_rows(template, "代码"))

    assert rows[0][1][:7] == ["性别", None, None, "民族", None, None, "关系"]
    assert rows[2][1][:8] == ["1", "男", None, "01", "示例民族1", None, "1", "1 其他"]


def test_each_drop_down_gives_a_code_that_is_read(template: Path) -> None:
    offered = [cell[7] for _, cell in list(read_rows(template, "代码"))[2:4]]

    assert cells.Code(COLUMNS[6].choices).parse_column(offered) == (["1", "9"], [])


def test_the_guide_has_a_line_for_each_column(template: Path) -> None:
    rows = list(read_rows(template, "填写说明"))

    assert read_sheets(template) == ["学生", "代码", "填写说明"]
    assert rows[-len(COLUMNS)] == (6, ["姓名", "必填", "文本", "张三", "与户口簿一致"])
    assert rows[-5][1][:4] == ["性别", "选填", "从下拉列表选择", "男"]


def test_a_template_without_codes_has_no_sheet_of_codes(tmp_path: Path) -> None:
    filled = write_template(
        tmp_path / "t.xlsx", [TemplateColumn("人数", kind="whole")], title="表", created=CREATED
    )

    assert filled == 0
    assert read_sheets(tmp_path / "t.xlsx") == ["表", "填写说明"]
    assert [row[1] for row in read_rows(tmp_path / "t.xlsx")] == [["人数"], [EXAMPLE_MARK]]


@pytest.mark.parametrize(
    ("row", "is_example"),
    [(["【示例】张三", 1], True), ([None, " 【示例】"], True), (["张三", "【示例】"], False),
     ([5], False), ([], False)],
)  # fmt: skip
def test_only_the_first_filled_cell_marks_an_example(row: list[object], is_example: bool) -> None:
    assert is_example_row(row) is is_example
