"""What waits for a program's account, and acts of approval: looked at first, then done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from pydantic import Field, StrictBool

from gengdu.api import asking
from gengdu.api.asking import Cell, Day, Id, Strict
from gengdu.api.callers import Caller, caller_of, note, note_written
from gengdu.api.errors import ApiError, Detail, invalid
from gengdu.board import supposing
from gengdu.records import approving, ledgers, waiting
from gengdu.records.approving import Act, Plan
from gengdu.records.flows import Refused
from gengdu.records.ledgers import Ledger
from gengdu.records.models import StepKind
from gengdu.records.waiting import Group
from gengdu.records.writing import Moved
from gengdu.web.approvals.asking import GRANTED, MOST_ITEMS, Asked
from gengdu.web.approvals.effects import Effects
from gengdu.web.approvals.views import shown

_KINDS = "、".join(f"{kind.value} {kind.label}" for kind in StepKind)
_GROUPS = "、".join(f"{group.value} {group.label}" for group in Group)


class WaitingQuery(Strict):
    """Which of what waits is asked for."""

    group: Literal[tuple(Group.values)] | None = Field(  # type: ignore[valid-type]
        None, description=f"只要这一类：{_GROUPS}"
    )
    page: int = Field(1, ge=1, le=1_000_000, description="第几页")
    limit: int = Field(100, ge=1, le=500, description="每页多少条")


class WaitingLine(Schema):
    """One entry that is the account's to look at."""

    thing: int
    ledger: str
    name: str
    group: str
    state: str
    due_on: date | None = Field(description="应在哪一天前办理、公示到哪一天，或哪一天到期")
    overdue: bool


class WaitingOut(Schema):
    """What waits for the account, the most urgent first."""

    on: date
    total: int
    page: int
    limit: int
    lines: list[WaitingLine]


class ActIn(Strict):
    """What is to be done with some entries of ledgers."""

    kind: Literal[tuple(StepKind.values)] = Field(description=_KINDS)  # type: ignore[valid-type]
    things: list[Id] = Field(min_length=1, max_length=MOST_ITEMS, description="台账里的编号")
    note: str = Field("", max_length=400, description="意见；退回、重新打开、撤销必须写明原因")
    day: Day | None = Field(None, description="撤销：自哪一天起")
    granted: dict[Annotated[str, Field(max_length=60)], Cell] = Field(
        default_factory=dict, max_length=20,
        description="批准时填入每一条的列，如 document_number；留空的沿用各条原来填的",
    )  # fmt: skip
    dry_run: StrictBool = Field(True, description="true 只核对，不办理")
    mark: str = Field(
        "", max_length=64, description="核对时给的记号；带上它，核对之后有变动就不办理"
    )


class ActedEntry(Schema):
    """What becomes of one entry, or became."""

    thing: int
    ledger: str
    name: str
    before: str
    after: str | None
    refused: str = Field(description="为什么不能办理；空为可以")
    due_on: date | None
    effects: list[str]
    warnings: list[str]


class MovedPromise(Schema):
    """How one promise of the plan moves."""

    promise: str
    label: str
    before: str
    after: str
    asked: str
    reached: bool
    lost: bool


class Acted(Schema):
    """What an act would do, or did."""

    dry_run: bool
    done: int
    refused: int = Field(description="不能办理、没有找到或不在查看范围内的条数")
    entries: list[ActedEntry]
    moved: list[MovedPromise]
    mark: str


def waits(api: NinjaAPI, request: HttpRequest, query: Any) -> HttpResponse:
    """List what waits for the account as of today."""
    on = asking.today()
    viewer = caller_of(request).viewer(on)
    groups = Group.values if query.group is None else [query.group]
    lines = waiting.lines(viewer, on, groups=groups)
    start = (query.page - 1) * query.limit
    page = lines[start : start + query.limit]
    for key in sorted({line.ledger for line in page}):
        items = [line.item for line in page if line.ledger == key]
        note(request, _ledger(key), items, set(), what="接口取待办")
    found = {
        "on": on, "total": len(lines), "page": query.page, "limit": query.limit,
        "lines": [
            {
                "thing": one.line.item, "ledger": one.line.ledger, "name": one.name,
                "group": one.line.group, "state": one.line.state, "due_on": one.line.due_on,
                "overdue": one.is_overdue,
            }
            for one in shown(page, on)
        ],
    }  # fmt: skip
    return api.create_response(request, found, status=200)


