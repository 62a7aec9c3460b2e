"""`gengdu evaluate SNAPSHOT…`: all indicators of any number of counties, from their snapshots."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import ExitStack
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import click
from rich.table import Table

from gengdu.analytics.counties import outputs
from gengdu.analytics.counties.results import Day, Results
from gengdu.analytics.engines import sessions
from gengdu.analytics.engines.base import Engine
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.analytics.quality_balance.school_rows import STAGES_ZH
from gengdu.analytics.verdicts import MARKED_ZH, Verdict
from gengdu.cli.help import ChineseCommand
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.printing import console
from gengdu.cli.snapshot import place_of
from gengdu.datasets.snapshots import NoSnapshot, Snapshot, find

_SIZE = re.compile(r"\d+(\.\d+)?\s?(MB|GB|TB|MiB|GiB|TiB)")


@click.command(cls=ChineseCommand)
@click.argument("places", metavar="快照…", nargs=-1, required=True)
@click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb",
    help="用 duckdb（默认）或 spark 计算，结果相同。",
)  # fmt: skip
@click.option(
    "--master", metavar="地址", default="local[*]", help="Spark 的主节点，如 local[2]、spark://…。"
)
@click.option(
    "--memory-limit",
    metavar="大小",
    default="",
    help="duckdb 至多用多少内存，如 4GB；放不下的写到盘上。",
)
@click.option(
    "--to", "folder", metavar="文件夹", default="evaluation",
    type=click.Path(file_okay=False, path_type=Path),
    help="结果写到哪个文件夹，默认为 evaluation；中断后重做，已算好的不再算。",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(outputs.FORMATS), default="csv",
    help="结果的格式：parquet、csv 或 json。",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="不用过渡性放宽（走教的体育、艺术教师）。")
@click.option(
    "--items", "with_items", is_flag=True,
    help="另按数据逐县判定优质均衡政府保障、教育质量的条目（条目结论、质量监测、社会认可度不在快照里）。",
)  # fmt: skip
def snapshots(
    places: tuple[str, ...], engine: str, master: str, memory_limit: str, folder: Path,
    form: str, strict: bool, with_items: bool,
) -> None:  # fmt: skip
    """按一份或多份快照计算其中全部区县的全部指标，各区县的结果写在各自的文件夹里。"""
    if memory_limit and not _SIZE.fullmatch(memory_limit):
        raise CannotGoOn(
            f"--memory-limit 填的是“{memory_limit}”，应为带单位的大小，如 800MB、4GB。"
        )
    with ExitStack() as stack:
        make = _engine(engine, master, memory_limit, folder, stack)
        results = Results(folder, engine, make, strict=strict)
        try:
            found = sorted(_found(places), key=lambda one: (one.on, one.county))
            for _on, group in groupby(found, key=lambda one: one.on):
                of = list(group)
                day = results.day(of, _telling(), with_items=with_items)
                outputs.write(folder, day, of, form)
                _print(day, of, folder)
        except NoSnapshot as error:
            raise CannotGoOn(str(error)) from None


def _found(places: tuple[str, ...]) -> list[Snapshot]:
    found = (one for text in places for one in find(place_of(text)))
    return list({(one.digest, one.county, one.on): one for one in found}.values())


def _engine(
    name: str, master: str, memory_limit: str, folder: Path, stack: ExitStack
) -> Callable[[], Engine]:
    def duckdb() -> Engine:
        return DuckDBEngine(
            threads=os.cpu_count() or 1, memory_limit=memory_limit, spill_to=str(folder / ".spill")
        )

    def spark() -> Engine:
        if find_spec("pyspark") is None:
            raise CannotGoOn(
                "这里没有安装 pyspark。请运行 .venv/bin/pip install -r requirements/spark.txt，"
                "并装好 Java 17；或改用 --engine duckdb，结果相同。"
            )
        return stack.enter_context(sessions.engine(master))

    return duckdb if name == "duckdb" else spark


def _telling() -> Callable[[str], None]:
    """Return what shows on a terminal how far the work is; a file gets nothing."""
    out = console()

    def tell(piece: str) -> None:
        if out.is_terminal:
            out.print(f"{piece} …", end="\r", soft_wrap=True)

    return tell


def _print(day: Day, of: list[Snapshot], folder: Path) -> None:
    out, table = console(), Table(box=None, pad_edge=False, header_style="bold")
    for head in ("区县", "优质均衡（资源配置）"):
        table.add_column(head)
    for one in of:
        told = [
            f"{STAGES_ZH[stage['stage']]} {MARKED_ZH[Verdict(stage['verdict'])]}"
            f"（{stage['passed']} / {stage['schools']} 所）"
            for stage in day.quality.stages
            if stage["county"] == one.county
        ]
        if faults := day.quality.faults.get(one.county):
            told = [f"底册有 {len(faults)} 处矛盾，没有判定：{faults[0]}"]
        table.add_row(f"{one.county} {one.content['name']}", "；".join(told) or "没有在校学生")
    out.print(table)
    again = f"，其中 {day.reused} 项此前已算好" if day.reused else ""
    out.print(
        f"{day.on}：{len(of)} 个区县、{len(day.counts)} 项指标{again}，"
        f"结果在 {folder}/snapshot={day.on}/"
    )
