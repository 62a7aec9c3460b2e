"""`gengdu plan`: what a government notice asks for, read from its file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from gengdu.cli.help import ChineseGroup
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.printing import console
from gengdu.notices import files, reading
from gengdu.notices.files import Unreadable
from gengdu.notices.naming import COMPARED_ZH, KINDS_ZH
from gengdu.notices.proposing import proposals
from gengdu.notices.reading import Placed, Reading

MOST_PROPOSED = 2_000


@click.group(cls=ChineseGroup)
def plan() -> None:
    """通知与工作方案：读成措施、责任单位和目标。"""


@plan.command()
@click.argument(
    "file", metavar="文件", type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，位置按正文字符计。")
def read(file: Path, as_json: bool) -> None:
    """读一份通知（.docx、.doc、.pdf、.html、.txt）：措施、责任单位、目标和期限。"""
    try:
        text = files.text_of(file, file.name)
    except Unreadable as unreadable:
        raise CannotGoOn(str(unreadable)) from None
    found = reading.read(text)
    if as_json:
        click.echo(json.dumps(_with_proposals(found.as_data()), ensure_ascii=False, indent=1))
    else:
        _print(found)


def _with_proposals(data: dict[str, Any]) -> dict[str, Any]:
    """Add to each goal the promises of ours that it may mean, with the reason."""
    for target in data["targets"][:MOST_PROPOSED]:
        if target["kind"] == "goal":
            found = proposals(target["text"], target["comparison"], target["unit"])
            target["proposals"] = [
                {"promise": one.name, "label": one.label_zh, "reason": one.reason_zh}
                for one in found
            ]
    return data


def _print(found: Reading) -> None:
    out, head = console(), found.header
    out.print(head.title or "没有读出标题")
    said = [head.issuer, head.doc_no, head.issued.isoformat() if head.issued else ""]
    out.print("　".join(part for part in said if part) or "没有读出发文机关、文号和日期")
    table = Table(title=f"措施 {len(found.measures)} 条")
    for column in ("编号", "标题", "牵头", "配合"):
        table.add_column(column)
    for measure in found.measures:
        names = [unit.name for clause in measure.clauses for unit in clause.units]
        leads = [clause.lead for clause in measure.clauses if clause.lead]
        others = [name for name in dict.fromkeys(names) if name not in leads]
        title = measure.title or "（没有标题）"
        table.add_row(str(measure.number), title, "、".join(leads), "、".join(others))
    out.print(table)
    _print_targets(found)
    if found.unread:
        out.print(f"▲ 全文太长，最后 {found.unread} 个字没有读；请只留通知正文再读一次。")


def _print_targets(found: Reading) -> None:
    out, table = console(), Table(title=f"目标和数字 {len(found.targets)} 处")
    for column in ("措施", "类别", "期限", "要求", "原文", "存疑"):
        table.add_column(column)
    for placed in _doubtful_first(found.targets):
        one = placed.target
        start, end = found.cleaned.span(one.start, one.end)
        quote = " ".join(found.raw[start:end].split())
        measure = "—" if placed.measure is None else str(placed.measure)
        when = str(one.year) if one.year else ("每期" if one.every else "—")
        table.add_row(measure, KINDS_ZH[one.kind], when, _asked(placed), quote, one.doubt)
    out.print(table)


def _doubtful_first(every: tuple[Placed, ...]) -> Iterator[Placed]:
    yield from sorted(every, key=lambda placed: not placed.target.doubt)


def _asked(placed: Placed) -> str:
    one = placed.target
    values = "～".join(str(reading.plain(value)) for value in one.value)
    return f"{COMPARED_ZH[one.comparison]} {values}{one.unit}".strip()
