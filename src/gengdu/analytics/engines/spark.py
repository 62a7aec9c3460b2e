"""Runs the same indicator SQL on Spark, for districts gathered on a cluster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow as pa

from gengdu.analytics.engines.base import Parameters

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")


class SparkEngine:
    """Wraps a Spark session; tables become temporary views."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._space = ""

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known under a name, replacing one of that name."""
        self._session.createDataFrame(table).createOrReplaceTempView(name)

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
        names = set(_PARAMETER.findall(sql))
        return self._session.sql(sql, args={name: parameters[name] for name in names})
