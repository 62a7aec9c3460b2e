"""Takes rows into a register by the way that forms and files go, and takes them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI

from gengdu.access.masking import masked
from gengdu.api import asking
from gengdu.api.callers import Caller, caller_of, note_written, require
from gengdu.api.errors import ApiError, Detail
from gengdu.records import sheets, writing
from gengdu.records.importing import batches, direct
from gengdu.records.importing.direct import Asked, Outcome
from gengdu.records.importing.preview import CLEAR
from gengdu.records.models import Change, ChangeKind, ImportBatch
from gengdu.records.sheets import Register

_UNDONE_HERE = (ChangeKind.EDIT, ChangeKind.BULK_EDIT, ChangeKind.IMPORT)


@dataclass(frozen=True)
class _Task:
    """Rows on their way: who brings them, and which of the things they name that person sees."""

    caller: Caller
    register: Register
    given: Any
    on: date
    seen: Mapping[int, int | None]


def rows(api: NinjaAPI, request: HttpRequest, register: Register, given: Any) -> HttpResponse:
    """Look at rows, and write them unless it is a dry run: all of them, or none."""
    task = _task(request, register, given)
    asked = _asked(task)
    outcome = direct.look(asked)
    faults = list(_twice(outcome))
    if faults or (outcome.is_refused and not given.dry_run):
        raise _refusal(outcome, faults)
    _note(request, task, outcome)
    if not given.dry_run:
        outcome = _write(task, asked)
    return api.create_response(request, _answer(task, outcome), status=200)


def _task(request: HttpRequest, register: Register, given: Any) -> _Task:
    """Find the things that rows name; of another's scope they are as if they were not there."""
    caller, on = caller_of(request), given.holds_from or asking.today()
    named = [row.thing for row in given.rows if row.thing is not None]
    seen = _schools_of(register, caller, named, on)
    faults: list[Detail] = []
    counted = Counter(named)
    for place, row in enumerate(given.rows):
        where = f"rows.{place}.thing"
        if row.thing is not None and row.thing not in seen:
            faults.append({"where": where, "message_zh": "没有这条记录，或不在您的查看范围内"})
        elif counted[row.thing] > 1:
            faults.append({"where": where, "message_zh": "同一条记录写了不止一行，请只留一行"})
    if faults:
        raise ApiError(422, details=faults)
    return _Task(caller, register, given, on, seen)


def _schools_of(
    register: Register, caller: Caller, things: Iterable[int], on: date
) -> dict[int, int | None]:
    """Return the things that the caller sees, each with the school that holds it."""
    found = register.within(caller.viewer(on), on).filter(thing__in=list(things))
    if not register.school:
        return dict.fromkeys(found.values_list("thing", flat=True))
    return dict(found.values_list("thing", register.path(register.by_key[register.school])))


def _asked(task: _Task) -> Asked:
    viewer = task.caller.viewer(task.on)
    cells = [
        (
            row.thing,
            {key: _cell(value) for key, value in row.cells.dict(exclude_unset=True).items()},
        )
        for row in task.given.rows
    ]
    schools = task.register.may_write_for(viewer, task.on)
    return Asked(task.register, cells, task.on, task.given.mode, schools)


def _cell(value: object) -> object:
    """Return a cell as a file would hold it: what is explicitly nothing is to be emptied."""
    return CLEAR if value is None else value


def _reason(given: Any) -> str:
    """Return why, in the person's own words; PostgreSQL takes no text with a null in it."""
    return str(given.reason).replace("\0", "").strip()


def _twice(outcome: Outcome) -> Iterable[Detail]:
    """Yield rows that speak of one thing by different numbers."""
    things = Counter(thing for _action, thing in outcome.rows.values() if thing is not None)
    for place, (_action, thing) in outcome.rows.items():
        if thing is not None and things[thing] > 1:
            message = "和另一行说的是同一条记录，请只留一行"
            yield {"where": f"rows.{place}", "message_zh": message}


def _refusal(outcome: Outcome, faults: list[Detail]) -> ApiError:
    for place, remarks in outcome.remarks.items():
        for column, message, is_fault in remarks:
            if is_fault:
                faults.append({"where": f"rows.{place}.cells.{column}", "message_zh": message})
    count = len({fault["where"].split(".")[1] for fault in faults})
    return ApiError(422, f"有 {count} 行不能接收，没有写入任何数据。请按 details 改正。", faults)


def _note(request: HttpRequest, task: _Task, outcome: Outcome) -> None:
    """Write into the trail whose records are compared with the rows, before any is written."""
    things = [thing for _action, thing in outcome.rows.values() if thing is not None]
    seen = _schools_of(task.register, task.caller, things, task.on)
    schools = {school for school in seen.values() if school is not None}
    deed = "核对" if task.given.dry_run else "写入"
    what = f"接口{deed}{task.register.label} {len(task.given.rows)} 行"
    note_written(request, task.register, things, schools, what=what, reason=_reason(task.given))


