"""Loads the demo into the PostgreSQL database of the settings: all of it in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F, Min

from gengdu.demo import checks, generate, load
from gengdu.demo.columns import COLUMNS
from gengdu.demo.rows import Batch
from gengdu.records import triggers
from gengdu.records.models import SampleDistrict, TableRevision

ALONE = 20230630
"""Number of the lock that keeps a second loader waiting until the first is done."""

KEPT = {"django_content_type", "auth_permission", TableRevision._meta.db_table}
"""Tables that are not the demo's; revisions must never go back under a site that runs."""

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


def write(*, scale: int, seed: int, progress: load.Progress, replace: bool = False) -> None:
    """Load the demo; until the end nobody sees any of it, and a stop half-way leaves none.

    Args:
        scale: How many districts; 1 is the demo itself.
        seed: The same seed gives the same rows.
        progress: Told how many rows are written, of how many, and what is being done.
        replace: Whether an older demo may be replaced; real records never are.

    Raises:
        load.AlreadyThere: If there are records that may not be replaced.
        checks.LoadedWrongly: If what was written breaks a rule of the registers.
    """
    expected = load.EXPECTED_ROWS * scale
    progress(0, expected, "建表")
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALONE])
        _make_room(cursor, replace=replace)
        triggers.remove(connection)
        with _rules_checked_at_the_end(cursor):
            written = _copy_rows(cursor, scale, seed, progress)
            load.write_rest("default", scale, seed)
            progress(written, expected, "核对")
        triggers.install(connection, set(connection.introspection.table_names()))
        _move_every_revision()
        cursor.execute("ANALYZE")
    progress(expected, expected, "完成")


def has_records() -> bool:
    """Tell whether the database holds any record of a school, a person, a place."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(there & set(COLUMNS)):
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
            if cursor.fetchone() == (True,):
                return True
    return False


def _make_room(cursor: CursorWrapper, *, replace: bool) -> None:
    if not has_records():
        return
    name = connection.settings_dict["NAME"]
    if not SampleDistrict.objects.exists():
        raise load.AlreadyThere(
            f"数据库 {name} 里是真实记录，不是示例数据，没有改动它。示例数据请装入另一个数据库。"
        )
    if not replace:
        raise load.AlreadyThere(
            f"数据库 {name} 里已有示例数据，没有改动它。要重新生成请加 --replace。"
        )
    there = set(connection.introspection.table_names())
    models = apps.get_models(include_auto_created=True)
    tables = sorted({model._meta.db_table for model in models} & there - KEPT)
    cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))}")


@contextmanager
def _rules_checked_at_the_end(cursor: CursorWrapper) -> Iterator[None]:
    """Take off references, overlap rules and indexes, and put them on again over all rows at once.

    Raises:
        checks.LoadedWrongly: If the rows break one.
    """
    again = []
    for listing in (_CONSTRAINTS, _INDEXES):
        cursor.execute(listing)
        for drop, make in cursor.fetchall():
            cursor.execute(drop)
            again.append(make)
    yield
    try:
        for make in reversed(again):
            cursor.execute(make)
    except IntegrityError as error:
        raise checks.LoadedWrongly(checks.sentence(str(error).strip())) from error


def _copy_rows(cursor: CursorWrapper, scale: int, seed: int, progress: load.Progress) -> int:
    """Write all generated rows and return how many; ids go on after the last."""
    written = 0
    for batch in generate.batches(scale=scale, seed=seed):
        with cursor.cursor.copy(_copy(batch)) as copy:
            for row in batch.rows:
                copy.write_row(row)
        written += len(batch.rows)
        progress(written, load.EXPECTED_ROWS * scale, "写入")
    models = [model for model in apps.get_models() if model._meta.db_table in COLUMNS]
    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)
    return written


def _copy(batch: Batch) -> str:
    """Return the statement that takes a batch; text moments are in UTC, as is the connection."""
    columns = ", ".join(f'"{column}"' for column in batch.columns)
    return f'COPY "{batch.table}" ({columns}) FROM STDIN'


def _move_every_revision() -> None:
    """Move each table by one, so that whoever remembers the rows before reads them again."""
    firsts = TableRevision.objects.values("table").annotate(first=Min("pk")).values("first")
    TableRevision.objects.filter(pk__in=firsts).update(revision=F("revision") + 1)
