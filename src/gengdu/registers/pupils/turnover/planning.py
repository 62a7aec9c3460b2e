"""Plans the turnover: what becomes of each pupil, in which class, and what is to be written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from gengdu.policy import lists
from gengdu.records import rewriting
from gengdu.records.rewriting import Rewrite
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.pupils.turnover import flows
from gengdu.registers.pupils.turnover.carrying import carry_classes
from gengdu.registers.pupils.turnover.choices import NEXT_STAGE, Choices, Outcome
from gengdu.registers.pupils.turnover.flows import Flow
from gengdu.registers.pupils.turnover.placing import Classes, Grade
from gengdu.registers.pupils.turnover.reading import Old, Seat, Start, sexes, start


@dataclass(frozen=True)
class Step:
    """What becomes of one pupil: the old place, the outcome, and the new place if there is one."""

    old: Old
    outcome: Outcome
    to: Grade | None = None


@dataclass
class Plan:
    """What the turnover means.

    Attributes:
        steps: One for each pupil of the old year.
        seats: The new class of each pupil who gets one.
        flows: Where last year's graduates went.
        rewrites: What is to be written.
    """

    choices: Choices
    start: Start
    flows: dict[tuple[int, str], Flow]
    steps: list[Step] = field(default_factory=list)
    seats: dict[int, Seat] = field(default_factory=dict)
    rewrites: list[Rewrite] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """A mark of what would be written and of what becomes of everybody."""
        counted = ",".join(f"{key.value}{number}" for key, number in sorted(self.counted().items()))
        return f"{rewriting.digest(self.rewrites)}-{counted}"

    @property
    def has_news(self) -> bool:
        """Whether anything would be decided that was not before."""
        decided = {step.outcome for step in self.steps} - {Outcome.ALREADY, Outcome.UNPLACED}
        return bool(self.rewrites or decided or self.new_schools)

    @property
    def new_schools(self) -> frozenset[int]:
        """The schools with pupils whose year has not turned over before."""
        return frozenset({step.old.school for step in self.steps}) - self.start.turned

    def counted(self) -> Counter[Outcome]:
        """Return how many pupils there are of each outcome."""
        return Counter(step.outcome for step in self.steps)

    def pupils(self, outcome: Outcome) -> list[int]:
        """Return the pupils of one outcome."""
        return [step.old.pupil for step in self.steps if step.outcome == outcome]


def plan(choices: Choices) -> Plan:
    """Return what turning the year over would write; nothing is written."""
    read = start(choices)
    made = Plan(choices, read, flows.last_year(choices.year))
    for old in read.old:
        if old.school not in read.turned or old.pupil in read.waiting:
            made.steps.append(_step(made, old))
    made.seats = _seats(made)
    year = choices.year
    for pupil, seat in made.seats.items():
        row = Enrolment(
            pupil_id=pupil, school_id=seat.school, stage=seat.stage, grade=seat.grade,
            class_number=seat.class_number, starts_on=year.starts_on, ends_on=year.ends_on,
        )  # fmt: skip
        made.rewrites.append(Rewrite(None, (row,)))
    made.rewrites += carry_classes(read, year, set(made.seats.values()), _came_from(made))
    return made


def _step(plan: Plan, old: Old) -> Step:
    choices, read = plan.choices, plan.start
    if old.pupil in read.enrolled:
        return Step(old, Outcome.ALREADY)
    if old.pupil in choices.leavers:
        return Step(old, Outcome.LEFT)
    school = read.school_now(old.school)
    if old.pupil in choices.repeaters:
        return _placed(plan, old, Outcome.REPEATED, school, old.stage, old.grade)
    system = read.systems.get(school or 0, "five_four")
    is_last = old.grade >= lists.school_system(system)[old.stage]
    if old.pupil in choices.moves:
        stage, grade = (NEXT_STAGE.get(old.stage, ""), 1) if is_last else (old.stage, old.grade + 1)
        return _placed(plan, old, Outcome.HANDED_OVER, choices.moves[old.pupil], stage, grade)
    if not is_last:
        return _placed(plan, old, Outcome.PROMOTED, school, old.stage, old.grade + 1)
    if old.stage not in NEXT_STAGE:
        return Step(old, Outcome.GRADUATED)
    return _placed(plan, old, Outcome.HANDED_OVER, target(plan, old.school, old.stage),
                   NEXT_STAGE[old.stage], 1)  # fmt: skip


def _placed(
    plan: Plan, old: Old, outcome: Outcome, school: int | None, stage: str, grade: int
) -> Step:
    """Return a step into a school, or of a pupil unplaced where the school cannot take anybody."""
    if school is None or stage not in plan.start.stages.get(school, ()):
        return Step(old, Outcome.UNPLACED)
    within = plan.choices.within
    if within is not None and school not in within and outcome is not Outcome.PROMOTED:
        return Step(old, Outcome.UNPLACED)
    return Step(old, outcome, (school, stage, grade))


def target(plan: Plan, school: int, stage: str) -> int | None:
    """Return the school that takes the graduates of a stage, as chosen or else as proposed."""
    key = (school, stage)
    if key in plan.choices.targets:
        return plan.choices.targets[key]
    now = plan.start.school_now(school) or school
    return flows.proposal(plan.flows.get(key), plan.start, now, stage)


def _seats(plan: Plan) -> dict[int, Seat]:
    """Return the new class of each pupil: classes go up together, all others are dealt out."""
    classes = Classes(plan.start.seats, plan.choices.year.starts_on)
    found: dict[int, Seat] = {}
    together: dict[tuple[Grade, int, int], int] = {}
    dealt: dict[Grade, list[int]] = {}
    for step in sorted(plan.steps, key=lambda step: _moves(step)):
        if step.to is None:
            continue
        if step.outcome is not Outcome.PROMOTED:
            dealt.setdefault(step.to, []).append(step.old.pupil)
            continue
        number = step.old.class_number
        if _moves(step):
            key = (step.to, step.old.school, number)
            if key not in together:
                together[key] = classes.free_number(step.to, number)
            number = together[key]
        classes.take(step.to, number)
        found[step.old.pupil] = Seat(*step.to, number)
    mixed = sexes(pupil for pupils in dealt.values() for pupil in pupils)
    for grade in sorted(dealt):
        numbers = classes.deal(grade, dealt[grade], mixed)
        found |= {pupil: Seat(*grade, number) for pupil, number in numbers.items()}
    return found


def _moves(step: Step) -> bool:
    """Tell whether a class goes up at another school, because its own was merged into it."""
    return step.to is not None and step.to[0] != step.old.school


def _came_from(plan: Plan) -> dict[Seat, Seat]:
    """Return which class of the old year each class that went up was."""
    return {
        plan.seats[step.old.pupil]: Seat(*step.old[1:])
        for step in plan.steps
        if step.outcome is Outcome.PROMOTED
    }
