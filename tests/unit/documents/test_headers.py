"""Where the names of the columns are found, and what they are taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.documents.extents import column_number
from gengdu.documents.headers import (
    Header,
    column_letter,
    find_header,
    header_and_data,
    normal_name,
)
from gengdu.documents.reading import Refused, Row, read_rows
from tests.unit.documents.corpus import CORPUS

NAMES = {
    "姓名",
    "班号",
    "建筑面积",
    "备注",
    "成员1姓名",
    "成员1关系",
    "成员1电话",
    "成员2姓名",
    "成员2关系",
}


def is_known(name: str) -> bool:
    return name in NAMES


def found(header: Header) -> dict[str, str]:
    return {cell.letter: cell.name for cell in header.cells}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("姓名", "姓名"),
        (" 姓 名 ", "姓名"),
        ("姓名*", "姓名"),
        ("\uff0a姓名：", "姓名"),
        ("*姓名（必填）", "姓名"),
        ("建筑面积\n（平方米）", "建筑面积"),
        ("建筑面积(㎡)", "建筑面积"),
        ("人数（单位：人）", "人数"),
        ("校长（含副校长）", "校长(含副校长)"),
        ("国籍\uff0f地区", "国籍/地区"),
        ("身份证件号\u200b", "身份证件号"),
        (None, ""),
        (2026, "2026"),
        ("*", ""),
        ("（人）", ""),
    ],
)
def test_names_are_freed_of_blanks_marks_and_units(written: object, name: str) -> None:
    assert normal_name(written) == name


@given(st.text(max_size=20))
def test_a_normal_name_stays_as_it_is(text: str) -> None:
    once = normal_name(text)

    assert normal_name(once) == once


@given(st.integers(0, 16_383))
def test_letters_of_columns_count_up_to_the_last(position: int) -> None:
    assert column_number(column_letter(position)) == position + 1


def test_titles_and_notes_above_are_skipped_and_groups_joined() -> None:
    header = find_header(read_rows(CORPUS / "merged_header.xlsx"), is_known)

    assert (header.row_number, header.first_data_row) == (4, 5)
    assert found(header) == {
        "A": "姓名", "B": "成员1姓名", "C": "成员1关系", "D": "成员1电话",
        "E": "成员2姓名", "F": "成员2关系", "G": "建筑面积",
    }  # fmt: skip


def test_a_header_of_one_row_is_found_where_it_stands() -> None:
    header = find_header(read_rows(CORPUS / "starts_at_b3.xlsx"), is_known)

    assert (header.row_number, found(header)) == (3, {"B": "姓名", "C": "班号"})


def test_a_column_behind_a_group_keeps_its_own_name() -> None:
    rows: list[Row] = [(1, [None, "成员1", None, None]), (2, ["姓名", "姓名", "关系", "备注"])]

    header = find_header(rows, is_known)

    assert [cell.name for cell in header.cells] == ["姓名", "成员1姓名", "成员1关系", "备注"]


def test_a_title_above_does_not_become_part_of_the_names() -> None:
    rows: list[Row] = [(1, ["学生登记表", None]), (2, ["姓名", "班号", "年级"])]

    header = find_header(rows, is_known)

    assert [cell.name for cell in header.cells] == ["姓名", "班号", "年级"]


def test_a_first_row_of_data_is_not_taken_for_names() -> None:
    rows: list[Row] = [(1, ["姓名", "班号", "备注"]), (2, ["张三", None, None])]

    assert find_header(rows, is_known).row_number == 1


def test_names_that_repeat_are_reported_with_their_columns() -> None:
    header = find_header([(1, ["姓名", "班号", "姓名*"])], is_known)

    assert header.repeated_zh() == (
        "表头里“姓名”（A、C 列）重复出现；请删去或改名，使每列的名称各不相同。"
    )
    assert find_header([(1, ["姓名", "班号"])], is_known).repeated_zh() is None


def test_without_any_known_name_the_user_is_told_what_was_looked_for() -> None:
    with pytest.raises(Refused, match="要找的是“姓名”、“班号”等列"):
        find_header([(1, ["name", "class"])], is_known, ["姓名", "班号"])


@pytest.mark.parametrize("header_row", [1, 3, 20])
def test_the_rows_below_the_header_follow_and_none_is_lost(header_row: int) -> None:
    numbers = [number for number in range(header_row, 61) if number != 17]
    rows: list[Row] = [(number, ["姓名" if number == header_row else "甲"]) for number in numbers]

    header, below = header_and_data(iter(rows), is_known)

    assert header.row_number == header_row
    assert list(below) == rows[1:]


@pytest.mark.parametrize(("row", "is_found"), [(20, True), (21, False)])
def test_twenty_rows_are_searched(row: int, is_found: bool) -> None:
    rows: list[Row] = [(1, ["说明"]), (row, ["姓名"])]
    if is_found:
        assert find_header(rows, is_known).row_number == row
        return

    with pytest.raises(Refused):
        find_header(rows, is_known)
