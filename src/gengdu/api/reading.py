"""Gives registers: which there are, their rows, and one thing with its history."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from gengdu.api import asking, schemas
from gengdu.api.callers import Caller, caller_of, note, reason_of
from gengdu.api.errors import ApiError
from gengdu.records import sheets
from gengdu.records.sheets import Column, Register
from gengdu.web.sheets import details
from gengdu.web.sheets.details import Detail, Step
from gengdu.web.sheets.listing import Listing, Row, Wanted


def registers(api: NinjaAPI, request: HttpRequest) -> HttpResponse:
    """Name the registers that the caller may read, with their columns."""
    caller = caller_of(request)
    found = [_register(caller, item) for item in sheets.registers() if caller.may(item.view)]
    return api.create_response(request, {"registers": found}, status=200)


def _register(caller: Caller, register: Register) -> dict[str, Any]:
    return {
        "key": register.key,
        "label": str(register.label),
        "unit": str(register.unit),
        "may_write": caller.may(register.edit),
        "keys": [list(keys) for keys in register.keys],
        "columns": [_column(column) for column in register.shown_columns],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "label": str(column.label),
        "description": schemas.told(column),
        "type": schemas.written_as(column),
        "required": column.required,
        "writable": column.writable,
        "masked": bool(column.masking),
        "filtered": column.filtered,
        "codes": schemas.codes_of(column),
    }


def listed(api: NinjaAPI, request: HttpRequest, register: Register, query: Any) -> HttpResponse:
    """Give one page of a register's rows."""
    wanted = asking.wanted(register, query)
    reason = reason_of(request)
    listing = Listing(wanted, caller_of(request).viewer(wanted.on))
    rows = listing.rows()
    start = (query.page - 1) * query.limit
    shown = list(listing.values(rows[start : start + query.limit], whole=bool(reason)))
    schools = {row.school for row in shown if row.school}
    note(
        request, register, [row.thing for row in shown], schools,
        what=f"接口取{register.label}列表", reason=reason,
    )  # fmt: skip
    found = {
        "on": wanted.on, "known": wanted.known, "total": rows.count(),
        "page": query.page, "limit": query.limit,
        "rows": [{"thing": row.thing, "cells": _cells(wanted, row)} for row in shown],
    }  # fmt: skip
    return api.create_response(request, found, status=200)


def _cells(wanted: Wanted, row: Row) -> dict[str, Any]:
    return dict(zip(wanted.columns, row.cells, strict=True))


def one(
    api: NinjaAPI, request: HttpRequest, register: Register, thing: int, query: Any
) -> HttpResponse:
    """Give all that is known of one thing, and how it came about."""
    on, known = query.on or asking.today(), query.known
    reason = reason_of(request)
    viewer = caller_of(request).viewer(on)
    if not details.find(register, viewer, thing, on, known):
        raise ApiError(404)
    detail = Detail(register, thing, on, known=known, whole=bool(reason))
    listing = Listing(Wanted(register, on, "", {}, (), "", known).without_view(), viewer)
    row = next(listing.values(listing.rows().filter(thing=thing), whole=bool(reason)))
    note(
        request, register, [thing], {row.school} if row.school else set(),
        what=f"接口取{register.label}详情", reason=reason,
    )  # fmt: skip
    found = {
        "on": on, "known": known, "thing": thing, "cells": _cells(listing.wanted, row),
        "parts": _parts(detail), "history": [_step(step) for step in detail.history()],
    }  # fmt: skip
    return api.create_response(request, found, status=200)


def _parts(detail: Detail) -> list[dict[str, Any]]:
    return [
        {
            "key": group.part.name,
            "label": str(group.part.label),
            "starts_on": group.starts_on,
            "ends_on": group.ends_on,
        }
        for group in detail.groups()
        if group.row_id is not None
    ]


def _step(step: Step) -> dict[str, Any]:
    change = step.change
    return {
        "part": str(step.part.label),
        "recorded_at": step.recorded_at,
        "superseded_at": step.superseded_at,
        "starts_on": step.starts_on,
        "ends_on": step.ends_on,
        "is_first": step.is_first,
        "change": None if change is None else {
            "id": change.pk, "at": change.at, "kind": change.kind,
            "account": change.account.username, "summary": change.summary,
            "reason": change.reason,
        },
        "differences": [
            {"label": label, "old": old, "new": new} for label, old, new in step.differences
        ],
    }  # fmt: skip
