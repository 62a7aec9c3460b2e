"""Makes the list of pupils that a careful clerk would spoil, and lets LibreOffice save it.

Run `python -m tests.corpus.libreoffice.make` where LibreOffice is installed; the files are kept, so
that the tests read what LibreOffice itself wrote, whether it is there or not.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from gengdu.kernel.identifiers import identity_check_digit

HERE = Path(__file__).parent
FORMATS = {"pupils.xlsx": "xlsx:Calc MS Excel 2007 XML", "pupils.xls": "xls:MS Excel 97",
           "pupils.ods": "ods", "pupils_gbk.csv": "csv:Text - txt - csv (StarCalc):44,34,67,1",
           "pupils_utf8.csv": "csv:Text - txt - csv (StarCalc):44,34,76,1"}  # fmt: skip
BLANK_ROWS = 300
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office", "table": "table", "text": "text", "style": "style",
        "fo": "xsl-fo-compatible", "number": "datastyle",
    }.items()
)  # fmt: skip
FORMULAS = 'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
STYLES = """<office:automatic-styles>
<number:date-style style:name="D"><number:year number:style="long"/><number:text>/</number:text>
<number:month/><number:text>/</number:text><number:day/></number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="D"/>
<style:style style:name="grey" style:family="table-cell">
<style:table-cell-properties fo:background-color="#dddddd"/></style:style>
</office:automatic-styles>"""


def text(value: str, *, over: int = 1) -> str:
    """Return a cell of text, merged over some columns."""
    merged = f' table:number-columns-spanned="{over}" table:number-rows-spanned="1"'
    head = f'<table:table-cell office:value-type="string"{merged if over > 1 else ""}>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f"{head}{lines}</table:table-cell>" + "<table:covered-table-cell/>" * (over - 1)


def number(value: str) -> str:
    """Return a cell that holds a number."""
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def day(value: str) -> str:
    """Return a cell that holds a date."""
    kind = 'table:style-name="day" office:value-type="date"'
    return f'<table:table-cell {kind} office:date-value="{value}"/>'


def formula(value: str, result: str) -> str:
    """Return a cell with a formula whose result is text."""
    return (
        f'<table:table-cell table:formula="of:={escape(value, {chr(34): "&quot;"})}" '
        f'office:value-type="string"><text:p>{result}</text:p></table:table-cell>'
    )


def wide(value: str) -> str:
    """Return digits and letters as a Chinese keyboard types them, each as wide as a character."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in value)


def identity(born: str, serial: str) -> str:
    """Return an identity number of the area with its last place right."""
    return (digits := f"371002{born}{serial}") + identity_check_digit(digits)


NUMBERS = [identity(f"201605{day:02}", f"{day % 2 or 2:03}") for day in range(6, 11)]
SCHOOL = [text("崮山小学"), text("四年级"), text("1班")]
HEADER = ("姓 名", "性别*", "出生日期\n（年月日）", "是否需要乘坐校车", "身份证件号", "学籍号",
          "学校名称", "年级", "班级")  # fmt: skip
ROWS = (
    [text("示例小学学生花名册（2025年9月）", over=9)],
    [text("学生信息", over=4), text("证件信息", over=2), text("在校情况", over=3)],
    [text(name) for name in HEADER],
    # As it should be.
    [text("丛甲"), text("男"), day("2016-05-06"), text("是"), text(NUMBERS[0]),
     text(f"G{NUMBERS[0]}"), *SCHOOL],
    # Wide digits, stray blanks, a day as one number, a grade and a class as numbers.
    [text(" 丛乙\u3000"), text("女"), number("20160507"), text("否"), text(wide(NUMBERS[1])),
     text(wide(f"G{NUMBERS[1]}")), SCHOOL[0], text("4"), number("1")],
    # A formula makes the name, and the day is typed as people write it.
    [formula('"丛"&"丙"', "丛丙"), text("男"), text("2016年5月8日"), text("√"), text(NUMBERS[2]),
     text(f"G{NUMBERS[2]}"), SCHOOL[0], text("四年级"), text("一班")],
    # An identity number typed as a number: its last digits are lost.
    [text("丛丁"), text("女"), day("2016-05-09"), text("是"), number(NUMBERS[3][:17] + "0"),
     text(f"G{NUMBERS[3]}"), *SCHOOL],
    # A day that there is not.
    [text("丛戊"), text("男"), text("2016-02-30"), text("是"), text(NUMBERS[4]),
     text(f"G{NUMBERS[4]}"), *SCHOOL],
)  # fmt: skip


def document() -> str:
    """Return the sheet as one flat file."""
    rows = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in ROWS)
    blank = '<table:table-cell table:style-name="grey" table:number-columns-repeated="9"/>'
    rows += f'<table:table-row table:number-rows-repeated="{BLANK_ROWS}">{blank}</table:table-row>'
    body = f'<table:table table:name="花名册">{rows}</table:table>'
    second = f'<table:table table:name="说明"><table:table-row>{text("填表说明")}</table:table-row>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} {FORMULAS} '
        'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"{STYLES}<office:body><office:spreadsheet>{body}{second}</table:table>"
        "</office:spreadsheet></office:body></office:document>"
    )


def saved(source: Path, wanted: str) -> bytes:
    """Return a file as LibreOffice saves it, in a format such as "xls:MS Excel 97"."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
                   "--convert-to", wanted, "--outdir", f"{folder}/made", source]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        (made,) = Path(folder, "made").iterdir()
        return made.read_bytes()


def make_all() -> None:
    """Let LibreOffice save the sheet in every format."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "pupils.fods"
        source.write_text(document(), encoding="utf-8")
        for name, wanted in FORMATS.items():
            (HERE / name).write_bytes(saved(source, wanted))


if __name__ == "__main__":
    make_all()
