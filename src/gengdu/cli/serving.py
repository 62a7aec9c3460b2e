"""Gets a database ready and serves the site with one gunicorn worker."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import socket
import sqlite3
import subprocess  # nosec B404
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gengdu.access.signins.store import SessionStore
from gengdu.cli import remind
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.server_messages import HOW_TO
from gengdu.demo import load
from gengdu.records import bulk, migrating, moving
from gengdu.records.evidence import uploads
from gengdu.records.importing import batches
from gengdu.records.models import last_day_of_sample
from gengdu.records.reminders.senders.configured import channels
from gengdu.site import stores

SEED = 20230630
PORTS_TRIED = 20
# Sorted by its bytes, as SQLite does; with the last two more than ASCII has upper case.
PLAIN_LOCALES = {"C", "POSIX", "C.UTF-8", "C.utf8"}


def default_demo_path(scale: int) -> Path | None:
    """Return where a demo of a scale is kept: scale 1 is the database that the site serves.

    None is the server; where real records are kept, a demo goes to a file instead.
    """
    if on_server() and settings.DEMO:
        return None
    main = Path(str(settings.DATABASES["default"]["NAME"]))
    if scale == 1 and settings.DEMO:
        return main
    return Path(settings.VAR) / f"demo-x{scale}.sqlite3"


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Let one process at a time prepare the same database; others wait."""
    with (settings.VAR / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def load_demo(path: Path | None, *, scale: int, seed: int, replace: bool) -> None:
    """Write a whole demo, with a progress bar: to a file, or to the server where none is given."""
    from gengdu.demo import load_server

    if path is None:
        check_server()
        write: Callable[..., None] = load_server.write
    else:
        write = partial(load.load, path)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )
    with bar:
        task = bar.add_task("装入示例数据", total=None)

        def progress(done: int, expected: int, label: str) -> None:
            bar.update(task, completed=done, total=expected, description=f"装入示例数据 {label}")

        try:
            write(scale=scale, seed=seed, progress=progress, replace=replace)
        except load.AlreadyThere as error:
            raise CannotGoOn(str(error)) from None


def on_server() -> bool:
    """Tell whether the records are kept by a PostgreSQL server."""
    return connection.vendor == "postgresql"


def check_server() -> None:
    """Look whether the server's databases keep and sort text as the system expects.

    Raises:
        CannotGoOn: If one does not.
    """
    for store in connections.all():
        with store.cursor() as cursor:
            cursor.execute(
                "SELECT pg_encoding_to_char(encoding), datctype, coalesce("
                "to_jsonb(store) ->> 'daticulocale', to_jsonb(store) ->> 'datlocale', datcollate) "
                "FROM pg_database store WHERE datname = current_database()"
            )
            encoding, *locales = cursor.fetchone()
        if encoding != "UTF8" or not set(locales) <= PLAIN_LOCALES:
            raise CannotGoOn(
                f"数据库 {store.settings_dict['NAME']} 的编码是 {encoding}、"
                f"排序规则是 {locales[1]}，应为 UTF8 和 C，否则名单的次序和查找与别处不一致。"
                f"请照 {HOW_TO.removeprefix('见 ')} 重新建库，没有改动任何数据。"
            )


def is_blank(path: Path) -> bool:
    """Tell whether no database is there yet, or one without a single table."""
    if not path.exists():
        return True
    store = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return bool(store.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])
    finally:
        store.close()


def has_no_database() -> bool:
    """Tell whether the SQLite database of the settings is not there yet."""
    main = settings.DATABASES["default"]
    return str(main["ENGINE"]).endswith("sqlite3") and is_blank(Path(str(main["NAME"])))


