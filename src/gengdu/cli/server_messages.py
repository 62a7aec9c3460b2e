"""What a PostgreSQL server refuses, in one plain sentence.

Once connected, an error has a state that no language changes. Before, there is only the server's
text, which it writes in English or, on a Chinese machine, in Chinese.
"""

from __future__ import annotations

import re

import psycopg

HOW_TO = "见 docs/how-to/use-postgresql.md"

_NOT_REACHED = (
    "连不上数据库服务器，或连接中断了，没有完成的改动已全部撤回。"
    "请确认服务器开着，并核对 GENGDU_DATABASE_URL 里的主机和端口。"
)
_FULL = "数据库服务器的连接已满，没有改动任何数据。请稍后再试，或请管理员调大 max_connections。"
_NO_EXTENSION = (
    "这个数据库账号没有权限建扩展 btree_gist，没有建表。"
    f"请让账号做数据库的主人，或请管理员先运行 CREATE EXTENSION btree_gist，{HOW_TO}。"
)
_NO_RIGHT = (
    "这个数据库账号没有权限建表或读写，没有改动任何数据。"
    f"请让账号做数据库的主人（ALTER DATABASE … OWNER TO …），{HOW_TO}。"
)
_OF_CONNECTING = {
    "password authentication failed|no password supplied|Password 认证失败": (
        "数据库服务器不接受这个账号的密码。请核对环境变量 GENGDU_DATABASE_URL 里的账号和密码。"
    ),
    "too many (clients|connections)|connection slots are reserved|太多的客户|连接太多|连接位置": (
        _FULL
    ),
    'database ".*" does not exist|数据库 ".*" 不存在': (
        f"服务器上没有这个数据库。请核对 GENGDU_DATABASE_URL，建库的办法{HOW_TO}。"
    ),
    'role ".*" does not exist|角色 ".*" 不存在': (
        f"数据库服务器上没有这个账号。请核对 GENGDU_DATABASE_URL，建账号的办法{HOW_TO}。"
    ),
    "pg_hba.conf": (
        "数据库服务器不许这个账号从这台机器连接。请管理员在 pg_hba.conf 里加一行，再重新装载设置。"
    ),
    "permission denied for database|权限不够": _NO_RIGHT,
    "starting up|shutting down|启动中|正在关闭": (
        "数据库服务器正在启动或关闭，没有改动任何数据。请过一会儿再试。"
    ),
}
_OF_STATE = {
    "42P01": "数据库还没有建好，无从计算。请先运行 gengdu serve，或 gengdu demo。",
    "42703": "数据库比程序旧，缺少新的列。请先运行 gengdu serve，它会更新数据库。",
    "53100": "数据库服务器的磁盘已满，没有写入。请腾出空间后再试。",
    "53200": "数据库服务器的内存不够，没有写入。请稍后再试，或请管理员加内存。",
    "53300": _FULL,
    "55P03": "数据正被别人改动，等不到空闲，没有改动任何数据。请稍后再试。",
    "40P01": "与别人的改动互相等待，数据库撤回了这一次，没有改动任何数据。请再试一次。",
    "57014": "数据库用时太久，已经中止，没有改动任何数据。请缩小范围后再试。",
    "57P01": _NOT_REACHED,
    "25006": "数据库服务器只能读，不能写，没有改动任何数据。请核对连的是不是主服务器。",
    "58P01": "数据库服务器缺少 btree_gist 扩展的文件。请管理员安装 postgresql-contrib 后再试。",
    "0A000": "数据库服务器缺少 btree_gist 扩展的文件。请管理员安装 postgresql-contrib 后再试。",
}


def cause_of(error: BaseException | None) -> psycopg.Error | None:
    """Return what the driver raised, however deep below the error it lies."""
    while error is not None and not isinstance(error, psycopg.Error):
        error = error.__cause__ or error.__context__
    return error


def sentence_for(error: psycopg.Error) -> str | None:
    """Return the sentence for an error of the driver; None for a fault of ours."""
    if error.sqlstate is None:
        return _of_connecting(str(error)) if isinstance(error, psycopg.OperationalError) else None
    if error.sqlstate == "42501":
        return _NO_EXTENSION if "btree_gist" in str(error) else _NO_RIGHT
    return _OF_STATE.get(error.sqlstate)


def _of_connecting(text: str) -> str:
    for pattern, told in _OF_CONNECTING.items():
        if re.search(pattern, text):
            return told
    return _NOT_REACHED
