"""An evaluation as plain data, for programs and for files; nothing is rounded."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from gengdu.analytics.quality_balance.resources import INDICATORS, Excluded
from gengdu.analytics.quality_balance.verdict import Evaluation, SchoolVerdict, StageVerdict


def as_data(found: Evaluation) -> dict[str, Any]:
    """Return an evaluation as lists and numbers; None where something was not reported."""
    return {
        "verdict": found.verdict.value,
        "schools": [_school(one) for one in found.schools],
        "stages": [_stage(one) for one in found.stages],
        "excluded": [_excluded(one) for one in found.assessed.excluded],
        "warnings": list(found.assessed.warnings),
    }


def _school(one: SchoolVerdict) -> dict[str, Any]:
    row, measured = one.stage.row, one.stage.measured
    values = {name: measured[name] for name in INDICATORS}
    return {
        "school": row.school,
        "category": row.category.value,
        "stage": row.stage.value,
        "pupils": row.pupils,
        "values": {name: _number(m.value if m else None) for name, m in values.items()},
        "met": one.met,
        "verdict": one.verdict.value,
        "reason": one.reason_zh,
        "missing": {name: _number(m.missing) for name, m in values.items() if m and m.missing},
        "borderline": list(one.borderline),
    }


def _stage(one: StageVerdict) -> dict[str, Any]:
    spreads = one.spreads
    return {
        "stage": one.stage.value,
        "schools": one.schools,
        "pupils": one.pupils,
        "passed": one.passed,
        "means": {n: _number(s.mean if s else None) for n, s in spreads.items()},
        "deviations": {n: _number(s.deviation if s else None) for n, s in spreads.items()},
        "coefficients": {n: _number(s.coefficient if s else None) for n, s in spreads.items()},
        "limit": _number(one.limit),
        "composite": _number(one.composite),
        "verdict": one.verdict.value,
        "reason": one.reason_zh,
        "borderline": list(one.borderline),
    }


def _excluded(one: Excluded) -> dict[str, Any]:
    row = one.row
    return {
        "school": row.school, "category": row.category.value, "stage": row.stage.value,
        "pupils": row.pupils, "reason": one.reason_zh,
    }  # fmt: skip


def _number(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
