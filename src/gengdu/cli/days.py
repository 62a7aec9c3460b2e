"""Days as people type them after an option."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from gengdu.kernel.dates import parse_date


class Day(click.ParamType[date]):
    """A date such as 2025-12-31."""

    name = "日期"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """Read the date; a wrong one ends the command with a sentence."""
        return value if isinstance(value, date) else parse_date(value)
