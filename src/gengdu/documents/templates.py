"""Import templates: what may be filled in, how, and what is known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest

from xlsxwriter.worksheet import Worksheet

from gengdu.documents.books import Book, Kind, Target, fitted, new_book, set_page
from gengdu.documents.headers import column_letter

CODES_SHEET, GUIDE_SHEET = "代码", "填写说明"
EXAMPLE_MARK = "【示例】"
ROWS_TO_FILL = 3_000
FIRST_CODE_ROW = 3
LONGEST_LIST = 255  # of a drop-down that is not kept in cells

KINDS_ZH: dict[Kind, str] = {
    "text": "文本",
    "whole": "整数",
    "number": "数值",
    "date": "日期，如 2015-03-01",
    "month": "年月，如 2015-09",
}
GUIDE = (
    "黄色表头是必填列。以“【示例】”开头的灰色行只作参考，导入时跳过，可以删去。",
    "请勿改动列名；列的次序可以变，不需要的列可以删去。",
    "身份证号等长数字已设为文本格式，从别处复制时请用“选择性粘贴—数值”。",
)


@dataclass(frozen=True)
class TemplateColumn:
    """One column of a template.

    Attributes:
        title: Its name in the header row.
        kind: How its cells are formatted.
        required: Whether it must be filled in.
        width: In characters of half width.
        choices: Label by code, where only these may be filled in.
        example: Cell of the example row.
        help: What to fill in, in a sentence.
    """

    title: str
    kind: Kind = "text"
    required: bool = False
    width: float = 12
    choices: Mapping[str, str] = field(default_factory=dict)
    example: object = None
    help: str = ""


def is_example_row(cells: Sequence[object]) -> bool:
    """Tell whether a row is the example of a template, to be skipped.

    >>> is_example_row([None, "【示例】张三"]), is_example_row(["张三", "【示例】"])
    (True, False)
    """
    first = next((cell for cell in cells if cell is not None), None)
    return isinstance(first, str) and first.strip().startswith(EXAMPLE_MARK)


def write_template(
    target: Target,
    columns: Sequence[TemplateColumn],
    prefilled: Iterable[Sequence[object]] = (),
    *,
    title: str,
    created: datetime,
) -> int:
    """Write a template and return how many rows were filled in already.

    Args:
        target: A path or a binary stream.
        columns: In the order of the sheet.
        prefilled: Rows of what is known, a cell for each column.
        title: Name of the sheet to fill in.
        created: Kept in the file as the moment of its making.
    """
    with new_book(target, created) as book:
        sheet = book.add_sheet(title)
        set_page(sheet, title)
        sheet.freeze_panes(1, 0)
        _write_header(book, sheet, columns)
        _write_example(book, sheet, columns)
        filled = 0
        for filled, row in enumerate(prefilled, start=1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                book.put(sheet, filled + 1, place, value, column.kind)
        coded = [column for column in columns if column.choices]
        _add_drop_downs(sheet, columns, coded, rows=max(filled + 500, ROWS_TO_FILL))
        if coded:
            _write_codes(book, coded)
        _write_guide(book, columns)
    return filled


def _write_header(book: Book, sheet: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    for place, column in enumerate(columns):
        # The format of the whole column: cells that are filled in later have it as well.
        sheet.set_column(place, place, column.width, book.format(column.kind))
        style = book.required_header if column.required else book.header
        sheet.write_string(0, place, column.title + ("*" if column.required else ""), style)
        if column.help:
            sheet.write_comment(0, place, column.help)


def _write_example(book: Book, sheet: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    for place, column in enumerate(columns):
        example = column.example
        if place == 0:
            example = EXAMPLE_MARK + ("" if example is None else str(example))
        book.put(sheet, 1, place, example, column.kind, "example")


def _labels(column: TemplateColumn) -> list[str]:
    """Return what a drop-down offers: labels, with their codes where two labels are equal."""
    labels = list(column.choices.values())
    if len(set(labels)) == len(labels):
        return labels
    return [f"{code} {label}" for code, label in column.choices.items()]


def _add_drop_downs(
    sheet: Worksheet,
    columns: Sequence[TemplateColumn],
    coded: Sequence[TemplateColumn],
    rows: int,
) -> None:
    for place, column in enumerate(columns):
        if not column.choices:
            continue
        sheet.data_validation(1, place, rows, place, {
            "validate": "list",
            "source": _source(column, coded.index(column)),
            "error_type": "warning",  # codes are taken as well as labels
            "error_title": "不在列表中",
            "error_message": "请从下拉列表中选择，或填写“代码”表中的代码。",
        })  # fmt: skip


def _source(column: TemplateColumn, place: int) -> list[str] | str:
    labels = _labels(column)
    if len(",".join(labels)) <= LONGEST_LIST and not any("," in label for label in labels):
        return labels
    letter = column_letter(3 * place + 1)
    last = FIRST_CODE_ROW + len(labels) - 1
    return f"='{CODES_SHEET}'!${letter}${FIRST_CODE_ROW}:${letter}${last}"


def _write_codes(book: Book, coded: Sequence[TemplateColumn]) -> None:
    """Write the code tables side by side, a blank column between them."""
    sheet = book.add_sheet(CODES_SHEET)
    sheet.freeze_panes(FIRST_CODE_ROW - 1, 0)
    for place, column in enumerate(coded):
        sheet.set_column(3 * place + 1, 3 * place + 1, 18)
        sheet.write_string(0, 3 * place, column.title, book.bold)
    for place in range(len(coded)):
        sheet.write_string(1, 3 * place, "代码", book.header)
        sheet.write_string(1, 3 * place + 1, "名称", book.header)
    tables = [list(zip(column.choices, _labels(column), strict=True)) for column in coded]
    for row, line in enumerate(zip_longest(*tables), start=FIRST_CODE_ROW - 1):
        for place, entry in enumerate(line):
            if entry is not None:
                book.put(sheet, row, 3 * place, entry[0], "text")
                book.put(sheet, row, 3 * place + 1, entry[1], "text")


def _write_guide(book: Book, columns: Sequence[TemplateColumn]) -> None:
    sheet = book.add_sheet(GUIDE_SHEET)
    for place, width in enumerate([18, 10, 22, 24, 60]):
        sheet.set_column(place, place, width)
    for row, line in enumerate(GUIDE):
        sheet.write_string(row, 0, line)
    for place, name in enumerate(["列名", "是否必填", "填写方式", "示例", "说明"]):
        sheet.write_string(len(GUIDE) + 1, place, name, book.header)
    for row, column in enumerate(columns, start=len(GUIDE) + 2):
        required = "必填" if column.required else "选填"
        how = "从下拉列表选择" if column.choices else KINDS_ZH[column.kind]
        for place, text in enumerate([column.title, required, how]):
            sheet.write_string(row, place, text)
        book.put(sheet, row, 3, column.example, column.kind)
        sheet.write_string(row, 4, fitted(column.help), book.wrapped)
