"""Reads tables drawn as text into Arrow tables of a declared shape."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from gengdu.datasets.tables import Table

# What a row has when the drawing says nothing: known and valid since long ago, approved.
DEFAULTS: dict[str, str] = {
    "recorded_at": "2000-01-01 00:00:00",
    "starts_on": "2000-01-01",
    "state": "approved",
    "is_own": "yes",
}


def table(declared: Table, text: str) -> pa.Table:
    """Return a drawn table; columns not drawn are empty or take their default, ids count from 1.

    The first line names columns, divided by `|`; an empty cell is no value.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    heads = [head.strip() for head in lines[0].split("|")] if lines else []
    unknown = set(heads) - set(declared.columns)
    assert not unknown, f"{declared.name} has no column {unknown}"
    rows = []
    for number, line in enumerate(lines[1:], start=1):
        cells = [cell.strip() for cell in line.split("|")]
        assert len(cells) == len(heads), f"{declared.name}: {line!r} has not {len(heads)} cells"
        given = dict(zip(heads, cells, strict=True))
        rows.append(
            {
                name: _cell(given.get(name, _default(name, number)), wanted)
                for name, wanted in declared.columns.items()
            }
        )
    return pa.Table.from_pylist(rows, schema=declared.schema)


def _default(name: str, number: int) -> str:
    return str(number) if name == "id" else DEFAULTS.get(name, "")


def _cell(text: str, wanted: pa.DataType) -> Any:
    if text == "":
        return None
    if pa.types.is_date(wanted):
        return date.fromisoformat(text)
    if pa.types.is_timestamp(wanted):
        return datetime.fromisoformat(text)
    if pa.types.is_boolean(wanted):
        return text == "yes"
    if pa.types.is_integer(wanted):
        return int(text)
    return float(text) if pa.types.is_floating(wanted) else text
