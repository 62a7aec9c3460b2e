"""How a county stands after a plan, checked with exact fractions; and the plan itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gengdu.planning.path_to_target.choices import OUT, Choices, Column
from gengdu.planning.path_to_target.problem import Kind


@dataclass(frozen=True)
class Standing:
    """How everything stands at some levels, compared exactly.

    Attributes:
        failing: Places that do not pass, by number.
        harmed: Places and indicators that stand lower than before and below their line.
        excess: By stage and indicator: the squared coefficient of variation over the square of its
            limit; above 1 it fails.
    """

    failing: tuple[int, ...]
    harmed: tuple[tuple[int, str], ...]
    excess: Mapping[tuple[str, str], Fraction]

    @property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """Stages and indicators whose coefficient is above its limit."""
        return tuple(key for key, excess in self.excess.items() if excess > 1)

    @property
    def passes(self) -> bool:
        """Whether everything passes, and nobody was harmed."""
        return not (self.failing or self.harmed or self.apart)


def standing_at(choices: Choices, levels: Mapping[tuple[int, str], Fraction]) -> Standing:
    """Return how everything stands at some levels."""
    problem = choices.problem
    rules = problem.rules
    failing, harmed = [], []
    for number in range(len(problem.places)):
        mine = [levels[number, name] for name in problem.indicators]
        reached = sum(level >= 1 for level in mine)
        if reached < min(rules.needed, len(mine)) or min(mine) < rules.floor:
            failing.append(number)
        for name in problem.indicators:
            if levels[number, name] < min(Fraction(1), choices.levels[number, name]):
                harmed.append((number, name))
    excess = {}
    for stage, places in choices.stages.items():
        limit = rules.limits[stage]
        for name in problem.indicators:
            excess[stage, name] = _excess(choices, levels, places, name) / limit**2
    return Standing(tuple(failing), tuple(harmed), excess)


def _excess(
    choices: Choices, levels: Mapping[tuple[int, str], Fraction], places: tuple[int, ...], name: str
) -> Fraction:
    """Return the squared coefficient; where there is nothing at all, more than any limit."""
    weighed = [(choices.problem.places[n].pupils, levels[n, name]) for n in places]
    pupils = sum(count for count, _v in weighed)
    mean = sum((count * value for count, value in weighed), Fraction(0)) / pupils
    if not mean:
        return Fraction(10**6)
    squares = sum((count * value**2 for count, value in weighed), Fraction(0)) / pupils
    return squares / mean**2 - 1


@dataclass(frozen=True)
class Move:
    """Teachers of one kind who move from one school to another of a stage."""

    stage: str
    kind: Kind
    giver: str
    taker: str
    teachers: int


@dataclass(frozen=True)
class Plan:
    """What is to be done, and how sure it is that nothing cheaper does.

    Attributes:
        choices: The columns.
        times: How often each is done.
        cost: In yuan.
        bound: No plan costs less, in yuan; proven.
        standing: How everything stands afterwards.
        greedy_cost: What the plain rule of thumb costs; None where it finds no way.
        rounds: Rounds of outer approximation, each with one whole-number problem.
        nodes: Nodes of their search trees.
    """

    choices: Choices
    times: tuple[int, ...]
    cost: Fraction
    bound: Fraction
    standing: Standing
    greedy_cost: Fraction | None
    rounds: int
    nodes: int

    @property
    def gap(self) -> Fraction:
        """By how much of its cost the plan may at most be too dear; 0 is proven to be the least."""
        return (self.cost - self.bound) / self.cost if self.cost else Fraction(0)

    @property
    def done(self) -> list[tuple[Column, int]]:
        """What is done somewhere, and how often; moves apart."""
        pairs = zip(self.choices.columns, self.times, strict=True)
        return [(column, count) for column, count in pairs if count and not column.direction]

    @property
    def moves(self) -> list[Move]:
        """Who gives whom: within an area first, then in the order of the schools."""
        areas = {(p.school, p.stage): p.area for p in self.choices.problem.places}
        found: list[Move] = []
        givers: dict[tuple[str, Kind], dict[str, int]] = {}
        takers: dict[tuple[str, Kind], dict[str, int]] = {}
        for column, count in zip(self.choices.columns, self.times, strict=True):
            if count and column.direction:
                side = givers if column.direction == OUT else takers
                side.setdefault((column.stage, column.kind), {})[column.school] = count
        for key, takes in takers.items():
            gives = givers[key]
            stage, kind = key
            for is_near in (True, False):
                for taker, giver in [(t, g) for t in takes for g in gives]:
                    near = areas[taker, stage] == areas[giver, stage]
                    count = min(takes[taker], gives[giver])
                    if count and (near or not is_near):
                        takes[taker] -= count
                        gives[giver] -= count
                        found.append(Move(stage, kind, giver, taker, count))
        return found
