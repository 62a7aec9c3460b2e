"""Rounds of outer approximation until the gap between plan and bound is proven small enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from gengdu.planning.path_to_target.choices import Choices, choices_of
from gengdu.planning.path_to_target.model import (
    YUAN,
    Cone,
    Infeasible,
    Model,
    OutOfEffort,
    Solved,
)
from gengdu.planning.path_to_target.plan import Plan, standing_at
from gengdu.planning.path_to_target.problem import Problem
from gengdu.planning.path_to_target.rule_of_thumb import by_hand, mended

SEARCHED = 0.7
"""The part of the gap that one search may leave; the rest is for the mending of its answer."""
NEAR = 0.8
"""Coefficients above this part of their limit are in the model from the start."""
EXACT = 1e-7
TOUCH = 1e-4
"""A coefficient this little over its limit is near enough before whole numbers are asked for."""


@dataclass(frozen=True)
class Effort:
    """How hard to try: work is limited, not time, so that a run repeats.

    Attributes:
        gap: Part of the cost within which the plan must be the least.
        nodes: Of each search tree at most.
        rounds: Of whole-number problems at most.
        relaxed_rounds: Of problems without whole numbers before the first of those.
    """

    gap: Fraction = Fraction(1, 100)
    nodes: int = 20_000
    rounds: int = 12
    relaxed_rounds: int = 40


class NoPath(Exception):
    """No set of the allowed actions makes the county pass, or none was found with the effort."""

    def __init__(self, choices: Choices, *, is_proven: bool) -> None:
        """Say whether it is proven that there is none."""
        super().__init__("no path" if is_proven else "no path found")
        self.choices = choices
        self.is_proven = is_proven


def solve(problem: Problem, *, effort: Effort | None = None) -> Plan:
    """Return the cheapest plan by which every place and coefficient passes, with its proven gap.

    Raises:
        NoPath: If there is none; `find_culprits` says why.
    """
    return _Search(choices_of(problem), effort or Effort()).run()


class _Rounds:
    """Searches one approximation after the other, and counts the work."""

    def __init__(self, choices: Choices, effort: Effort) -> None:
        self.choices, self.effort = choices, effort
        self.rounds = self.nodes = 0

    def _searched(self, model: Model, start: list[int] | None) -> tuple[Solved, list[int]]:
        """Return what a search came to, and how often it takes each action."""
        gap = float(self.effort.gap) * SEARCHED
        solved = model.search(gap=gap, nodes=self.effort.nodes, start=start)
        self.rounds += 1
        self.nodes += solved.nodes
        return solved, [round(value) for value in solved.values[: len(self.choices.columns)]]


class _Search(_Rounds):
    def __init__(self, choices: Choices, effort: Effort) -> None:
        super().__init__(choices, effort)
        self.best: list[int] | None = None
        self.best_cost: Fraction | None = None
        self.bound = Fraction(0)
        self.greedy_cost: Fraction | None = None

    def run(self) -> Plan:
        nothing = [0] * len(self.choices.columns)
        if self._take(nothing):
            return self._plan()
        by_rule = by_hand(self.choices)
        if by_rule is not None and self._take(by_rule):
            self.greedy_cost = self.best_cost
        try:
            self._approximate()
        except Infeasible:
            raise NoPath(self.choices, is_proven=True) from None
        except OutOfEffort:
            pass
        if self.best is None:
            raise NoPath(self.choices, is_proven=False)
        return self._plan()

    def _approximate(self) -> None:
        model = Model(self.choices, self._cones_near())
        solved = self._relax(model)
        self._raise_bound(solved)
        for _round in range(self.effort.rounds):
            if self._is_near_enough():
                return
            solved, times = self._searched(model, self.best)
            self._raise_bound(solved)
            if not self._take(times):
                better = mended(self.choices, times)
                if better is not None:
                    self._take(better)
            added = model.refine(solved, EXACT)
            missing = self._missing_cones(model, times)
            if missing:
                model = Model(self.choices, [*model.mean_at, *missing])
                self._relax(model)
            elif not added:
                return

    def _cones_near(self) -> list[Cone]:
        excess = standing_at(self.choices, self.choices.levels).excess
        return [cone for cone, squared in excess.items() if squared > NEAR**2]

    def _missing_cones(self, model: Model, times: list[int]) -> list[Cone]:
        standing = standing_at(self.choices, self.choices.levels_after(times))
        return [cone for cone in standing.apart if cone not in model.mean_at]

    def _relax(self, model: Model) -> Solved:
        solved = model.relax()
        for _round in range(self.effort.relaxed_rounds):
            if not model.refine(solved, TOUCH):
                break
            solved = model.relax()
        return solved

    def _raise_bound(self, solved: Solved) -> None:
        if solved.bound == -inf:
            return  # stopped before anything was proven
        # A hair off, for the solver's own tolerance.
        proven = Fraction(solved.bound) * Fraction(YUAN) * (1 - Fraction(1, 10**7))
        self.bound = max(self.bound, proven)

    def _take(self, times: list[int]) -> bool:
        """Take a plan as the best so far if it is one; tell whether it passes at all."""
        if self.choices.breaks_limit(times):
            return False
        if not standing_at(self.choices, self.choices.levels_after(times)).passes:
            return False
        cost = self.choices.cost(times)
        if self.best_cost is None or cost < self.best_cost:
            self.best, self.best_cost = times, cost
        return True

    def _is_near_enough(self) -> bool:
        if self.best_cost is None:
            return False
        return self.best_cost - self.bound <= self.effort.gap * self.best_cost

    def _plan(self) -> Plan:
        assert self.best is not None
        assert self.best_cost is not None
        standing = standing_at(self.choices, self.choices.levels_after(self.best))
        bound = min(self.bound, self.best_cost)
        return Plan(
            self.choices, tuple(self.best), self.best_cost, bound, standing, self.greedy_cost,
            self.rounds, self.nodes,
        )  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """How far the limits let the county come.

    Attributes:
        plan: The cheapest found that brings so many to pass.
        passing: Places and coefficients that pass after it, of those that fail now.
        at_most: No plan brings more of them to pass.
        failing_now: How many fail now.
    """

    plan: Plan
    passing: int
    at_most: int
    failing_now: int


def furthest(problem: Problem, *, effort: Effort | None = None) -> Reach:
    """Return how far the limits reach: as many to pass as can, and that at the least cost."""
    return _Furthest(choices_of(problem), effort or Effort()).run()


class _Furthest(_Rounds):
    def __init__(self, choices: Choices, effort: Effort) -> None:
        super().__init__(choices, effort)
        now = standing_at(choices, choices.levels)
        self.failing_now = len(now.failing) + len(now.apart)
        self.times = [0] * len(choices.columns)
        self.passing = 0
        self.cost: Fraction = Fraction(0)

    def run(self) -> Reach:
        cones = [(s, name) for s in self.choices.stages for name in self.choices.problem.indicators]
        model = Model(self.choices, cones, is_partial=True)
        model.aim_at_most_passing()
        already = len(model.passing) - self.failing_now
        at_most = self.failing_now
        try:
            solved = self._rounds(model, lambda _solved: True)
            if solved is not None:
                at_most = min(at_most, int(-solved.bound + EXACT) - already)
            model.keep_passing(self.passing + already)
            model.aim_at_cost()
            bound = self._rounds(model, self._is_cheap_enough)
        except (Infeasible, OutOfEffort):
            bound = None
        standing = standing_at(self.choices, self.choices.levels_after(self.times))
        least = Fraction(bound.bound) * Fraction(YUAN) if bound is not None else Fraction(0)
        plan = Plan(
            self.choices, tuple(self.times), self.cost, min(max(least, Fraction(0)), self.cost),
            standing, None, self.rounds, self.nodes,
        )  # fmt: skip
        return Reach(plan, self.passing, max(at_most, self.passing), self.failing_now)

    def _rounds(self, model: Model, is_enough: Callable[[Solved], bool]) -> Solved | None:
        """Search and refine until what was taken is as good as the answer claims; return it."""
        solved = None
        for _round in range(self.effort.rounds):
            solved, times = self._searched(model, self.times)
            meant = [cone for cone, at in model.within_at.items() if solved.values[at] > 0.5]
            better = mended(self.choices, times, meant)
            self._take(times if better is None else better)
            added = model.refine(solved, TOUCH)
            if not added or (self._is_as_claimed(model, solved) and is_enough(solved)):
                break
        return solved

    def _is_cheap_enough(self, solved: Solved) -> bool:
        return self.cost - Fraction(solved.bound) * Fraction(YUAN) <= self.effort.gap * self.cost

    def _is_as_claimed(self, model: Model, solved: Solved) -> bool:
        claimed = sum(solved.values[at] > 0.5 for at in model.passing)
        return bool(self.passing + len(model.passing) - self.failing_now >= claimed)

    def _take(self, times: list[int]) -> None:
        if self.choices.breaks_limit(times):
            return
        standing = standing_at(self.choices, self.choices.levels_after(times))
        if standing.harmed:
            return
        passing = self.failing_now - len(standing.failing) - len(standing.apart)
        cost = self.choices.cost(times)
        if (passing, -cost) > (self.passing, -self.cost):
            self.times, self.passing, self.cost = times, passing, cost