def _ledger(key: str) -> Ledger:
    found = ledgers.find(key)
    assert found is not None
    return found


@dataclass(frozen=True)
class _Looked:
    """What an act was found to do."""

    acts: Sequence[Act]
    plans: Sequence[Plan]
    effects: Effects


def act(api: NinjaAPI, request: HttpRequest, given: ActIn) -> HttpResponse:
    """Look at an act, and do it unless it is a dry run, with every entry that allows it."""
    caller = caller_of(request)
    acts = _acts(caller, given)
    looked = _look(acts)
    done = sum(len(plan.done) for plan in looked.plans)
    for one, plan in zip(acts, looked.plans, strict=True):
        items = [entry.row.item_id for entry in plan.entries]
        what = f"接口{'核对' if given.dry_run else '办理'}“{StepKind(given.kind).label}”"
        note_written(request, one.ledger, items, set(), what=what, reason=one.note)
    if not given.dry_run:
        done = _do(looked, given)
    return api.create_response(request, _answer(looked, given, done), status=200)


def _acts(caller: Caller, given: ActIn) -> list[Act]:
    on = asking.today()
    data: dict[str, Any] = {"note": given.note.replace("\0", "")}
    if given.day:
        data["day"] = given.day.isoformat()
    for key, value in given.granted.items():
        data[GRANTED + key] = "" if value is None else str(value)
    things = tuple(dict.fromkeys(given.things))
    asked = Asked(given.kind, things, caller.viewer(on), caller.account, on, data)
    acts = asked.acts()
    offered = {key for one in acts for key in one.ledger.granted}
    faults: list[Detail] = [
        {"where": f"granted.{key}", "message_zh": "批准时没有这一列可填，请核对名称"}
        for key in given.granted
        if key not in offered
    ]
    for name, message in asked.errors.items():
        where = f"granted.{name.removeprefix(GRANTED)}" if name.startswith(GRANTED) else name
        faults.append({"where": where, "message_zh": message})
    if not acts:
        faults = [{"where": "things", "message_zh": "没有这些记录，或不在您的查看范围内"}]
    if faults:
        raise ApiError(422, details=faults)
    return acts


def _look(acts: Sequence[Act]) -> _Looked:
    try:
        plans = [approving.plan(one) for one in acts]
    except Refused as refused:
        raise invalid("note", str(refused)) from None
    rewrites = [
        rewrite
        for one, plan in zip(acts, plans, strict=True)
        for rewrite in approving.rewrites_of(one, plan)
    ]
    return _Looked(acts, plans, supposing.effects(rewrites, acts[0].on))


def _do(looked: _Looked, given: ActIn) -> int:
    try:
        return approving.do(looked.acts, timezone.now(), given.mark)  # noqa: TID251
    except Moved as moved:
        raise ApiError(409, str(moved)) from None
    except Refused as refused:
        raise ApiError(422, str(refused), details=_refusals(looked, given)) from None


def _refusals(looked: _Looked, given: ActIn) -> list[Detail]:
    places = {thing: place for place, thing in enumerate(given.things)}
    return [
        {"where": f"things.{places[entry.row.item_id]}", "message_zh": entry.refused}
        for plan in looked.plans
        for entry in plan.entries
        if entry.refused
    ]


def _answer(looked: _Looked, given: ActIn, done: int) -> dict[str, Any]:
    return {
        "dry_run": given.dry_run,
        "done": done,
        "refused": len(set(given.things)) - done,
        "entries": [
            entry
            for one, plan in zip(looked.acts, looked.plans, strict=True)
            for entry in _entries(one, plan)
        ],
        "moved": [
            {
                "promise": effect.promise, "label": effect.label, "before": effect.before,
                "after": effect.after, "asked": effect.asked, "reached": effect.is_reached,
                "lost": effect.is_lost,
            }
            for effect in looked.effects.moved
        ],
        "mark": approving.digest(looked.plans),
    }  # fmt: skip


def _entries(one: Act, plan: Plan) -> list[dict[str, Any]]:
    names = one.ledger.names([entry.row for entry in plan.entries], one.on)
    return [
        {
            "thing": entry.row.item_id, "ledger": one.ledger.key,
            "name": names[entry.row.item_id], "before": entry.row.state,
            "after": None if entry.refused else entry.after or None, "refused": entry.refused,
            "due_on": None if entry.refused else entry.due_on, "effects": entry.effects,
            "warnings": entry.warnings,
        }
        for entry in plan.entries
    ]  # fmt: skip
