"""What comes out of each workbook of the corpus, and of files that are none."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gengdu.documents.reading import Limits, Refused, read_rows, read_sheets
from tests.unit.documents import spoiling
from tests.unit.documents.corpus import CORPUS, FILES, values

FIRST_OF_MARCH = date(2015, 3, 1)
TEXT_ROWS = [
    (1, ["姓名", "班号", "备注"]),
    (2, ["张三", "01", "第一行\r\n第二行"]),
    (4, ["李四", "02", '说"好"']),
]


def test_rows_keep_the_numbers_and_columns_that_excel_shows() -> None:
    assert values("starts_at_b3.xlsx") == [(3, [None, "姓名", "班号"]), (4, [None, "张三", "01"])]


def test_rows_that_only_have_a_format_are_no_rows() -> None:
    assert values("blank_formatted_rows.xlsx") == [(1, ["姓名", "班号"]), (2, ["张三", "01"])]


def test_hidden_and_filtered_rows_are_read() -> None:
    assert values("hidden_and_filtered.xlsx") == [
        (1, ["姓名"]),
        (2, ["甲"]),
        (3, ["乙"]),
        (4, ["丙"]),
    ]


def test_texts_and_numbers_stay_what_they_are() -> None:
    rows = values("codes_and_numbers.xlsx")

    assert rows[1] == (2, ["371002201501010011", "007", 264200, "45", 0.5, True])
    assert rows[2] == (3, [float(371002201501010011), 7, "264200", 45, "50%", False])


def test_days_are_days_whatever_their_format() -> None:
    rows = values("dates.xlsx")

    assert [cells[1] for _, cells in rows[1:6]] == [FIRST_OF_MARCH] * 5
    assert rows[6] == (7, ["常规", 42064])


def test_days_of_the_1904_system_are_four_years_and_a_day_later() -> None:
    assert [cells[1] for _, cells in values("dates_1904.xlsx")[1:6]] == [date(2019, 3, 2)] * 5


def test_formulas_give_their_kept_values_and_errors_their_names() -> None:
    assert values("errors_and_formulas.xlsx")[1:] == [
        (2, ["张三", 3, "#DIV/0!", "张三"]),
        (3, ["李四", None, None, "#N/A"]),
    ]


def test_runs_of_formats_are_joined_and_readings_left_out() -> None:
    assert values("rich_and_phonetic.xlsx") == [(1, ["姓名"]), (2, ["张三丰"]), (3, ["李四"])]


def test_cells_that_state_no_place_follow_one_another() -> None:
    assert values("inline_texts.xlsx") == [
        (1, ["姓名", "班号"]), (2, ["张三", "01"]), (3, ["李四", "02"]),
    ]  # fmt: skip


def test_the_first_visible_sheet_with_data_is_read() -> None:
    assert read_sheets(CORPUS / "several_sheets.xlsx") == ["空表", "学生"]
    assert values("several_sheets.xlsx") == [(1, ["姓名"]), (2, ["张三"])]


def test_a_sheet_can_be_asked_for_by_name_even_if_hidden() -> None:
    assert list(read_rows(CORPUS / "several_sheets.xlsx", "代码")) == [(1, ["性别"]), (2, ["男"])]


def test_a_sheet_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(Refused, match="没有名为“教师”的工作表，只有“空表”、“学生”"):
        read_rows(CORPUS / "several_sheets.xlsx", "教师")


def test_an_old_binary_workbook_reads_the_same() -> None:
    assert values("old_binary.xls") == [
        (3, [None, "姓名", "班号", "出生日期", "人数", "比例"]),
        (4, [None, "张三", "007", FIRST_OF_MARCH, 45, "#DIV/0!"]),
    ]


def test_an_open_document_reads_the_same() -> None:
    assert values("open_document.ods") == [
        (3, [None, "姓名", "班号", "班号", None]),
        (4, [None, "张三", 7, FIRST_OF_MARCH, "#DIV/0!"]),
    ]


@pytest.mark.parametrize(
    "name", ["comma_gbk.csv", "comma_utf8_mark.csv", "semicolon_utf8.csv", "tab_utf16.txt"]
)
def test_text_files_read_the_same_in_every_encoding(name: str) -> None:
    assert values(name) == TEXT_ROWS


def test_a_file_is_opened_by_its_content_not_its_name(tmp_path: Path) -> None:
    misnamed = tmp_path / "表.xls"
    misnamed.write_bytes((CORPUS / "starts_at_b3.xlsx").read_bytes())

    assert list(read_rows(misnamed)) == values("starts_at_b3.xlsx")


@pytest.mark.parametrize(("name", "content", "reason"), spoiling.NOT_TABLES)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(Refused, match=reason) as refused:
        list(read_rows(path))
    assert str(refused.value).count("。") == 1


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="请重新上传"):
        read_sheets(tmp_path / "没有.xlsx")


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(file_bytes=1000), "最多 0 MB"), (Limits(unpacked_bytes=5000), "解开后太大"),
     (Limits(rows=2), "用到了第 7 行，最多 2 行"), (Limits(columns=1), "用到了第 2 列，最多 1 列"),
     (Limits(cells=13), "7 行 × 2 列，超过 13 个单元格"),
     (Limits(sheets=0), "有 1 个工作表，最多 0 个")],
)  # fmt: skip
def test_a_file_beyond_a_limit_is_refused(limits: Limits, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_rows(CORPUS / "dates.xlsx", limits=limits)


def test_a_file_at_its_limits_is_read() -> None:
    rows = read_rows(CORPUS / "dates.xlsx", limits=Limits(rows=7, columns=2, cells=14, sheets=1))

    assert len(list(rows)) == 7


@pytest.mark.parametrize("bomb", spoiling.BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_file_that_would_fill_the_memory_is_refused_before_it_does(
    tmp_path: Path, bomb: spoiling.Bomb
) -> None:
    path = tmp_path / "bomb.xlsx"
    bomb(path)

    with pytest.raises(Refused):
        read_rows(path)


def test_a_sheet_written_in_another_case_keeps_its_errors(tmp_path: Path) -> None:
    parts = spoiling.parts_of(CORPUS / "errors_and_formulas.xlsx")
    parts["xl/worksheets/Sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    path = tmp_path / "case.xlsx"
    path.write_bytes(spoiling.packed(parts))

    assert list(read_rows(path)) == values("errors_and_formulas.xlsx")


def test_an_error_without_a_value_does_not_take_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "error.xlsx"
    spoiling.edit_part(
        CORPUS / "inline_texts.xlsx", path, "xl/worksheets/sheet1.xml", b"<sheetData>",
        b'<sheetData><row r="1"><c r="A1" t="e"/><c r="B1"><v>5</v></c></row>',
    )  # fmt: skip

    assert next(read_rows(path)) == (1, [None, 5])


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            package.writestr("xl/worksheets/sheet1.xml", b"<other/>")

    with pytest.raises(Refused, match="文件已损坏"):
        read_rows(path)


@pytest.mark.parametrize("broken", ["4/table:table>", "</table:tab>", ""])
def test_an_open_document_of_broken_xml_is_refused_at_once(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "broken.ods"
    spoiling.edit_part(
        CORPUS / "open_document.ods", path, "content.xml", b"</table:table>", broken.encode()
    )

    with pytest.raises(Refused, match="文件已损坏"):
        read_rows(path)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=400), start=st.sampled_from(spoiling.STARTS))
def test_random_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "random"
    path.write_bytes(start + content)

    assert spoiling.rows_or_refusal(path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(FILES), data=st.data())
def test_files_cut_or_flipped_anywhere_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "spoilt"
    path.write_bytes(spoiling.spoil((CORPUS / name).read_bytes(), data))

    assert spoiling.rows_or_refusal(path)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from([name for name in FILES if name.endswith(("x", "s"))]), data=st.data())
def test_packed_files_with_a_spoilt_part_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    source = CORPUS / name
    if not zipfile.is_zipfile(source):
        return
    path = tmp_path_factory.getbasetemp() / "spoilt_part"
    spoiling.spoil_part(source, path, data)

    assert spoiling.rows_or_refusal(path)
