"""Writes a whole demo database beside its final place, checks it, and puts it there in one step."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from gengdu.access.models import Account
from gengdu.demo import checks, generate, ledgers_evaluation, papers
from gengdu.demo.accounts import COLLEAGUES, DEMO_PASSWORD, EVERYBODY, NUMBERS, DemoAccount
from gengdu.demo.moments import LAST_DAY
from gengdu.demo.rows import Batch
from gengdu.records import migrating, triggers
from gengdu.records.models import SampleDistrict, TableRevision
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.schools.models import SchoolProfile

ALIAS = "demo_under_way"
EXPECTED_ROWS = 364_152
"""Of the demo itself; a further copy writes about as many."""

ROWS_PER_TRANSACTION = 500_000

Progress = Callable[[int, int, str], None]


class AlreadyThere(FileExistsError):
    """Records stand where the demo should go; the message says what to do."""


def load(path: Path, *, scale: int, seed: int, progress: Progress, replace: bool = False) -> None:
    """Write the demo to a path, where either nothing or a whole database can be seen at any moment.

    Args:
        path: The SQLite file to make.
        scale: How many districts; 1 is the demo itself.
        seed: The same seed gives the same rows.
        progress: Told how many rows are written, of how many, and what is being done.
        replace: Whether a file already there may be replaced.

    Raises:
        AlreadyThere: If there is a file and it may not be replaced.
        checks.LoadedWrongly: If what was written breaks a rule of the registers.
    """
    if path.exists() and not replace:
        raise AlreadyThere(
            f"{path} 已经存在，没有改动它。要重新生成请加 --replace，或另写一个文件。"
        )
    part = path.with_name(f"{path.name}.part")
    _remove(part)
    path.parent.mkdir(parents=True, exist_ok=True)
    expected = EXPECTED_ROWS * scale
    with _database(part) as connection:
        progress(0, expected, "建表")
        migrating.migrate(ALIAS)
        triggers.remove(connection)
        written = _write_rows(connection, scale, seed, progress)
        progress(written, expected, "账号和标记")
        write_rest(ALIAS, scale, seed)
        progress(written, expected, "核对")
        _finish(connection, deep=scale == 1)
    _put_in_place(part, path)
    progress(expected, expected, "完成")


@contextmanager
def _database(part: Path) -> Iterator[BaseDatabaseWrapper]:
    """Hold a connection of Django's to a new file that nobody else knows of."""
    connections.settings[ALIAS] = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(part),
        "OPTIONS": {"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"},
    }
    connection = connections[ALIAS]
    try:
        yield connection
    finally:
        connection.close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


def _write_rows(connection: BaseDatabaseWrapper, scale: int, seed: int, progress: Progress) -> int:
    """Write all generated rows and return how many."""
    raw = _raw(connection)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("PRAGMA journal_mode=OFF")
    raw.execute("PRAGMA cache_size=-200000")
    indexes = _drop_indexes(raw)
    written = since = 0
    raw.execute("BEGIN")
    for batch in generate.batches(scale=scale, seed=seed):
        raw.executemany(_insert(batch), batch.rows)
        written, since = written + len(batch.rows), since + len(batch.rows)
        if since >= ROWS_PER_TRANSACTION:
            raw.execute("COMMIT")
            raw.execute("BEGIN")
            since = 0
        progress(written, EXPECTED_ROWS * scale, "写入")
    raw.execute("COMMIT")
    progress(written, EXPECTED_ROWS * scale, "建索引")
    for statement in indexes:
        raw.execute(statement)
    return written


def _drop_indexes(raw: sqlite3.Connection) -> list[str]:
    """Drop the indexes of all tables, which are made faster afterwards; return how to make them."""
    found = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
    ).fetchall()
    for name, _ in found:
        raw.execute(f'DROP INDEX "{name}"')
    return [statement for _, statement in found]


def _raw(connection: BaseDatabaseWrapper) -> sqlite3.Connection:
    connection.ensure_connection()
    raw = connection.connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _insert(batch: Batch) -> str:
    columns = ", ".join(f'"{column}"' for column in batch.columns)
    places = ", ".join("?" * len(batch.columns))
    return f'INSERT INTO "{batch.table}" ({columns}) VALUES ({places})'


def write_rest(using: str, scale: int, seed: int) -> None:
    """Keep the papers that prove entries, mark the database as a demo and make its accounts."""
    papers.keep(ledgers_evaluation.kept_papers())
    SampleDistrict.objects.using(using).create(scale=scale, seed=seed, last_day=LAST_DAY)
    add_accounts(using)


def add_accounts(using: str) -> None:
    """Make the demo accounts that are not there; a demo of an older version had fewer.

    Where there are none yet, each gets the id by which the steps of approval name it.
    """
    accounts = Account.objects.using(using)
    known = set(accounts.values_list("username", flat=True))
    missing = [account for account in EVERYBODY if account.username not in known]
    if not missing:
        return
    password = make_password(DEMO_PASSWORD)
    made = [_account(using, account, password) for account in missing]
    if not known:
        for account in made:
            account.pk = NUMBERS[account.username]
    accounts.bulk_create(made)


def _account(using: str, account: DemoAccount, password: str) -> Account:
    return Account(
        username=account.username,
        last_name=account.last_name,
        password=make_password(None) if account in COLLEAGUES else password,
        role=account.role,
        title_zh=account.title_zh,
        scope_kind=account.scope_kind,
        scope_key=_scope_key(using, account),
        body_key=account.body_key,
        is_demo=True,
    )


def _scope_key(using: str, account: DemoAccount) -> int | None:
    """Return the id of the school or town that an account's scope reaches."""
    if account.scope_kind == "school":
        profiles = SchoolProfile.objects.using(using).filter(superseded_at=None)
        return profiles.get(name=account.scope_name).school_id
    if account.scope_kind == "town":
        records = PlaceRecord.objects.using(using).filter(superseded_at=None)
        return records.get(name=account.scope_name).place_id
    return None


def _finish(connection: BaseDatabaseWrapper, *, deep: bool) -> None:
    """Put triggers back, check everything, and leave the file ready for many readers."""
    tables = set(connection.introspection.table_names())
    triggers.install(connection, tables)
    TableRevision.objects.using(ALIAS).update(revision=1)
    raw = _raw(connection)
    checks.check(raw, deep=deep)
    raw.execute("ANALYZE")
    raw.execute("PRAGMA journal_mode=WAL")


def _put_in_place(part: Path, path: Path) -> None:
    """Make the finished file the one that is seen, and drop what an older one left beside it."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    for ending in ("-wal", "-shm"):
        _remove(path.with_name(path.name + ending))
    part.replace(path)
    for ending in ("-wal", "-shm"):
        _remove(part.with_name(part.name + ending))


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()
