"""Triggers by which the database itself refuses to change or delete rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_CHANGES = ("update", "delete")


@dataclass(frozen=True)
class Refusal:
    """What is refused of one table.

    Attributes:
        table: Its name in the database.
        name: What its triggers are called before _no_update and so on.
        message: What the database answers.
        whole_too: Whether PostgreSQL also refuses to empty the table, and a statement that meets no
            row; where rows go with their database, as in tests, it must not.
    """

    table: str
    name: str
    message: str
    whole_too: bool

    def install_after_migrate(self, *, using: str, **_: Any) -> None:
        """Install the triggers once the table exists; altering a SQLite table drops them."""
        connection = connections[using]
        if self.table in connection.introspection.table_names():
            self.install(connection)

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Make the triggers anew."""
        with transaction.atomic(using=connection.alias):
            self.remove(connection)
            with connection.cursor() as cursor:
                for statement in self._statements(connection.vendor):
                    cursor.execute(statement)

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Drop the triggers; only a test that begins with an empty table has a reason to."""
        on_table = f' ON "{self.table}"' if connection.vendor == "postgresql" else ""
        names = [*_CHANGES, *(["truncate"] if on_table else [])]
        with connection.cursor() as cursor:
            for change in names:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{self.name}_no_{change}"{on_table}')

    def _statements(self, vendor: str) -> Iterator[str]:
        if vendor == "postgresql":
            yield from self._postgresql()
            return
        for change in _CHANGES:
            yield (
                f'CREATE TRIGGER "{self.name}_no_{change}" BEFORE {change.upper()} '
                f"ON \"{self.table}\" BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            )

    def _postgresql(self) -> Iterator[str]:
        yield (
            f"CREATE OR REPLACE FUNCTION {self.name}_refuse() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN RAISE EXCEPTION '{self.message}'; END $$"
        )
        each = "STATEMENT" if self.whole_too else "ROW"
        for change in (*_CHANGES, *(("truncate",) if self.whole_too else ())):
            yield (
                f'CREATE TRIGGER "{self.name}_no_{change}" BEFORE {change.upper()} '
                f'ON "{self.table}" FOR EACH {each} EXECUTE FUNCTION {self.name}_refuse()'
            )