def _write(task: _Task, asked: Asked) -> Outcome:
    count = len(asked.rows)
    change = Change(
        at=timezone.now(), account=task.caller.account,  # noqa: TID251
        kind=ChangeKind.EDIT if count == 1 else ChangeKind.BULK_EDIT,
        register=task.register.key, reason=_reason(task.given),
        summary=f"接口写入{task.register.label} {count} 行（{task.caller.token.name}）"[:200],
    )  # fmt: skip
    try:
        outcome = direct.write(asked, change)
    except writing.Moved as error:
        raise ApiError(409, str(error)) from None
    if outcome.is_refused:
        raise _refusal(outcome, [])
    return outcome


def _answer(task: _Task, outcome: Outcome) -> dict[str, Any]:
    made = _made(task.register, outcome)
    actions = {name: outcome.actions.get(name, 0) for name in ("new", "changed", "unchanged")}
    return {
        "dry_run": task.given.dry_run,
        "actions": actions | {"rejected": outcome.actions.get("rejected", 0)},
        "rows": [
            {
                "place": place,
                "action": action,
                "thing": made.get(place, thing),
                "remarks": [
                    {"column": column, "message_zh": message, "is_fault": bool(is_fault)}
                    for column, message, is_fault in outcome.remarks.get(place, [])
                ],
                "differences": [
                    _difference(task.register, *item) for item in outcome.differences.get(place, [])
                ],
            }
            for place, (action, thing) in outcome.rows.items()
        ],
        "change": outcome.change.pk if outcome.change else None,
    }


def _difference(register: Register, key: str, old: str, new: str) -> dict[str, str]:
    kind = register.by_key[key].masking
    if kind:
        old, new = masked(kind, old), masked(kind, new)
    return {"column": key, "old": old, "new": new}


def _made(register: Register, outcome: Outcome) -> dict[int, int]:
    """Return the new things by place of their row; they were numbered in the order of the rows."""
    places = [place for place, (action, _thing) in outcome.rows.items() if action == "new"]
    if outcome.change is None or not places or register.identity is None:
        return {}
    known = [thing for _action, thing in outcome.rows.values() if thing is not None]
    recorded = register.anchor.model._default_manager.filter(recorded_in=outcome.change)
    made = recorded.exclude(**{f"{register.anchor.link}__in": known}).order_by(
        f"{register.anchor.link}_id"
    )
    things = made.values_list(f"{register.anchor.link}_id", flat=True).distinct()
    return dict(zip(places, things, strict=True))


def undo(api: NinjaAPI, request: HttpRequest, number: int, given: Any) -> HttpResponse:
    """Take back what the caller's own account wrote."""
    caller = caller_of(request)
    change = Change.objects.filter(pk=number, account=caller.account, kind__in=_UNDONE_HERE).first()
    register = next((r for r in sheets.registers() if change and r.key == change.register), None)
    if change is None or register is None:
        raise ApiError(404, "没有这次操作，或不是您本人做的。只能撤销自己的修改和导入。")
    require(caller, register.edit)
    things = _touched(register, change)
    seen = _schools_of(register, caller, things, asking.today())
    if len(seen) < len(things) and not caller.viewer(asking.today()).sees_district:
        raise ApiError(403, "这次操作里有已不在您范围内的记录。请找教育分局撤销。")
    schools = {school for school in seen.values() if school is not None}
    what = f"接口撤销操作 {change.pk}：{change.summary}"
    note_written(request, register, things, schools, what=what, reason=_reason(given))
    undoing = _undo(caller, change, _reason(given))
    return api.create_response(request, {"undone": change.pk, "change": undoing.pk}, status=200)


def _undo(caller: Caller, change: Change, reason: str) -> Change:
    now = timezone.now()  # noqa: TID251
    batch = ImportBatch.objects.filter(change=change).first()
    try:
        if batch is not None:
            return batches.undo(batch, account=caller.account, at=now, reason=reason)
        summary = f"撤销{change.summary}"[:200]
        undoing = Change(
            at=now, account=caller.account, register=change.register, reason=reason, summary=summary
        )
        return writing.undo(change, undoing)
    except (writing.CannotUndo, batches.WrongState) as error:
        raise ApiError(409, str(error)) from None


def _touched(register: Register, change: Change) -> list[int]:
    """Return the things of which a change recorded something."""
    found: set[int] = set()
    for part in register.own_parts:
        link = f"{part.link}_id" if part.link else "pk"
        rows = part.model._default_manager.filter(recorded_in=change)
        found |= set(rows.values_list(link, flat=True))
    return sorted(found)
