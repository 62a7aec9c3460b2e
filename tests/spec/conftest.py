"""Draws tables as text and runs indicators over them, on DuckDB and, when asked for, on Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pyarrow as pa
import pytest

from gengdu.analytics import cards
from gengdu.analytics.engines.base import Engine
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.analytics.run import Evaluator, Moment, Result
from gengdu.datasets.tables import TABLES
from tests.drawn import table

Drawn = dict[str, str]
EMPTY = {name: declared.schema.empty_table() for name, declared in TABLES.items()}


@pytest.fixture(scope="session")
def spark_session() -> Iterator[Any]:
    """One Spark session for the whole run; all specs take about seven minutes on two cores."""
    spark = pytest.importorskip("pyspark.sql").SparkSession
    session = (
        spark.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.adaptive.enabled", "false")
        # Compiling code for each query costs more than running it over a few rows.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="session")
def duckdb_process() -> DuckDBEngine:
    """One DuckDB for the whole run; one thread is the quickest for tables of a few rows."""
    return DuckDBEngine(threads=1)


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Every spec runs on DuckDB; `-m spark` runs it on Spark."""
    if request.param == "duckdb":
        with _empty_database(request.getfixturevalue("duckdb_process")) as empty:
            yield empty
        return
    from gengdu.analytics.engines.spark import SparkEngine

    session = request.getfixturevalue("spark_session")
    yield SparkEngine(session)
    session.catalog.clearCache()


@contextmanager
def _empty_database(process: DuckDBEngine) -> Iterator[DuckDBEngine]:
    """Attach a database for one test: as empty as a new DuckDB, made in a twentieth of the time."""
    engine = DuckDBEngine.__new__(DuckDBEngine)
    engine.__dict__.update(
        process.__dict__, _spaces=[], _read_in_place={}, _connection=process._connection.cursor()
    )
    engine._connection.execute("attach ':memory:' as one_test; use one_test")
    try:
        yield engine
    finally:
        engine._connection.execute("use memory; detach one_test")
        engine._connection.close()


@cache
def _table(name: str, text: str) -> pa.Table:
    return table(TABLES[name], text)


class World:
    """Tables drawn as text; those not drawn are empty."""

    def __init__(self, engine: Engine, drawn: Drawn) -> None:
        unknown = set(drawn) - set(TABLES)
        assert not unknown, f"no table is called {unknown}"
        self.tables: dict[str, pa.Table] = dict(EMPTY)
        self.draw(**drawn)
        self._evaluator = Evaluator(engine, self.tables.__getitem__)

    def draw(self, **drawn: str) -> None:
        """Replace tables, as when somebody changes a register."""
        self.tables |= {name: _table(name, text) for name, text in drawn.items()}

    def result(self, name: str, on: str, known: str | None = None) -> Result:
        """Return what an indicator comes to on a day."""
        moment = Moment(date.fromisoformat(on), date.fromisoformat(known) if known else None)
        return self._evaluator.evaluate(cards.card(name), moment)

    def counts(self, name: str, on: str, known: str | None = None) -> tuple[int, int]:
        """Return (counted, rows) of the whole district, for indicators without parts."""
        everything = self.result(name, on, known).district.get("all")
        return (everything.counted, everything.rows) if everything else (0, 0)

    def reported(self, name: str, on: str, known: str | None = None) -> tuple[int, int, int]:
        """Return (counted, unreported, rows) of the whole district."""
        everything = self.result(name, on, known).district["all"]
        return everything.counted, everything.unreported, everything.rows

    def value(self, name: str, on: str, known: str | None = None) -> Fraction | None:
        """Return the value of the whole district."""
        return self.result(name, on, known).value

    def units(self, name: str, on: str) -> list[dict[str, Any]]:
        """Return the rows an indicator counts."""
        return self._evaluator.units(cards.card(name), Moment(date.fromisoformat(on))).to_pylist()

    def relation(self, name: str, on: str, order: str) -> list[dict[str, Any]]:
        """Return the rows of a relation."""
        moment = Moment(date.fromisoformat(on))
        return self._evaluator.relation(name, moment, order=order).to_pylist()


@pytest.fixture
def world(engine: Engine) -> Callable[..., World]:
    """Return a function that makes a world from drawn tables, given by name."""
    return lambda **drawn: World(engine, drawn)
