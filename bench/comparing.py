"""Tells whether two systems came to the same results, whole rows of them, to 1e-9."""

from __future__ import annotations

import duckdb
import pyarrow as pa

WITHIN = 1e-9
COUNTS = ("indicator", "county", "part", "level", "id"), (
    "counted", "rows", "unreported", "weight", "total",
)  # fmt: skip
SCHOOLS = ("county", "school_id", "stage"), (
    "pupils", *(f"value_{number}" for number in range(1, 8)), "met", "verdict",
)  # fmt: skip
SPREADS = ("county", "stage", "number"), ("schools", "pupils", "mean", "deviation")


def differences(mine: tuple[pa.Table, ...], theirs: tuple[pa.Table, ...]) -> dict[str, int]:
    """Return how many rows are missing, too many or otherwise, by what they are of."""
    found = {}
    for name, (keys, values), one, other in zip(
        ("counts", "schools", "spreads"), (COUNTS, SCHOOLS, SPREADS), mine, theirs, strict=True
    ):
        if number := _different(one, other, keys, values):
            found[name] = number
    return found


def _different(
    one: pa.Table, other: pa.Table, keys: tuple[str, ...], values: tuple[str, ...]
) -> int:
    same = " and ".join(f"a.{key} is not distinct from b.{key}" for key in keys)
    equal = " and ".join(_equal(value, one) for value in values)
    with duckdb.connect(":memory:") as connection:
        connection.register("one", one)
        connection.register("other", other)
        [(number,)] = connection.execute(
            f"select count(*) from one a full join other b on {same} "
            f"where a.county is null or b.county is null or not ({equal})"
        ).fetchall()
    return int(number)


def _equal(value: str, table: pa.Table) -> str:
    exactly = f"a.{value} is not distinct from b.{value}"
    if not pa.types.is_floating(table.schema.field(value).type):
        return f"({exactly})"
    near = f"abs(a.{value} - b.{value}) <= {WITHIN} * greatest(1, abs(a.{value}))"
    return f"({exactly} or coalesce({near}, false))"
