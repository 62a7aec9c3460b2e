"""The answer for the live district or for rows from a file: the plan, how far, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gengdu.analytics.quality_balance.resources import Rules as Standard
from gengdu.analytics.quality_balance.school_rows import SchoolRow
from gengdu.analytics.quality_balance.verdict import Evaluation, SchoolVerdict
from gengdu.analytics.run import Moment
from gengdu.board.evaluations import STAGES, District, quality_balance
from gengdu.board.live import LiveIndicators, indicators
from gengdu.board.path_to_target import county
from gengdu.board.path_to_target.allowed import SORTS, TRANSFER, Allowed, Sort
from gengdu.planning.path_to_target import (
    Culprits,
    Effort,
    Move,
    NoPath,
    Plan,
    Reach,
    find_culprits,
    furthest,
    solve,
)

TEACHERS = "quality_balance_teachers"
QUICK = Effort(gap=Fraction(1, 100), nodes=1000, rounds=6)
"""For what somebody tries out: as near as is asked of a district, with fewer tries to get there."""


@dataclass(frozen=True)
class Item:
    """One thing to do at one place.

    Attributes:
        stage: What the stage is called; "" for the whole school.
        giver: Who gives the teachers; "" where nobody is moved.
        kind: What the moved teachers count for.
    """

    sort: Sort
    school: str
    stage: str
    count: int
    yuan: Fraction
    giver: str = ""
    kind: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What can be done.

    Attributes:
        before: How the district stands.
        after: How it stands after the plan, by the evaluation's own code.
        plan: What is done.
        reach: How far it comes, where not everything can pass; None where it all does.
        culprits: Why not everything can; None where it does or where no reason is proven.
    """

    before: Evaluation
    after: Evaluation
    plan: Plan
    reach: Reach | None
    culprits: Culprits | None

    @property
    def items(self) -> list[Item]:
        """Everything that is done, by sort in their order, then by school."""
        return [item for sort in SORTS for item in self._items_of(sort)]

    def _items_of(self, sort: Sort) -> list[Item]:
        if sort.name == TRANSFER:
            return [self._moved(sort, move) for move in self.plan.moves]
        return [
            Item(sort, column.school, _stage(column.stage), count, column.cost * count)
            for column, count in self.plan.done
            if column.action == sort.name
        ]

    def _moved(self, sort: Sort, move: Move) -> Item:
        transfer = self.plan.choices.problem.transfer
        assert transfer is not None
        yuan = transfer.cost * move.teachers
        return Item(
            sort, move.taker, _stage(move.stage), move.teachers, yuan, move.giver, move.kind
        )

    @property
    def changed(self) -> list[tuple[SchoolVerdict, SchoolVerdict]]:
        """The schools whose values move, before and after."""
        pairs = zip(self.before.schools, self.after.schools, strict=True)
        return [(was, now) for was, now in pairs if was.stage.measured != now.stage.measured]


def _stage(stage: str) -> str:
    return str(STAGES[stage]) if stage else ""


def of_district(
    moment: Moment, allowed: Allowed, *, strict: bool = False, effort: Effort | None = None
) -> Answer:
    """Return the answer for the live district.

    Args:
        moment: The day, and the day whose knowledge counts.
        allowed: What may be done.
        strict: Whether the relaxation for visiting teachers is left out.
        effort: How hard to try.

    Raises:
        county.NoPupils: If no school is evaluated.
        county.Unreported: If a school has not reported something.
        school_rows.Faulty: If the registers contradict themselves.
    """
    district = quality_balance(moment, strict=strict)
    return of_changed(
        moment, district, district.rows, district.evaluation, allowed, strict=strict, effort=effort
    )


def of_changed(
    moment: Moment, district: District, rows: Sequence[SchoolRow], found: Evaluation,
    allowed: Allowed, *, strict: bool = False, effort: Effort | None = None,
) -> Answer:  # fmt: skip
    """Return the answer for the live district with some of its rows changed.

    Args:
        moment: The day, and the day whose knowledge counts.
        district: As it is; its teachers are those who may move.
        rows: As they would be.
        found: The evaluation of those rows.
        allowed: What may be done.
        strict: Whether the relaxation for visiting teachers is left out.
        effort: How hard to try.

    Raises:
        county.NoPupils: If no school is evaluated.
        county.Unreported: If a school has not reported something.
    """
    names = {district.school_ids[row.row]: row.school for row in district.rows}

    def teachers(live: LiveIndicators) -> county.Teachers:
        table = live.relation(TEACHERS, moment, order="staff_id, stage").to_pylist()
        return county.teachers_of(table, names)

    known = indicators.shown(("path_to_target", moment), teachers)
    return of_rows(
        rows, found, Standard.on(moment.on, strict=strict), allowed,
        teachers=known, areas=district.areas, effort=effort,
    )  # fmt: skip


def of_rows(
    rows: Sequence[SchoolRow], found: Evaluation, standard: Standard, allowed: Allowed, *,
    teachers: county.Teachers | None = None, areas: Mapping[str, str] | None = None,
    effort: Effort | None = None,
) -> Answer:  # fmt: skip
    """Return the answer for rows that have been evaluated.

    Raises:
        county.NoPupils: If no school is evaluated.
        county.Unreported: If a school has not reported something.
    """
    problem = county.problem_of(found, standard, allowed, teachers or {}, areas or {}, STAGES)
    try:
        plan = solve(problem, effort=effort)
    except NoPath as none:
        reach = furthest(problem, effort=effort)
        culprits = find_culprits(none.choices) if none.is_proven else None
        after = county.confirmed(rows, reach.plan, standard, whole=False)
        return Answer(found, after, reach.plan, reach, culprits)
    after = county.confirmed(rows, plan, standard, whole=True)
    return Answer(found, after, plan, None, None)


def as_data(answer: Answer) -> dict[str, Any]:
    """Return an answer as lists and numbers, for programs."""
    plan = answer.plan
    return {
        "passes": answer.reach is None,
        "cost_yuan": float(plan.cost),
        "bound_yuan": float(plan.bound),
        "gap": float(plan.gap),
        "greedy_yuan": None if plan.greedy_cost is None else float(plan.greedy_cost),
        "failing_now": answer.reach.failing_now if answer.reach else None,
        "passing_more": answer.reach.passing if answer.reach else None,
        "passing_at_most": answer.reach.at_most if answer.reach else None,
        "items": [
            {"action": item.sort.name, "school": item.school, "stage": item.stage,
             "count": item.count, "yuan": float(item.yuan), "giver": item.giver,
             "kind": list(item.kind)}
            for item in answer.items
        ],
        "culprits": _culprits(answer.culprits),
    }  # fmt: skip


def _culprits(found: Culprits | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "limits": [{"limit": list(one.group), "needed": one.needed} for one in found.limits],
        "requirements": [list(one) for one in found.requirements],
        "is_minimal": found.is_minimal,
    }
