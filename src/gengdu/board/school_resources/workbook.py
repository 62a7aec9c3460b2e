"""The matrix of schools and indicators as a workbook, every stage that the page shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.analytics.quality_balance import verdict
from gengdu.analytics.quality_balance.resources import INDICATORS, PER_HUNDRED, Measured, Rules
from gengdu.analytics.run import Moment
from gengdu.analytics.verdicts import Verdict
from gengdu.board.evaluations import STAGES, District, Line
from gengdu.board.school_resources import words
from gengdu.documents.books import Kind
from gengdu.documents.writing import OutColumn, write_table
from gengdu.kernel.quantities import rounded, shown

VERDICTS = {
    Verdict.MET: gettext_lazy("达标"), Verdict.UNMET: gettext_lazy("未达标"),
    Verdict.UNKNOWN: gettext_lazy("未报齐"),
}  # fmt: skip


def write(
    file: BinaryIO, found: District, lines: Sequence[Line], moment: Moment, rules: Rules,
    *, at: datetime, by: str,
) -> None:  # fmt: skip
    """Write the matrix: two columns for each indicator, its value and what it lacks."""
    write_table(
        file, title=_("优质均衡 资源配置"), columns=_columns(), rows=_rows(lines), created=at,
        facts=list(_facts(found, moment, rules, by)),
    )  # fmt: skip


def _columns() -> list[OutColumn]:
    heads = [OutColumn(_("学校"), 24), OutColumn(_("学段"), 8), OutColumn(_("学生数"), 9, "whole"),
             OutColumn(_("判定"), 9), OutColumn(_("达标项数"), 9, "whole")]  # fmt: skip
    for name in INDICATORS:
        lacking = f"{words.NUMBERS[name]} {_('差')}（{words.COUNTED_IN[name]}）"
        kind: Kind = "number" if name in PER_HUNDRED else "amount"
        heads += [OutColumn(f"{words.NUMBERS[name]} {words.full(name)}", 14, "amount"),
                  OutColumn(lacking, 14, kind)]  # fmt: skip
    return [*heads, OutColumn(_("说明"), 60)]


def _rows(lines: Sequence[Line]) -> Iterator[list[object]]:
    for line in lines:
        row = line.verdict.stage.row
        cells: list[object] = [row.school, line.stage, row.pupils,
                               str(VERDICTS[line.verdict.verdict]), line.verdict.met]  # fmt: skip
        for name in INDICATORS:
            one = line.verdict.stage.measured[name]
            cells += [_("未报"), None] if one is None else [_number(one.value), _lacking(one)]
        yield [*cells, line.verdict.reason_zh]


def _number(value: Fraction) -> float:
    return float(rounded(value, "per_pupil"))


def _lacking(one: Measured) -> float | None:
    return _number(one.missing) if one.missing else None


def _facts(found: District, moment: Moment, rules: Rules, by: str) -> Iterator[tuple[str, str]]:
    yield _("截至"), f"{moment.on}"
    if moment.known is not None:
        yield _("按当日已知"), f"{moment.known}"
    yield _("判定规则"), _("七项中 %(needed)s 项达到数值，其余一项不低于数值的 %(floor)s") % {
        "needed": rules.needed, "floor": shown(rules.floor, "share"),
    }  # fmt: skip
    yield _("走教教师"), _visiting(rules)
    for stage in found.evaluation.stages:
        label = str(STAGES[stage.stage.value])
        yield f"{label} {_('判定')}", f"{VERDICTS[stage.verdict]}：{stage.reason_zh}"
        for name, spread in stage.spreads.items():
            line = shown(rules.lines[stage.stage][name], "per_pupil")
            coefficient = shown(spread.coefficient if spread else None, verdict.COEFFICIENT)
            mean = shown(spread.mean if spread else None, "per_pupil")
            yield f"{label} {words.NUMBERS[name]}", _(
                "%(name)s：数值 %(line)s，均值 %(mean)s，差异系数 %(coefficient)s（限值 %(limit)s）"
            ) % {
                "name": words.full(name), "line": line, "mean": mean, "coefficient": coefficient,
                "limit": shown(stage.limit, verdict.COEFFICIENT),
            }  # fmt: skip
    yield _("导出人"), by


def _visiting(rules: Rules) -> str:
    if rules.visiting is None:
        return _("不计入")
    first, last = rules.visiting
    return _("%(first)s—%(last)s 人的农村学校计入") % {"first": first, "last": last}
