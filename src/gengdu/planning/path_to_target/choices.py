"""Every single choice that a problem leaves open, as columns; every limit on them, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from gengdu.planning.path_to_target.problem import Action, Kind, Place, Problem, Transfer

OUT, IN = "out", "in"


@dataclass(frozen=True)
class Column:
    """How often one thing is done at one place.

    Attributes:
        action: Its name.
        school: Where.
        stage: Of the school; "" for the whole of it.
        most: How often at most.
        cost: Of once, in yuan.
        direction: "out" or "in" for teachers who move; "" otherwise.
        kind: Of the teachers who move.
    """

    action: str
    school: str
    stage: str
    most: int
    cost: Fraction
    direction: str = ""
    kind: Kind = ()


@dataclass(frozen=True)
class Limit:
    """A linear limit: the sum of its terms is at most `most` (equal to it if `is_equation`).

    Attributes:
        group: What it limits, and of whom: ("budget", name), ("together", action),
            ("leaving", school, stage), ("pool", school, stage, action); () for as many come as
            leave.
    """

    group: tuple[str, ...]
    terms: tuple[tuple[int, Fraction], ...]
    most: Fraction
    is_equation: bool = False


@dataclass(frozen=True)
class Choices:
    """A problem's columns, what each adds, and the limits.

    Attributes:
        columns: In a fixed order.
        gains: (place, indicator) → column and what one of it adds to the level there.
        limits: Besides each column's own most.
    """

    problem: Problem
    columns: tuple[Column, ...]
    gains: dict[tuple[int, str], tuple[tuple[int, Fraction], ...]]
    limits: tuple[Limit, ...]

    @cached_property
    def levels(self) -> dict[tuple[int, str], Fraction]:
        """The level of each place in each indicator before anything is done."""
        places = enumerate(self.problem.places)
        names = self.problem.indicators
        return {(i, name): place.held[name].level for i, place in places for name in names}

    @cached_property
    def stages(self) -> dict[str, tuple[int, ...]]:
        """The places of each stage."""
        found: dict[str, list[int]] = {}
        for number, place in enumerate(self.problem.places):
            found.setdefault(place.stage, []).append(number)
        return {stage: tuple(numbers) for stage, numbers in found.items()}

    def levels_after(self, times: list[int]) -> dict[tuple[int, str], Fraction]:
        """Return the levels after everything was done as often as said."""
        done = dict(self.levels)
        for key, terms in self.gains.items():
            for column, gain in terms:
                if times[column]:
                    done[key] += gain * times[column]
        return done

    def cost(self, times: list[int]) -> Fraction:
        """Return what that costs, in yuan."""
        pairs = zip(self.columns, times, strict=True)
        return sum((column.cost * count for column, count in pairs if count), Fraction(0))

    def breaks_limit(self, times: list[int]) -> bool:
        """Whether a limit does not hold."""
        pairs = zip(self.columns, times, strict=True)
        if any(not 0 <= count <= column.most for column, count in pairs):
            return True
        for limit in self.limits:
            total = sum((factor * times[at] for at, factor in limit.terms), Fraction(0))
            if total > limit.most or (limit.is_equation and total != limit.most):
                return True
        return False


def choices_of(problem: Problem) -> Choices:
    """Return the columns and limits of a problem."""
    columns = [*_done(problem), *_moved(problem)]
    return Choices(
        problem, tuple(columns), _gains(problem, columns), tuple(_limits(problem, columns))
    )


def _done(problem: Problem) -> Iterator[Column]:
    schools = list(dict.fromkeys(place.school for place in problem.places))
    for action in problem.actions:
        if action.at_school:
            places = [(school, "") for school in schools]
        else:
            places = [(one.school, one.stage) for one in problem.places]
        for school, stage in places:
            most = action.most_each.get((school, stage), action.most_otherwise)
            if most and (not action.stages or stage in action.stages):
                yield Column(action.name, school, stage, most, action.cost)


def _moved(problem: Problem) -> Iterator[Column]:
    """Yield teachers who may leave and who may come, by kind; a move is paid where it ends.

    Those who count for nothing are not moved.
    """
    transfer = problem.transfer
    if transfer is None:
        return
    everybody: dict[str, Counter[Kind]] = {}
    for place in problem.places:
        everybody.setdefault(place.stage, Counter()).update(_movable(place))
    for place in problem.places:
        here, mine = (transfer.name, place.school, place.stage), _movable(place)
        out = _most_out(transfer, place)
        for kind, count in mine.items():
            yield Column(*here, min(count, out), Fraction(0), OUT, kind)
        for kind, count in sorted(everybody[place.stage].items()):
            yield Column(*here, count - mine.get(kind, 0), transfer.cost, IN, kind)


def _most_out(transfer: Transfer, place: Place) -> int:
    return transfer.most_out.get((place.school, place.stage), transfer.most_out_otherwise)


def _movable(place: Place) -> dict[Kind, int]:
    return {kind: count for kind, count in sorted(place.teachers.items()) if kind and count}


def _gains(
    problem: Problem, columns: list[Column]
) -> dict[tuple[int, str], tuple[tuple[int, Fraction], ...]]:
    actions = {action.name: action for action in problem.actions}
    at = _by_place(columns)
    found = {}
    for index, place in enumerate(problem.places):
        here = [*at.get((place.school, ""), ()), *at.get((place.school, place.stage), ())]
        for name in problem.indicators:
            gain = place.held[name].gain
            terms = []
            for number in here:
                adds = _adds(columns[number], name, actions)
                if adds:
                    terms.append((number, adds * gain))
            found[index, name] = tuple(terms)
    return found


def _adds(column: Column, indicator: str, actions: dict[str, Action]) -> Fraction:
    if column.direction:
        moved = 1 if indicator in column.kind else 0
        return Fraction(-moved if column.direction == OUT else moved)
    return actions[column.action].adds.get(indicator, Fraction(0))


def _limits(problem: Problem, columns: list[Column]) -> Iterator[Limit]:
    one = Fraction(1)
    for budget in problem.budgets:
        terms = tuple(
            (number, column.cost)
            for number, column in enumerate(columns)
            if column.cost and (not budget.actions or column.action in budget.actions)
        )
        yield Limit(("budget", budget.name), terms, budget.yuan)
    counted = [*problem.actions, *([problem.transfer] if problem.transfer else ())]
    for action in counted:
        if action.most_together is not None:
            of = [n for n, c in enumerate(columns) if c.action == action.name and c.direction != IN]
            most = Fraction(action.most_together)
            yield Limit(("together", action.name), tuple((n, one) for n in of), most)
    at = _by_place(columns)
    for place in problem.places:
        yield from _pools(problem, columns, place, at.get((place.school, place.stage), []))
    moved: dict[tuple[str, Kind], list[tuple[int, Fraction]]] = {}
    for number, column in enumerate(columns):
        if column.direction:
            sign = one if column.direction == IN else -one
            moved.setdefault((column.stage, column.kind), []).append((number, sign))
    for pairs in moved.values():
        yield Limit((), tuple(pairs), Fraction(0), is_equation=True)


def _by_place(columns: list[Column]) -> dict[tuple[str, str], list[int]]:
    """Return the columns of each school ("") and stage."""
    at: dict[tuple[str, str], list[int]] = {}
    for number, column in enumerate(columns):
        at.setdefault((column.school, column.stage), []).append(number)
    return at


def _pools(
    problem: Problem, columns: list[Column], place: Place, here: list[int]
) -> Iterator[Limit]:
    """Yield the most who leave a place, and that nothing is done to somebody who left."""
    one = Fraction(1)
    leaving = [n for n in here if columns[n].direction == OUT]
    if problem.transfer is not None and leaving:
        most = Fraction(_most_out(problem.transfer, place))
        group: tuple[str, ...] = ("leaving", place.school, place.stage)
        yield Limit(group, tuple((n, one) for n in leaving), most)
    for action in problem.actions:
        done = [n for n in here if columns[n].action == action.name]
        if done and action.draws_on and place.teachers:
            pool = sum(n for kind, n in place.teachers.items() if kind in action.draws_on)
            gone = [n for n in leaving if columns[n].kind in action.draws_on]
            group = ("pool", place.school, place.stage, action.name)
            yield Limit(group, tuple((n, one) for n in (*done, *gone)), Fraction(pool))
