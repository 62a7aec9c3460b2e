"""Between evaluation and planning model: the problem it sets, and the check of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from gengdu.analytics.quality_balance import resources, verdict
from gengdu.analytics.quality_balance.resources import INDICATORS, SPLIT, Measured
from gengdu.analytics.quality_balance.resources import Rules as Standard
from gengdu.analytics.quality_balance.school_rows import SchoolRow
from gengdu.analytics.quality_balance.verdict import NAMES_ZH, Evaluation
from gengdu.analytics.verdicts import Verdict
from gengdu.board.path_to_target.allowed import KINDS, LEAD, QUALIFIED, SPORTS_ARTS, Allowed
from gengdu.planning.path_to_target import Held, Place, Plan, Problem, Rules
from gengdu.planning.path_to_target.problem import Kind

Teachers = Mapping[tuple[str, str], Mapping[Kind, int]]
"""By school and stage: teachers by what one of them counts for."""
COLUMN = {
    "qualified_teachers": "teachers_above", "lead_teachers": "backbone_teachers",
    "sports_arts_teachers": "pe_art_teachers", "teaching_area": "teaching_area_m2",
    "sports_area": "sports_area_m2", "equipment_value": "equipment_yuan",
    "multimedia_classrooms": "multimedia_rooms",
}  # fmt: skip
"""The column of a school's row that more of an indicator's resource goes into."""


class Unreported(ValueError):
    """Something was not reported, so that nothing can be planned; `places` says where."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__("；".join(places))
        self.places = tuple(places)


class NoPupils(ValueError):
    """No stage has a pupil who is evaluated, so that there is nothing to plan for."""

    def __init__(self) -> None:
        super().__init__(
            _("这一天没有小学、初中学段的在校学生，无从计算。可换一个日期，或到“学生”底册登记。")
        )


class Unconfirmed(RuntimeError):
    """The evaluation does not confirm what the planning model claims: a fault of the program."""


def problem_of(
    found: Evaluation, standard: Standard, allowed: Allowed, teachers: Teachers,
    areas: Mapping[str, str], stages: Mapping[str, Any],
) -> Problem:  # fmt: skip
    """Return what has to be solved for every stage and school to pass.

    Args:
        found: How the schools stand.
        standard: The lines they are held against.
        allowed: What may be done.
        teachers: Empty where only totals are known: then nobody can be moved.
        areas: The town of each school.
        stages: What the stages are called, for what is said of them.

    Raises:
        NoPupils: If no school is evaluated.
        Unreported: If a school has not reported something.
    """
    if not found.schools:
        raise NoPupils
    blank = [
        f"{one.stage.row.school}（{stages[one.stage.row.stage.value]}）：{NAMES_ZH[name]}"
        for one in found.schools
        for name in INDICATORS
        if one.stage.measured[name] is None
    ]
    if blank:
        raise Unreported(blank)
    places = []
    for one in found.schools:
        row = one.stage.row
        held = {name: _held(m) for name, m in one.stage.measured.items() if m is not None}
        key = (row.school, row.stage.value)
        places.append(
            Place(*key, row.pupils, held, teachers.get(key, {}), areas.get(row.school, ""))
        )
    limits = {stage.value: limit for stage, limit in standard.limits.items()}
    rules = Rules(standard.needed, standard.floor, limits)
    transfer = allowed.transfer() if teachers else None
    return Problem(
        INDICATORS, SPLIT, tuple(places), tuple(allowed.actions()), rules, transfer,
        allowed.money(may_move=transfer is not None),
    )  # fmt: skip


def _held(one: Measured) -> Held:
    return Held(one.resource, one.pupils, one.line, one.per)


def teachers_of(table: Iterable[Mapping[str, Any]], school: Mapping[int, str]) -> Teachers:
    """Return the teachers of each school and stage by kind.

    Args:
        table: One row per teacher, of the relation quality_balance_teachers.
        school: The name of each school by id.
    """
    found: dict[tuple[str, str], dict[Kind, int]] = {}
    kinds = set(KINDS)
    for row in table:
        name = school.get(row["school_id"])
        if name is None:
            continue
        counts = {
            QUALIFIED: row["is_above"],
            LEAD: row["is_lead"],
            SPORTS_ARTS: row["is_sports_arts"],
        }
        kind = tuple(one for one, has in counts.items() if has)
        assert kind in kinds
        by_kind = found.setdefault((name, row["stage"]), {})
        by_kind[kind] = by_kind.get(kind, 0) + 1
    return found


def confirmed(
    rows: Sequence[SchoolRow], plan: Plan, standard: Standard, *, whole: bool
) -> Evaluation:
    """Return the evaluation of the schools as they are after a plan.

    Args:
        rows: Of the schools before it.
        plan: What is done.
        standard: The lines.
        whole: Whether the plan claims that everything passes.

    Raises:
        Unconfirmed: If the evaluation says otherwise.
    """
    after = verdict.evaluate(resources.assess(after_plan(rows, plan), standard), standard)
    passed = sum(one.verdict == Verdict.MET for one in after.schools)
    claimed = len(after.schools) - len(plan.standing.failing)
    if passed != claimed or (whole and after.verdict != Verdict.MET):
        raise Unconfirmed(_("达标路径的结果没有通过评估程序的复核，请把此页告诉系统维护者。"))
    return after


def after_plan(rows: Sequence[SchoolRow], plan: Plan) -> list[SchoolRow]:
    """Return the schools' rows with what a plan adds and moves."""
    problem = plan.choices.problem
    adds = {action.name: action.adds for action in problem.actions}
    more: dict[tuple[str, str], dict[str, Fraction]] = {}
    for column, count in zip(plan.choices.columns, plan.times, strict=True):
        if not count:
            continue
        at = more.setdefault((column.school, column.stage), {})
        if column.direction:
            sign = 1 if column.direction == "in" else -1
            changes = {name: Fraction(sign) for name in column.kind}
        else:
            changes = dict(adds[column.action])
        for name, amount in changes.items():
            at[COLUMN[name]] = at.get(COLUMN[name], Fraction(0)) + amount * count
    return [_raised(row, more) for row in rows]


def _raised(row: SchoolRow, more: Mapping[tuple[str, str], Mapping[str, Fraction]]) -> SchoolRow:
    figures = dict(row.figures)
    for key in ((row.school, ""), (row.school, row.stage.value)):
        for column, amount in more.get(key, {}).items():
            figures[column] = (figures[column] or Fraction(0)) + amount
    return replace(row, figures=figures)
