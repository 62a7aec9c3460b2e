"""`gengdu plan`: what a government notice asks for, read from its file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from rich.markup import escape
from rich.table import Table

from gengdu.cli.help import ChineseGroup
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.printing import console
from gengdu.drafts import items
from gengdu.notices import adopting, files, numbering, reading
from gengdu.notices.adopting import Choices, Lack
from gengdu.notices.files import Unreadable
from gengdu.notices.headings import Measure
from gengdu.notices.naming import COMPARED_ZH, KINDS_ZH
from gengdu.notices.reading import Placed, Reading
from gengdu.policy import comparing, facts, plans
from gengdu.policy.loading import MalformedFact

OPTIONS = {
    "请选“沿用自带方案的口径”": "请加 --carry-over",
    "或指定由谁牵头": "或用 --lead 指定由谁牵头",
    "或全部重编": "或加 --renumber 全部重编",
}
"""What the page of adopting calls its fields, and the options that do the same."""
LONGEST_NAME = 40


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
    found = reading.read(_text_of(file))
    if as_json:
        click.echo(json.dumps(adopting.draft(found), ensure_ascii=False, indent=1))
    else:
        _print(found)


@plan.command("list")
def list_plans() -> None:
    """列出自带的和采用过的方案，注明现行的是哪一个。"""
    table = Table(title="方案")
    for column in ("编号", "名称", "措施", "承诺", "现行"):
        table.add_column(column)
    for each in (facts.built_in(), *plans.adopted(settings.PLANS)):
        is_here = "现行" if each.id == facts.plan().id else ""
        counted = [str(len(each.measures) - 1), str(len(each.promises))]
        table.add_row(each.id, each.title, *counted, is_here)
    console().print(table)
    console().print("换用另一个方案：以 GENGDU_PLAN=编号 启动各个命令和网站；自带方案不必写。")


@plan.command()
@click.argument(
    "file", metavar="文件", type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option("--id", "plan_id", required=True, help="方案编号：小写字母、数字、下划线。")
@click.option("--short", required=True, help="方案简称，页首用。")
@click.option("--area", required=True, help="地区名称，如威海经开区。")
@click.option(
    "--carry-over", is_flag=True, help="指标要用而通知没写的口径，沿用自带方案并标为设置。"
)
@click.option("--lead", default="", help="通知没写责任单位的措施，由谁牵头，如“县教育局”。")
@click.option("--renumber", is_flag=True, help="各节各自编号的，按出现的顺序从 1 编起。")
def adopt(
    file: Path, plan_id: str, short: str, area: str, carry_over: bool, lead: str, renumber: bool
) -> None:
    """把读出的通知直接采用为方案；要逐条核对的，请在网页“读通知”里做。"""
    made = adopting.draft(reading.read(_text_of(file)))
    if renumber:
        made = numbering.renumbered(made)
    choices = Choices(plan_id, short, area, carry_over=carry_over, lead_zh=lead)
    said = _in_options(made)
    for lack in adopting.lacking(made, choices):
        if not lack.stops:
            console().print(escape(f"▲ {said(lack)}"))
    try:
        folder = adopting.write(made, choices, settings.PLANS)
    except adopting.CannotAdopt as cannot:
        raise CannotGoOn("；".join(map(said, cannot.lacks))) from None
    except adopting.AlreadyThere as there:
        raise CannotGoOn(str(there)) from None
    console().print(f"✓ 方案写在 {folder}。启用它：GENGDU_PLAN={plan_id} gengdu serve")


@plan.command()
@click.argument("plan_id", metavar="编号")
def compare(plan_id: str) -> None:
    """与自带方案逐项比较，每处不同说明缘由。"""
    try:
        other = plans.one(settings.PLANS, plan_id)
    except MalformedFact as error:
        raise CannotGoOn(str(error)) from None
    found = comparing.compare(facts.built_in(), other)
    table = Table(title=f"不同之处 {len(found)} 处")
    for column in ("所在", "项目", "自带方案", plan_id, "缘由"):
        table.add_column(column)
    for each in found:
        table.add_row(each.where, each.what, each.one, each.other, each.why)
    console().print(table)


def _in_options(made: dict[str, Any]) -> Callable[[Lack], str]:
    """Return what says a lack: its item first, and options where the page has fields."""
    names = {held["id"]: items.name_of(kind, held) for kind, held in items.every(made)}

    def said(lack: Lack) -> str:
        words = lack.words_zh
        for of_page, option in OPTIONS.items():
            words = words.replace(of_page, option)
        name = names.get(lack.at, "").strip()
        return words if not name or name in words else f"{name[:LONGEST_NAME]}：{words}"

    return said


def _text_of(file: Path) -> str:
    try:
        return files.text_of(file, file.name)
    except Unreadable as unreadable:
        raise CannotGoOn(str(unreadable)) from None


def _print(found: Reading) -> None:
    out, head = console(), found.header
    out.print(escape(head.title or "没有读出标题"))
    said = [head.issuer, head.doc_no, head.issued.isoformat() if head.issued else ""]
    out.print(escape("　".join(part for part in said if part)) or "没有读出发文机关、文号和日期")
    _print_measures(found)
    _print_targets(found)
    if found.unread:
        out.print(f"▲ 全文太长，最后 {found.unread} 个字没有读；请只留通知正文再读一次。")


def _print_measures(found: Reading) -> None:
    out, table = console(), Table(title=f"措施 {len(found.measures)} 条")
    for column in ("编号", "标题", "牵头", "配合", "存疑"):
        table.add_column(column, overflow="fold")
    doubted = [(measure, _doubts(found, measure)) for measure in found.measures]
    for measure, doubt in sorted(doubted, key=lambda each: not each[1]):
        names = [unit.name for clause in measure.clauses for unit in clause.units]
        leads = [clause.lead for clause in measure.clauses if clause.lead]
        others = "、".join(name for name in dict.fromkeys(names) if name not in leads)
        if any(clause.is_open for clause in measure.clauses):
            others = f"{others}等" if others else "其他有关单位"
        title = measure.title or "（没有标题）"
        cells = (title, "、".join(leads), others, doubt)
        table.add_row(str(measure.number), *map(escape, cells))
    out.print(table)


def _doubts(found: Reading, measure: Measure) -> str:
    """Return why somebody should look at a measure or at those who answer for it."""
    of_bodies = [found.doubts.get((one.start, one.end), "") for one in measure.clauses]
    return "；".join(dict.fromkeys(reason for reason in (measure.doubt, *of_bodies) if reason))


def _print_targets(found: Reading) -> None:
    out, table = console(), Table(title=f"目标和数字 {len(found.targets)} 处")
    for column in ("措施", "类别", "期限", "要求", "原文", "存疑"):
        table.add_column(column, overflow="ellipsis" if column == "原文" else "fold")
    for placed in _doubtful_first(found.targets):
        one = placed.target
        start, end = found.cleaned.span(one.start, one.end)
        quote = " ".join(found.raw[start:end].split())
        measure = "—" if placed.measure is None else str(placed.measure)
        when = str(one.year) if one.year else ("每期" if one.every else "—")
        cells = (when, _asked(placed), quote, one.doubt)
        table.add_row(measure, KINDS_ZH[one.kind], *map(escape, cells))
    out.print(table)


def _doubtful_first(every: tuple[Placed, ...]) -> Iterator[Placed]:
    yield from sorted(every, key=lambda placed: not placed.target.doubt)


def _asked(placed: Placed) -> str:
    one = placed.target
    values = "～".join(str(reading.plain(value)) for value in one.value)
    return f"{COMPARED_ZH[one.comparison]} {values}{one.unit}".strip()
