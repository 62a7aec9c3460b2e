"""Reads several tables as they stand at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def may_be_undone() -> bool:
    """Tell whether what is read now may still be rolled back, and so must not be remembered."""
    return connection.in_atomic_block


@contextmanager
def one_state(*, makes_tables: bool = False) -> Iterator[None]:
    """Hold a reading transaction, which keeps no writer waiting; inside somebody's own, nothing.

    Args:
        makes_tables: Whether temporary tables are made in it, which PostgreSQL counts as writing.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_begin(connection.vendor, makes_tables))
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def _begin(vendor: str, makes_tables: bool) -> str:
    if vendor == "sqlite":
        return "BEGIN"
    level = "BEGIN ISOLATION LEVEL REPEATABLE READ"
    return level if makes_tables else f"{level} READ ONLY"
