"""Says in one plain sentence what was wrong with a command and how to mend it."""

from __future__ import annotations

import errno
import re
import sqlite3

import click
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError

from gengdu.analytics.cards import UnknownIndicator
from gengdu.cli import server_messages
from gengdu.kernel.dates import NotADate
from gengdu.policy.facts import UnknownFact
from gengdu.policy.loading import MalformedFact
from gengdu.records import refusals


class CannotGoOn(click.ClickException):
    """Something the person can mend stands in the way; the message says what and how."""

    exit_code = 2


_PLAIN = (NotADate, UnknownIndicator, UnknownFact, MalformedFact, ImproperlyConfigured)

# What the database says → what that means here; anything else is a fault of ours.
_OF_DATABASE = {
    "no such table": "数据库还没有建好，无从计算。请先运行 make run，或 gengdu demo。",
    "no such column": "数据库比程序旧，缺少新的列。请先运行 gengdu serve，它会更新数据库。",
    "unable to open": "数据库文件打不开，可能路径不对或没有权限。请核对环境变量 GENGDU_DATABASE。",
    "locked": "数据库正被别的程序占用，等不到空闲，没有改动任何数据。请稍后再试。",
    "readonly": "数据库文件只能读，不能写，没有改动任何数据。请检查文件和所在文件夹的权限。",
    "not a database": "这个文件不是数据库，没有读取。请核对环境变量 GENGDU_DATABASE，或换用备份。",
    "malformed": "数据库文件已损坏，没有继续读取。请换用最近的备份。",
    "full": "磁盘已满，没有写入。请腾出空间后再试。",
}
_OF_FILES = {
    errno.ENOENT: "不存在",
    errno.EACCES: "没有权限读写",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "的上级不是文件夹",
    errno.EEXIST: "已经存在",
    errno.EROFS: "在只读的盘上",
    errno.ENOSPC: "写不下，磁盘已满",
}


def sentence_for(error: Exception) -> str | None:
    """Return the sentence for an expected error; None for a fault of ours, to be seen whole."""
    if isinstance(error, click.ClickException):
        return _of_click(error)
    if isinstance(error, _PLAIN):
        return str(error)
    if isinstance(error, IntegrityError):
        return refusals.reason(error)
    if isinstance(error, DatabaseError | sqlite3.Error):
        return _of_database(error)
    if isinstance(error, OSError) and error.filename and error.errno in _OF_FILES:
        return f"{error.filename} {_OF_FILES[error.errno]}，命令没有完成。请换一个位置或检查权限。"
    return None


def _of_database(error: Exception) -> str | None:
    if (of_server := server_messages.cause_of(error)) is not None:
        return server_messages.sentence_for(of_server)
    return next((told for word, told in _OF_DATABASE.items() if word in str(error)), None)


def _of_click(error: click.ClickException) -> str:
    where = (
        error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "gengdu"
    )
    match error:
        case click.NoSuchCommand():
            told = f"没有“{error.command_name}”这个命令{_near(error.possibilities)}"
        case click.NoSuchOption():
            told = f"没有“{error.option_name}”这个选项{_near(error.possibilities)}"
        case click.BadOptionUsage() if "does not take" in error.message:
            told = f"选项 {error.option_name} 后面不用写值"
        case click.BadOptionUsage():
            told = f"选项 {error.option_name} 后面还要写一个值"
        case click.MissingParameter():
            told = f"缺少参数 {error.param.human_readable_name if error.param else ''}"
        case click.BadParameter():
            told = _bad_value(error)
        case click.UsageError():
            told = f"多写了“{_in_brackets(error.message)}”"
        case _:
            return error.message
    return f"{told}，命令没有执行。写法见 {where} --help。"


def _near(possibilities: list[str] | None) -> str:
    return f"（是不是想写 {'、'.join(possibilities)}？）" if possibilities else ""


def _in_brackets(message: str) -> str:
    found = re.search(r"\((.*)\)", message)
    return found[1] if found else message


def _bad_value(error: click.BadParameter) -> str:
    """Say which option was filled in how, and what it takes."""
    name = error.param.opts[0] if error.param else ""
    given = re.match(r"'?(.*?)'? is not ", error.message)
    written = f"填的是“{given[1]}”" if given else "填得不对"
    match error.param.type if error.param else None:
        case click.IntRange() as whole:
            wanted = f"{whole.min} 到 {whole.max} 之间的整数"
        case click.Choice() as choice:
            wanted = " 或 ".join(map(str, choice.choices))
        case click.Path():
            if "does not exist" in error.message:
                return f"{name} 写的文件不存在，请核对路径"
            return f"{name} 要写一个文件，不能是文件夹"
        case _:
            wanted = "整数"
    return f"{name} {written}，应为 {wanted}"
