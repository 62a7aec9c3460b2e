"""Why there is no path: a set of limits and requirements of which none could stay if all others do.

Where the approximation without whole numbers has no answer, the solver's dual ray names rows and
bounds that contradict each other; those that the contradiction does without are left out one by
one (a deletion filter), so that what is left conflicts only as a whole. For each limit among them
it is told how far it alone would have to give.

Source: Chinneck (2008), Feasibility and Infeasibility in Optimization, ch. 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

import highspy
import numpy as np
from numpy.typing import NDArray

from gengdu.planning.path_to_target.choices import IN, Choices
from gengdu.planning.path_to_target.model import (
    INFINITY,
    YUAN,
    Cone,
    Group,
    Infeasible,
    Model,
    OutOfEffort,
    Solved,
)

ORDER = ("unharmed", "each", "pool", "leaving", "together", "budget", "school", "coefficient")
"""In which they are tried to be left out: what is easiest to explain stays longest."""
REQUIRED = frozenset({"school", "coefficient"})
CLEAR = 1e-7
"""Smaller parts of a ray are the solver's noise."""
MOST_ROUNDS = 60
WHOLE = frozenset({"budget", "together"})
"""Of which it is asked in whole numbers how far they would have to give; there are few of them."""
WHOLE_ROUNDS, WHOLE_NODES = 4, 500
"""Searches for that, and nodes of each; what they have not proven by then is not told."""


@dataclass(frozen=True)
class Culprit:
    """A limit that conflicts with what is required.

    Attributes:
        group: The limit, see `model.Group`.
        needed: By how much it would have to give at least if it alone did: yuan, or times; never
            0, for what conflicts has to give. None where that is not enough.
    """

    group: Group
    needed: int | None


@dataclass(frozen=True)
class Culprits:
    """What cannot hold together.

    Attributes:
        limits: Budgets and upper limits.
        requirements: What they keep from being reached.
        is_minimal: Whether each of them is needed for the conflict. Otherwise only whole numbers
            contradict, and these are the limits that would resolve it.
    """

    limits: tuple[Culprit, ...]
    requirements: tuple[Group, ...]
    is_minimal: bool


def find_culprits(choices: Choices) -> Culprits:
    """Return what makes a problem without a path impossible."""
    cones: list[Cone] = [(s, n) for s in choices.stages for n in choices.problem.indicators]
    model = _Relaxable(choices, cones)
    if model.refine_until_impossible():
        return _conflict(model)
    return _single_limits(model)


def _conflict(model: _Relaxable) -> Culprits:
    kept = model.contradiction()
    for group in sorted(kept, key=lambda one: (ORDER.index(one[0]), one)):
        rest = [one for one in kept if one != group]
        model.keep_only(rest)
        if not model.is_possible():
            kept = rest
    kept.sort(key=lambda one: (-ORDER.index(one[0]), one))
    limits = [one for one in kept if one[0] not in REQUIRED]
    required = tuple(one for one in kept if one[0] in REQUIRED)
    found = tuple(Culprit(group, model.needed(group)) for group in limits)
    return Culprits(found, required, is_minimal=True)


def _single_limits(model: _Relaxable) -> Culprits:
    """Return the limits that would resolve a conflict of whole numbers, each alone."""
    limits = [one for one in model.all_groups if one[0] in ("budget", "together")]
    found = []
    for group in limits:
        model.keep_only([one for one in model.all_groups if one != group])
        if model.is_possible(whole=True):
            found.append(Culprit(group, model.needed(group)))
    return Culprits(tuple(found), (), is_minimal=False)


