"""The outer approximation of a problem as rows and columns of HiGHS.

A level v(u) of a place u is what it is now plus what the columns add. For an indicator of a stage
with weights w(u) = pupils of u ÷ pupils of the stage and mean m = Σ w(u)·v(u), the coefficient is
within its limit c exactly when Σ w(u)·(v(u) - m)² ÷ (c·m) ≤ c·m. The sum is taken apart, one
t(u) ≥ w(u)·(v(u) - m)² ÷ (c·m) for each place, and each of these is approximated from outside by
its tangents t(u) ≥ w(u)·(2·r·(v(u) - m) - r²·c·m), which touch where (v(u) - m) ÷ (c·m) = r.

Source: Vielma, Dunning, Huchette, Lubin (2017), Extended formulations in mixed integer conic
quadratic programming; the tangents are those of the perspective of a square.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from gengdu.planning.path_to_target.choices import Choices

YUAN = 10_000.0
"""Costs are counted in 万元, so that numbers of one size meet in the solver."""
FIRST_TANGENTS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 4.0)
CENTRE = 1e-6
"""Nearer the mean than this the first tangent, at 0, already touches."""
INFINITY = highspy.kHighsInf
Cone = tuple[str, str]
"""A stage and an indicator."""
Group = tuple[str, ...]
"""What a row or bound says, in words of the problem: ("budget", name), ("together", action),
("leaving", school, stage), ("pool", school, stage, action), ("each", action, school, stage),
("unharmed", school, stage, indicator), ("school", school, stage), ("coefficient", stage,
indicator); empty for what only defines."""


class QuietHighs(highspy.Highs):
    """HiGHS without callbacks: setting them up prints a banner that nothing could turn off."""

    def __init__(self) -> None:
        """Make the solver's own object and nothing more."""
        super(highspy.Highs, self).__init__()


