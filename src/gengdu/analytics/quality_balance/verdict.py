"""Whether schools and stages pass, with the reason; every comparison is exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from gengdu.analytics.quality_balance.resources import (
    ASSESSED_STAGES,
    INDICATORS,
    Assessed,
    AssessedStage,
    Measured,
    Rules,
)
from gengdu.analytics.quality_balance.school_rows import Stage
from gengdu.analytics.verdicts import Verdict, together
from gengdu.kernel import quantities

COEFFICIENT = "ratio"
"""A coefficient is printed to three places in the national form, as ratios are."""
_DIGITS = Context(prec=60)
Weighed = Sequence[tuple[int, Fraction]]
"""Of each school, what it is weighed by and its value."""
UNITS_ZH = {
    "qualified_teachers": "名高于规定学历教师",
    "lead_teachers": "名骨干教师",
    "sports_arts_teachers": "名体育、艺术教师",
    "teaching_area": "㎡教学及辅助用房",
    "sports_area": "㎡体育运动场馆",
    "equipment_value": "元教学仪器设备",
    "multimedia_classrooms": "间网络多媒体教室",
}
NAMES_ZH = {
    "qualified_teachers": "高于规定学历教师",
    "lead_teachers": "骨干教师",
    "sports_arts_teachers": "体育、艺术教师",
    "teaching_area": "教学及辅助用房面积",
    "sports_area": "体育运动场馆面积",
    "equipment_value": "教学仪器设备值",
    "multimedia_classrooms": "网络多媒体教室",
}


@dataclass(frozen=True)
class SchoolVerdict:
    """How one stage of a school stands.

    Attributes:
        met: How many of the seven reach their line.
        borderline: Indicators that their printed value would judge otherwise (临界).
    """

    stage: AssessedStage
    met: int
    verdict: Verdict
    reason_zh: str
    borderline: tuple[str, ...]


@dataclass(frozen=True)
class Spread:
    """How far the schools of a stage lie apart in one indicator, weighted by pupils.

    Attributes:
        mean: Of the stage: what there is over the pupils.
        variance: Exact; its root is the deviation.
    """

    mean: Fraction
    variance: Fraction

    @property
    def deviation(self) -> Fraction:
        """The weighted standard deviation, to sixty digits."""
        return _root(self.variance)

    @property
    def coefficient(self) -> Fraction | None:
        """The coefficient of variation, to sixty digits; None where the mean is nothing."""
        return self.deviation / self.mean if self.mean else None

    def is_within(self, limit: Fraction) -> bool:
        """Tell whether the coefficient is at most a limit, without taking a root."""
        return bool(self.mean) and self.variance <= (limit * self.mean) ** 2


@dataclass(frozen=True)
class StageVerdict:
    """How a stage of the county stands.

    Attributes:
        spreads: By indicator; None where a school has not reported.
        passed: How many of its schools pass.
        composite: The mean of the coefficients, which is only told; None where one is missing.
        borderline: Indicators whose printed coefficient would be judged otherwise (临界).
    """

    stage: Stage
    schools: int
    pupils: int
    passed: int
    spreads: Mapping[str, Spread | None]
    limit: Fraction
    composite: Fraction | None
    verdict: Verdict
    reason_zh: str
    borderline: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """The resource part of one county."""

    schools: tuple[SchoolVerdict, ...]
    stages: tuple[StageVerdict, ...]
    assessed: Assessed

    @property
    def verdict(self) -> Verdict:
        """Whether the county passes: every stage has to."""
        return together([stage.verdict for stage in self.stages])


def evaluate(assessed: Assessed, rules: Rules) -> Evaluation:
    """Return how every school and stage stands."""
    schools = tuple(_school(stage, rules) for stage in assessed.stages)
    stages = tuple(
        _stage(stage, [one for one in schools if one.stage.row.stage == stage], rules)
        for stage in ASSESSED_STAGES
        if any(one.stage.row.stage == stage for one in schools)
    )
    return Evaluation(schools, stages, assessed)


def _school(stage: AssessedStage, rules: Rules) -> SchoolVerdict:
    known = {name: one for name, one in stage.measured.items() if one is not None}
    unmet = {name: one for name, one in known.items() if not one.is_met}
    blank = [name for name in INDICATORS if name not in known]
    deep = [name for name, one in unmet.items() if one.value < rules.floor * one.line]
    spare = len(INDICATORS) - rules.needed
    said = "；".join(_short(name, one, rules) for name, one in unmet.items())
    if deep or len(unmet) > spare:
        verdict = Verdict.UNMET
        count = len(known) - len(unmet)
        reason = f"{count} 项达标：{said}"
    elif blank:  # it could lie below the floor
        verdict, reason = Verdict.UNKNOWN, said
    else:
        verdict = Verdict.MET
        reason = f"{len(known) - len(unmet)} 项达标" + (f"：{said}" if said else "")
    if blank:
        told = f"未报：{'、'.join(NAMES_ZH[name] for name in blank)}"
        reason = f"{reason}；{told}" if reason else told
    borderline = tuple(
        name
        for name, one in known.items()
        if quantities.rounding_changes_verdict(one.value, "per_pupil", "at_least", one.line)
    )
    return SchoolVerdict(stage, len(known) - len(unmet), verdict, reason, borderline)


def _short(name: str, one: Measured, rules: Rules) -> str:
    value, line = _plain(one.value), _plain(one.line)
    missing = f"差 {_plain(one.missing)} {UNITS_ZH[name]}"
    floor = rules.floor * one.line
    share = quantities.shown(rules.floor, "share")
    below = f"，低于 {share} 线 {_plain(floor)}" if one.value < floor else ""
    return f"{NAMES_ZH[name]} {value} 未到 {line}{below}，{missing}"


def _plain(number: Fraction) -> str:
    return quantities.shown(number, "per_pupil")


def _stage(stage: Stage, schools: Sequence[SchoolVerdict], rules: Rules) -> StageVerdict:
    spreads = {name: _spread(name, schools, is_weighted=rules.is_weighted) for name in INDICATORS}
    limit = rules.limits[stage]
    coefficients = [one.coefficient if one is not None else None for one in spreads.values()]
    known = [one for one in coefficients if one is not None]
    composite = sum(known, Fraction(0)) / len(known) if len(known) == len(INDICATORS) else None
    verdicts = [one.verdict for one in schools]
    apart = [n for n, one in spreads.items() if one is not None and not one.is_within(limit)]
    blank = [name for name, one in spreads.items() if one is None]
    verdict = together(verdicts)
    if apart:
        verdict = Verdict.UNMET
    elif blank and verdict == Verdict.MET:
        verdict = Verdict.UNKNOWN
    reason = _reason(schools, spreads, apart, blank, limit)
    borderline = tuple(
        name
        for name, one in spreads.items()
        if one is not None and one.coefficient is not None
        and (quantities.rounded(one.coefficient, COEFFICIENT) <= limit) != one.is_within(limit)
    )  # fmt: skip
    return StageVerdict(
        stage, len(schools), sum(one.stage.row.pupils for one in schools),
        sum(one == Verdict.MET for one in verdicts), spreads, limit, composite, verdict, reason,
        borderline,
    )  # fmt: skip


def _reason(
    schools: Sequence[SchoolVerdict],
    spreads: Mapping[str, Spread | None],
    apart: Sequence[str],
    blank: Sequence[str],
    limit: Fraction,
) -> str:
    said = []
    failed = sum(one.verdict == Verdict.UNMET for one in schools)
    unknown = sum(one.verdict == Verdict.UNKNOWN for one in schools)
    if failed:
        said.append(f"{failed} 所学校未达标")
    if unknown:
        said.append(f"{unknown} 所学校有未报的数，不能判定")
    for name in apart:
        spread = spreads[name]
        coefficient = spread.coefficient if spread is not None else None
        if coefficient is None:
            said.append(f"{NAMES_ZH[name]}均值为 0，差异系数算不出来")
            continue
        shown = quantities.shown(coefficient, COEFFICIENT)
        said.append(f"{NAMES_ZH[name]}差异系数 {shown} 大于 {quantities.shown(limit, 'ratio')}")
    if blank:
        said.append(f"未报齐，不能算差异系数：{'、'.join(NAMES_ZH[name] for name in blank)}")
    return "；".join(said) or "各校达标，七项差异系数均不超过限值"


def _spread(
    name: str, schools: Sequence[SchoolVerdict], *, is_weighted: bool = True
) -> Spread | None:
    """Return the spread of an indicator; None where a school has not reported it."""
    pairs = []
    for school in schools:
        measured = school.stage.measured[name]
        if measured is None:
            return None
        pairs.append((school.stage.row.pupils if is_weighted else 1, measured.value))
    return spread_of(pairs, is_sample=not is_weighted)


def spread_of(values: Weighed, *, is_sample: bool) -> Spread:
    """Return the spread of values.

    Args:
        values: Of each school, what it is weighed by and its value; one at least.
        is_sample: Whether the schools, each weighed by one, are taken for a sample, as STDEV does.
    """
    weight = sum(count for count, _value in values)
    mean = sum((count * value for count, value in values), Fraction(0)) / weight
    squares = sum((count * (value - mean) ** 2 for count, value in values), Fraction(0))
    return Spread(mean, squares / (weight - (is_sample and len(values) > 1)))


def _root(square: Fraction) -> Fraction:
    if not square:
        return Fraction(0)
    quotient = _DIGITS.divide(Decimal(square.numerator), Decimal(square.denominator))
    return Fraction(_DIGITS.sqrt(quotient))
