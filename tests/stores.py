"""What tests need of the store they run on, SQLite or PostgreSQL, and say the same way for both."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def another_connection(
    name: str | None = None, *, patience: str = "1ms"
) -> Iterator[BaseDatabaseWrapper]:
    """Hold a second connection to the test database or one named; it hardly waits for a lock."""
    other = connection.copy("another")
    other.settings_dict["NAME"] = name or connection.settings_dict["NAME"]
    options = other.settings_dict["OPTIONS"]
    if other.vendor == "postgresql":
        options["options"] = f"-c lock_timeout={patience}"
    else:
        options["timeout"] = 0
    with closing(other):
        yield other


def execute(other: BaseDatabaseWrapper, sql: str) -> list[tuple[object, ...]]:
    """Run one statement and return its rows."""
    with other.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def own_store(folder: Path, name: str, made_with: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Hold an empty store for other processes: its name and the settings that lead there."""
    if connection.vendor == "sqlite":
        file = str(folder / f"{name}.sqlite3")
        yield file, {"GENGDU_VAR": str(folder), "GENGDU_DATABASE": file}
        return
    name = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    names = (name, f"{name}_trail")
    with another_connection("postgres", patience="30s") as server:
        for each in names:
            execute(server, f'CREATE DATABASE "{each}" {made_with}')
        try:
            yield name, {"GENGDU_VAR": str(folder), "GENGDU_DATABASE_URL": url_of(name)}
        finally:
            for each in names:
                execute(server, f'DROP DATABASE "{each}" WITH (FORCE)')


def url_of(name: str, *, user: str | None = None, password: str = "") -> str:
    """Return the URL of another database of the server, asked for by somebody else if given."""
    url = urlsplit(os.environ["GENGDU_DATABASE_URL"])
    netloc = url.netloc if user is None else f"{user}:{password}@"
    return url._replace(netloc=netloc, path=f"/{name}").geturl()
