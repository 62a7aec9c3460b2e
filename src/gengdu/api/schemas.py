"""What the API takes and gives, as OpenAPI shows it; of a register drawn from its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field, StrictBool, create_model

from gengdu.api.asking import Cell, Day, Id, ListQuery, Strict
from gengdu.kernel import cells
from gengdu.records.sheets import Column, Register
from gengdu.web.sheets.listing import FILTER

MOST_ROWS = 1000
_TYPES: Mapping[str, Any] = {"whole": int, "number": float, "date": date, "month": date}


class Fault(Schema):
    """One thing that is wrong."""

    where: str = Field(description="参数名，或内容里的位置，如 rows.0.cells.name")
    message_zh: str


class Error(Schema):
    """What every failure looks like."""

    error: str = Field(description="代号，供程序判断")
    message_zh: str
    details: list[Fault]


class ColumnOut(Schema):
    """One column of a register."""

    key: str
    label: str
    description: str
    type: Literal["text", "whole", "number", "date", "month"]
    required: bool
    writable: bool
    masked: bool
    filtered: bool
    codes: dict[str, str] | None


class RegisterOut(Schema):
    """One register that the caller may read."""

    key: str
    label: str
    unit: str
    may_write: bool
    keys: list[list[str]] = Field(description="可以认出一行是谁的列")
    columns: list[ColumnOut]


class Registers(Schema):
    """The registers that the caller may read."""

    registers: list[RegisterOut]


class PartOut(Schema):
    """One part of a thing, and since when it holds."""

    key: str
    label: str
    starts_on: date | None
    ends_on: date | None


class ChangeOut(Schema):
    """One act of writing."""

    id: int
    at: datetime
    kind: str
    account: str
    summary: str
    reason: str


class Said(Schema):
    """What a step of the history says otherwise than the one before."""

    label: str
    old: str
    new: str


class StepOut(Schema):
    """One row that was recorded of a thing."""

    part: str
    recorded_at: datetime
    superseded_at: datetime | None
    starts_on: date | None
    ends_on: date | None
    is_first: bool
    change: ChangeOut | None
    differences: list[Said]


class RemarkOut(Schema):
    """What is to be said of one cell."""

    column: str
    message_zh: str
    is_fault: bool


class DifferenceOut(Schema):
    """What changes in one cell; hidden numbers hidden."""

    column: str
    old: str
    new: str


class RowOutcome(Schema):
    """What becomes of one row, or became."""

    place: int = Field(description="第几行，从 0 数起")
    action: Literal["new", "changed", "unchanged", "rejected"]
    thing: int | None
    remarks: list[RemarkOut]
    differences: list[DifferenceOut]


class Written(Schema):
    """What would become of the rows, or did."""

    dry_run: bool
    actions: dict[str, int] = Field(description="新增、变更、不变、不接收各多少行")
    rows: list[RowOutcome]
    change: int | None = Field(description="这次操作的编号，可据此撤销；没有写入则为空")


class UndoIn(Strict):
    """Why something is taken back."""

    reason: str = Field("", max_length=200)


class Undone(Schema):
    """What was taken back."""

    undone: int
    change: int


@dataclass(frozen=True)
class OfRegister:
    """The schemas of one register.

    Attributes:
        query: What may be asked of the list.
        listing: What the list gives.
        detail: What one thing gives.
        given: What may be written.
    """

    query: type[Schema]
    listing: type[Schema]
    detail: type[Schema]
    given: type[Schema]


def of_register(register: Register) -> OfRegister:
    """Draw the schemas of a register from its columns."""
    name = register.key.title().replace("_", "")
    shown = _cells(register, f"{name}Cells")
    row = _model(f"{name}Row", Schema, {"thing": (int, ...), "cells": (shown, ...)})
    listed = {
        "on": (date, ...), "known": (date | None, ...), "total": (int, ...),
        "page": (int, ...), "limit": (int, ...),
        "rows": (list[row], ...),  # type: ignore[valid-type]
    }  # fmt: skip
    one = {
        "on": (date, ...), "known": (date | None, ...), "thing": (int, ...), "cells": (shown, ...),
        "parts": (list[PartOut], ...), "history": (list[StepOut], ...),
    }  # fmt: skip
    return OfRegister(
        _query(register, f"{name}Query"), _model(f"{name}List", Schema, listed),
        _model(f"{name}Detail", Schema, one), _given(register, name),
    )  # fmt: skip


def _model(name: str, base: type[Schema], fields: Mapping[str, Any]) -> type[Schema]:
    made: type[Schema] = create_model(name, __base__=base, **fields)
    return made


def _cells(register: Register, name: str) -> type[Schema]:
    """Return what the cells of a row are; a column that was not asked for is not there."""
    fields = {
        column.key: (type_of(column) | None, Field(None, description=told(column)))
        for column in register.shown_columns
    }
    return _model(name, Strict, fields)


def _query(register: Register, name: str) -> type[Schema]:
    keys = [column.key for column in register.shown_columns]
    sort: Any = Literal[(*keys, *(f"-{key}" for key in keys))]
    fields: dict[str, Any] = {
        "sort": (sort | None, Field(None, description="按哪一列排序，前面加 - 为倒序"))
    }
    for column in register.columns:
        if column.filtered:
            about = f"只要“{column.title}”是这个值的行，- 为没有填的。{told(column)}"
            fields[FILTER + column.key] = (
                str | None, Field(None, min_length=1, max_length=100, description=about),
            )  # fmt: skip
    return _model(name, ListQuery, fields)


def _given(register: Register, name: str) -> type[Schema]:
    fields = {
        column.key: (Cell, Field(None, description=told(column)))
        for column in register.shown_columns
        if column.writable
    }
    cells_in = _model(f"{name}Given", Strict, fields)
    about = "底册里的编号；不写则按学籍号等认人，认不到就是新登记"
    row = _model(
        f"{name}RowIn", Strict,
        {"thing": (Id | None, Field(None, description=about)), "cells": (cells_in, ...)},
    )  # fmt: skip
    return _model(
        f"{name}In",
        Strict,
        {
            "rows": (list[row], Field(min_length=1, max_length=MOST_ROWS)),  # type: ignore[valid-type]
            "mode": (
                Literal["change", "correction"],
                Field("change", description="change 从 holds_from 起变了；correction 原来就记错了"),
            ),
            "holds_from": (
                Day | None,
                Field(None, description="从哪一天起；不写则为今天"),
            ),
            "reason": (str, Field("", max_length=200)),
            "dry_run": (StrictBool, Field(True, description="true 只核对，不写入任何数据")),
        },
    )


def type_of(column: Column) -> Any:
    """Return the type of a column's cells as they are given; masked ones are text."""
    return _TYPES.get(written_as(column), str)


def written_as(column: Column) -> Literal["text", "whole", "number", "date", "month"]:
    """Return what kind of value a column's cells hold."""
    is_plain = isinstance(column.kind, cells.Kind) and not column.virtual and not column.masking
    return column.kind.written_as if is_plain else "text"  # type: ignore[union-attr]


def codes_of(column: Column) -> dict[str, str] | None:
    """Return the codes of a column and what they mean; None where it has none."""
    return dict(column.kind.codes) if isinstance(column.kind, cells.Code) else None


def told(column: Column) -> str:
    """Return what a column holds, in a line."""
    pieces = [str(column.label)]
    if column.help:
        pieces.append(str(column.help))
    if codes := codes_of(column):
        pieces.append("代码：" + "、".join(f"{code} {label}" for code, label in codes.items()))
    elif isinstance(column.kind, cells.YesNo):
        pieces.append("是、否")
    elif column.is_reference:
        pieces.append("写名称或代码")
    if column.masking:
        pieces.append("默认部分隐去，带 * 的值写回时不改动")
    return "；".join(pieces)
