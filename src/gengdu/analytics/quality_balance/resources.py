"""Which schools are assessed, and the seven resource indicators of each of their stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from gengdu.analytics import readings
from gengdu.analytics.quality_balance.school_rows import (
    STAGES_OF,
    Category,
    SchoolRow,
    Stage,
)
from gengdu.analytics.readings import NOTHING, Chosen
from gengdu.policy import facts

INDICATORS = ("qualified_teachers", "lead_teachers", "sports_arts_teachers", "teaching_area",
              "sports_area", "equipment_value", "multimedia_classrooms")  # fmt: skip
"""In the order of the national form, L1 to L7."""
PER_HUNDRED = frozenset({"qualified_teachers", "lead_teachers", "sports_arts_teachers",
                         "multimedia_classrooms"})  # fmt: skip
SPLIT = frozenset(INDICATORS[3:])
"""What a combined school has once, split between its stages; teachers are counted by stage."""
RELATION = "quality_balance_rows"
"""The relation that lists the rows of a district from its registers."""
TEACHERS = "quality_balance_teachers"
"""The relation that lists the teachers those rows count."""
ASSESSED_STAGES = (Stage.PRIMARY, Stage.JUNIOR)


@dataclass(frozen=True)
class Rules:
    """What the standard asks for on a day, as facts of the policy.

    Attributes:
        lines: The value to reach, by stage and indicator.
        needed: How many of the seven have to reach it.
        floor: The part of its line that the one that does not has to reach.
        limits: The largest coefficient of variation, by stage.
        fewest: Pupils from which a teaching point is assessed.
        visiting: Pupils of the rural schools whose visiting teachers count, first and last; None
            where they count nowhere.
        weights: The weight of a pupil of each stage where a school's whole is split.
        is_weighted: Whether the coefficient weighs schools by their pupils, as the official method
            does; else it is the sample deviation over the plain mean of the schools.
    """

    lines: Mapping[Stage, Mapping[str, Fraction]]
    needed: int
    floor: Fraction
    limits: Mapping[Stage, Fraction]
    fewest: int
    visiting: tuple[int, int] | None
    weights: Mapping[Category, Mapping[Stage, Fraction]]
    is_weighted: bool = True

    @classmethod
    def on(cls, day: date, *, strict: bool = False, chosen: Chosen = NOTHING) -> Rules:
        """Return the rules in force on a day.

        Args:
            day: The day.
            strict: Whether the transitional relaxation for visiting teachers is left out.
            chosen: Readings that are asked for instead of the settings'.
        """

        def number(name: str) -> Fraction:
            return facts.value(f"quality_balance.{name}", on=day)

        relaxed = facts.fact("quality_balance.relaxed_visiting_teacher_pupils").on(day)
        assert relaxed.value is not None
        assert relaxed.upper is not None
        one = Fraction(1)
        return cls(
            lines={
                stage: {name: number(f"{name}_{stage}") for name in INDICATORS}
                for stage in ASSESSED_STAGES
            },
            needed=int(number("indicators_met")),
            floor=number("floor_share"),
            limits={
                stage: number(f"coefficient_of_variation_{stage}") for stage in ASSESSED_STAGES
            },
            fewest=int(number("teaching_point_pupils")),
            visiting=None if strict else (int(relaxed.value), int(relaxed.upper)),
            weights={
                Category.NINE_YEAR: {
                    Stage.PRIMARY: one, Stage.JUNIOR: number("nine_year_junior_weight"),
                },
                Category.COMPLETE_SECONDARY: {
                    Stage.JUNIOR: one, Stage.SENIOR: number("full_secondary_senior_weight"),
                },
                Category.TWELVE_YEAR: {
                    Stage.PRIMARY: one, Stage.JUNIOR: number("twelve_year_junior_weight"),
                    Stage.SENIOR: number("twelve_year_senior_weight"),
                },
            },
            is_weighted=readings.reading("coefficient", chosen, day) == 1,
        )  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """One indicator of one stage of a school.

    Attributes:
        resource: What there is: teachers of the stage, or the rooms, areas and money of the school.
        pupils: Those it is shared by: of the stage, or of the whole school in pupils of the stage.
        line: The value to reach.
        per: Pupils that the value is stated for: 100, or 1.
    """

    resource: Fraction
    pupils: Fraction
    line: Fraction
    per: int

    @property
    def value(self) -> Fraction:
        """The value, exact."""
        return self.per * self.resource / self.pupils

    @property
    def is_met(self) -> bool:
        """Whether it reaches its line, unrounded."""
        return self.value >= self.line

    @property
    def missing(self) -> Fraction:
        """How much more of the resource reaches the line; whole teachers and rooms."""
        return self.missing_to(self.line)

    def missing_to(self, value: Fraction) -> Fraction:
        """Return how much more of the resource reaches a value; whole teachers and rooms."""
        short = max(Fraction(0), value * self.pupils / self.per - self.resource)
        return Fraction(ceil(short)) if self.per != 1 else short

    def is_at_floor(self, share: Fraction) -> bool:
        """Tell whether it misses its line, but not the share of it that one may fall to."""
        return not self.is_met and self.value >= share * self.line


@dataclass(frozen=True)
class AssessedStage:
    """One stage of one school that is assessed.

    Attributes:
        measured: By indicator, in order; None for what was not reported.
    """

    row: SchoolRow
    measured: Mapping[str, Measured | None]


@dataclass(frozen=True)
class Excluded:
    """A row that is left out, and why."""

    row: SchoolRow
    reason_zh: str


@dataclass(frozen=True)
class Assessed:
    """Who is assessed, who is left out, and what should be looked at."""

    stages: tuple[AssessedStage, ...]
    excluded: tuple[Excluded, ...]
    warnings: tuple[str, ...]


def assess(rows: Sequence[SchoolRow], rules: Rules) -> Assessed:
    """Return the seven values of every stage that is assessed, in the order of the rows."""
    schools: dict[str, list[SchoolRow]] = {}
    for row in rows:
        schools.setdefault(row.school, []).append(row)
    stages, excluded = [], []
    for row in rows:
        if row.stage not in ASSESSED_STAGES:
            continue
        of_school = schools[row.school]
        if reason := _why_not(row, rules):
            excluded.append(Excluded(row, reason))
        else:
            stages.append(AssessedStage(row, _measured(row, of_school, rules)))
    warnings = [said for some in schools.values() for said in _warnings(some)]
    return Assessed(tuple(stages), tuple(excluded), tuple(warnings))


def _why_not(row: SchoolRow, rules: Rules) -> str:
    if not row.pupils:
        return "这一学段没有在校学生"
    if row.category == Category.TEACHING_POINT and row.pupils < rules.fewest:
        return f"教学点 {row.pupils} 人，不足 {rules.fewest} 人，不纳入评估"
    return ""


def _warnings(rows: Sequence[SchoolRow]) -> list[str]:
    """Return what is odd about a school, though it can be computed."""
    category, there = rows[0].category, {row.stage for row in rows}
    missing = [stage for stage in STAGES_OF.get(category, ()) if stage not in there]
    return [
        f"{rows[0].school}（{category}）没有 {stage} 一行，按这一学段没有学生拆分"
        for stage in missing
    ]


def _measured(
    row: SchoolRow, of_school: Sequence[SchoolRow], rules: Rules
) -> dict[str, Measured | None]:
    own, shared = Fraction(row.pupils), _pupils_sharing(row, of_school, rules)
    found: dict[str, Measured | None] = {}
    for name, resource in _resources(row, of_school, rules).items():
        pupils = shared if name in SPLIT else own
        per = 100 if name in PER_HUNDRED else 1
        line = rules.lines[row.stage][name]
        found[name] = None if resource is None else Measured(resource, pupils, line, per)
    return found


def _pupils_sharing(row: SchoolRow, of_school: Sequence[SchoolRow], rules: Rules) -> Fraction:
    """Return the pupils of a whole school, counted in pupils of one of its stages.

    Splitting a whole by weights and dividing by the pupils of the stage comes to the same.
    """
    weights = rules.weights.get(row.category)
    if weights is None:
        return Fraction(row.pupils)
    whole = sum((weights[one.stage] * one.pupils for one in of_school), Fraction(0))
    return whole / weights[row.stage]


def _resources(
    row: SchoolRow, of_school: Sequence[SchoolRow], rules: Rules
) -> dict[str, Fraction | None]:
    figures = row.figures
    area, indoor = figures["teaching_area_m2"], figures["indoor_sports_area_m2"]
    resources = (
        figures["teachers_above"],
        figures["backbone_teachers"],
        _sports_arts(row, of_school, rules),
        None if area is None or indoor is None else area - indoor,
        figures["sports_area_m2"],
        figures["equipment_yuan"],
        figures["multimedia_rooms"],
    )
    return dict(zip(INDICATORS, resources, strict=True))


def _sports_arts(row: SchoolRow, of_school: Sequence[SchoolRow], rules: Rules) -> Fraction | None:
    """Return teachers of sports and arts; in small rural schools with those who visit."""
    own, visiting = row.figures["pe_art_teachers"], row.figures["visiting_pe_art_teachers"]
    if rules.visiting is None or not row.rural:
        return own
    first, last = rules.visiting
    if not first <= sum(one.pupils for one in of_school) <= last:
        return own
    return None if own is None or visiting is None else own + visiting
