"""Rows that failed come back alone, with the reason beside them."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from gengdu.documents import faults
from gengdu.documents.faults import FailedRow, write_failed_rows
from gengdu.documents.headers import find_header
from gengdu.documents.reading import read_rows

CREATED = datetime.combine(date(2026, 9, 1), time(8))
HEADERS = ["姓名*", "身份证号*", "出生日期"]
FAILED = [
    FailedRow(37, ["张三", 3.71e17, date(2015, 3, 1)], {1: "后面的数字已丢失"}),
    FailedRow(40, [None, "=1+1"],
              {0: "必填", 1: "不是有效的身份证号", faults.WHOLE_ROW: "与第 12 行重复"}),
]  # fmt: skip


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    assert write_failed_rows(tmp_path / "f.xlsx", HEADERS, FAILED, created=CREATED) == 2
    return tmp_path / "f.xlsx"


def test_failed_rows_keep_their_cells_numbers_and_reasons(workbook: Path) -> None:
    assert list(read_rows(workbook)) == [
        (1, ["原行号", "姓名*", "身份证号*", "出生日期", "错误说明"]),
        (2, [37, "张三", "3.71e+17", date(2015, 3, 1), "“身份证号”：后面的数字已丢失"]),
        (3, [40, None, "=1+1", None,
             "与第 12 行重复；“姓名”：必填；“身份证号”：不是有效的身份证号"]),
    ]  # fmt: skip


def test_bad_cells_are_coloured_even_if_blank_and_say_why(workbook: Path) -> None:
    sheet = openpyxl.load_workbook(workbook)["未导入的行"]

    for place, reason in {
        "C2": "后面的数字已丢失",
        "B3": "必填",
        "C3": "不是有效的身份证号",
    }.items():
        assert sheet[place].fill.fgColor.rgb == "FFFFC7CE"
        assert sheet[place].comment.text == reason
    assert (sheet["B2"].comment, sheet["B2"].fill.fill_type) == (None, None)


def test_columns_are_text_so_that_numbers_typed_again_stay_whole(workbook: Path) -> None:
    sheet = openpyxl.load_workbook(workbook)["未导入的行"]

    assert sheet.column_dimensions["B"].number_format == "@"


def test_the_two_added_columns_are_skipped_on_the_next_import(workbook: Path) -> None:
    header = find_header(read_rows(workbook), {"姓名", "身份证号", "出生日期"}.__contains__)

    kept = [cell.name for cell in header.cells if not faults.is_own_column(cell.name)]
    assert kept == ["姓名", "身份证号", "出生日期"]


def test_comments_stop_at_a_number_that_excel_opens_quickly(tmp_path: Path) -> None:
    write_failed_rows(tmp_path / "f.xlsx", HEADERS, FAILED, created=CREATED, most_comments=2)

    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx")["未导入的行"]
    assert sheet["B3"].comment.text == "必填"
    assert sheet["C3"].comment is None
    assert sheet["C3"].fill.fgColor.rgb == "FFFFC7CE"


def test_equal_failures_make_an_equal_file(workbook: Path, tmp_path: Path) -> None:
    write_failed_rows(tmp_path / "again.xlsx", HEADERS, FAILED, created=CREATED)

    assert (tmp_path / "again.xlsx").read_bytes() == workbook.read_bytes()
