"""Triggers that the database keeps for us: revision counters, and no overlaps on SQLite.

SQLite drops a table's triggers when a migration rebuilds it, so all are made again after every
migrate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from gengdu.records.constraints import NoOverlap
from gengdu.records.models import Recorded, TableRevision

OVERLAP_MESSAGE = "period overlap"
_CHANGES = ("insert", "update", "delete")


def recorded_models() -> list[type[Recorded]]:
    """Return every table whose rows are recorded, in order of table name."""
    found = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return sorted(found, key=lambda model: model._meta.db_table)


def install_after_migrate(*, using: str, **_: Any) -> None:
    """Install all triggers once the tables exist."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if TableRevision._meta.db_table in tables:
        install(connection, tables)


def install(connection: BaseDatabaseWrapper, tables: set[str]) -> None:
    """Make every trigger anew for the tables that exist, and a revision row for each."""
    models_here = [model for model in recorded_models() if model._meta.db_table in tables]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for model in models_here:
            for statement in _statements(model, connection.vendor):
                cursor.execute(statement)
    known = set(TableRevision.objects.using(connection.alias).values_list("table", flat=True))
    TableRevision.objects.using(connection.alias).bulk_create(
        TableRevision(table=model._meta.db_table)
        for model in models_here
        if model._meta.db_table not in known
    )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the SQLite triggers, for a bulk load into a database that nobody else can see yet."""
    with connection.cursor() as cursor:
        for name in installed(connection):
            cursor.execute(f'DROP TRIGGER "{name}"')


def installed(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of our triggers that a SQLite database has now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master "
            "WHERE type = 'trigger' AND name LIKE 'gengdu_%' ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def expected_on_sqlite() -> list[str]:
    """Return the names of the triggers that every SQLite database should have."""
    names = []
    for model in recorded_models():
        table = model._meta.db_table
        names += [f"gengdu_{table}_{change}" for change in _CHANGES]
        names += [
            f"gengdu_{constraint.name}_{change}"
            for constraint in _overlaps(model)
            for change in ("insert", "update")
        ]
    return sorted(names)


def _overlaps(model: type[models.Model]) -> list[NoOverlap]:
    return [item for item in model._meta.constraints if isinstance(item, NoOverlap)]


def _statements(model: type[models.Model], vendor: str) -> Iterator[str]:
    table = model._meta.db_table
    if vendor == "postgresql":
        yield from _postgresql_revision(table)
        return
    revision = TableRevision._meta.db_table
    for change in _CHANGES:
        name = f"gengdu_{table}_{change}"
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield (
            f'CREATE TRIGGER "{name}" AFTER {change.upper()} ON "{table}" BEGIN '
            f"UPDATE {revision} SET revision = revision + 1 WHERE \"table\" = '{table}'; END"
        )
    for constraint in _overlaps(model):
        for change in ("insert", "update"):
            name = f"gengdu_{constraint.name}_{change}"
            yield f'DROP TRIGGER IF EXISTS "{name}"'
            yield _sqlite_overlap(name, change, model, constraint)


def _sqlite_overlap(
    name: str, change: str, model: type[models.Model], constraint: NoOverlap
) -> str:
    table = model._meta.db_table
    same = " AND ".join(f'r."{column}" = NEW."{column}"' for column in constraint.columns(model))
    new_counts = "NEW.superseded_at IS NULL"
    if constraint.is_approvable(model):
        new_counts += " AND NEW.state = 'approved'"
        same += " AND r.state = 'approved'"
    return (
        f'CREATE TRIGGER "{name}" BEFORE {change.upper()} ON "{table}" '
        f'WHEN {new_counts} AND EXISTS (SELECT 1 FROM "{table}" r WHERE {same} '
        "AND r.superseded_at IS NULL AND r.id IS NOT NEW.id "
        "AND (NEW.ends_on IS NULL OR r.starts_on < NEW.ends_on) "
        "AND (r.ends_on IS NULL OR NEW.starts_on < r.ends_on)) "
        f"BEGIN SELECT RAISE(ABORT, '{OVERLAP_MESSAGE}: {name}'); END"
    )


def _postgresql_revision(table: str) -> Iterator[str]:
    revision = TableRevision._meta.db_table
    yield (
        "CREATE OR REPLACE FUNCTION gengdu_bump() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f'UPDATE {revision} SET revision = revision + 1 WHERE "table" = TG_TABLE_NAME; '
        "RETURN NULL; END $$"
    )
    yield f'DROP TRIGGER IF EXISTS "gengdu_{table}_bump" ON "{table}"'
    yield (
        f'CREATE TRIGGER "gengdu_{table}_bump" AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION gengdu_bump()"
    )
