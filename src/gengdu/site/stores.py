"""Where records are kept: in two SQLite files, or in two databases of a PostgreSQL server.

And where files are kept that prove them: in a folder, or in a bucket of an S3-compatible server.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

Store = dict[str, object]

EXAMPLE = "postgresql://gengdu:密码@127.0.0.1:5432/gengdu"
# A writer waits for another as long as on SQLite; no statement runs for ever. Bulk loads and
# migrations lift the limit for themselves. Dates come as ISO whatever the server is set to.
SESSION = "-c lock_timeout=20s -c statement_timeout=300s -c DateStyle=ISO"


def in_files(main: Path) -> dict[str, Store]:
    """Return the two SQLite files: the records, and beside them the log-in sessions."""
    return {
        "default": _sqlite(main),
        "trail": _sqlite(main.with_name(f"{main.stem}-trail.sqlite3")),
    }


def on_server(url: str, trail_url: str | None = None) -> dict[str, Store]:
    """Return the two PostgreSQL databases; that of sessions is called <name>_trail unless given.

    Raises:
        ImproperlyConfigured: If a URL cannot be read, or both name one database.
    """
    main = _postgresql(url, "GENGDU_DATABASE_URL")
    trail = main | {"NAME": f"{main['NAME']}_trail"}
    if trail_url:
        trail = _postgresql(trail_url, "GENGDU_TRAIL_URL")
    # Migrations are noted once per database: the second of two aliases would never get its tables.
    if all(main[key] == trail[key] for key in ("HOST", "PORT", "NAME")):
        raise ImproperlyConfigured(
            "GENGDU_TRAIL_URL 与 GENGDU_DATABASE_URL 指向同一个数据库，登录会话须另放一个库。"
            "请另建一个，例如 createdb gengdu_trail。"
        )
    return {"default": main, "trail": trail}


def _sqlite(file: Path) -> Store:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
        },
    }


def _postgresql(url: str, variable: str) -> Store:
    """Read postgresql://user:password@host:port/name?option=value; ?host= may name a socket folder.

    >>> store = _postgresql("postgresql://li:a%40b@db:5433/gengdu?sslmode=require", "X")
    >>> [store[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    ['li', 'a@b', 'db', '5433', 'gengdu']
    >>> _postgresql("postgresql:///gengdu?host=%2Frun%2Fpostgresql", "X")["HOST"]
    '/run/postgresql'
    """
    parts, port = _parts(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name or "/" in name:
        raise ImproperlyConfigured(
            f"环境变量 {variable} 不是 PostgreSQL 的地址，应如 {EXAMPLE}，没有连接。"
        )
    more = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "gengdu.site.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": more.pop("host", unquote(parts.hostname or "")),
        "PORT": more.pop("port", port),
        # One process with a few threads: each keeps its connection, and looks before it uses it.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "gengdu",
            "connect_timeout": 10,
            "options": SESSION,
            **more,
        },
    }


def _parts(url: str) -> tuple[SplitResult, str]:
    """Split a URL; one whose port is no number has no scheme either."""
    try:
        parts = urlsplit(url)
        return parts, str(parts.port or "")
    except ValueError:
        return urlsplit(""), ""


_BUCKET = "GENGDU_FILES_S3_"
_STYLES = ("auto", "path", "virtual")


def bucket(environment: Mapping[str, str]) -> dict[str, str] | None:
    """Return the bucket that the environment names, as the store takes it; None for a folder.

    Raises:
        ImproperlyConfigured: If part of what leads there is missing.
    """
    given = {name: environment.get(_BUCKET + name.upper(), "") for name in
             ("endpoint", "bucket", "access_key", "secret", "region", "style")}  # fmt: skip
    if not any(given.values()):
        return None
    if missing := [name for name in ("bucket", "access_key", "secret") if not given[name]]:
        names = "、".join(_BUCKET + name.upper() for name in missing)
        raise ImproperlyConfigured(
            f"要把证明材料存到对象存储，还缺环境变量 {names}。"
            f"请补上，或去掉全部 {_BUCKET}*，改存本机。"
        )
    given["region"] = given["region"] or "us-east-1"
    given["style"] = given["style"] or "auto"
    if given["style"] not in _STYLES:
        raise ImproperlyConfigured(
            f"环境变量 {_BUCKET}STYLE 填的是“{given['style']}”，应为 {'、'.join(_STYLES)} 之一。"
        )
    return given
