"""Adds up a plan: before and after by school and by grade, with the difference explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from gengdu.policy import lists
from gengdu.registers.pupils.turnover.choices import NEXT_STAGE, Outcome
from gengdu.registers.pupils.turnover.planning import Plan, Step, target

STAGES = ("preschool", "primary", "junior")


@dataclass
class SchoolLine:
    """One school: pupils of the old year, what becomes of them, and pupils of the new year.

    Attributes:
        outcomes: What becomes of the pupils of the old year.
        came: Pupils who come from elsewhere.
        there: Pupils who have a place there in the new year already.
        stayed: Pupils who go on to the next stage at the same school.
    """

    school: int
    name: str
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    came: int = 0
    there: int = 0
    stayed: int = 0

    @property
    def before(self) -> int:
        """Pupils of the old year."""
        return sum(self.outcomes.values())

    @property
    def after(self) -> int:
        """Pupils of the new year."""
        kept = self.outcomes[Outcome.PROMOTED] + self.outcomes[Outcome.REPEATED] + self.stayed
        return kept + self.came + self.there

    @property
    def cells(self) -> list[int]:
        """How many pupils there are of each outcome that a table has a column for."""
        return [self.outcomes[outcome] for outcome in COLUMNS]


COLUMNS = (
    Outcome.PROMOTED, Outcome.REPEATED, Outcome.HANDED_OVER, Outcome.GRADUATED, Outcome.LEFT,
    Outcome.UNPLACED,
)  # fmt: skip


def schools(plan: Plan) -> list[SchoolLine]:
    """Return a line for each school chosen and each that receives pupils, by name."""
    lines: dict[int, SchoolLine] = {}

    def line(school: int) -> SchoolLine:
        return lines.setdefault(school, SchoolLine(school, plan.start.names.get(school, "")))

    for step in plan.steps:
        own = line(step.old.school)
        own.outcomes[step.outcome] += 1
        own.stayed += _stayed(step)
        if step.to is not None and step.to[0] != step.old.school:
            line(step.to[0]).came += 1
    for seat, pupils in plan.start.seats.items():
        if seat.school in lines:
            lines[seat.school].there += pupils
    return sorted(lines.values(), key=lambda item: item.name)


def _stayed(step: Step) -> int:
    """Count a pupil of the next stage in, and one whose school went to another out."""
    if step.to is None:
        return 0
    if step.to[0] == step.old.school:
        return int(step.outcome is Outcome.HANDED_OVER)
    return -int(step.outcome in (Outcome.PROMOTED, Outcome.REPEATED))


def total(lines: Iterable[SchoolLine]) -> SchoolLine:
    """Return all lines together."""
    found = SchoolLine(0, "")
    for line in lines:
        found.outcomes += line.outcomes
        found.came += line.came
        found.there += line.there
        found.stayed += line.stayed
    return found


@dataclass
class GradeLine:
    """One grade of one school: who was in it, who will be, and where they come from."""

    label: str
    before: int = 0
    promoted: int = 0
    repeated: int = 0
    received: int = 0
    there: int = 0
    classes: tuple[tuple[int, int], ...] = ()

    @property
    def after(self) -> int:
        """Pupils of the new year."""
        return self.promoted + self.repeated + self.received + self.there


def grades(plan: Plan, school: int) -> list[GradeLine]:
    """Return a line for each grade of a school, lower ones first."""
    system = plan.start.systems.get(school, "five_four")
    lines: dict[tuple[str, int], GradeLine] = {}

    def line(stage: str, grade: int) -> GradeLine:
        label = lists.grade_label(system, stage, grade)
        return lines.setdefault((stage, grade), GradeLine(label))

    counts: dict[tuple[str, int], Counter[int]] = {}
    for step in plan.steps:
        if step.old.school == school:
            line(step.old.stage, step.old.grade).before += 1
        if step.to is not None and step.to[0] == school:
            _receive(line(*step.to[1:]), step.outcome)
            number = plan.seats[step.old.pupil].class_number
            counts.setdefault(step.to[1:], Counter())[number] += 1
    for seat, pupils in plan.start.seats.items():
        if seat.school == school:
            line(seat.stage, seat.grade).there += pupils
            counts.setdefault((seat.stage, seat.grade), Counter())[seat.class_number] += pupils
    for key, sizes in counts.items():
        lines[key].classes = tuple(sorted(sizes.items()))
    return [lines[key] for key in sorted(lines, key=lambda key: (STAGES.index(key[0]), key[1]))]


def _receive(line: GradeLine, outcome: Outcome) -> None:
    if outcome is Outcome.PROMOTED:
        line.promoted += 1
    elif outcome is Outcome.REPEATED:
        line.repeated += 1
    else:
        line.received += 1


@dataclass(frozen=True)
class HandOver:
    """The graduates of one stage of one school, and the school that is to take them."""

    school: int
    name: str
    stage: str
    pupils: int
    to: int | None
    last_year: tuple[tuple[str, int], ...]

    @property
    def key(self) -> str:
        """What the choice is called in a form."""
        return f"{self.school}:{self.stage}"


def hand_overs(plan: Plan) -> list[HandOver]:
    """Return what is to be decided about graduates, a line for each stage of each school."""
    counted: Counter[tuple[int, str]] = Counter()
    for step in plan.steps:
        system = plan.start.systems.get(plan.start.school_now(step.old.school) or 0, "five_four")
        is_last = step.old.grade >= lists.school_system(system)[step.old.stage]
        if is_last and step.old.stage in NEXT_STAGE and step.old.pupil not in plan.choices.moves:
            counted[step.old.school, step.old.stage] += step.outcome in DECIDED
    return [
        HandOver(
            school, plan.start.names.get(school, ""), stage, pupils, target(plan, school, stage),
            _went(plan, school, stage),
        )
        for (school, stage), pupils in sorted(
            counted.items(), key=lambda item: (STAGES.index(item[0][1]), item[0][0])
        )
        if pupils
    ]  # fmt: skip


DECIDED = (Outcome.HANDED_OVER, Outcome.UNPLACED)


def _went(plan: Plan, school: int, stage: str) -> tuple[tuple[str, int], ...]:
    flow = plan.flows.get((school, stage))
    names = plan.start.names
    return tuple((names.get(key, ""), pupils) for key, pupils in (flow.went if flow else ())[:3])


def receivers(plan: Plan, stage: str) -> list[tuple[int, str]]:
    """Return the schools that can take graduates of a stage, by name."""
    within = plan.choices.within
    found = [
        (school, plan.start.names.get(school, ""))
        for school, taught in plan.start.stages.items()
        if NEXT_STAGE[stage] in taught and school in plan.start.systems
        and (within is None or school in within)
    ]  # fmt: skip
    return sorted(found, key=lambda item: item[1])
