"""`gengdu evaluate`: the national evaluations, of any county from one row per school."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click
from django.utils import timezone
from rich.table import Table

from gengdu.analytics.quality_balance import resources, telling, verdict
from gengdu.analytics.quality_balance.resources import INDICATORS, Rules
from gengdu.analytics.quality_balance.school_rows import STAGES_ZH
from gengdu.analytics.quality_balance.verdict import COEFFICIENT, NAMES_ZH, Evaluation
from gengdu.analytics.verdicts import MARKED_ZH, Verdict
from gengdu.board import evaluations
from gengdu.board.quality_balance import report
from gengdu.board.quality_balance.form import book
from gengdu.board.quality_balance.standing import standing
from gengdu.cli.days import day_options, moment_of
from gengdu.cli.evaluate_preschool import universal_preschool
from gengdu.cli.evaluating import snapshots
from gengdu.cli.help import ChineseGroup
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.printing import console
from gengdu.cli.school_files import read_schools, refuse_known, schools_option
from gengdu.kernel.quantities import shown


class Evaluations(ChineseGroup):
    """Takes what is no command for the place of a snapshot: `gengdu evaluate SNAPSHOT…`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a path goes to `snapshots`, a mistyped name does not."""
        first = args[0]
        if first not in self.commands and ("/" in first or Path(first).exists()):
            args = ["snapshots", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=Evaluations)
def evaluate() -> None:
    """国家评估和全部指标：按底册、一校一行的表，或若干区县的快照计算。"""


evaluate.add_command(snapshots)


evaluate.add_command(universal_preschool)


@evaluate.command(name="quality-balance")
@schools_option("一校一行（多学段学校一段一行）的 CSV 或 Excel 文件；不写则按底册计算。")
@day_options
@click.option("--strict", is_flag=True, help="不用过渡性放宽（走教的体育、艺术教师）。")
@click.option(
    "--form",
    "form",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="另存国家申报表（表Ⅰ至表Ⅵ）为 .xlsx；没有报的留空，列在“未报”表里。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，数值不修约。")
def quality_balance(
    file: Path | None, on: date | None, known: date | None, strict: bool, form: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """县域义务教育优质均衡：七项资源指标、达标情况和差异系数。"""
    refuse_known(file, known)
    if form is not None and form.suffix.lower() != ".xlsx":
        raise CannotGoOn(f"--form 写的是 {form.name}，申报表只能存为 .xlsx，请改文件名。")
    if file is None:
        moment = moment_of(on, known)
        found = evaluations.quality_balance(moment, strict=strict).evaluation
        content = report.of_standing(standing(moment, strict=strict)) if form else {}
    else:
        day = on or timezone.localdate()
        rules = Rules.on(day, strict=strict)
        found = verdict.evaluate(resources.assess(read_schools(file), rules), rules)
        content = report.of_evaluation(found, day, strict=strict)
    if form is not None:
        form.write_bytes(book.write(content))
    if as_json:
        click.echo(json.dumps(telling.as_data(found), ensure_ascii=False, indent=1))
    else:
        _print(found)


def _print(found: Evaluation) -> None:
    out = console()
    for stage in found.stages:
        out.print(f"{STAGES_ZH[stage.stage]}：{MARKED_ZH[stage.verdict]}　{stage.reason_zh}")
        table = Table()
        for head in ("指标", "全县均值", "标准差", "差异系数", "限值"):
            table.add_column(head, justify="left" if head == "指标" else "right")
        for name in INDICATORS:
            spread = stage.spreads[name]
            mark = "（临界）" if name in stage.borderline else ""
            table.add_row(
                NAMES_ZH[name],
                shown(spread.mean if spread else None, "per_pupil"),
                shown(spread.deviation if spread else None, "per_pupil"),
                shown(spread.coefficient if spread else None, COEFFICIENT) + mark,
                shown(stage.limit, COEFFICIENT),
            )
        out.print(table)
        out.print(
            f"{stage.passed} / {stage.schools} 所达标，学生 {stage.pupils} 人；"
            f"七项差异系数的平均 {shown(stage.composite, COEFFICIENT)}（只列示，不判定）\n"
        )
    for school in found.schools:
        if school.verdict != Verdict.MET or school.borderline:
            row = school.stage.row
            critical = "、".join(NAMES_ZH[name] for name in school.borderline)
            told = f"；临界：{critical}" if critical else ""
            out.print(
                f"{MARKED_ZH[school.verdict]} {row.school}（{STAGES_ZH[row.stage]}）"
                f"{school.reason_zh}{told}"
            )
    for one in found.assessed.excluded:
        out.print(f"— {one.row.school}：{one.reason_zh}")
    for warning in found.assessed.warnings:
        out.print(f"▲ {warning}")
