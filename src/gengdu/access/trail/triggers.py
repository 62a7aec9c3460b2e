"""Triggers by which the database itself refuses to change or delete an entry of the trail."""

from __future__ import annotations

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from gengdu.access.trail.models import TrailEntry

MESSAGE = "the trail is only added to"
TABLE = TrailEntry._meta.db_table
_CHANGES = ("update", "delete")


def install_after_migrate(*, using: str, **_: Any) -> None:
    """Install the triggers once the table exists."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers anew."""
    with transaction.atomic(using=connection.alias):
        remove(connection)
        with connection.cursor() as cursor:
            for statement in _statements(connection.vendor):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers; only a test that begins with an empty trail has a reason to."""
    on_table = f' ON "{TABLE}"' if connection.vendor == "postgresql" else ""
    names = [*_CHANGES, *(["truncate"] if on_table else [])]
    with connection.cursor() as cursor:
        for change in names:
            cursor.execute(f'DROP TRIGGER IF EXISTS "gengdu_trail_no_{change}"{on_table}')


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return _postgresql()
    return [
        f'CREATE TRIGGER "gengdu_trail_no_{change}" BEFORE {change.upper()} ON "{TABLE}" '
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for change in _CHANGES
    ]


def _postgresql() -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION gengdu_trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    return [
        function,
        *(
            f'CREATE TRIGGER "gengdu_trail_no_{change}" BEFORE {change.upper()} ON "{TABLE}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION gengdu_trail_refuse()"
            for change in (*_CHANGES, "truncate")
        ),
    ]
