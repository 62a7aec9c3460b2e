"""Whether a test's transaction sees anything but what everybody sees.

Production remembers nothing inside somebody's own transaction. Tests all run in one: they remember
as long as the revisions in it are those that are committed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection

from gengdu.records import queries, reading
from tests import stores

_in_use = reading.may_be_undone


class Others:
    """What everybody else sees of the test database, read over a connection of its own."""

    def __init__(self) -> None:
        self._held = ExitStack()
        self._connection: Any = None

    def revisions(self) -> dict[str, int]:
        """Return the revisions of what is committed."""
        if threading.current_thread() is not threading.main_thread():
            with stores.another_connection() as other:
                return self._read(other)
        if self._connection is None:
            self._connection = self._held.enter_context(stores.another_connection())
        return self._read(self._connection)

    def _read(self, other: Any) -> dict[str, int]:
        sql = 'SELECT "table", sum(revision) FROM records_tablerevision GROUP BY 1'
        return {str(table): int(str(moved)) for table, moved in stores.execute(other, sql)}

    def close(self) -> None:
        """Let the database go."""
        self._held.close()
        self._connection = None


others = Others()


def has_written() -> bool:
    """Tell whether this thread's transaction has changed a recorded table."""
    return connection.in_atomic_block and queries.revisions() != others.revisions()


@contextmanager
def as_in_use() -> Iterator[None]:
    """Go by the rule of production."""
    with patch.object(reading, "may_be_undone", _in_use):
        yield
