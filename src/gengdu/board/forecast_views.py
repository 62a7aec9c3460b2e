"""The page of forecasts: every dated promise on its due day, and how right that was before."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gengdu.access.guards import requires
from gengdu.analytics.foreseen import RETIREMENT
from gengdu.board import forecasts, presentation
from gengdu.board.forecasts import Forecast, Test
from gengdu.kernel.quantities import shown
from gengdu.policy import facts
from gengdu.records.renewing import may_lag
from gengdu.web import moments


@requires("view_plan")
@may_lag
def every(request: HttpRequest) -> HttpResponse:
    """Show what every dated promise is expected to come to."""
    moment = moments.moment_of(request)
    context = {
        "rows": [_row(one, moment.on) for one in forecasts.every(moment)],
        "retirement": [
            {"name": name, "age": int(facts.value(name, on=moment.on)), "fact": facts.fact(name)}
            for name in RETIREMENT.values()
        ],
    }  # fmt: skip
    return render(request, "board/forecasts.html", context)


def _row(found: Forecast, on: date) -> dict[str, Any]:
    unit = found.promise.unit
    return {
        "found": found, "now": shown(found.now, unit),
        "asked": presentation.threshold(found.target), "foreseen": shown(found.foreseen, unit),
        "expected": shown(found.expected, unit), "low": shown(found.low, unit),
        "high": shown(found.high, unit),
        "change": presentation.gap(found.target, found.card, found.missing),
        "start_by": found.start_by, "mark": forecasts.mark(found, on)[:16],
        "is_too_slow": found.start_by is not None and found.start_by < on,
        "error": _difference(found.mean_error, unit),
        "error_unchanged": _difference(found.mean_error_unchanged, unit),
        "tests": [_test(test, unit) for test in found.tests],
    }  # fmt: skip


def _test(test: Test, unit: str) -> dict[str, Any]:
    expected = test.foreseen if test.expected is None else test.expected
    is_spread = test.low is not None and test.low != test.high
    return {
        "found": test, "unchanged": shown(test.unchanged, unit), "expected": shown(expected, unit),
        "low": shown(test.low, unit) if is_spread else "", "high": shown(test.high, unit),
        "is_within": test.is_within if is_spread else None,
        "actual": shown(test.actual, unit), "error": _difference(expected - test.actual, unit),
    }  # fmt: skip


def _difference(value: Fraction | None, unit: str) -> str:
    """Return a difference of two values; of shares in percentage points."""
    if value is None:
        return ""
    sign = "-" if value < 0 else ""
    said = shown(abs(value), unit)
    return sign + (f"{said.removesuffix('%')} 个百分点" if unit == "share" else said)
