"""Rows on their way into the registers, kept in a SQLite file of their own until they are wanted.

Reading, checking and comparing a large file takes seconds; nobody may hold the database so long.
What is to be written waits here, and goes in later in one short transaction (writing.py).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gengdu.records.sheets import Part, Register

ROWS_AT_ONCE = 2_000
NOTHING_NEW = 0
"""Stands for the number of a new thing in a row that only ends another."""

_CONTROL = ("thing", "new", "old", "cut_on")


def written_fields(register: Register, part: Part) -> tuple[str, ...]:
    """Return the columns of a part's table that staged rows carry, in order."""
    own = tuple(register.attname(column) for column in register.by_part[part.name])
    period = ("starts_on", "ends_on") if part.is_dated else ()
    return tuple(dict.fromkeys((*period, *part.fixed, *own, *part.computed)))


_AS_THEY_ARE = frozenset({str, int, float, type(None)})


def stored_row(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return the values of a row as the file keeps them; nearly all are kept as they are."""
    return tuple([v if v.__class__ in _AS_THEY_ARE else stored(v) for v in values])


def stored(value: Any) -> Any:
    """Return a value as the file keeps it and both stores take it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return int(value) if isinstance(value, bool) else value


class Stage:
    """One staged piece of work: rows to write, and what people are to see before they say yes.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, register: Register) -> None:
        self.path, self._connection, self.register = path, connection, register

    @classmethod
    @contextmanager
    def made(cls, path: Path, register: Register) -> Iterator[Stage]:
        """Make a new file beside its place, and put it there when the block ends well."""
        part_file = path.with_name(f"{path.name}.part")
        part_file.unlink(missing_ok=True)
        connection = sqlite3.connect(part_file, isolation_level=None)
        try:
            connection.executescript(_schema(register))
            connection.execute("BEGIN")
            yield cls(path, connection, register)
            connection.execute("COMMIT")
            connection.close()
            part_file.replace(path)
        finally:
            connection.close()
            part_file.unlink(missing_ok=True)

    @classmethod
    @contextmanager
    def opened(cls, path: Path, register: Register) -> Iterator[Stage]:
        """Open a finished file for reading."""
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            yield cls(path, connection, register)
        finally:
            connection.close()

    def add_rows(self, part: Part, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows of a part: thing, new, old, cut_on, then the written fields.

        `new` counts new things from 1; NOTHING_NEW ends the old row with nothing in its place.
        """
        width = len(_CONTROL) + len(written_fields(self.register, part))
        places = ", ".join("?" * width)
        self._connection.executemany(f"INSERT INTO part_{part.name} VALUES ({places})", rows)

    def rows(self, part: Part) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a part as they were added."""
        cursor = self._connection.execute(f"SELECT * FROM part_{part.name}")
        yield from iter(cursor)

    def count(self, part: Part) -> int:
        """Return how many rows of a part are to be written."""
        found = self._connection.execute(f"SELECT count(*) FROM part_{part.name}")
        return int(found.fetchone()[0])

    def new_things(self) -> int:
        """Return how many new identities are to be made."""
        found = self._connection.execute("SELECT count(*) FROM looked WHERE action = 'new'")
        return int(found.fetchone()[0])

    def look(self, rows: Iterable[tuple[int, str, int | None, str, str | None]]) -> None:
        """Note what becomes of each row of the file: number, action, thing, name, raw cells."""
        self._connection.executemany("INSERT INTO looked VALUES (?, ?, ?, ?, ?)", rows)

    def differ(self, rows: Iterable[tuple[int, str, str, str]]) -> None:
        """Note what changes: row number, column, old and new as people read them."""
        self._connection.executemany("INSERT INTO differences VALUES (?, ?, ?, ?)", rows)

    def remark(self, rows: Iterable[tuple[int, str, str, bool]]) -> None:
        """Note what is to be said: row number, column, message, whether the row is refused."""
        self._connection.executemany("INSERT INTO remarks VALUES (?, ?, ?, ?)", rows)

    def actions(self) -> dict[str, int]:
        """Return how many rows of the file there are by what becomes of them."""
        found = self._connection.execute("SELECT action, count(*) FROM looked GROUP BY 1")
        return dict(found.fetchall())

    def outcomes(self) -> dict[int, tuple[str, int | None]]:
        """Return what becomes of each row of the file, and of which thing it speaks."""
        found = self._connection.execute("SELECT row, action, thing FROM looked ORDER BY row")
        return {row: (action, thing) for row, action, thing in found}

    def looked(self, action: str, *, start: int = 0, most: int = -1) -> list[tuple[Any, ...]]:
        """Return rows of the file by what becomes of them: number, thing, name, raw cells."""
        sql = (
            "SELECT row, thing, name, raw FROM looked "
            "WHERE action = ? ORDER BY row LIMIT ? OFFSET ?"
        )
        return self._connection.execute(sql, (action, most, start)).fetchall()

    def differences(self, rows: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
        """Return what changes in some rows: column, old, new."""
        return self._by_row("differences", rows)

    def remarks(self, rows: Sequence[int]) -> dict[int, list[tuple[str, str, bool]]]:
        """Return what is said of some rows: column, message, whether the row is refused."""
        return self._by_row("remarks", rows)

    def _by_row(self, table: str, rows: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
        found: dict[int, list[tuple[Any, ...]]] = {}
        wanted = json.dumps(list(rows))
        sql = f"SELECT * FROM {table} WHERE row IN (SELECT value FROM json_each(?)) ORDER BY rowid"
        for row, *rest in self._connection.execute(sql, (wanted,)):
            found.setdefault(row, []).append(tuple(rest))
        return found

    def common_remarks(self, most: int = 20) -> list[tuple[str, str, int]]:
        """Return what is said most often: column, message, in how many rows."""
        sql = (
            "SELECT key, message, count(*) FROM remarks GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?"
        )
        return self._connection.execute(sql, (most,)).fetchall()

    def messages(self, most: int = 20) -> list[tuple[str, bool, int]]:
        """Return what is said most often: message, whether it refuses, in how many rows."""
        sql = (
            "SELECT message, max(is_fault), count(DISTINCT row) FROM remarks "
            "GROUP BY message ORDER BY 3 DESC, 1 LIMIT ?"
        )
        found = self._connection.execute(sql, (most,)).fetchall()
        return [(message, bool(is_fault), count) for message, is_fault, count in found]

    def warned(self) -> int:
        """Return in how many rows there is a warning but no fault."""
        sql = (
            "SELECT count(DISTINCT row) FROM remarks "
            "WHERE row IN (SELECT row FROM looked WHERE action <> 'rejected')"
        )
        return int(self._connection.execute(sql).fetchone()[0])


def _schema(register: Register) -> str:
    tables = [
        "CREATE TABLE looked "
        "(row INTEGER PRIMARY KEY, action TEXT, thing INTEGER, name TEXT, raw TEXT)",
        "CREATE INDEX by_action ON looked (action, row)",
        "CREATE TABLE differences (row INTEGER, key TEXT, old TEXT, new TEXT)",
        "CREATE INDEX differing ON differences (row)",
        "CREATE TABLE remarks (row INTEGER, key TEXT, message TEXT, is_fault INTEGER)",
        "CREATE INDEX remarked ON remarks (row)",
    ]
    for part in register.parts:
        columns = ", ".join(f'"{name}"' for name in (*_CONTROL, *written_fields(register, part)))
        tables.append(f"CREATE TABLE part_{part.name} ({columns})")
    pragmas = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000; "
    return pragmas + "; ".join(tables)
