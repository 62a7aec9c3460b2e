"""Runs indicator SQL in DuckDB over Arrow tables, in this process."""

from __future__ import annotations

import re

import duckdb
import pyarrow as pa

from gengdu.analytics.engines.base import Parameters

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")


class DuckDBEngine:
    """One in-memory DuckDB connection; not for use by two threads at once."""

    def __init__(self, *, threads: int = 2) -> None:
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(f"set threads = {int(threads)}")
        self._connection.execute("set autoinstall_known_extensions = false")

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known under a name, replacing one of that name."""
        self._connection.register(name, table)

    def define(self, name: str, sql: str, parameters: Parameters, *, keep_result: bool) -> None:
        """Make the result of a query known under a name; keep_result stores it for repeated use."""
        if keep_result:
            self._execute(f"create or replace temp table {name} as {sql}", parameters)
        else:
            self._execute(f"create or replace temp view {name} as {sql}", parameters)

    def run(self, sql: str, parameters: Parameters) -> pa.Table:
        """Return the result of a query."""
        return self._execute(sql, parameters).to_arrow_table()

    def _execute(self, sql: str, parameters: Parameters) -> duckdb.DuckDBPyConnection:
        names = set(_PARAMETER.findall(sql))
        given = {name: parameters[name] for name in names}
        return self._connection.execute(_PARAMETER.sub(r"$\1", sql), given or None)
