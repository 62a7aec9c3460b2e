"""Fills an empty PostgreSQL database in one transaction, with every rule checked over all rows.

Rows are copied in while references, overlap rules, indexes and triggers are off; putting the rules
on again checks all rows at once, which takes a fraction of the time. Nobody sees any of it before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management.color import no_style
from django.db import models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import F, Min

from gengdu.records import triggers
from gengdu.records.models import TableRevision

ALONE = 20230630
"""Number of the lock that keeps a second loader waiting until the first is done."""

MADE_BY_MIGRATING = frozenset({"contenttypes.ContentType", "auth.Permission"})
"""Models whose rows are there in a database that nobody has used yet."""

_CONSTRAINTS = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
        format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
            pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype IN ('f', 'x') AND connamespace = current_schema::regnamespace
    ORDER BY conname"""
_INDEXES = """
    SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = current_schema::regnamespace AND NOT indisunique AND NOT indisexclusion
    ORDER BY relname"""


def models_of(using: str) -> list[type[models.Model]]:
    """Return the models that have their table in a database, but for the revision counters."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if router.allow_migrate_model(using, model) and model is not TableRevision
    ]


def is_used(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether any table holds a row that did not come with the tables themselves."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in models_of(connection.alias):
            table = model._meta.db_table
            if table in there and model._meta.label not in MADE_BY_MIGRATING:
                cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
                if cursor.fetchone() == (True,):
                    return True
    return False


@contextmanager
def alone(connection: BaseDatabaseWrapper) -> Iterator[CursorWrapper]:
    """Hold the transaction in which one loader at a time fills a database, however long."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALONE])
        yield cursor


@contextmanager
def filling(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> Iterator[None]:
    """Take all rules off, and put them on again over the rows that were copied in; use in `alone`.

    Raises:
        IntegrityError: At the end, if the rows break a rule.
    """
    triggers.remove(connection)
    again = []
    for listing in (_CONSTRAINTS, _INDEXES):
        cursor.execute(listing)
        for drop, make in cursor.fetchall():
            cursor.execute(drop)
            again.append(make)
    yield
    for make in reversed(again):
        cursor.execute(make)
    for statement in connection.ops.sequence_reset_sql(no_style(), models_of(connection.alias)):
        cursor.execute(statement)
    triggers.install_after_migrate(using=connection.alias)
    if router.allow_migrate_model(connection.alias, TableRevision):
        _move_every_revision(connection.alias)
    # Named, for without names the server's own shared tables stay locked until the end as well,
    # and whoever fills two databases at a time waits for himself.
    cursor.execute(f"ANALYZE {', '.join(_tables(connection, models_of(connection.alias)))}")


def empty(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> None:
    """Delete all rows but what came with the tables, and the revisions, which never go back."""
    used = [m for m in models_of(connection.alias) if m._meta.label not in MADE_BY_MIGRATING]
    cursor.execute(f"TRUNCATE {', '.join(_tables(connection, used))}")


def empty_unused(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> None:
    """Delete what came with the tables of a database that nobody has used yet.

    One by one, for the trail's table refuses to be emptied even when nothing is in it.
    """
    unused = [m for m in models_of(connection.alias) if m._meta.label in MADE_BY_MIGRATING]
    for table in _tables(connection, unused):
        cursor.execute(f"DELETE FROM {table}")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered


def copy_in(
    cursor: CursorWrapper, table: str, columns: Iterable[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Write rows into a table; days and moments may be text, moments then in UTC, truth 0 or 1."""
    named = ", ".join(f'"{column}"' for column in columns)
    with cursor.cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def _tables(connection: BaseDatabaseWrapper, of: list[type[models.Model]]) -> list[str]:
    return [connection.ops.quote_name(model._meta.db_table) for model in of]


def _move_every_revision(using: str) -> None:
    """Move each table by one, so that whoever remembers the rows before reads them again."""
    counters = TableRevision.objects.using(using)
    firsts = counters.values("table").annotate(first=Min("pk")).values("first")
    counters.filter(pk__in=firsts).update(revision=F("revision") + 1)
