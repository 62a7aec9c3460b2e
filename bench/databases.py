"""Demo databases for benchmarks, each made once, and processes that measure over them.

With GENGDU_DATABASE_URL set the file of a scale is copied to databases of that server, as
`gengdu copy-to-server` does for an office; the names of the benchmarks then end in `_postgresql`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

VAR = Path(os.environ.get("GENGDU_VAR", Path(__file__).resolve().parents[1] / "var")) / "bench"
SERVER = os.environ.get("GENGDU_DATABASE_URL", "")


def environment(scale: int, *, to_write: bool = False) -> dict[str, str]:
    """Return the environment of a process over a demo of a scale, in a file or on the server.

    to_write: Whether it writes there, and gets a copy of its own: what was written once would
        slow every later run down.
    """
    path = database(scale)
    found = on_file(_copied(path) if to_write and not SERVER else path)
    if SERVER:
        found["GENGDU_DATABASE_URL"] = _on_server(scale, to_write=to_write)
    return {**found, "PYTHONUTF8": "1"}


def _copied(path: Path) -> Path:
    """Return a fresh copy of a database file and of what stands beside it."""
    for of in path.parent.glob(f"{path.stem}-written*"):
        of.unlink()
    for of in path.parent.glob(f"{path.stem}[.-]*"):
        shutil.copyfile(of, of.with_name(of.name.replace(path.stem, f"{path.stem}-written", 1)))
    return path.with_stem(f"{path.stem}-written")


def named(benchmark: str) -> str:
    """Return a benchmark's name, which says where its records were kept."""
    return f"{benchmark}_postgresql" if SERVER else benchmark


def in_own_process(module: str, scale: int, *words: str) -> list[dict[str, Any]]:
    """Run a benchmark's module over a scale; what it prints last is its lines as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, str(scale), *words],
        env=environment(scale, to_write=True), check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def database(scale: int) -> Path:
    """Return a demo database of a scale with every migration, made where it is not there yet."""
    VAR.mkdir(parents=True, exist_ok=True)
    path = VAR / f"demo-x{scale}.sqlite3"
    if not path.exists():
        _cli(on_file(path), "demo", "--scale", str(scale), "--out", str(path))
    for alias in ("default", "trail"):
        command = [sys.executable, "manage.py", "migrate", "--database", alias, "-v0"]
        subprocess.run(command, check=True, stdout=sys.stderr, env=on_file(path))
    return path


def on_file(path: Path) -> dict[str, str]:
    """Return the environment of a process over a database file, whatever server is named."""
    elsewhere = ("GENGDU_DATABASE_URL", "GENGDU_TRAIL_URL")
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return {**kept, "GENGDU_DATABASE": str(path)}


def _on_server(scale: int, *, to_write: bool) -> str:
    """Return the URL of a scale's database on the server, or of a fresh copy to write to."""
    url = _filled_on_server(scale)
    if not to_write:
        return url
    with psycopg.connect(SERVER, autocommit=True) as server:
        for name in (f"bench_x{scale}", f"bench_x{scale}_trail"):
            own = name.replace("_x", "_written_x")
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(own)))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(own), sql.Identifier(name)))  # fmt: skip
    return url.replace("bench_x", "bench_written_x")


def _filled_on_server(scale: int) -> str:
    """Return the URL of a scale's database on the server, filled where it is not there yet."""
    address = urlsplit(SERVER)
    name = f"bench_x{scale}"
    url = urlunsplit(address._replace(path=f"/{name}"))
    with psycopg.connect(SERVER, autocommit=True) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return url
        for fresh in (f"{name}_trail", name):
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
    here = on_file(database(scale))
    _cli({**here, "GENGDU_DATABASE_URL": url}, "copy-to-server", here["GENGDU_DATABASE"])
    return url


def _cli(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "gengdu.cli", *arguments]
    subprocess.run(command, check=True, stdout=sys.stderr, env=environment)
