"""Brings a database to the tables of this version of the program."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder

Applied = set[tuple[str, str]]


class TooOld(Exception):
    """A database stopped half way to where this version begins; the message says what to do."""


def migrate(alias: str = "default") -> None:
    """Make or alter the tables of a database until they are those of this version.

    Raises:
        TooOld: If it was left by a version that this one can no longer start from. Django itself
            would say nothing, and leave out the applications it concerns.
    """
    applied = set(MigrationRecorder(connections[alias]).applied_migrations())
    for one in _every():
        if 0 < len(applied.intersection(one.replaces)) < len(one.replaces):
            raise TooOld(
                "这个数据库是很早的版本建的，停在半路，没有改动它。"
                "请先用 改为一步建表之前的最后一个版本运行一次 gengdu serve，再换成现在的版本。"
            )
    call_command("migrate", database=alias, verbosity=0, interactive=False)


def in_force(applied: Applied) -> Applied:
    """Return the migrations that a database has, without those that others stand for now."""
    return applied - {name for one in _every() for name in one.replaces}


def _every() -> list[Migration]:
    return list(MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values())
