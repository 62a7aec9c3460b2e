"""The commands people type."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from gengdu.analytics import cards
from gengdu.board import presentation, queries
from gengdu.cli import printing, quality, remind, serving
from gengdu.cli.account import account
from gengdu.cli.days import Day, day_options, moment_of
from gengdu.cli.evaluate import evaluate
from gengdu.cli.files import files
from gengdu.cli.help import ChineseGroup
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.path import path
from gengdu.cli.plan import plan
from gengdu.cli.snapshot import snapshot
from gengdu.cli.trail import trail
from gengdu.policy import facts
from gengdu.registers.schools.models import SchoolProfile


@click.group(
    cls=ChineseGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
def gengdu() -> None:
    """耕读：从一纸通知，到每项承诺的兑现情形。"""


gengdu.add_command(account)
gengdu.add_command(evaluate)
gengdu.add_command(files)
gengdu.add_command(path)
gengdu.add_command(plan)
gengdu.add_command(snapshot)
gengdu.add_command(trail)


@gengdu.command()
@day_options
@click.option(
    "--measure", "number", metavar="编号", type=int, help="只看一条措施，如 11；0 为工作目标。"
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取。")
def status(on: date | None, known: date | None, number: int | None, as_json: bool) -> None:
    """列出每项承诺兑现到哪一步。"""
    moment = moment_of(on, known)
    found = queries.statuses(moment, _promises(number))
    if as_json:
        click.echo(
            json.dumps([presentation.as_data(item) for item in found], ensure_ascii=False, indent=1)
        )
    else:
        printing.print_statuses(found, moment)


def _promises(number: int | None) -> tuple[facts.Fact, ...] | None:
    if number is None:
        return None
    for measure in facts.plan().measures:
        if measure.number == number:
            return measure.promises
    last = facts.plan().measures[-1].number
    raise CannotGoOn(f"没有第 {number} 条措施，本方案的措施是 1 至 {last}（0 为工作目标）。")


@gengdu.command()
@click.argument("name", metavar="[指标名称]", required=False)
@click.option(
    "--by", type=click.Choice(["school", "town"]), help="再按学校（school）或按镇街（town）列出。"
)
@click.option("--list", "as_list", is_flag=True, help="列出全部指标的名称。")
@day_options
def indicator(
    name: str | None, by: str | None, as_list: bool, on: date | None, known: date | None
) -> None:
    """计算一个指标，写出分子、分母和算法。"""
    if as_list:
        printing.print_cards(cards.cards().values())
        return
    if name is None:
        raise CannotGoOn(
            "请写出指标名称，例如 gengdu indicator young_leader_share；"
            "全部名称见 gengdu indicator --list。"
        )
    card = cards.card(name)
    printing.print_indicator(queries.result(card, moment_of(on, known)), by)


@gengdu.command(name="facts")
@click.argument("name", metavar="[事实名称]", required=False)
def facts_command(name: str | None) -> None:
    """查一条事实：原话、数值、期限、力度、出处；不写名称则列出全部。"""
    if name is None:
        printing.print_facts(facts.plan().facts.values())
    else:
        printing.print_fact(facts.fact(name))


@gengdu.command(name="quality")
@click.option("--school", metavar="校名", help="只看一所学校，逐条列出。")
@click.option("--on", type=Day(), help="问哪一天的情形；不写则为今天（示例数据为最后一天）。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出每一条，供程序读取。")
def quality_command(school: str | None, on: date | None, as_json: bool) -> None:
    """核对底册：重复、号码与生日性别不符、缺项、异常，各有多少条。"""
    quality.answer(moment_of(on, None).on, school, as_json=as_json)


@gengdu.command()
@click.option(
    "--scale",
    metavar="倍数",
    type=click.IntRange(1, 1000),
    default=1,
    help="多少个区的规模，1 为示例区本身。",
)
@click.option(
    "--seed",
    metavar="整数",
    type=int,
    default=20230630,
    help="随机种子；相同的种子得到完全相同的数据。",
)
@click.option(
    "--out",
    metavar="文件",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到哪个文件；默认为网站所用的数据库，或在 var/ 下。",
)
@click.option("--replace", is_flag=True, help="文件或示例数据已存在时覆盖。")
def demo(scale: int, seed: int, out: Path | None, replace: bool) -> None:
    """生成示例数据，写成一个完整的数据库文件；中途停下不留半截文件。"""
    path = out or serving.default_demo_path(scale)
    if path is not None and path.exists() and not replace:
        raise CannotGoOn(
            f"{path} 已经存在，没有改动它。要重新生成请加 --replace，或用 --out 另写一个文件。"
        )
    serving.load_demo(path, scale=scale, seed=seed, replace=replace)
    click.echo(f"已写入 {path or '数据库服务器'}")


@gengdu.command()
@click.option(
    "--port",
    metavar="端口",
    type=click.IntRange(1, 65535),
    default=8000,
    help="端口；被占用时顺延到下一个空的。",
)
@click.option("--host", metavar="地址", default="127.0.0.1", help="监听的地址。")
def serve(port: int, host: str) -> None:
    """准备数据库（第一次会装入示例数据），列出各项承诺，然后提供网页服务。"""
    serving.prepare()
    if SchoolProfile.objects.exists():
        moment = moment_of(None, None)
        printing.print_statuses(queries.statuses(moment), moment)
    else:
        click.echo("数据库里还没有学校。先用 gengdu account create 建账号，登录后再录入底册。")
    serving.run_server(host=host, port=port)


@gengdu.command()
@click.option("--with", "parent", metavar="进程号", type=int, help="这个进程结束时一同结束。")
def work(parent: int | None) -> None:
    """在后台办理导入等费时的任务；gengdu serve 会自己启动它，单独部署时另开一个进程。"""
    serving.work(parent)


@gengdu.command(name="remind")
@click.option("--on", type=Day(), help="汇总哪一天的提醒；不写则为今天（示例数据为最后一天）。")
@click.option("--dry-run", "is_dry", is_flag=True, help="只列出将提醒谁什么，不保存也不发送。")
def remind_command(on: date | None, is_dry: bool) -> None:
    """汇总到期、将满、缺少等提醒并发送；同一天重复运行不会重复提醒。"""
    remind.answer(moment_of(on, None).on, is_dry=is_dry)


@gengdu.command(name="copy-to-server")
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
def copy_to_server(file: Path) -> None:
    """把 SQLite 文件里的全部记录搬到空的 PostgreSQL 数据库；要么全部搬到，要么什么也不动。"""
    moved = serving.move_to_server(file)
    click.echo(f"已搬入 {moved:,} 行。原文件没有改动，请留作备份。")
