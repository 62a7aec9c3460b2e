"""Runs indicator SQL in DuckDB over Arrow tables, in this process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from gengdu.analytics.engines.base import PARAMETER, Parameters

if TYPE_CHECKING:
    from pyarrow.dataset import Dataset

_SOURCE = re.compile(r"\b(from|join)\s+([a-z_]+)\b(?!\s*\()", re.IGNORECASE)


class DuckDBEngine:
    """One in-memory DuckDB connection; not for use by two threads at once."""

    dialect = "duckdb"

    def __init__(self, *, threads: int = 2, memory_limit: str = "", spill_to: str = "") -> None:
        """Start an empty database.

        Args:
            threads: At most.
            memory_limit: Such as 4GB; what does not fit is put into files. Empty for DuckDB's own.
            spill_to: The folder for such files.
        """
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(f"set threads = {int(threads)}")
        self._connection.execute("set enable_progress_bar = false")
        # Snapshots never change, and several SQL texts ask for the same file.
        self._connection.execute("set parquet_metadata_cache = true")
        if memory_limit:
            self._connection.execute("set memory_limit = $limit", {"limit": memory_limit})
        if spill_to:
            self._connection.execute("set temp_directory = $folder", {"folder": spill_to})
        self._connection.execute("set autoinstall_known_extensions = false")
        self._read_in_place: dict[str, str] = {}
        self._spaces: list[str] = []
        self._current = "main"

    def register(self, name: str, table: pa.Table | Dataset) -> None:
        """Make an Arrow table, or files of it, known under a name, replacing one of that name."""
        self._connection.register(name, table)

    def read(self, name: str, files: Sequence[str], schema: pa.Schema, *, keep: bool) -> None:
        """Make Parquet files known under a name; kept, they are read once into memory.

        Others are put into each query that names them: a view would be planned twice.
        """
        columns = ", ".join(["county", *schema.names])
        paths = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
        sql = (
            f"select {columns} from read_parquet([{paths}], hive_partitioning = true, "
            "hive_types = {'county': bigint})"
        )
        if keep:
            self._connection.execute(f"create or replace table main.{name} as {sql}")
            self._read_in_place.pop(name, None)
        else:
            self._read_in_place[name] = f"({sql})"

    def enter(self, space: str) -> bool:
        """Make definitions of one space the current ones; each space is a schema of its own."""
        is_known = space in self._spaces
        if not is_known:
            self._connection.execute(f"create schema {space}")
            self._spaces.append(space)
        if space != self._current:
            self._connection.execute(f"set schema = '{space}'")
            self._current = space
        return is_known

    def leave_all(self) -> None:
        """Forget the definitions of every space."""
        self._connection.execute("set schema = 'main'")
        for space in self._spaces:
            self._connection.execute(f"drop schema {space} cascade")
        self._spaces, self._current = [], "main"

    def define(self, name: str, sql: str, parameters: Parameters, *, keep_result: bool) -> None:
        """Make the result of a query known under a name; keep_result stores it for repeated use."""
        if keep_result:
            self._execute(f"create or replace table {name} as {sql}", parameters)
        else:
            self._execute(f"create or replace view {name} as {sql}", parameters)

    def run(self, sql: str, parameters: Parameters) -> pa.Table:
        """Return the result of a query."""
        return self._execute(sql, parameters).to_arrow_table()

    def _execute(self, sql: str, parameters: Parameters) -> duckdb.DuckDBPyConnection:
        names = set(PARAMETER.findall(sql))
        sql = PARAMETER.sub(r"$\1", sql)
        if self._read_in_place:
            sql = _SOURCE.sub(self._source, sql)
        given = {name: parameters[name] for name in names}
        return self._connection.execute(sql, given or None)

    def _source(self, found: re.Match[str]) -> str:
        return f"{found[1]} {self._read_in_place.get(found[2], found[2])}"