def prepare() -> None:
    """Make the databases and the static files ready; keeps every record that is there."""
    channels()  # a wrong file of senders is refused now, not on the first working morning
    main = Path(str(settings.DATABASES["default"]["NAME"]))
    with _alone("prepare"):
        if on_server():
            check_server()
            if settings.DEMO and not bulk.is_used(connection):
                load_demo(None, scale=1, seed=SEED, replace=False)
        elif settings.DEMO and is_blank(main):
            load_demo(main, scale=1, seed=SEED, replace=True)
        _migrate()
        if last_day_of_sample() is not None:
            load.add_accounts("default")
        call_command("collectstatic", verbosity=0, interactive=False)
        SessionStore.clear_expired()
    refuse_open_doors()


def _migrate() -> None:
    try:
        for alias in ("default", "trail"):
            migrating.migrate(alias)
    except migrating.TooOld as error:
        raise CannotGoOn(str(error)) from None


def refuse_open_doors() -> None:
    """Stop before serving in earnest with an account or a password of the demo.

    Raises:
        CannotGoOn: Naming the accounts.
    """
    from gengdu.site.checks import nothing_of_the_demo

    if found := nothing_of_the_demo():
        raise CannotGoOn("".join(f"{error.msg}{error.hint or ''}" for error in found))


def move_to_server(file: Path) -> int:
    """Copy an office's SQLite files into the server's databases and return how many rows.

    Raises:
        CannotGoOn: If there is no server, no file, or they do not fit.
    """
    if not on_server():
        raise CannotGoOn(
            "没有设置 GENGDU_DATABASE_URL，不知道搬到哪里。"
            f"请设成服务器的地址，例如 {stores.EXAMPLE}。"
        )
    if not file.exists():
        raise CannotGoOn(f"{file} 不存在，没有搬动任何数据。请写出 SQLite 数据库文件的位置。")
    check_server()
    files = {alias: Path(str(store["NAME"])) for alias, store in stores.in_files(file).items()}
    try:
        return moving.move(files, lambda table, rows: click.echo(f"{rows:>10,}  {table}"))
    except moving.CannotMove as error:
        raise CannotGoOn(str(error)) from None


def _free_port(host: str, wanted: int) -> int:
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise CannotGoOn(
                        f"不能在 {host}:{port} 上提供服务（{error.strerror}）。"
                        "请换一个 --host 或 --port。"
                    ) from None
                continue
            return port
    raise CannotGoOn(
        f"{wanted} 到 {wanted + PORTS_TRIED - 1} 的端口都被占用了。请用 --port 另选一个。"
    )


WATCH_SECONDS = 2.0


def work(parent: int | None) -> None:
    """Do background tasks until told to stop, or until the process that began this one has gone.

    Args:
        parent: Process id of the web server; None where the worker stands alone.
    """
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    batches.sweep(timezone.now())
    uploads.sweep(on=timezone.localdate(), at=timezone.now())
    remind.in_background()
    call_command("db_worker", interval=1, startup_delay=False, verbosity=0)


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def _start_worker() -> None:
    """Start the worker beside the web server; it leaves when the server does."""
    command = [sys.executable, "-m", "gengdu.cli", "work", "--with", str(os.getpid())]
    subprocess.Popen(command, stdin=subprocess.DEVNULL)  # nosec B603


def run_server(*, host: str, port: int) -> None:
    """Print the address and the demo log-ins, start the worker, then become the web server."""
    port = _free_port(host, port)
    click.echo(f"\n网址：http://{host}:{port}/")
    if settings.DEMO:
        from gengdu.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

        click.echo(f"示例账号（只在示例模式下可用），密码都是 {DEMO_PASSWORD}：")
        for account in DEMO_ACCOUNTS:
            click.echo(f"  {account.username:<10} {account.title_zh}")
    click.echo("按 Ctrl+C 停止。")
    sys.stdout.flush()
    if settings.DEMO:  # links of the demo's reminders lead to the port that was free
        os.environ.setdefault("GENGDU_ADDRESS", f"http://{host}:{port}")
    _start_worker()
    command = [sys.executable, "-m", "gunicorn", "gengdu.site.wsgi:application"]
    command += ["--bind", f"{host}:{port}", "--workers", "1", "--threads", "4"]
    os.execv(sys.executable, [*command, "--timeout", "120", "--log-level", "warning"])  # nosec B606