class _Relaxable(Model):
    """A model whose limits and requirements can be let go of and taken back."""

    def __init__(self, choices: Choices, cones: Sequence[Cone]) -> None:
        super().__init__(choices, cones)
        self._aim(np.zeros(self.solver.getNumCol()))
        self.solver.setOptionValue("presolve", "off")  # the ray is of the model itself

    def refine_until_impossible(self) -> bool:
        """Add tangents until there is no answer without whole numbers; tell whether it came so."""
        for _round in range(MOST_ROUNDS):
            try:
                solved = self.relax()
            except Infeasible:
                self._remember()
                return True
            if not self.refine(solved, CLEAR):
                break
        self._remember()
        return False

    def _remember(self) -> None:
        problem = self.solver.getLp()
        self._rows = np.array([problem.row_lower_, problem.row_upper_])
        self._columns = np.array([problem.col_lower_, problem.col_upper_])
        self._bounds: dict[Group, int] = {}
        """The column whose bound a group is."""
        for number, column in enumerate(self.choices.columns):
            if column.direction != IN:
                group = ("each", column.action, column.school, column.stage, *column.kind)
                self._bounds[group] = number
        for (place, name), at in self.level_at.items():
            one = self.choices.problem.places[place]
            self._bounds["unharmed", one.school, one.stage, name] = at
        self.all_groups = [*dict.fromkeys(group for group in self.groups if group), *self._bounds]

    def contradiction(self) -> list[Group]:
        """Return the groups of rows and bounds in the ray."""
        _status, has_ray, ray = self.solver.getDualRay()  # type: ignore[attr-defined]  # no stub
        if not has_ray:
            return list(self.all_groups)
        ray = np.asarray(ray)
        found = {self.groups[row] for row in np.flatnonzero(np.abs(ray) > CLEAR)} - {()}
        pull = self._pull(ray)
        found |= {group for group, column in self._bounds.items() if abs(pull[column]) > CLEAR}
        kept = sorted(found)
        self.keep_only(kept)
        # Noise may have been cut from the ray that the contradiction needs.
        return list(self.all_groups) if self.is_possible() else kept

    def _pull(self, ray: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the ray's weight on each column: A transposed times the ray."""
        matrix = self.solver.getLp().a_matrix_
        starts, at = np.asarray(matrix.start_), np.asarray(matrix.index_)
        factors = np.asarray(matrix.value_)
        lines = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        pull = np.zeros(self.solver.getNumCol())
        if matrix.format_ == highspy.MatrixFormat.kColwise:
            np.add.at(pull, lines, factors * ray[at])
        else:
            np.add.at(pull, at, factors * ray[lines])
        return pull

    def keep_only(self, kept: Iterable[Group]) -> None:
        """Let go of every limit and requirement but some."""
        stays = {(), *kept}
        rows = np.array([group in stays for group in self.groups])
        lower = np.where(rows, self._rows[0], -INFINITY)
        upper = np.where(rows, self._rows[1], INFINITY)
        count = len(rows)
        every = np.arange(count, dtype=np.int32)
        self.solver.changeRowsBounds(count, every, lower, upper)  # type: ignore[attr-defined]
        lower, upper = self._columns.copy()
        for group, column in self._bounds.items():
            if group not in stays:
                lower[column] = 0.0
                upper[column] = INFINITY
        count = len(lower)
        self.solver.changeColsBounds(count, np.arange(count, dtype=np.int32), lower, upper)

    def is_possible(self, *, whole: bool = False) -> bool:
        """Tell whether what is kept can hold together."""
        try:
            if whole:
                self.search(gap=1.0, nodes=200, start=None)
            else:
                self.relax()
        except (Infeasible, OutOfEffort):
            return False
        return True

    def needed(self, group: Group) -> int | None:
        """Return by how much a limit alone has to give; None where that is not enough."""
        self.keep_only(one for one in self.all_groups if one != group)
        if group in self._bounds:
            if group[0] != "each":
                return None
            column, scale, most = self._bounds[group], 1.0, self._columns[1][self._bounds[group]]
            terms = [(column, 1.0)]
        else:
            row = self.groups.index(group)
            most = self._rows[1][row]
            scale = YUAN if group[0] == "budget" else 1.0
            limit = next(one for one in self.choices.limits if one.group == group)
            terms = [(at, float(factor) / scale) for at, factor in limit.terms]
        costs = np.zeros(self.solver.getNumCol())
        for at, factor in terms:
            costs[at] = factor
        self._aim(costs)
        try:
            least = self.relax_refined()
            if group[0] in WHOLE:
                least = max(least, self._searched())
        except Infeasible:
            return None
        finally:
            self._aim(np.zeros(len(costs)))
        return max(1, ceil(float((least - most) * scale) - CLEAR))

    def relax_refined(self) -> float:
        """Return the least objective without whole numbers, with the cones drawn finely enough."""
        solved = self.relax()
        for _round in range(MOST_ROUNDS):
            if not self._refined(solved):
                break
            solved = self.relax()
        return solved.objective

    def _searched(self) -> float:
        """Return what the objective is at least in whole numbers, as far as it is proven."""
        least = -INFINITY
        self.solver.setOptionValue("presolve", "choose")
        try:
            for _round in range(WHOLE_ROUNDS):
                solved = self.search(gap=0.0, nodes=WHOLE_NODES, start=None)
                least = max(least, solved.bound)
                if not self._refined(solved):
                    break
        except OutOfEffort:
            pass
        finally:
            self.solver.setOptionValue("presolve", "off")
        return least

    def _refined(self, solved: Solved) -> bool:
        """Add tangents where an answer needs them, and remember their bounds; tell whether any."""
        before = len(self.groups)
        if not self.refine(solved, 1e-5):
            return False
        added = len(self.groups) - before
        self._rows = np.concatenate(
            [self._rows, np.array([[0.0] * added, [INFINITY] * added])], axis=1
        )
        return True
