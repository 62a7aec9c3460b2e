"""Reads what is asked in an address and refuses what it does not know, instead of passing over it.

No name from an address reaches the database: columns are held against what the register declares.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from gengdu.api.errors import ApiError, Detail, invalid
from gengdu.kernel import cells
from gengdu.kernel.cells.base import EXACT_BELOW
from gengdu.kernel.dates import parse_date
from gengdu.records.models import last_day_of_sample
from gengdu.records.sheets import Register
from gengdu.web.moments import EARLIEST, LATEST
from gengdu.web.sheets.listing import EMPTY, FILTER, Wanted

LARGEST_ID = 2**63 - 1


def _read_day(value: object) -> date | None:
    if value is None:
        return None
    day = parse_date(value if isinstance(value, str) else "")
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} 超出可查的范围，应在 {EARLIEST} 至 {LATEST} 之间")
    return day


Day = Annotated[
    date, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})
]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]


def _read_cell(value: object) -> object:
    """Let through what a spreadsheet's cell may hold; its column says more."""
    if isinstance(value, str):
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise ValueError("含有残缺的字符，请核对编码")
        return value
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, int | float):
        raise ValueError("应为文字、数字、true、false 或 null")
    if not -EXACT_BELOW < value < EXACT_BELOW:
        raise ValueError("数字太大，最多 15 位；号码请写成文字")
    return value


_CELL = {"anyOf": [{"type": kind} for kind in ("string", "number", "boolean", "null")]}
Cell = Annotated[Any, BeforeValidator(_read_cell), WithJsonSchema(_CELL)]


class Strict(Schema):
    """What may be asked; anything else is refused."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())


class Moments(Strict):
    """The day asked for, and the day whose knowledge is asked for."""

    on: Day | None = Field(None, description="问哪一天的情形，如 2025-12-31；不写则为今天")
    known: Day | None = Field(None, description="按这一天已知的记录；不写则按现在已知的")


class ListQuery(Moments):
    """What is asked of a list."""

    q: str | None = Field(
        None, max_length=100, description="查找：姓名的任一部分、拼音，或完整号码"
    )
    columns: str | None = Field(None, max_length=4000, description="要哪些列，用英文逗号分开")
    page: int = Field(1, ge=1, le=1_000_000, description="第几页")
    limit: int = Field(100, ge=1, le=1000, description="每页多少行")


def refuse_unknown(request: HttpRequest, known: set[str]) -> None:
    """Refuse parameters that an address does not have, and those given twice.

    Raises:
        ApiError: If there are any.
    """
    faults: list[Detail] = []
    for name, values in request.GET.lists():
        if name not in known:
            faults.append({"where": name[:60], "message_zh": "没有这个参数，请核对名称"})
        elif len(values) > 1:
            faults.append({"where": name, "message_zh": "这个参数写了不止一次，请只留一个"})
        elif "\0" in values[0]:
            faults.append({"where": name, "message_zh": "含有不可见的字符，请删去"})
    if faults:
        raise ApiError(422, details=faults)


def today() -> date:
    """Return the day that is meant where none is named: the demo's last one, else today."""
    return last_day_of_sample() or timezone.localdate()  # noqa: TID251


def wanted(register: Register, query: Any) -> Wanted:
    """Return which list is asked for.

    Raises:
        ApiError: If a column is unknown or a filter's value cannot be.
    """
    on, known = query.on or today(), query.known
    if query.q and not register.is_searched:
        raise invalid("q", "这本底册没有可以查找文字的列，请改用筛选")
    filters = {}
    for column in register.columns:
        text = getattr(query, FILTER + column.key, None) if column.filtered else None
        if text is None:
            continue
        if text != EMPTY:
            _check(FILTER + column.key, column.kind_on(on, known), text)
        filters[column.key] = text
    return Wanted(
        register, on, (query.q or "").strip(), filters, _columns(register, query.columns),
        query.sort or "", known,
    )  # fmt: skip


def _check(name: str, kind: cells.Kind[Any], text: str) -> None:
    try:
        value = kind.parse(text)
    except cells.BadCell as error:
        raise invalid(name, str(error)) from None
    if value is None:
        raise invalid(name, f"不能为空；找没有填的，请写 {EMPTY}")


def _columns(register: Register, text: str | None) -> tuple[str, ...]:
    shown = {column.key: column for column in register.shown_columns}
    if text is None:
        return tuple(key for key, column in shown.items() if column.listed)
    chosen = tuple(text.split(","))
    unknown = [key for key in chosen if key not in shown]
    if unknown:
        raise invalid("columns", f"没有“{unknown[0][:60]}”这一列，全部列见 /registers/")
    return tuple(dict.fromkeys(chosen))
