"""Starts and stops the Spark session of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gengdu.analytics.engines.spark import SparkEngine


@contextmanager
def engine(master: str, **settings: str) -> Iterator[SparkEngine]:
    """Hold a Spark session.

    Args:
        master: local[2], local-cluster[2,1,1024], spark://host:7077, yarn, …
        settings: Further ones of Spark, with _ for the dots of their names.
    """
    # Only who asks for Spark has it: the module itself must load without.
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("gengdu").config(
        "spark.sql.session.timeZone", "UTC"
    ).config("spark.ui.enabled", "false")  # fmt: skip
    if master.startswith("local"):  # all on this machine: nothing need be open to others
        builder = builder.config("spark.driver.host", "127.0.0.1").config(
            "spark.driver.bindAddress", "127.0.0.1"
        )
    for name, value in settings.items():
        builder = builder.config(name.replace("_", "."), value)
    session = builder.getOrCreate()
    try:
        yield SparkEngine(session)
    finally:
        session.stop()
