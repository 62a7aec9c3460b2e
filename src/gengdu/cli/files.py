"""Commands over the files that prove ledger entries: look at every byte, clear away the rest."""

from __future__ import annotations

import click
from django.utils import timezone

from gengdu.cli.help import ChineseGroup
from gengdu.cli.messages import CannotGoOn
from gengdu.records.evidence import filing, uploads

SHOWN = 20


@click.group(cls=ChineseGroup, name="files")
def files() -> None:
    """证明材料：核对保存的文件，清理没用上的。"""


@files.command()
@click.option("--list", "as_list", is_flag=True, help="列出全部没有登记的内容，不只是头几个。")
def check(as_list: bool) -> None:
    """逐个读出保存的文件，核对有没有丢失或变样，并列出没有登记的内容。"""
    found = filing.check()
    if found.unnamed:
        shown = found.unnamed if as_list else found.unnamed[:SHOWN]
        click.echo(f"没有登记的内容 {len(found.unnamed)} 个（gengdu files sweep 会清理旧的）：")
        for key in shown:
            click.echo(f"  {key}")
    if not found.is_whole:
        for key in (*found.missing, *found.spoilt):
            click.echo(f"  {key}  {'丢失' if key in found.missing else '内容变样'}")
        raise CannotGoOn(
            f"核对了 {found.files} 个文件，丢失 {len(found.missing)} 个，"
            f"内容变样 {len(found.spoilt)} 个。请从备份恢复上面这些文件，再核对一次。"
        )
    click.echo(f"核对了 {found.files} 个文件，全部完好。")


@files.command()
def sweep() -> None:
    """清理过了保留期、没传完或没用上的文件；用作材料的一个也不动。"""
    gone = uploads.sweep(on=timezone.localdate(), at=timezone.now())
    click.echo(f"已清理 {gone} 个没传完或没用上的文件。")
