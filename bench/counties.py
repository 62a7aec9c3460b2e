"""Snapshots of many counties, made from the demo district's: the same shape at any size.

Every county is some copies of the district, each a little different: amounts and schooling vary, a
part of the ledgers' rows and of the pupils is missing or there are more. All of it follows from
numbers of rows and copies, so it is the same each time; no random numbers, no hash of an engine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import fs

from bench.databases import VAR, database, on_file
from gengdu.datasets import snapshots
from gengdu.datasets.snapshots import Place, Snapshot
from gengdu.datasets.tables import TABLES, Table

ON = date(2025, 12, 31)
APART = 10_000_000
"""Between the ids of two copies in one county."""


@dataclass(frozen=True)
class Size:
    """How large the data of a benchmark are.

    Attributes:
        counties: How many.
        copies: Of the district, in each county.
        pupils: Of a hundred pupils of the district, so many are in each copy.
    """

    counties: int
    copies: int
    pupils: int


SIZES = {
    "district": Size(1, 1, 100),
    "city": Size(10, 2, 84),  # 800 schools, 0.4 M pupils
    "province": Size(125, 4, 117),  # 20 thousand schools, 14 M pupils
}


def made(name: str) -> list[Snapshot]:
    """Return the snapshots of a size, made where they are not there yet."""
    folder = VAR / f"counties-{name}"
    if not folder.exists():
        aside = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(aside, ignore_errors=True)
        _make(aside, SIZES[name])
        os.replace(aside, folder)
    return snapshots.find(Place(fs.LocalFileSystem(), str(folder)))


def _district() -> Snapshot:
    folder = VAR / "snapshot-of-demo"
    if not folder.exists():
        subprocess.run(
            [sys.executable, "-m", "gengdu.cli", "snapshot", "--to", str(folder), "--on", str(ON)],
            env=on_file(database(1)), check=True, stdout=sys.stderr,
        )  # fmt: skip
    return snapshots.find(Place(fs.LocalFileSystem(), str(folder)))[0]


def _make(folder: Path, size: Size) -> None:
    of = _district()
    with duckdb.connect(":memory:") as connection:
        connection.execute("set threads = 2; set preserve_insertion_order = true")
        for table in TABLES.values():
            connection.execute(
                f"create table {table.name} as select * exclude (county, snapshot) "
                f"from read_parquet('{of.file(table.name)}', hive_partitioning = true)"
            )
        for number in range(size.counties):
            _county(connection, folder, size, number)


def _county(connection: duckdb.DuckDBPyConnection, folder: Path, size: Size, number: int) -> None:
    county, told = 370001 + number, {}
    for table in TABLES.values():
        file = folder / f"snapshot={ON}" / table.name / f"county={county}" / "part.parquet"
        file.parent.mkdir(parents=True)
        sql = " union all ".join(
            _copy(table, copy, number * size.copies + copy, size) for copy in range(size.copies)
        )
        [(rows,)] = connection.execute(
            f"copy ({sql}) to '{file}' (format parquet, compression zstd)"
        ).fetchall()
        schema = snapshots.schema_of(table)
        columns = {name: str(schema.field(name).type) for name in schema.names}
        told[table.name] = {"rows": rows, "hash": "", "columns": columns, "schools": {}}
    manifest = folder / f"snapshot={ON}" / "manifest" / f"county={county}" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    content = {"format": snapshots.FORMAT, "snapshot": str(ON), "county": county,
               "name": f"示例县{number + 1}", "known": None, "deidentified": False,
               "tables": told}  # fmt: skip
    manifest.write_text(json.dumps(content, ensure_ascii=False))


def _copy(table: Table, copy: int, number: int, size: Size) -> str:
    """Return the rows of one copy; `number` counts copies through all counties."""
    names = snapshots.schema_of(table)
    base = f"select {_columns(names, copy * APART, number)} from {table.name}"
    if "pupil_id" in table.columns:
        share = f"(pupil_id * 7919 + {number} * 104729) % 100"
        kept = f"{base} where {share} < {size.pupils}"
        if size.pupils <= 100:
            return kept
        more = _columns(names, copy * APART, number, pupils=APART // 2)
        again = f"select {more} from {table.name} where {share} < {size.pupils - 100}"
        return f"{kept} union all {again}"
    if table.approvable and number:
        return f"{base} where (id * 7919 + {number} * 104729) % 100 >= 5"
    return base


def _columns(schema: pa.Schema, offset: int, number: int, *, pupils: int = 0) -> str:
    def cell(name: str, kind: pa.DataType) -> str:
        if name == "id" or name.endswith("_id"):
            more = pupils if name == "pupil_id" else 0
            return f"{name} + {offset + more} as {name}"
        if number and name in ("level", "education_level") and pa.types.is_integer(kind):
            drawn = f"(id * 31 + {number} * 17) % 40"
            return f"{name} + (({drawn}) = 0)::bigint - (({drawn}) = 1)::bigint as {name}"
        if number and "school_id" in schema.names and name.endswith(("_m2", "_yuan")):
            factor = f"(0.8 + 0.004 * ((school_id * 13 + {number} * 29) % 100))"
            return f"round({name} * {factor}) as {name}"
        return name

    return ", ".join(cell(field.name, field.type) for field in schema)


def described(of: Sequence[Snapshot]) -> dict[str, int]:
    """Return how many counties, schools and pupils there are on the day."""
    roots = {one.place.path(f"snapshot={one.on}") for one in of}
    [root] = roots
    on = f"starts_on <= '{ON}' and (ends_on is null or ends_on > '{ON}')"

    def counted(what: str, table: str) -> int:
        sql = f"select count({what}) from read_parquet('{root}/{table}/*/*.parquet') where {on}"
        [(found,)] = duckdb.sql(sql).fetchall()
        return int(found)

    rows = sum(table["rows"] for one in of for table in one.content["tables"].values())
    return {"counties": len(of), "schools": counted("*", "school_profiles"),
            "pupils": counted("*", "enrolments"), "rows": rows}  # fmt: skip
