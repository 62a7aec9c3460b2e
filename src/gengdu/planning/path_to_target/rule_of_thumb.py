"""What a careful officer would do by hand: school by school, the cheapest next step.

It is the yardstick that the solved plan is held against, and it mends answers of the
approximation that lie outside a cone by a hair. Its numbers are floats; whether what it makes
passes is judged elsewhere, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from gengdu.planning.path_to_target.choices import IN, OUT, Choices
from gengdu.planning.path_to_target.problem import Kind

TINY = 1e-9
STEPS = 100_000
"""More steps than any county needs: a guard against going round in circles."""


@dataclass(frozen=True)
class Step:
    """One thing that may be done next: a column, with the giver's where a teacher moves."""

    columns: tuple[int, ...]
    cost: float


class Worksheet:
    """A plan in the making: what is done, what it makes of the levels, what the limits leave."""

    def __init__(self, choices: Choices, times: list[int] | None = None) -> None:
        """Begin with nothing done, or with a plan."""
        self.choices = choices
        problem = choices.problem
        self.number_of = {name: at for at, name in enumerate(problem.indicators)}
        places = range(len(problem.places))
        self.before = np.array(
            [[float(choices.levels[n, name]) for name in problem.indicators] for n in places]
        )
        self.levels = self.before.copy()
        self.kept = np.minimum(1.0, self.before)
        """Below which no place may give: what it had before, and what it was lifted to since."""
        self.times = [0] * len(choices.columns)
        self.costs = [float(column.cost) for column in choices.columns]
        self.left = [float(limit.most) for limit in choices.limits]
        self._index()
        for number, count in enumerate(times or []):
            if count:
                self.do(Step((number,), self.costs[number]), count)
        self.kept = np.minimum(1.0, self.levels)

    def _index(self) -> None:
        """Note for each column what it lifts and which limits it uses up; and who may give."""
        columns = self.choices.columns
        self.effects: list[list[tuple[int, int, float]]] = [[] for _column in columns]
        for (place, name), terms in self.choices.gains.items():
            for at, gain in terms:
                self.effects[at].append((place, self.number_of[name], float(gain)))
        self.limits_of: list[list[tuple[int, float]]] = [[] for _column in columns]
        for number, limit in enumerate(self.choices.limits):
            if not limit.is_equation:
                for at, factor in limit.terms:
                    self.limits_of[at].append((number, float(factor)))
        self._outs: dict[tuple[str, Kind], list[int]] = {}
        for at, column in enumerate(columns):
            if column.direction == OUT:
                self._outs.setdefault((column.stage, column.kind), []).append(at)

    def do(self, step: Step, count: int) -> None:
        """Do something so many times more; fewer times where the count is negative."""
        for column in step.columns:
            self.times[column] += count
            for place, name, gain in self.effects[column]:
                self.levels[place, name] += gain * count
            for limit, factor in self.limits_of[column]:
                self.left[limit] -= factor * count

    def most(self, step: Step) -> int:
        """Return how often something may still be done, with nobody harmed."""
        most = float("inf")
        for column in step.columns:
            most = min(most, self.choices.columns[column].most - self.times[column])
            for limit, factor in self.limits_of[column]:
                if factor > 0:
                    most = min(most, floor(self.left[limit] / factor + TINY))
            for place, name, gain in self.effects[column]:
                if gain < 0:
                    spare = self.levels[place, name] - self.kept[place, name]
                    most = min(most, floor(spare / -gain + TINY))
        return max(0, int(most))

    def steps(self, place: int | None = None, name: int | None = None) -> Iterator[Step]:
        """Yield what may be done next that lifts a place in an indicator; anything, without."""
        for number, column in enumerate(self.choices.columns):
            if column.direction == OUT:
                continue
            if place is not None and not any(
                at == place and of == name and gain > 0 for at, of, gain in self.effects[number]
            ):
                continue
            if column.direction == IN:
                if step := self._with_giver(number):
                    yield step
            elif self.most(step := Step((number,), self.costs[number])):
                yield step

    def _with_giver(self, number: int) -> Step | None:
        """Return a move with the giver who has most above the line, in what the teacher counts."""
        column = self.choices.columns[number]
        best: tuple[float, int] | None = None
        for out in self._outs.get((column.stage, column.kind), []):
            giver = self.choices.columns[out]
            if giver.school == column.school:
                continue
            spare = min(self.levels[place, name] - 1.0 for place, name, _g in self.effects[out])
            if (best is None or spare > best[0]) and self.most(
                Step((number, out), self.costs[number])
            ):
                best = (spare, out)
        return Step((number, best[1]), self.costs[number]) if best else None

    def gain(self, step: Step, place: int, name: int) -> float:
        """Return how far something lifts a place in an indicator."""
        return sum(
            gain for column in step.columns for at, of, gain in self.effects[column]
            if (at, of) == (place, name)
        )  # fmt: skip

    # School by school

    def lift(self, place: int, name: int, goal: float) -> float | None:
        """Lift a level to a goal by the cheapest steps; return the cost, None if it cannot be.

        What was done stays done only if the goal was reached.
        """
        done: list[tuple[Step, int]] = []
        cost = 0.0
        while self.levels[place, name] < goal - TINY:
            options = [
                (step.cost / self.gain(step, place, name), step.columns, step)
                for step in self.steps(place, name)
                if self.gain(step, place, name) > 0
            ]
            if not options:
                for step, count in reversed(done):
                    self.do(step, -count)
                return None
            _price, _columns, step = min(options)
            short = (goal - self.levels[place, name]) / self.gain(step, place, name)
            count = min(self.most(step), max(1, ceil(short - TINY)))
            if len(step.columns) > 1:
                count = 1  # the best giver may change
            self.do(step, count)
            done.append((step, count))
            cost += step.cost * count
        return cost

    def mend_school(self, place: int) -> bool:
        """Make a place pass: lift all it lacks but the dearest, and that one to the floor."""
        problem = self.choices.problem
        floor_level = float(problem.rules.floor)
        spare = max(0, len(problem.indicators) - problem.rules.needed)
        unmet = [n for n in range(len(problem.indicators)) if self.levels[place, n] < 1 - TINY]
        prices = []
        for name in unmet:
            cost = self._price(place, name)
            prices.append((float("inf") if cost is None else cost, name))
        prices.sort()
        cut = max(0, len(prices) - spare)
        lifted = [self.lift(place, name, 1.0) for _cost, name in prices[:cut]]
        lifted += [self.lift(place, name, floor_level) for _cost, name in prices[cut:]]
        self.kept[place] = np.minimum(1.0, self.levels[place])
        return None not in lifted

    def _price(self, place: int, name: int) -> float | None:
        times = list(self.times)
        cost = self.lift(place, name, 1.0)
        if cost is not None:
            for column, (now, before) in enumerate(zip(self.times, times, strict=True)):
                if now != before:
                    self.do(Step((column,), self.costs[column]), before - now)
        return cost

    # Coefficient by coefficient

    def excess(self, stage: str, name: int) -> float:
        """Return the coefficient of variation over its limit."""
        places, weights = self._weighed(stage)
        levels = self.levels[places, name]
        mean = float(weights @ levels)
        limit = float(self.choices.problem.rules.limits[stage])
        if mean <= 0:
            return float("inf")
        return float(np.sqrt(weights @ (levels - mean) ** 2)) / (mean * limit)

    def _weighed(self, stage: str) -> tuple[list[int], NDArray[np.float64]]:
        places = list(self.choices.stages[stage])
        pupils = np.array([self.choices.problem.places[n].pupils for n in places], float)
        return places, pupils / pupils.sum()

    def mend_cones(self, cones: Sequence[tuple[str, str]] | None = None) -> bool:
        """Bring coefficients to their limit by the steps that bring them nearest for the money.

        Args:
            cones: Of which stages and indicators; None for all.
        """
        wanted = [
            (stage, self.number_of[name])
            for stage in self.choices.stages
            for name in self.choices.problem.indicators
            if cones is None or (stage, name) in cones
        ]
        for _step in range(STEPS):
            over = [(self.excess(stage, name), stage, name) for stage, name in wanted]
            worst, stage, name = max(over, default=(0.0, "", 0))
            if worst <= 1.0 - TINY:
                return True
            if not self._mend_cone(stage, name):
                return False
        return False

    def _mend_cone(self, stage: str, name: int) -> bool:
        """Take the best step towards a coefficient's limit; tell whether there was one."""
        places, weights = self._weighed(stage)
        levels = self.levels[places, name]
        mean = float(weights @ levels)
        limit = float(self.choices.problem.rules.limits[stage])
        above = float(weights @ (levels - mean) ** 2) - (limit * mean) ** 2
        slopes = dict(
            zip(
                places,
                2.0 * weights * (levels - mean) - 2.0 * limit**2 * mean * weights,
                strict=True,
            )
        )
        best: tuple[float, tuple[int, ...], Step, float] | None = None
        for step in self.steps():
            slope = sum(
                gain * slopes.get(place, 0.0)
                for column in step.columns for place, of, gain in self.effects[column] if of == name
            )  # fmt: skip
            if slope < -TINY * TINY:
                ranked = (step.cost / -slope, step.columns, step, slope)
                best = ranked if best is None or ranked[:2] < best[:2] else best
        if best is None:
            return False
        _price, _columns, step, slope = best
        count = max(1, min(self.most(step), int(above / -slope / 4)))
        self.do(step, count if len(step.columns) == 1 else 1)
        return True


def by_hand(choices: Choices) -> list[int] | None:
    """Return a plan made by rule of thumb; None where the rule finds no way."""
    sheet = Worksheet(choices)
    for place in range(len(choices.problem.places)):
        if not sheet.mend_school(place):
            return None
    return sheet.times if sheet.mend_cones() else None


def mended(
    choices: Choices, times: list[int], cones: Sequence[tuple[str, str]] | None = None
) -> list[int] | None:
    """Return a plan with coefficients brought within their limits; None if they cannot be.

    Args:
        choices: The columns.
        times: The plan before.
        cones: Of which stages and indicators; None for all.
    """
    sheet = Worksheet(choices, times)
    return sheet.times if sheet.mend_cones(cones) else None
