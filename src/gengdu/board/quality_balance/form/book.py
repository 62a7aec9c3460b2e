"""The whole form as a workbook: seven tables as they are printed, and a sheet of what is open."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time

from gengdu.board.quality_balance.form import conclusions, resources
from gengdu.board.quality_balance.form.template import Filled, Open
from gengdu.board.quality_balance.report import Content
from gengdu.documents.official_forms import FormSheet, write_form

OPEN_SHEET = "未报"
_OPEN_HEADS = ("表", "单元格", "内容", "缺什么")


def sheets(content: Content) -> list[FormSheet]:
    """Return the sheets of the form, filled from an evaluation."""
    one, counts = resources.table_one(content), resources.table_two_counts(content)
    schools, note = resources.table_two_schools(content)
    three, four = resources.table_three(content), conclusions.table_four(content)
    five, six = conclusions.table_five(content), conclusions.table_six(content)
    opened = [gap for filled in (one, counts, schools, three, four, five, six)
              for gap in filled.opened]  # fmt: skip
    return [
        _sheet(one, "A5:X9", (5, 8), width=9, heights={5: 30, 6: 48, 11: 20}),
        _sheet(counts, "A2:J7", (2, 3), widths={"B": 20}, heights={2: 60}),
        _sheet(schools, f"A2:O{note - 1}", (2, 3), left="BO", merged=[*schools.table.merged,
               f"A{note}:O{note}"], widths={"A": 6, "B": 24, "C": 8, "O": 36},
               heights={2: 60, **dict.fromkeys(range(4, note), 28), note: 64}),
        _sheet(three, "A2:J7", (2, 3), widths={"B": 14}, heights={2: 60}),
        _sheet(four, "A2:C19", (2, 2), left="AB", widths={"A": 48, "B": 72, "C": 10},
               heights={**dict.fromkeys([*range(3, 11), *range(13, 20)], 30), 5: 42}),
        _sheet(five, "A2:C12", (2, 3), left="AB", widths={"A": 48, "B": 72, "C": 10},
               heights=dict.fromkeys(range(4, 13), 40)),
        _sheet(six, "A2:H7", (2, 5), width=14, widths={"A": 14}, heights={2: 44, 3: 32}),
        _open_sheet(opened),
    ]  # fmt: skip


def _sheet(
    filled: Filled, framed: str, head: tuple[int, int], *, merged: Sequence[str] | None = None,
    width: float = 12, widths: dict[str, float] | None = None,
    heights: dict[int, float] | None = None, left: str = "",
) -> FormSheet:  # fmt: skip
    ranges = filled.table.merged if merged is None else merged
    starts = {one.split(":")[0] for one in ranges}
    over = {
        address
        for address, value in filled.cells.items()
        if address == "A1" or (str(value).startswith("注") and address not in starts)
    }
    return FormSheet(
        filled.table.name, filled.cells, tuple(ranges), widths or {}, width, heights or {},
        framed, head, frozenset(over), left,
    )  # fmt: skip


def _open_sheet(opened: Sequence[Open]) -> FormSheet:
    """List what stays blank in the form, and what would answer it."""
    rows = [_OPEN_HEADS, *((o.table, o.where, o.what_zh, o.missing_zh) for o in opened)]
    cells = {
        f"{letter}{number}": text
        for number, row in enumerate(rows, start=1)
        for letter, text in zip("ABCD", row, strict=True)
    }
    return FormSheet(
        OPEN_SHEET, cells, widths={"A": 10, "B": 10, "C": 60, "D": 60},
        framed=f"A1:D{len(rows)}", head=(1, 1), left="CD",
    )  # fmt: skip


def write(content: Content) -> bytes:
    """Return the form as the bytes of a workbook; the same content makes the same bytes.

    The day of the evaluation stands in the file as that of its making.
    """
    stream = io.BytesIO()
    write_form(stream, sheets(content), datetime.combine(date.fromisoformat(content["on"]), time()))
    return stream.getvalue()
