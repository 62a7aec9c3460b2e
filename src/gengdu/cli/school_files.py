"""Commands that take a file with one row per school instead of the registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from gengdu.analytics.quality_balance import school_rows
from gengdu.analytics.quality_balance.school_rows import Faulty
from gengdu.cli.messages import CannotGoOn
from gengdu.documents.limits import Refused
from gengdu.documents.reading import open_rows

FAULTS_SHOWN = 20


def schools_option(help_zh: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option --schools, which gives the command a path or None as `file`."""
    return click.option(
        "--schools", "file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True), help=help_zh,
    )  # fmt: skip


def refuse_known(file: Path | None, known: date | None) -> None:
    """End the command where a file is asked as of a day it knows nothing of."""
    if file is not None and known is not None:
        raise CannotGoOn("--known 只用于按底册计算；写了 --schools 的，请去掉 --known。")


def read_schools(file: Path) -> list[school_rows.SchoolRow]:
    """Read one row per school and stage; whatever is wrong ends the command with all of it."""
    try:
        return school_rows.read(open_rows(file).rows)
    except Refused as refused:
        raise CannotGoOn(str(refused)) from None
    except Faulty as faulty:
        shown_faults = [f"  {fault}" for fault in faulty.faults[:FAULTS_SHOWN]]
        more = len(faulty.faults) - FAULTS_SHOWN
        rest = [f"  ……还有 {more} 处"] if more > 0 else []
        head = f"{file.name} 有 {len(faulty.faults)} 处不对，没有计算："
        raise CannotGoOn("\n".join([head, *shown_faults, *rest])) from None
