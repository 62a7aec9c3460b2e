"""`gengdu evaluate universal-preschool`: 学前教育普及普惠 of the live registers."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import click
from rich.table import Table

from gengdu.analytics.universal_preschool.items import Item, Measure
from gengdu.analytics.verdicts import Verdict
from gengdu.board import preschool
from gengdu.board.preschool import Preschool
from gengdu.cli.days import day_options, moment_of
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.printing import console
from gengdu.kernel.quantities import COMPARISON_SIGNS, shown
from gengdu.policy import variants

VERDICTS_ZH = {
    Verdict.MET: "● 达到", Verdict.UNMET: "✕ 未达到", Verdict.UNKNOWN: "？未报",
}  # fmt: skip


@click.command(name="universal-preschool")
@click.option(
    "--population", type=click.IntRange(min=1),
    help="试算用的适龄人口（口径见设置 settings.preschool_population_basis）；"
    "不写则取台账“学前教育年度数据”。",
)  # fmt: skip
@click.option(
    "--basis", type=click.IntRange(1, 2),
    help="毛入园率的分母：1 户籍所在地3—6岁，2 常住3—5岁；不写则按设置。",
)  # fmt: skip
@click.option(
    "--variant", "key", help="按哪个省的数值，如 henan；不写则按设置，没有设置按国家办法。"
)
@day_options
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，数值不修约。")
def universal_preschool(
    population: int | None,
    basis: int | None,
    key: str | None,
    on: date | None,
    known: date | None,
    as_json: bool,
) -> None:
    """县域学前教育普及普惠：36 项，能算的按底册计算，其余列出靠什么证明。"""
    try:
        variant = preschool.chosen_variant(key)
    except variants.UnknownVariant as error:
        raise CannotGoOn(str(error)) from None
    found = preschool.universal_preschool(
        moment_of(on, known), population=population, variant=variant, basis=basis
    )
    if as_json:
        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=1))
    else:
        _print(found)


def as_data(found: Preschool) -> dict[str, Any]:
    """Return the evaluation as lists and numbers; None where something was not reported."""
    return {
        "verdict": found.evaluation.standing.value,
        "variant": found.variant.key,
        "population_basis": found.shown_basis,
        "items": [_item(one) for one in found.evaluation.items],
        "recognition": _recognition(found.evaluation.recognition),
    }


def _item(one: Item) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": one.number, "requirement": one.requirement_zh, "verdict": one.standing.value,
        "proof": one.proof_zh,
    }  # fmt: skip
    if one.measure is not None:
        told |= _measured(one.measure)
    told["missing"] = one.missing_zh
    if one.statement is not None and one.needs_statement:
        told |= {
            "stated": one.statement.text_zh, "year": one.statement.year,
            "evidence": one.statement.evidence,
        }  # fmt: skip
    return told


def _recognition(one: Measure) -> dict[str, Any]:
    return {"verdict": one.standing.value, **_measured(one), "missing": one.missing}


def _measured(one: Measure) -> dict[str, Any]:
    return {
        "name": one.fact.name, "value": _number(one.value), "low": _number(one.low),
        "high": _number(one.high), "line": _number(one.line), "compare": one.fact.compare,
        "counted": one.counted, "source": one.fact.source.title, "borderline": one.is_borderline,
    }  # fmt: skip


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _print(found: Preschool) -> None:
    out = console()
    evaluation = found.evaluation
    counted = "，".join(
        f"{VERDICTS_ZH[standing]} {evaluation.count(standing)} 项" for standing in Verdict
    )
    out.print(f"普及普惠（{found.variant.label_zh}）：{counted}")
    table = Table()
    for head in ("项", "数据项", "数值", "应达到", "判定", "怎么算出来的"):
        table.add_column(head, justify="right" if head in ("项", "数值", "应达到") else "left")
    for one in evaluation.items:
        if one.measure is not None:
            table.add_row(str(one.number), *_cells(one.measure))
    table.add_row("", *_cells(evaluation.recognition))
    out.print(table)
    out.print(f"口径：{found.basis.label_zh}，现取 {found.shown_basis}")
    for words, other in found.others:
        assert other.measure is not None
        out.print(f"按另一口径（{words}）：{VERDICTS_ZH[other.standing]} {other.measure.counted}")
    for one in evaluation.items:
        if one.needs_statement:
            said = [one.requirement_zh, *([one.missing_zh] if one.missing_zh else [])]
            out.print(f"{VERDICTS_ZH[one.standing]} {one.number} {'：'.join(said)}")


def _cells(one: Measure) -> tuple[str, ...]:
    bounds = [shown(bound, one.fact.unit) for bound in (one.low, one.high)]
    return (
        one.fact.label_zh, " — ".join(dict.fromkeys(bounds)),
        f"{COMPARISON_SIGNS[one.fact.compare]} {shown(one.line, one.fact.unit)}",
        VERDICTS_ZH[one.standing], one.counted,
    )  # fmt: skip
