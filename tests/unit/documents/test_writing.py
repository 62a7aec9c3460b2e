"""What is written can be read again, and nothing in it runs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengdu.documents.books import LONGEST_TEXT, native
from gengdu.documents.reading import read_rows, read_sheets
from gengdu.documents.writing import OutColumn, write_csv, write_table
from gengdu.kernel import cells

CREATED = datetime.combine(date(2026, 9, 1), time(8))
COLUMNS = [
    OutColumn("身份证号", 20, "text", "18 位"),
    OutColumn("人数", 8, "whole"),
    OutColumn("面积", 10, "number"),
    OutColumn("出生日期", 12, "date"),
    OutColumn("入学年月", 10, "month"),
]
ROWS = [
    ["371002201501010011", 45, Decimal("12.50"), date(2015, 3, 1), date(2021, 9, 1)],
    ["007", None, -0.5, None, None],
]
DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "http://example.org",
    "mailto:a@b",
    "{=1}",
    "<r><t>x</t></r>\u200b",
    "1.3E+10",
]


def write(target: Path, rows: object = ROWS, **more: object) -> int:
    return write_table(
        target,
        title="学生",
        columns=COLUMNS,
        rows=rows,
        created=CREATED,
        **more,  # type: ignore[arg-type]
    )


def test_a_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    written = write(tmp_path / "a.xlsx")

    assert written == 2
    assert list(read_rows(tmp_path / "a.xlsx")) == [
        (1, ["身份证号", "人数", "面积", "出生日期", "入学年月"]),
        (2, ["371002201501010011", 45, 12.5, date(2015, 3, 1), date(2021, 9, 1)]),
        (3, ["007", None, -0.5, None, None]),
    ]


def test_the_second_sheet_states_the_facts_and_the_number_of_rows(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", facts=[("数据日期", "2026-09-01"), ("筛选", "崮山镇")])

    assert read_sheets(tmp_path / "a.xlsx") == ["学生", "说明"]
    assert list(read_rows(tmp_path / "a.xlsx", "说明")) == [
        (1, ["数据日期", "2026-09-01"]), (2, ["筛选", "崮山镇"]), (3, ["行数", "2"]),
    ]  # fmt: skip


def test_a_page_prints_across_with_its_header_on_each_page(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["学生"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "A2")
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert sheet["A1"].comment.text == "18 位"


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_never_becomes_a_formula_a_link_or_a_number(tmp_path: Path, text: str) -> None:
    write_table(
        tmp_path / "a.xlsx", title="表", columns=[OutColumn("备注")], rows=[[text]], created=CREATED
    )

    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["表"]["A2"]
    assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (
        text,
        "s",
        "@",
        None,
    )


def test_equal_content_makes_an_equal_file(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx")
    write(tmp_path / "b.xlsx")

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_stream_is_a_target_as_well(tmp_path: Path) -> None:
    held = io.BytesIO()
    write_table(held, title="学生", columns=COLUMNS, rows=ROWS, created=CREATED)
    write(tmp_path / "a.xlsx")

    (tmp_path / "b.xlsx").write_bytes(held.getvalue())
    assert list(read_rows(tmp_path / "b.xlsx")) == list(read_rows(tmp_path / "a.xlsx"))


@pytest.mark.parametrize(("rows", "sheets"), [(0, 1), (3, 1), (4, 2), (7, 3)])
def test_rows_beyond_a_sheet_go_on_to_the_next(tmp_path: Path, rows: int, sheets: int) -> None:
    written = write(tmp_path / "a.xlsx", rows=ROWS[1:] * rows, rows_per_sheet=3)

    names = read_sheets(tmp_path / "a.xlsx")[:-1]
    assert names == ["学生", "学生（2）", "学生（3）"][:sheets]
    kept = [len(list(read_rows(tmp_path / "a.xlsx", name))) - 1 for name in names]
    assert sum(kept) == written == rows


def test_an_error_among_the_rows_leaves_no_half_file(tmp_path: Path) -> None:
    def rows() -> Iterator[list[object]]:
        yield ROWS[0]
        raise KeyError("学生")

    with pytest.raises(KeyError):
        write(tmp_path / "a.xlsx", rows=rows())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "cell"),
    [(True, "是"), (float("nan"), None), (10**15, "1000000000000000"),
     (date(1900, 1, 1), "1900-01-01"),
     (Decimal("1E+20"), "1E+20"), (5, 5), ("", None), (None, None)],
)  # fmt: skip
def test_what_a_cell_cannot_hold_exactly_becomes_text(value: object, cell: object) -> None:
    assert native(value) == cell


def test_a_text_longer_than_a_cell_says_that_it_was_cut(tmp_path: Path) -> None:
    write_table(
        tmp_path / "a.xlsx", title="表", columns=[OutColumn("备注")], rows=[["长" * 40_000]],
        created=CREATED,
    )  # fmt: skip

    text = list(read_rows(tmp_path / "a.xlsx"))[1][1][0]
    assert isinstance(text, str)
    assert len(text) == LONGEST_TEXT
    assert text.endswith("其余略去）")


def test_csv_is_for_excel_and_nothing_in_it_runs(tmp_path: Path) -> None:
    columns = [OutColumn("备注"), OutColumn("值", kind="number")]
    written = write_csv(
        tmp_path / "a.csv",
        columns=columns,
        rows=[["=cmd|' /C calc'!A0", -5], ['说"好"', 1.5], ["\t=1", True]],
    )

    assert written == 3
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(read_rows(tmp_path / "a.csv"))[1:] == [
        (2, ["'=cmd|' /C calc'!A0", "-5"]), (3, ['说"好"', "1.5"]), (4, ["'\t=1", "是"]),
    ]  # fmt: skip


KINDS: dict[str, tuple[cells.Kind[object], st.SearchStrategy[object]]] = {
    "text": (
        cells.Text(),
        st.one_of(st.text(max_size=12), st.sampled_from([*DANGEROUS, "_x0041_"])),
    ),
    "lines": (cells.Text(lines=True), st.text(alphabet="ab\n\r\t ='", max_size=8)),
    "whole": (cells.Whole(min=None), st.integers(-(10**14), 10**14)),
    "number": (cells.Number(), st.decimals(-(10**9), 10**9, places=2)),
    "day": (cells.Day(), st.dates(date(1900, 1, 1), date(2100, 12, 31))),
    "month": (cells.Month(), st.dates(date(1900, 1, 1), date(2100, 12, 31))),
    "digits": (cells.Digits(), st.from_regex(r"[0-9]{1,20}", fullmatch=True)),
    "code": (cells.Code({"01": "汉族", "02": "壮族"}), st.sampled_from(["01", "02"])),
    "yes": (cells.YesNo(), st.booleans()),
}  # type: ignore[dict-item]


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_an_export_imported_unchanged_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    kind, drawn = KINDS[name]
    raw = data.draw(st.lists(drawn, min_size=1, max_size=12))
    values = [value for value in kind.parse_column(raw).values if value is not None]
    folder = tmp_path_factory.getbasetemp()
    columns = [OutColumn("首列"), OutColumn("值", kind=kind.written_as)]
    rows = [["x", kind.shown(value)] for value in values]

    write_table(folder / "a.xlsx", title="表", columns=columns, rows=rows, created=CREATED)
    write_csv(folder / "a.csv", columns=columns, rows=rows)

    for file in ("a.xlsx", "a.csv"):
        again = [row[1] for _, row in list(read_rows(folder / file))[1:]]
        assert kind.parse_column(again) == (values, [])
