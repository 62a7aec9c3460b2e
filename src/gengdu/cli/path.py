"""`gengdu path`: the cheapest way for a district, or any county, to pass 优质均衡."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import click
from django.utils import timezone
from rich.table import Table

from gengdu.analytics.quality_balance import resources, verdict
from gengdu.analytics.quality_balance.resources import Rules
from gengdu.analytics.quality_balance.verdict import Evaluation
from gengdu.board.evaluations import quality_balance
from gengdu.board.path_to_target import answers, asked, tasks, words
from gengdu.board.path_to_target.allowed import Allowed
from gengdu.board.path_to_target.answers import Answer
from gengdu.board.path_to_target.county import NoPupils, Unreported
from gengdu.cli.days import day_options, moment_of
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.printing import console
from gengdu.cli.school_files import read_schools, refuse_known, schools_option
from gengdu.planning.path_to_target import Effort

DEFAULT_GAP = "1"


@click.command()
@schools_option(
    "一校一行的 CSV 或 Excel 文件，格式同 gengdu evaluate quality-balance；不写则按底册计算。"
)
@day_options
@click.option("--strict", is_flag=True, help="不用过渡性放宽（走教的体育、艺术教师）。")
@click.option(
    "--set", "changes", metavar="名称=数", multiple=True,
    help="改动一项设置，可写多次：budget_all=500（万元）、hire_teacher_cost=90000（元）、build_rooms_each=2。",
)  # fmt: skip
@click.option(
    "--limit", "limits", metavar="学校,措施,数量", multiple=True,
    help="个别学校的上限，可写多次，如 --limit 某某小学,新建教学用房,0。",
)  # fmt: skip
@click.option(
    "--gap", metavar="百分数", default=DEFAULT_GAP, show_default=True,
    help="费用至多可偏高百分之几。",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def path(
    file: Path | None, on: date | None, known: date | None, strict: bool,
    changes: tuple[str, ...], limits: tuple[str, ...], gap: str, as_json: bool,
) -> None:  # fmt: skip
    """优质均衡达标路径：花费最少的一组措施，或限制内能走多远、卡在哪里。"""
    refuse_known(file, known)
    _check_names(changes)
    moment = None if file is not None else moment_of(on, known)
    day = moment.on if moment is not None else on or timezone.localdate()
    rules, effort = Rules.on(day, strict=strict), Effort(gap=_gap(gap))
    if file is not None:
        rows = read_schools(file)
        found = verdict.evaluate(resources.assess(rows, rules), rules)
    else:
        assert moment is not None
        district = quality_balance(moment, strict=strict)
        rows, found = list(district.rows), district.evaluation
    allowed = _allowed(changes, limits, day, {one.stage.row.school for one in found.schools})
    try:
        if moment is not None:
            answer = answers.of_district(moment, allowed, strict=strict, effort=effort)
        else:
            answer = answers.of_rows(rows, found, rules, allowed, effort=effort)
    except NoPupils as nobody:
        raise CannotGoOn(_nobody(found) if file is not None else str(nobody)) from None
    except Unreported as blank:
        listed = "\n".join(f"  {place}" for place in blank.places)
        raise CannotGoOn(f"有 {len(blank.places)} 个数未报，差异系数算不出来：\n{listed}") from None
    if as_json:
        click.echo(json.dumps(answers.as_data(answer), ensure_ascii=False, indent=1))
    else:
        _print(answer, allowed, day, is_file=file is not None)


def _nobody(found: Evaluation) -> str:
    """Return that a file has nobody who is evaluated, with what keeps each row out."""
    rows = [f"  {one.row.school}：{one.reason_zh}" for one in found.assessed.excluded]
    return "\n".join(["文件里没有参加评估的小学、初中学段，无从计算：", *rows])


def _gap(text: str) -> Fraction:
    try:
        gap = Fraction(text.removesuffix("%")) / 100
    except (ValueError, ZeroDivisionError):
        gap = Fraction(-1)
    if not 0 <= gap < 1:
        raise CannotGoOn(f"“{text}”不是 0 到 100 之间的百分数，请写成 --gap 1 的样式。")
    return gap


def _pairs(changes: tuple[str, ...]) -> dict[str, str]:
    return dict(change.partition("=")[::2] for change in changes)


def _check_names(changes: tuple[str, ...]) -> None:
    if unknown := sorted(set(_pairs(changes)) - set(asked.names())):
        raise CannotGoOn(
            f"没有名为“{'、'.join(unknown)}”的设置。可用的有：{'、'.join(asked.names())}。"
        )


def _allowed(
    changes: tuple[str, ...], limits: tuple[str, ...], day: date, schools: set[str]
) -> Allowed:
    query = asked.read({**_pairs(changes), asked.OF_SCHOOLS: "\n".join(limits)}, day, schools)
    if query.faults:
        raise CannotGoOn("\n".join(query.faults))
    return query.allowed


def _print(answer: Answer, allowed: Allowed, day: date, *, is_file: bool) -> None:
    out = console()
    for line in _said(answer):
        out.print(line)
    table = Table()
    for head in ("学校", "学段", "任务", "费用（万元）", "牵头", "最迟启动"):
        table.add_column(head, justify="right" if head.startswith("费用") else "left")
    for task in tasks.of(answer, allowed, day):
        start = f"{task.start_by:%Y-%m-%d}" if task.start_by else "—"
        yuan = words.in_ten_thousands(task.item.yuan)
        table.add_row(task.item.school, task.item.stage, task.text, yuan, task.lead, start)
    if table.row_count:
        out.print(table)
    out.print("费用和上限是示例设置，没有官方数字；用 --set 改动试算。")
    if is_file:
        out.print("文件里没有每名教师的情况，所以没有考虑教师交流轮岗。")


def _said(answer: Answer) -> Iterator[str]:
    """Yield what the plan costs, or how far it reaches and what stands in the way."""
    plan, reach = answer.plan, answer.reach
    cost, bound = words.in_ten_thousands(plan.cost), words.in_ten_thousands(plan.bound)
    if reach is None:
        yield f"● 最少需要 {cost} 万元即可全部达标（已证明不可能少于 {bound} 万元）。"
        if plan.greedy_cost is not None and plan.greedy_cost > plan.cost:
            yield f"  凭经验逐校补足需 {words.in_ten_thousands(plan.greedy_cost)} 万元。"
        return
    yield (
        f"✕ 限制内不能全部达标：{reach.failing_now} 项未达标中能补上 {reach.passing} 项"
        f"（已证明至多 {reach.at_most} 项），需 {cost} 万元。"
    )
    if answer.culprits is not None:
        yield from (f"  限制：{text}" for text in words.limits(answer.culprits))
        yield from (f"  使之不能达到：{text}" for text in words.requirements(answer.culprits))
