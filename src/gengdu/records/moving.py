"""Moves everything from the SQLite files of an office into an empty PostgreSQL database, once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from django.db import DataError, IntegrityError, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from gengdu.records import bulk, migrating

Told = Callable[[str, int], None]


class CannotMove(Exception):
    """The file cannot be moved; the message says why and what to do. Nothing was written."""


def move(files: dict[str, Path], told: Told) -> int:
    """Copy the SQLite file of each database into the server's, all or nothing; return the rows.

    Args:
        files: The file of each alias of the settings; one that does not exist has nothing to move.
        told: Told each table and how many rows it had.

    Raises:
        CannotMove: If a file is of another version, or a database is in use already.
    """
    there = {alias: file for alias, file in files.items() if file.exists()}
    for alias in files:
        migrating.migrate(alias)
    with ExitStack() as at_the_end:
        moved = 0
        for alias, file in there.items():
            source = at_the_end.enter_context(_opened(file))
            cursor = at_the_end.enter_context(bulk.alone(connections[alias]))
            moved += _move_one(connections[alias], cursor, source, told)
    return moved


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Hold one state of a file, which is not written to."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
        source.execute("BEGIN")
        yield source


def _move_one(
    target: BaseDatabaseWrapper, cursor: CursorWrapper, source: sqlite3.Connection, told: Told
) -> int:
    name = target.settings_dict["NAME"]
    applied = "SELECT app, name FROM django_migrations"
    cursor.execute(applied)
    there, here = set(cursor.fetchall()), set(source.execute(applied))
    if migrating.in_force(there) != migrating.in_force(here):
        raise CannotMove(
            "这个文件是另一个版本的程序建的，没有搬动任何数据。"
            "请先不设 GENGDU_DATABASE_URL，用现在的程序对它运行一次 gengdu serve，再搬。"
        )
    if bulk.is_used(target):
        raise CannotMove(f"数据库 {name} 里已有记录，没有改动它。请搬到一个空的数据库。")
    bulk.empty_unused(target, cursor)
    moved = 0
    try:
        with bulk.filling(target, cursor):
            for model in bulk.models_of(target.alias):
                rows = _copy(model, cursor, source)
                told(model._meta.db_table, rows)
                moved += rows
    except (DataError, IntegrityError) as error:
        raise CannotMove(
            f"有一行数据不合规则，没有搬动任何数据：{str(error).strip()}。请改正后再搬。"
        ) from error
    return moved


def _copy(model: type[models.Model], cursor: CursorWrapper, source: sqlite3.Connection) -> int:
    columns = [str(field.column) for field in model._meta.concrete_fields]
    named = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    bulk.copy_in(cursor, table, columns, source.execute(f'SELECT {named} FROM "{table}"'))
    return int(source.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
