"""Makes the workbooks beside it: quirks of Excel, WPS, LibreOffice and of people.

Run `python -m tests.corpus.workbooks.make` after a change; the files are kept, so that the tests
read what was once written.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
LONG_AGO = datetime.fromisoformat("2026-01-01T00:00:00")
ID = "371002201501010011"


def _save(name: str, fill: Callable[[Worksheet], None]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "学生"
    fill(sheet)
    held = io.BytesIO()
    book.save(held)
    parts = _unpack(held.getvalue())
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(rb"20\d\d-[0-9T:-]+Z", b"2026-01-01T00:00:00Z", core)
    _pack(name, parts)


def _unpack(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        return {part: package.read(part) for part in package.namelist()}


def _pack(name: str, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(HERE / name, "w") as package:
        for part, content in parts.items():
            entry = zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0))
            package.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _edit(name: str, part: str, *changes: tuple[str, str]) -> None:
    parts = _unpack((HERE / name).read_bytes())
    text = parts[part].decode()
    for old, new in changes:
        assert old in text, (name, old)
        text = text.replace(old, new)
    parts[part] = text.encode()
    _pack(name, parts)


def starts_at_b3(sheet: Worksheet) -> None:
    sheet["B3"], sheet["C3"], sheet["B4"], sheet["C4"] = "姓名", "班号", "张三", "01"


def blank_formatted_rows(sheet: Worksheet) -> None:
    sheet.append(["姓名", "班号"])
    sheet.append(["张三", "01"])
    for row in range(3, 600):
        for column in range(1, 400, 20):
            sheet.cell(row, column).number_format = "@"


def merged_header(sheet: Worksheet) -> None:
    sheet["A1"] = "2026年学生情况登记表"
    sheet.merge_cells("A1:G1")
    sheet["A2"] = "填表单位：崮山小学　　填表日期：2026年9月"
    rows = [["姓名*", "成员1", None, None, "成员2", None, "建筑面积\n（平方米）"],
            [None, "姓名", "关系", "电话", "姓名", "关系", None],
            ["张三", "张大", "父亲", "13806310001", "李四", "母亲", 12.5]]  # fmt: skip
    for number, row in enumerate(rows, start=3):
        for column, cell in enumerate(row, start=1):
            sheet.cell(number, column, cell)
    for area in ("A3:A4", "B3:D3", "E3:F3", "G3:G4"):
        sheet.merge_cells(area)


def hidden_and_filtered(sheet: Worksheet) -> None:
    for number, name in enumerate(["姓名", "甲", "乙", "丙"], start=1):
        sheet.cell(number, 1, name)
    sheet.row_dimensions[3].hidden = True
    sheet.auto_filter.ref = "A1:A4"


def codes_and_numbers(sheet: Worksheet) -> None:
    sheet.append(["证件号", "班号", "邮编", "人数", "比例", "是否"])
    sheet.append([ID, "007", 264200, "45", 0.5, True])
    sheet["E2"].number_format = "0%"
    sheet.append([int(ID), 7, "264200", 45, "50%", False])


def dates(sheet: Worksheet) -> None:
    sheet.append(["写法", "值"])
    formats = ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@",
               '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "yyyy-mm-dd hh:mm"]  # fmt: skip
    for form in formats:
        sheet.append([form, 42064])
        sheet.cell(sheet.max_row, 2).number_format = form
    sheet.append(["常规", 42064])


def errors_and_formulas() -> None:
    with xlsxwriter.Workbook(HERE / "errors_and_formulas.xlsx") as book:
        book.set_properties({"created": LONG_AGO})
        sheet = book.add_worksheet("学生")
        sheet.write_row(0, 0, ["姓名", "合计", "比例", "引用"])
        sheet.write_string(1, 0, "张三")
        sheet.write_formula(1, 1, "=1+2", None, 3)
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 3, "=A2", None, "张三")
        sheet.write_string(2, 0, "李四")
        sheet.write_formula(2, 3, "=VLOOKUP(1,A:B,2)", None, "#N/A")


def rich_and_phonetic() -> None:
    with xlsxwriter.Workbook(HERE / "rich_and_phonetic.xlsx") as book:
        book.set_properties({"created": LONG_AGO})
        sheet = book.add_worksheet("学生")
        sheet.write_string(0, 0, "姓名")
        sheet.write_rich_string(1, 0, "张", book.add_format({"bold": True}), "三", "丰")
        sheet.write_string(2, 0, "李四")
    phonetic = '李四</t><rPh sb="0" eb="1"><t>りー</t></rPh><phoneticPr fontId="1"/>'
    _edit("rich_and_phonetic.xlsx", "xl/sharedStrings.xml", ("李四</t>", phonetic))


def inline_texts_without_places() -> None:
    """Cells and rows without `r`, and texts in place: as some exporters write them."""
    starts = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = [["姓名", "班号"], ["张三", "01"], ["李四", "02"]]
    body = "".join(
        "<row>" + "".join(starts.format(cell) for cell in row) + "</row>" for row in rows
    )
    _save("inline_texts.xlsx", lambda sheet: None)
    _edit("inline_texts.xlsx", "xl/worksheets/sheet1.xml",
          ("<sheetData></sheetData>", f"<sheetData>{body}</sheetData>"))  # fmt: skip


def date_system_of_1904() -> None:
    _save("dates_1904.xlsx", dates)
    _edit("dates_1904.xlsx", "xl/workbook.xml", ("<workbookPr />", '<workbookPr date1904="1" />'))


def several_sheets() -> None:
    with xlsxwriter.Workbook(HERE / "several_sheets.xlsx") as book:
        book.set_properties({"created": LONG_AGO})
        book.add_worksheet("空表")
        book.add_worksheet("学生").write_column(0, 0, ["姓名", "张三"])
        hidden = book.add_worksheet("代码")
        hidden.write_column(0, 0, ["性别", "男"])
        hidden.hide()


def old_binary() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("学生")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for column, cell in enumerate(["姓名", "班号", "出生日期", "人数", "比例"], start=1):
        sheet.write(2, column, cell)
    sheet.write(3, 1, "张三")
    sheet.write(3, 2, "007")
    sheet.write(3, 3, date(2015, 3, 1), day)
    sheet.write(3, 4, 45)
    sheet.row(3).set_cell_error(5, "#DIV/0!")
    sheet.write(600, 1, "", day)
    book.save(str(HERE / "old_binary.xls"))


ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
    "</office:document-content>"
)
ODS_TABLE = """<table:table table:name="学生">
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row><table:table-cell/><table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>班号</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16380"/></table:table-row>
<table:table-row><table:table-cell/><table:table-cell office:value-type="string"><text:p>张三</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2015-03-01"><text:p>2015-03-01</text:p></table:table-cell><table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table>"""  # noqa: E501


