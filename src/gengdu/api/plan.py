"""Gives how the plan stands: every promise, and one indicator by town or school."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from pydantic import Field

from gengdu.analytics import cards
from gengdu.analytics.cards import Card, UnknownIndicator
from gengdu.analytics.forms import Counts
from gengdu.analytics.run import Moment, Result
from gengdu.api import asking
from gengdu.api.asking import Moments
from gengdu.api.callers import caller_of
from gengdu.api.errors import ApiError
from gengdu.board import pages, presentation, queries
from gengdu.kernel.quantities import shown
from gengdu.policy import facts


class StatusQuery(Moments):
    """Which promises are asked for."""

    measure: int | None = Field(
        None, ge=0, le=1000, description="只看一条措施，如 11；0 为工作目标"
    )


class IndicatorQuery(Moments):
    """How an indicator is to be broken down."""

    by: Literal["town", "school"] | None = Field(None, description="再按镇街或按学校列出")


class CountsOut(Schema):
    """How many rows count, of how many."""

    counted: int
    rows: int
    unreported: int


class PromiseOut(Schema):
    """How one promise stands; a share is 0 to 1."""

    promise: str
    label: str
    measure: int
    lead: str
    standing: str
    was_lost: bool
    value: float | None
    shown: str
    unit: str
    compare: str
    asked: float | None
    counts_from: float | None
    force: str
    due_on: date | None
    recurs: str | None
    missing: int | None
    indicator: str | None
    parts: dict[str, CountsOut]
    on: date
    known: date | None


class StatusOut(Schema):
    """How the promises of the notice stand."""

    on: date
    known: date | None
    promises: list[PromiseOut]


class GroupOut(Schema):
    """One town or school; counts of children too small to show are hidden."""

    key: int
    name: str
    value: float | None
    shown: str
    is_hidden: bool
    parts: dict[str, CountsOut] | None


class IndicatorOut(Schema):
    """What one indicator comes to."""

    name: str
    label: str
    unit: str
    unit_zh: str
    numerator_zh: str
    denominator_zh: str
    on: date
    known: date | None
    value: float | None
    shown: str
    parts: dict[str, CountsOut]
    groups: list[GroupOut] | None


def _moment(query: Any) -> Moment:
    return Moment(query.on or asking.today(), query.known)


def status(api: NinjaAPI, request: HttpRequest, query: Any) -> HttpResponse:
    """Give how every promise stands, as `gengdu status --json` does."""
    moment = _moment(query)
    found = queries.statuses(moment, _promises(query.measure))
    given = [presentation.as_data(item) for item in found]
    body = {"on": moment.on, "known": moment.known, "promises": given}
    return api.create_response(request, body, status=200)


def _promises(number: int | None) -> tuple[facts.Fact, ...] | None:
    if number is None:
        return None
    for measure in facts.plan().measures:
        if measure.number == number:
            return measure.promises
    raise ApiError(404, f"没有第 {number} 条措施。请核对编号，0 为工作目标。")


def indicator(api: NinjaAPI, request: HttpRequest, name: str, query: Any) -> HttpResponse:
    """Give what one indicator comes to, for the district and where asked by town or school."""
    try:
        card = cards.card(name)
    except UnknownIndicator:
        raise ApiError(404, "没有这个指标。名称见 /status 里的 indicator。") from None
    moment = _moment(query)
    result = queries.result(card, moment)
    body = {
        "name": card.name, "label": card.label_zh, "unit": card.unit, "unit_zh": card.unit_zh,
        "numerator_zh": card.numerator_zh, "denominator_zh": card.denominator_zh or "",
        "on": moment.on, "known": moment.known,
        "value": None if result.value is None else float(result.value),
        "shown": shown(result.value, card.unit),
        "parts": _counts(pages.parts_in_order(result)),
        "groups": _groups(request, result, query.by) if query.by else None,
    }  # fmt: skip
    return api.create_response(request, body, status=200)


def _groups(request: HttpRequest, result: Result, by: str) -> list[dict[str, Any]]:
    viewer = caller_of(request).viewer(result.moment.on)
    return [_group(result.card, group) for group in pages.groups(result, viewer, of=by)]


def _group(card: Card, group: pages.Group) -> dict[str, Any]:
    value = None if group.hidden else pages.group_value(card, dict(group.parts))
    return {
        "key": group.key,
        "name": group.name,
        "value": None if value is None else float(value),
        "shown": group.value,
        "is_hidden": group.hidden,
        "parts": None if group.hidden else _counts(group.parts),
    }


def _counts(parts: Any) -> dict[str, dict[str, int]]:
    found: dict[str, Counts] = dict(parts)
    return {
        part: {"counted": counts.counted, "rows": counts.rows, "unreported": counts.unreported}
        for part, counts in found.items()
    }
