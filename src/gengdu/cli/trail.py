"""Commands over the trail: prove it, hand it out."""

from __future__ import annotations

from pathlib import Path

import click

from gengdu.access.actors import typed_at_the_server
from gengdu.access.trail import export, operations, queries
from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.cli.help import ChineseGroup
from gengdu.cli.messages import CannotGoOn


@click.group(cls=ChineseGroup, name="trail")
def trail() -> None:
    """审计：核验整条记录，或导出成表格。"""


@trail.command()
def verify() -> None:
    """逐条核验审计记录，查出改动、缺失、调换和截断。"""
    found = queries.examine()
    if not found.is_whole:
        raise CannotGoOn(
            f"核验没有通过，从第 {found.broken_at} 条起不可信：{found.trouble}"
            "请保留数据库原样，并报告本区网络安全负责人。"
        )
    click.echo(f"核验通过：{found.entries} 条逐条相连，没有改动、缺失或截断。")
    if found.head:
        click.echo(f"末条第 {found.entries} 条，校验值 {found.head}")


@trail.command(name="export")
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
def export_command(file: Path) -> None:
    """把全部审计记录导出成 .xlsx 表格，并在数据库旁记下末条。"""
    if file.suffix != ".xlsx":
        raise CannotGoOn(f"{file} 应以 .xlsx 结尾，没有导出。请改写文件名。")
    entries = TrailEntry.objects.order_by("sequence")
    count = entries.count()
    try:
        export.write(file, entries.iterator(), count=count, found=queries.examine())
    except export.TooLong as error:
        raise CannotGoOn(str(error)) from None
    operations.append(
        typed_at_the_server(), Kind.EXPORT, subject=TrailEntry._meta.label,
        detail={"what": f"导出审计记录 {count} 条"},
    )  # fmt: skip
    operations.anchor_the_end()
    click.echo(f"已导出 {count} 条到 {file}")
