"""`gengdu snapshot`: one state of the registers as files that never change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.conf import settings
from pyarrow import ArrowInvalid, fs

from gengdu.board import snapshots
from gengdu.board.snapshots import NoCounty
from gengdu.cli.days import day_options, moment_of
from gengdu.cli.help import ChineseCommand
from gengdu.cli.messages import CannotGoOn
from gengdu.datasets.snapshots import Place, SnapshotDiffers


def place_of(text: str) -> Place:
    """Return where somebody wants snapshots: a folder, or s3://bucket/folder.

    Raises:
        CannotGoOn: If the address cannot be read.
    """
    if "://" not in text:
        return Place(fs.LocalFileSystem(), str(Path(text).absolute()))
    try:
        files, root = fs.FileSystem.from_uri(text)
    except (ArrowInvalid, OSError) as error:
        raise CannotGoOn(
            f"“{text}”不是可用的地址（{error}）。请写文件夹，或 s3://桶/文件夹。"
        ) from None
    return Place(files, root.rstrip("/"))


@click.command(cls=ChineseCommand)
@click.option(
    "--to", "text", metavar="文件夹", required=True,
    help="写到哪个文件夹，或 s3://桶/文件夹。",
)  # fmt: skip
@day_options
@click.option(
    "--deidentified", is_flag=True,
    help="去标识化：人的编号换成带密钥的散列，出生日期只留到年龄，不写自由文字；供上级汇总。",
)  # fmt: skip
def snapshot(text: str, on: date | None, known: date | None, deidentified: bool) -> None:
    """把底册和台账某一天的情形写成不再改动的 Parquet 快照。"""
    moment, place = moment_of(on, known), place_of(text)
    key = settings.PSEUDONYM_KEY if deidentified else None
    try:
        is_new = snapshots.write(place, moment, pseudonym_key=key)
    except NoCounty as error:
        raise CannotGoOn(str(error)) from None
    except SnapshotDiffers:
        raise CannotGoOn(
            f"{text} 里已有 {moment.on} 的快照，内容与现在的记录不同；快照不改动。"
            "请写到另一个文件夹，或用 --known 指明按哪一天已知的记录。"
        ) from None
    told = "已写入" if is_new else "已经有了，内容相同，没有改动："
    click.echo(f"{told} {text}/snapshot={moment.on}")