def open_document() -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    content = ODS.format(ODS_TABLE.replace("\n", ""))
    _pack("open_document.ods", {"mimetype": kind.encode(), "content.xml": content.encode(),
                                "META-INF/manifest.xml": manifest.encode()})  # fmt: skip


def texts() -> None:
    rows = '姓名,班号,备注\r\n张三,01,"第一行\r\n第二行"\r\n\r\n李四,02,"说""好"""\r\n'
    (HERE / "comma_gbk.csv").write_bytes(rows.encode("gb18030"))
    (HERE / "comma_utf8_mark.csv").write_bytes(rows.encode("utf-8-sig"))
    (HERE / "semicolon_utf8.csv").write_bytes(rows.replace(",", ";").encode())
    (HERE / "tab_utf16.txt").write_bytes(rows.replace(",", "\t").encode("utf-16"))


def make_all() -> None:
    """Write every file of the corpus."""
    for fill in (starts_at_b3, blank_formatted_rows, merged_header, hidden_and_filtered,
                 codes_and_numbers, dates):  # fmt: skip
        _save(f"{fill.__name__}.xlsx", fill)
    for make in (errors_and_formulas, rich_and_phonetic, inline_texts_without_places, texts,
                 date_system_of_1904, several_sheets, old_binary, open_document):  # fmt: skip
        make()


if __name__ == "__main__":
    make_all()
