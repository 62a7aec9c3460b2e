"""Triggers by which the database refuses to change or delete a locked evaluation."""

from __future__ import annotations

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from gengdu.chapters.delivery.evaluation.models import LockedEvaluation

MESSAGE = "a locked evaluation is never changed"
TABLE = LockedEvaluation._meta.db_table
_CHANGES = ("update", "delete")


def install_after_migrate(*, using: str, **_: Any) -> None:
    """Install the triggers once the table exists; altering a SQLite table drops them."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers anew."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return _postgresql()
    return [
        statement
        for change in _CHANGES
        for statement in (
            f'DROP TRIGGER IF EXISTS "locked_evaluation_no_{change}"',
            f'CREATE TRIGGER "locked_evaluation_no_{change}" BEFORE {change.upper()} '
            f"ON \"{TABLE}\" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
        )
    ]


def _postgresql() -> list[str]:
    """Return the triggers of each row; a table that is emptied whole goes with its database."""
    return [
        "CREATE OR REPLACE FUNCTION gengdu_locked_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
        f'DROP TRIGGER IF EXISTS "locked_evaluation_no_change" ON "{TABLE}"',
        f'CREATE TRIGGER "locked_evaluation_no_change" BEFORE UPDATE OR DELETE ON "{TABLE}" '
        "FOR EACH ROW EXECUTE FUNCTION gengdu_locked_refuse()",
    ]
