"""Says in one plain sentence what was wrong with a command and how to mend it."""

from __future__ import annotations

import click
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError

from gengdu.analytics.cards import UnknownIndicator
from gengdu.kernel.dates import NotADate
from gengdu.policy.facts import UnknownFact
from gengdu.policy.loading import MalformedFact


class CannotGoOn(click.ClickException):
    """Something the person can mend stands in the way; the message says what and how."""

    exit_code = 2


_PLAIN = (NotADate, UnknownIndicator, UnknownFact, MalformedFact, ImproperlyConfigured)


def sentence_for(error: Exception) -> str | None:
    """Return the sentence for an expected error; None for a fault of ours, to be seen whole."""
    if isinstance(error, click.ClickException):
        return _of_click(error)
    if isinstance(error, _PLAIN):
        return str(error)
    if isinstance(error, OperationalError):
        return (
            f"数据库打不开或还没有建好（{error}）。"
            "请先运行 make run，或用 gengdu demo 装入示例数据。"
        )
    return None


def _of_click(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有“{error.option_name}”这个选项。可用的选项见 --help。"
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"缺少参数 {name}，命令没有执行。写法见 --help。"
        case click.BadParameter():
            return f"参数填得不对：{_chinese(error.message)}。写法见 --help。"
        case click.UsageError():
            return f"命令写得不对：{_chinese(error.message)}。可用的命令见 gengdu --help。"
        case _:
            return error.message


def _chinese(message: str) -> str:
    """Return click's English remark in words of ours where it is a usual one."""
    text = message.rstrip(".。")
    for english, chinese in (
        ("No such command", "没有这个命令"),
        ("is not a valid integer range", "不是整数"),
        ("is not a valid integer", "不是整数"),
        ("is not in the range", "超出允许的范围"),
        ("is not one of", "只能是其中之一："),
        ("Got unexpected extra argument", "多了一个参数"),
        ("Got unexpected extra arguments", "多了几个参数"),
        ("requires an argument", "后面还要写一个值"),
    ):
        text = text.replace(english, chinese)
    return text