@dataclass
class Rows:
    """Rows that are gathered before they are handed over at once."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def add(
        self, terms: Iterable[tuple[int, float]], lower: float, upper: float, group: Group = ()
    ) -> None:
        """Add lower ≤ Σ factor × column ≤ upper."""
        self.groups.append(group)
        self.starts.append(len(self.at))
        for column, factor in terms:
            self.at.append(column)
            self.factors.append(factor)
        self.lower.append(lower)
        self.upper.append(upper)


@dataclass(frozen=True)
class Solved:
    """What one run of the solver found.

    Attributes:
        values: Of every column of the model; empty where it found nothing.
        objective: Of those values.
        bound: Nothing is better than this; proven.
        nodes: Of its search tree.
    """

    values: NDArray[np.float64]
    objective: float
    bound: float
    nodes: int


class Infeasible(Exception):
    """The approximation, and so the problem, has no answer."""


class OutOfEffort(Exception):
    """The solver stopped at its limit before it found anything."""


class Model:
    """The approximation of a problem; tangents are added to it as they are needed.

    Columns stand in this order: those of the choices; a level for each place and indicator; a
    yes-or-no for each level below its line; then, for each cone in use, its mean and its t(u). With
    `is_partial` there is a yes-or-no more for each place that fails and for each cone in use:
    whether it is to pass at all.
    """

    def __init__(
        self, choices: Choices, cones: Sequence[Cone], *, is_partial: bool = False
    ) -> None:
        """Build the model with the first tangents of some cones."""
        self.choices = choices
        self.is_partial = is_partial
        self.groups: list[Group] = []
        """Of every row."""
        self.solver = QuietHighs()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0),
                            ("mip_feasibility_tolerance", 1e-7)):  # fmt: skip
            self.solver.setOptionValue(name, value)
        self._add_columns([0.0] * len(choices.columns), [float(c.most) for c in choices.columns])
        self._add_limits()
        self.level_at: dict[tuple[int, str], int] = {}
        self.passes_at: dict[int, int] = {}
        self.within_at: dict[Cone, int] = {}
        self.mean_at: dict[Cone, int] = {}
        self.parts_at: dict[Cone, int] = {}
        self._add_levels()
        self._add_school_rules()
        self._whole = [*range(len(choices.columns)), *self._yes_no]
        for cone in cones:
            self._add_cone(cone)
        self.aim_at_cost()

    # What the model is made of

    def _add_columns(self, lower: Sequence[float], upper: Sequence[float]) -> int:
        first: int = self.solver.getNumCol()
        count = len(lower)
        none: NDArray[np.float64] = np.zeros(0)
        self.solver.addCols(
            count, np.zeros(count), np.asarray(lower, float), np.asarray(upper, float),
            0, np.zeros(count, np.int32), np.zeros(0, np.int32), none,
        )  # fmt: skip
        return first

    def _add_rows(self, rows: Rows) -> None:
        self.solver.addRows(
            len(rows.lower), np.asarray(rows.lower, float), np.asarray(rows.upper, float),
            len(rows.at), np.asarray(rows.starts, np.int32), np.asarray(rows.at, np.int32),
            np.asarray(rows.factors, float),
        )  # fmt: skip
        self.groups += rows.groups

    def _add_limits(self) -> None:
        rows = Rows()
        for limit in self.choices.limits:
            scale = YUAN if limit.group[:1] == ("budget",) else 1.0
            most = float(limit.most) / scale
            terms = ((at, float(factor) / scale) for at, factor in limit.terms)
            rows.add(terms, most if limit.is_equation else -INFINITY, most, limit.group)
        self._add_rows(rows)

    def _add_levels(self) -> None:
        keys = list(self.choices.levels)
        now = [float(self.choices.levels[key]) for key in keys]
        # Nobody is harmed: what has reached its line keeps it, what has not does not sink.
        first = self._add_columns([min(1.0, level) for level in now], [INFINITY] * len(keys))
        rows = Rows()
        for number, (key, level) in enumerate(zip(keys, now, strict=True)):
            self.level_at[key] = first + number
            gains = ((at, -float(gain)) for at, gain in self.choices.gains[key])
            rows.add([(first + number, 1.0), *gains], level, level)
        self._add_rows(rows)

    def _add_school_rules(self) -> None:
        """Add what makes each place pass that does not yet: a yes-or-no for each unmet level."""
        rules, names = self.choices.problem.rules, self.choices.problem.indicators
        self._yes_no: list[int] = []
        rows = Rows()
        for number in range(len(self.choices.problem.places)):
            levels = {name: self.choices.levels[number, name] for name in names}
            unmet = [name for name in names if levels[name] < 1]
            to_reach = rules.needed - (len(names) - len(unmet))
            if unmet and (to_reach > 0 or min(levels.values()) < rules.floor):
                self._add_school_rule(rows, number, unmet, max(0, to_reach))
        self._add_rows(rows)

    def _add_school_rule(self, rows: Rows, number: int, unmet: list[str], to_reach: int) -> None:
        """Add that so many of the unmet levels reach 1 and the others the floor.

        Where the place need not pass, its own yes-or-no p takes this back: a level is at least
        now + p·(least - now) + yes·(1 - least), and yes is at most p.
        """
        place = self.choices.problem.places[number]
        group = ("school", place.school, place.stage)
        first = self._add_columns([0.0] * len(unmet), [1.0] * len(unmet))
        self._yes_no += range(first, first + len(unmet))
        passes: int | None = None
        if self.is_partial:
            passes = self.passes_at[number] = self._add_columns([0.0], [1.0])
            self._yes_no.append(passes)
        for reached, name in enumerate(unmet, first):
            now = float(self.choices.levels[number, name])
            least = max(now, float(self.choices.problem.rules.floor))
            terms = [(self.level_at[number, name], 1.0), (reached, least - 1.0)]
            if passes is None:
                rows.add(terms, least, INFINITY, group)
            else:
                rows.add([*terms, (passes, now - least)], now, INFINITY, group)
                rows.add([(reached, 1.0), (passes, -1.0)], -INFINITY, 0.0, group)
        count = [(first + offset, 1.0) for offset in range(len(unmet))]
        if passes is None:
            rows.add(count, float(to_reach), INFINITY, group)
        else:
            rows.add([*count, (passes, -float(to_reach))], 0.0, INFINITY, group)

    def _add_cone(self, cone: Cone) -> None:
        stage, name = cone
        places = self.choices.stages[stage]
        weights = self.weights(stage)
        limit = self.limit(stage)
        mean = self._add_columns([0.0], [INFINITY])
        parts = self._add_columns([0.0] * len(places), [INFINITY] * len(places))
        self.mean_at[cone], self.parts_at[cone] = mean, parts
        rows = Rows()
        levels = [self.level_at[number, name] for number in places]
        rows.add([(mean, 1.0), *zip(levels, -weights, strict=True)], 0.0, 0.0)
        total = [(parts + offset, 1.0) for offset in range(len(places))]
        if self.is_partial:
            within = self._add_columns([0.0], [1.0])
            self._whole.append(within)
            self.within_at[cone] = within
            slack = self._largest_excess(cone)
            rows.add([*total, (mean, -limit), (within, slack)], -INFINITY, slack)
        else:
            rows.add([*total, (mean, -limit)], -INFINITY, 0.0, ("coefficient", *cone))
        self._add_rows(rows)
        count = len(places)
        for ratio in FIRST_TANGENTS:
            self.add_tangents(cone, np.full(count, ratio), np.full(count, True))

    def _largest_excess(self, cone: Cone) -> float:
        """Return more than Σ t - c·m can be worth paying for: twice what it is now, and 1."""
        stage, name = cone
        levels = np.array([float(self.choices.levels[n, name]) for n in self.choices.stages[stage]])
        limit = self.limit(stage)
        mean = float(self.weights(stage) @ levels)
        spread = float(self.weights(stage) @ (levels - mean) ** 2)
        return 2.0 * spread / (limit * max(mean, 0.1)) + 2.0

    def weights(self, stage: str) -> NDArray[np.float64]:
        """Return each place's part of the pupils of its stage."""
        places = self.choices.stages[stage]
        pupils = np.array([self.choices.problem.places[number].pupils for number in places], float)
        shares: NDArray[np.float64] = pupils / pupils.sum()
        return shares

    @property
    def passing(self) -> list[int]:
        """The columns that say whether a place or a cone is to pass."""
        return [*self.passes_at.values(), *self.within_at.values()]

    def limit(self, stage: str) -> float:
        """Return the largest coefficient of a stage."""
        return float(self.choices.problem.rules.limits[stage])

    def add_tangents(
        self, cone: Cone, ratios: NDArray[np.float64], where: NDArray[np.bool_]
    ) -> None:
        """Add a tangent at a ratio of each place for which `where` holds."""
        stage, name = cone
        places, weights = self.choices.stages[stage], self.weights(stage)
        limit = self.limit(stage)
        mean, parts = self.mean_at[cone], self.parts_at[cone]
        rows = Rows()
        for offset in np.flatnonzero(where):
            ratio, weight = float(ratios[offset]), float(weights[offset])
            slope = 2.0 * ratio * weight
            level = self.level_at[places[offset], name]
            flat = weight * ratio**2 * limit
            rows.add(
                [(parts + int(offset), 1.0), (level, -slope), (mean, slope + flat)], 0.0, INFINITY
            )
        self._add_rows(rows)

    # What it is asked

    def aim_at_cost(self) -> None:
        """Ask for the least cost."""
        costs = np.zeros(self.solver.getNumCol())
        for number, column in enumerate(self.choices.columns):
            costs[number] = float(column.cost) / YUAN
        self._aim(costs)

    def aim_at_most_passing(self) -> None:
        """Ask for as many places and cones that pass as can be."""
        costs = np.zeros(self.solver.getNumCol())
        costs[self.passing] = -1.0
        self._aim(costs)

    def keep_passing(self, at_least: int) -> None:
        """Let at least so many places and cones pass, whatever is asked from now on."""
        rows = Rows()
        rows.add([(at, 1.0) for at in self.passing], float(at_least), INFINITY)
        self._add_rows(rows)

    def _aim(self, costs: NDArray[np.float64]) -> None:
        count = len(costs)
        self.solver.changeColsCost(count, np.arange(count, dtype=np.int32), costs)

    def relax(self) -> Solved:
        """Solve without whole numbers.

        Raises:
            Infeasible: If there is no answer even so.
        """
        self._set_whole(highspy.HighsVarType.kContinuous)
        return self._run(0)

    def search(self, *, gap: float, nodes: int, start: Sequence[int] | None) -> Solved:
        """Solve in whole numbers.

        Args:
            gap: Part of the objective within which the search may stop.
            nodes: Of the search tree at most.
            start: How often each column of the choices is done in an answer that is known.

        Raises:
            Infeasible: If there is no answer.
            OutOfEffort: If none was found within the nodes.
        """
        self._set_whole(highspy.HighsVarType.kInteger)
        self.solver.setOptionValue("mip_rel_gap", gap)
        self.solver.setOptionValue("mip_max_nodes", nodes)
        if start is not None:
            at = np.arange(len(start), dtype=np.int32)
            self.solver.setSolution(len(start), at, np.asarray(start, float))
        return self._run(nodes)

    def _set_whole(self, kind: highspy.HighsVarType) -> None:
        at = np.asarray(self._whole, np.int32)
        self.solver.changeColsIntegrality(len(at), at, np.full(len(at), kind.value, np.uint8))

    def _run(self, nodes: int) -> Solved:
        self.solver.run()
        status = self.solver.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible,
                      highspy.HighsModelStatus.kUnboundedOrInfeasible):  # fmt: skip
            raise Infeasible
        info = self.solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise OutOfEffort(f"{status.name} after {nodes} nodes")
        values = np.asarray(self.solver.getSolution().col_value)
        bound = info.mip_dual_bound if nodes else info.objective_function_value
        return Solved(values, info.objective_function_value, bound, max(0, info.mip_node_count))

    def violations(
        self, values: NDArray[np.float64]
    ) -> Mapping[Cone, tuple[float, NDArray[np.float64]]]:
        """Return, for each cone in use, its coefficient over its limit and where tangents touch."""
        found = {}
        for cone in self.mean_at:
            stage, name = cone
            levels = values[[self.level_at[number, name] for number in self.choices.stages[stage]]]
            weights = self.weights(stage)
            limit = self.limit(stage)
            mean = float(weights @ levels)
            if mean <= 0:
                continue
            ratios = (levels - mean) / (limit * mean)
            found[cone] = (float(np.sqrt(weights @ ratios**2)), ratios)
        return found

    def refine(self, solved: Solved, tolerance: float) -> bool:
        """Add tangents where an answer lies outside a cone; tell whether there were any.

        Cones that are not to hold in the answer are left alone.
        """
        added = False
        for cone, (excess, ratios) in self.violations(solved.values).items():
            within = self.within_at.get(cone)
            is_meant = within is None or solved.values[within] > 0.5
            if excess > 1.0 + tolerance and is_meant:
                self.add_tangents(cone, ratios, np.abs(ratios) > CENTRE)
                added = True
        return added
