#!/usr/bin/env python3
"""Runs a command on a private PostgreSQL that is gone afterwards, whatever happens.

    scripts/postgres_cluster.py pytest -q        runs with GENGDU_DATABASE_URL set
    scripts/postgres_cluster.py --found          says whether PostgreSQL is installed
    scripts/postgres_cluster.py                  keeps one up until Ctrl+C

The server listens on a socket in its own folder and on no port, so none can be taken, and nobody
reaches it over the network. It does not wait for the disk: what is in it is thrown away.
The cluster has the C locale in UTF-8: text sorts by its bytes and only ASCII letters have two
cases, exactly as in SQLite.
Needs nothing but Python, so that it runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

OWNER = "gengdu"
PASSWORD = "only-in-tests"
WAIT_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "lc_messages": "C",
}
# `asked` proves itself with a password, so that tests can give a wrong one.
ACCESS = "local all asked scram-sha-256\nlocal all all trust\n"


class NoPostgreSQL(RuntimeError):
    """No PostgreSQL server is installed here."""


def binaries() -> Path:
    """Return the folder of the newest installed initdb and postgres.

    Raises:
        NoPostgreSQL: If there is none under /usr/lib/postgresql or on PATH.
    """
    of_debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(of_debian, key=lambda file: float(file.parents[1].name), reverse=True)
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve())
    if not found:
        raise NoPostgreSQL("没有找到 PostgreSQL 服务器。请运行 apt-get install postgresql。")
    return found[0].parent


@contextmanager
def cluster() -> Iterator[str]:
    """Hold a fresh cluster and yield the URL of its database.

    A keeper process stops the server and removes the folder as soon as this process lets go of its
    end of a pipe: at the end of the block, or when it is killed.
    """
    folder = Path(tempfile.mkdtemp(prefix="gengdu-pg-"))
    keeper = subprocess.Popen(
        [sys.executable, __file__, "--keep", folder],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    try:
        if keeper.stdout.readline() != b"ready\n":
            raise RuntimeError(f"PostgreSQL did not start in {folder}; its log stands above")
        yield f"postgresql://{OWNER}@/{OWNER}?host={quote(str(folder), safe='')}"
    finally:
        keeper.stdin.close()
        keeper.wait()


def keep(folder: Path) -> None:
    """Start a server in a folder, say `ready`, and undo everything once standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    server = None
    try:
        server = _start(folder)
        print("ready", flush=True)
        sys.stdin.read()
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> subprocess.Popen[bytes]:
    where, data, log = binaries(), folder / "data", folder / "log"
    person = _server_account()
    if person:
        shutil.chown(folder, person["user"], person["group"])
    subprocess.run(
        [where / "initdb", "-D", data, "-U", OWNER, "-E", "UTF8", "--locale=C", "-A", "trust",
         "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **person,
    )  # fmt: skip
    (data / "pg_hba.conf").write_text(ACCESS)
    given = [f"--{name}={value}" for name, value in SETTINGS.items()]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [where / "postgres", "-D", data, f"--unix_socket_directories={folder}", *given],
            stdout=output, stderr=output, cwd=folder, **person,
        )  # fmt: skip
    _wait_for(server, where, folder, log)
    for sql in (
        f"CREATE DATABASE {OWNER}",
        f"CREATE DATABASE {OWNER}_trail",
        f"CREATE ROLE asked LOGIN PASSWORD '{PASSWORD}'",
    ):
        psql = [where / "psql", "-q", "-h", folder, "-U", OWNER, "-d", "postgres", "-c", sql]
        subprocess.run(psql, check=True, cwd=folder, **person)
    return server


def _server_account() -> dict[str, Any]:
    """Return whose rights the server takes: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _wait_for(server: subprocess.Popen[bytes], where: Path, folder: Path, log: Path) -> None:
    until = time.monotonic() + WAIT_SECONDS
    asked = [where / "pg_isready", "-q", "-h", folder]
    while subprocess.run(asked, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > until:
            server.kill()
            sys.stderr.write(log.read_text(errors="replace"))
            raise RuntimeError("PostgreSQL did not start")
        time.sleep(0.05)


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(words: list[str]) -> int:
    """Do what the module's docstring says and return the command's exit code."""
    if words[:1] == ["--keep"]:
        keep(Path(words[1]))
        return 0
    try:
        binaries()
    except NoPostgreSQL as none:
        print(none, file=sys.stderr)
        return 3
    if words == ["--found"]:
        return 0
    # A shell starts what it runs in the background deaf to Ctrl+C, and its children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    with cluster() as url:
        if words:
            surroundings = {**os.environ, "GENGDU_DATABASE_URL": url}
            return subprocess.run(words, env=surroundings, check=False).returncode
        print(f"GENGDU_DATABASE_URL='{url}'\n按 Ctrl+C 停止并删去。", flush=True)
        signal.pause()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
