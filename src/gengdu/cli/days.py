"""Days as people type them after an option."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click
from django.utils import timezone

from gengdu.analytics.run import Moment
from gengdu.cli import serving
from gengdu.cli.messages import CannotGoOn
from gengdu.kernel.dates import parse_date
from gengdu.records.models import last_day_of_sample
from gengdu.registers.schools.models import SchoolProfile


class Day(click.ParamType[date]):
    """A date such as 2025-12-31."""

    name = "日期"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """Read the date; a wrong one ends the command with a sentence."""
        return value if isinstance(value, date) else parse_date(value)


def day_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the two times: --on and --known."""
    command = click.option(
        "--known", type=Day(), help="按这一天已知的记录计算；不写则按现在已知的记录。"
    )(command)
    return click.option(
        "--on",
        type=Day(),
        help="问哪一天的情形，如 2025-12-31；不写则为今天（示例数据为最后一天）。",
    )(command)


def moment_of(on: date | None, known: date | None) -> Moment:
    """Return the moment asked for, reading the clock only where no day was given."""
    # Asking a SQLite database that is not there would leave an empty file behind.
    if serving.has_no_database() or not SchoolProfile.objects.exists():
        raise CannotGoOn(
            "数据库里还没有学校，无从计算。请先运行 make run，或用 gengdu demo 装入示例数据。"
        )
    return Moment(on or last_day_of_sample() or timezone.localdate(), known)
