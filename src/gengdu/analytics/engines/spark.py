"""Runs the same indicator SQL on Spark, for districts gathered on a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from gengdu.analytics.engines.base import PARAMETER, Parameters

if TYPE_CHECKING:
    from pyarrow.dataset import Dataset
    from pyspark.sql import SparkSession


_SPARK = {
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.string(): "string",
    pa.date32(): "date",
    pa.bool_(): "boolean",
}


class SparkEngine:
    """Wraps a Spark session; tables become temporary views."""

    dialect = "spark"

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._space = ""

    def register(self, name: str, table: pa.Table | Dataset) -> None:
        """Make an Arrow table known under a name, replacing one of that name."""
        rows = table if isinstance(table, pa.Table) else table.to_table()
        self._session.createDataFrame(rows).createOrReplaceTempView(name)

    def read(self, name: str, files: Sequence[str], schema: pa.Schema, *, keep: bool) -> None:
        """Make Parquet files known under a name; kept, they are read once into memory."""
        types = ", ".join(f"{field.name} {_SPARK[field.type]}" for field in schema)
        frame = (
            self._session.read.schema(f"{types}, county bigint")
            .option("basePath", files[0].split("/county=")[0])
            .parquet(*files)
        )
        if keep:
            frame = frame.cache()
        frame.createOrReplaceTempView(name)

    def enter(self, space: str) -> bool:
        """Keep one space at a time: temporary views of another are defined anew."""
        was_here, self._space = self._space == space, space
        return was_here

    def leave_all(self) -> None:
        """Forget which space is current, so that everything is defined anew."""
        self._space = ""

    def define(self, name: str, sql: str, parameters: Parameters, *, keep_result: bool) -> None:
        """Make the result of a query known under a name; Spark plans it anew unless it is kept."""
        frame = self._query(sql, parameters)
        if keep_result:
            frame = frame.cache()
        frame.createOrReplaceTempView(name)

    def run(self, sql: str, parameters: Parameters) -> pa.Table:
        """Return the result of a query."""
        return self._query(sql, parameters).toArrow()

    def _query(self, sql: str, parameters: Parameters):  # type: ignore[no-untyped-def]
        names = set(PARAMETER.findall(sql))
        return self._session.sql(sql, args={name: parameters[name] for name in names})
