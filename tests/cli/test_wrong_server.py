"""What goes wrong with a database server is told in one Chinese sentence that says what to do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError

from gengdu.cli import messages, server_messages
from tests import stores
from tests.cli.test_wrong_input import in_own_process, sentence

on_postgresql = pytest.mark.postgresql
pytestmark = pytest.mark.xdist_group("cli")


def told(root: Path, folder: Path, *arguments: str, **surroundings: str) -> str:
    """Run a command that cannot go on and return its one sentence."""
    given = {"GENGDU_VAR": str(folder), **surroundings}
    code, out, err = in_own_process(root, *arguments, **given)
    assert code == 2, err
    assert "已写入" not in out
    return sentence(err)


def nobody_listens() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("command", ["status", "serve", "demo"])
def test_a_server_that_is_not_there(root: Path, tmp_path: Path, command: str) -> None:
    url = f"postgresql://gengdu@127.0.0.1:{nobody_listens()}/gengdu"

    answer = told(root, tmp_path, command, GENGDU_DATABASE_URL=url)

    assert "连不上数据库服务器" in answer


def test_a_socket_folder_without_a_server(root: Path, tmp_path: Path) -> None:
    url = f"postgresql:///gengdu?host={tmp_path}"

    assert "连不上数据库服务器" in told(root, tmp_path, "status", GENGDU_DATABASE_URL=url)


def test_an_address_that_is_none(root: Path, tmp_path: Path) -> None:
    assert "应如 postgresql://" in told(root, tmp_path, "status", GENGDU_DATABASE_URL="gengdu")


@on_postgresql
def test_a_wrong_password(root: Path, tmp_path: Path) -> None:
    url = stores.url_of("gengdu", user="asked", password="wrong")

    assert "不接受这个账号的密码" in told(root, tmp_path, "status", GENGDU_DATABASE_URL=url)


@on_postgresql
def test_an_account_that_is_not_there(root: Path, tmp_path: Path) -> None:
    url = stores.url_of("gengdu", user="nobody")

    assert "没有这个账号" in told(root, tmp_path, "status", GENGDU_DATABASE_URL=url)


@on_postgresql
def test_a_database_that_is_not_there(root: Path, tmp_path: Path) -> None:
    url = stores.url_of("nirgends")

    assert "没有这个数据库" in told(root, tmp_path, "serve", GENGDU_DATABASE_URL=url)


@pytest.fixture
def empty(tmp_path: Path, django_db_blocker: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Two databases of the server without a table."""
    with django_db_blocker.unblock(), stores.own_store(tmp_path, "empty") as store:
        yield store


@on_postgresql
def test_a_database_without_tables_says_how_to_get_some(
    root: Path, tmp_path: Path, empty: tuple[str, dict[str, str]]
) -> None:
    assert "数据库还没有建好" in told(root, tmp_path, "status", **empty[1])


@on_postgresql
def test_an_account_that_may_not_make_the_extension(
    root: Path, tmp_path: Path, empty: tuple[str, dict[str, str]]
) -> None:
    with stores.another_connection(empty[0]) as owner:
        stores.execute(owner, "GRANT ALL ON SCHEMA public TO asked")
    url = stores.url_of(empty[0], user="asked", password="only-in-tests")

    answer = told(root, tmp_path, "demo", GENGDU_DATABASE_URL=url)

    assert "没有权限建扩展 btree_gist" in answer


@on_postgresql
def test_an_account_that_may_make_no_tables(
    root: Path, tmp_path: Path, empty: tuple[str, dict[str, str]]
) -> None:
    url = stores.url_of(empty[0], user="asked", password="only-in-tests")

    assert "没有权限建表或读写" in told(root, tmp_path, "demo", GENGDU_DATABASE_URL=url)


@on_postgresql
def test_a_server_whose_connections_are_all_taken(
    root: Path, tmp_path: Path, empty: tuple[str, dict[str, str]]
) -> None:
    """One role may hold one connection, and holds it."""
    url = stores.url_of(empty[0], user="asked", password="only-in-tests")
    with stores.another_connection(empty[0]) as owner, ExitStack() as last:
        last.callback(stores.execute, owner, "ALTER ROLE asked CONNECTION LIMIT -1")
        stores.execute(owner, "ALTER ROLE asked CONNECTION LIMIT 1")
        with psycopg.connect(url):
            answer = told(root, tmp_path, "status", GENGDU_DATABASE_URL=url)

    assert "连接已满" in answer


@on_postgresql
def test_a_database_that_sorts_by_other_rules_is_not_used(
    root: Path, tmp_path: Path, django_db_blocker: Any
) -> None:
    by_icu = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN' LOCALE 'C'"
    with django_db_blocker.unblock(), stores.own_store(tmp_path, "sorted", by_icu) as store:
        answer = told(root, tmp_path, "serve", **store[1])

    assert "排序规则是 zh-Hans-CN，应为 UTF8 和 C" in answer


# What a server says in Chinese, and what is hard to bring about


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('FATAL:  用户 "li" Password 认证失败', "密码"),
        ('FATAL:  数据库 "x" 不存在', "没有这个数据库"),
        ('FATAL:  角色 "li" 不存在', "没有这个账号"),
        ("FATAL:  对不起, 已经有太多的客户", "连接已满"),
        ("FATAL:  sorry, too many clients already", "连接已满"),
        ("FATAL:  已保留的连接位置为执行非复制请求的超级用户预留", "连接已满"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "li"', "pg_hba.conf"),
        ("FATAL:  数据库系统启动中", "正在启动"),
        ("server closed the connection unexpectedly", "连接中断"),
    ],
)
def test_what_is_said_before_a_connection_stands_is_understood(text: str, words: str) -> None:
    answer = server_messages.sentence_for(psycopg.OperationalError(f"connection failed: {text}"))

    assert answer is not None
    assert words in sentence(answer)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (psycopg.errors.DiskFull, "磁盘已满"),
        (psycopg.errors.TooManyConnections, "连接已满"),
        (psycopg.errors.LockNotAvailable, "等不到空闲"),
        (psycopg.errors.DeadlockDetected, "请再试一次"),
        (psycopg.errors.QueryCanceled, "用时太久"),
        (psycopg.errors.ReadOnlySqlTransaction, "只能读"),
        (psycopg.errors.UndefinedColumn, "比程序旧"),
    ],
)
def test_what_a_server_refuses_is_known_by_its_state(error: type, words: str) -> None:
    wrapped = OperationalError("whatever")
    wrapped.__cause__ = error("in any language")

    answer = messages.sentence_for(wrapped)

    assert answer is not None
    assert words in sentence(answer)


def test_a_fault_of_ours_is_not_hidden() -> None:
    wrapped = OperationalError("whatever")
    wrapped.__cause__ = psycopg.errors.SyntaxError("at or near")

    assert messages.sentence_for(wrapped) is None
