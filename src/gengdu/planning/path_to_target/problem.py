"""What is known before choosing: how every school stands, what may be done, at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Kind = tuple[str, ...]
"""A kind of teacher: the indicators that one of them counts for, in order; () for none."""


@dataclass(frozen=True)
class Held:
    """What there is of one indicator in one stage of a school.

    Attributes:
        resource: Teachers of the stage, or what the whole school has.
        pupils: Those it is shared by, above zero: of the stage, or of the whole school in pupils of
            the stage.
        line: The value to reach, above zero.
        per: Pupils that the value is stated for: 100, or 1.
    """

    resource: Fraction
    pupils: Fraction
    line: Fraction
    per: int = 1

    @property
    def gain(self) -> Fraction:
        """How far one more unit of the resource lifts the value, as a part of the line."""
        return self.per / (self.pupils * self.line)

    @property
    def level(self) -> Fraction:
        """The value as a part of its line: 1 has reached it."""
        return self.resource * self.gain


@dataclass(frozen=True)
class Place:
    """One stage of one school that is assessed.

    Attributes:
        school: The school's name; its stages share what the whole school has.
        stage: Such as primary.
        pupils: Of the stage, above zero: its weight.
        held: By indicator.
        teachers: Of the stage by kind; empty where only totals are known.
        area: The town or the like, within which teachers are moved first.
    """

    school: str
    stage: str
    pupils: int
    held: Mapping[str, Held]
    teachers: Mapping[Kind, int] = field(default_factory=dict)
    area: str = ""


@dataclass(frozen=True)
class Action:
    """Something that may be done a whole number of times.

    Attributes:
        name: Unique among the actions.
        adds: What one of it adds to the resource of each indicator.
        cost: Of one of it, in yuan, not below zero.
        at_school: Whether it is done once for a school and shared by its stages; otherwise for one
            stage. What a school shares can only be added at the school.
        most_each: How many at one school or stage; by (school, stage), stage "" for a school.
        most_otherwise: How many where most_each does not say.
        most_together: How many in the whole county; None without limit.
        draws_on: The kinds of teachers that it is done to, such as those not yet lead teachers, so
            that it and moving them away share one pool; empty where it is done to no teacher.
        stages: Where it may be done; empty for everywhere.
    """

    name: str
    adds: Mapping[str, Fraction]
    cost: Fraction
    at_school: bool = False
    most_each: Mapping[tuple[str, str], int] = field(default_factory=dict)
    most_otherwise: int = 0
    most_together: int | None = None
    draws_on: frozenset[Kind] = frozenset()
    stages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Transfer:
    """Teachers who move from one school to another of the same stage.

    Attributes:
        name: Among the actions.
        cost: Of one teacher, in yuan, above zero.
        most_out: How many may leave one stage of a school; by (school, stage).
        most_out_otherwise: How many where most_out does not say.
        most_together: How many in the whole county; None without limit.
    """

    name: str
    cost: Fraction
    most_out: Mapping[tuple[str, str], int] = field(default_factory=dict)
    most_out_otherwise: int = 0
    most_together: int | None = None


@dataclass(frozen=True)
class Budget:
    """Money for some of the actions.

    Attributes:
        name: Unique among the budgets.
        yuan: At most this, together.
        actions: Which of them; empty for all.
    """

    name: str
    yuan: Fraction
    actions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rules:
    """When a school and a county pass.

    Attributes:
        needed: How many indicators have to reach their line.
        floor: The part of its line that one which does not has to reach.
        limits: The largest coefficient of variation by stage.
    """

    needed: int
    floor: Fraction
    limits: Mapping[str, Fraction]


@dataclass(frozen=True)
class Problem:
    """A county that is to pass.

    Attributes:
        indicators: In order.
        shared: Those that a school has once for all its stages.
        places: Every assessed stage of every school.
        actions: What may be done.
        rules: When it passes.
        transfer: How teachers may move; None where they may not.
        budgets: What may be spent.

    Raises:
        ValueError: If a place lacks an indicator, a name stands twice, a number is out of its
            range, or an action adds for one stage what a school shares.
    """

    indicators: tuple[str, ...]
    shared: frozenset[str]
    places: tuple[Place, ...]
    actions: tuple[Action, ...]
    rules: Rules
    transfer: Transfer | None = None
    budgets: tuple[Budget, ...] = ()

    def __post_init__(self) -> None:
        """Check that everything fits together."""
        for place in self.places:
            self._check_place(place)
        for action in self.actions:
            self._check_action(action)
        if self.transfer is not None and self.transfer.cost <= 0:
            raise ValueError(f"{self.transfer.name}: a move costs something, or it never ends")
        names = [one.name for one in self.actions]
        names += [self.transfer.name] if self.transfer is not None else []
        for budget in self.budgets:
            if unknown := budget.actions - set(names):
                raise ValueError(f"{budget.name}: no such action: {', '.join(sorted(unknown))}")
            if budget.yuan < 0:
                raise ValueError(f"{budget.name}: below zero")
        _check_unique("action", names)
        _check_unique("budget", [one.name for one in self.budgets])
        _check_unique("place", [f"{one.school} {one.stage}" for one in self.places])
        for name in self.indicators:
            lines = {(one.stage, one.held[name].line) for one in self.places}
            _check_unique(f"line of {name}", [stage for stage, _line in sorted(lines)])

    def _check_place(self, place: Place) -> None:
        where = f"{place.school} {place.stage}"
        if missing := [name for name in self.indicators if name not in place.held]:
            raise ValueError(f"{where}: not reported: {', '.join(missing)}")
        if place.stage not in self.rules.limits:
            raise ValueError(f"{where}: no limit for this stage")
        if place.pupils <= 0:
            raise ValueError(f"{where}: no pupils")
        for name in self.indicators:
            held = place.held[name]
            if held.pupils <= 0 or held.line <= 0 or held.resource < 0:
                raise ValueError(f"{where}, {name}: pupils and line above zero, resource not below")
        for kind, count in place.teachers.items():
            if count < 0 or not set(kind) <= set(self.indicators) - self.shared:
                raise ValueError(f"{where}: teachers of kind {kind}: {count}")

    def _check_action(self, action: Action) -> None:
        counts = [action.most_otherwise, action.most_together or 0, *action.most_each.values()]
        if action.cost < 0 or min(counts) < 0 or any(one < 0 for one in action.adds.values()):
            raise ValueError(f"{action.name}: below zero")
        if unknown := set(action.adds) - set(self.indicators):
            raise ValueError(f"{action.name}: no such indicator: {', '.join(sorted(unknown))}")
        if wrong := {name for name in action.adds if (name in self.shared) != action.at_school}:
            raise ValueError(f"{action.name}: at the wrong level: {', '.join(sorted(wrong))}")


def _check_unique(what: str, names: list[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{what} stands twice: {', '.join(twice)}")
