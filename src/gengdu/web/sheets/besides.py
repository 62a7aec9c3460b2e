"""What other registers keep of one thing: a person's contracts, certificates, hours of training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gengdu.access.scope import Viewer
from gengdu.analytics.run import Moment
from gengdu.records import sheets
from gengdu.records.models import Change
from gengdu.records.sheets import Column, Register
from gengdu.web.sheets.listing import Listing, Wanted


@dataclass(frozen=True)
class Line:
    """One row that belongs to the thing.

    Attributes:
        change: The act that wrote it; None where it came with the first data.
    """

    cells: Sequence[tuple[Column, Any]]
    url: str
    change: Change | None


@dataclass(frozen=True)
class Block:
    """All that one register keeps of the thing."""

    register: Register
    columns: Sequence[Column]
    lines: Sequence[Line]
    may_edit: bool
    list_url: str
    new_url: str


@dataclass(frozen=True)
class Relative:
    """A register that lists the same things, or what belongs to them, for the row of links."""

    label: str
    url: str
    is_here: bool


def relatives(register: Register, viewer: Viewer) -> list[Relative]:
    """Return a register and those beside it, as far as the viewer may look; else nothing."""
    first = sheets.register(register.beside) if register.beside else register
    others = sheets.registers_beside(first.key)
    if not others:
        return []
    return [
        Relative(str(one.label), reverse(f"{one.key}_list"), one.key == register.key)
        for one in (first, *others)
        if viewer.may(one.view)
    ]


def pointer(register: Register) -> Column:
    """Return the column of a register beside another that holds whose a row is."""
    joined = next(column for column in register.columns if register.is_joined(column))
    return register.pointer(joined)


def owner(register: Register, thing: int) -> int | None:
    """Return whose a row is; None for registers that stand by themselves."""
    if not register.beside:
        return None
    name = register.attname(pointer(register))
    rows = register.anchor.model._default_manager.filter(pk=thing)
    return rows.values_list(name, flat=True).first()


def blocks(register: Register, viewer: Viewer, thing: int, moment: Moment) -> list[Block]:
    """Return what each register beside this one keeps of a thing, as at a moment."""
    return [
        _block(one, viewer, thing, moment)
        for one in sheets.registers_beside(register.key)
        if viewer.may(one.view)
    ]


def _block(register: Register, viewer: Viewer, thing: int, moment: Moment) -> Block:
    shown = [c for c in register.shown_columns if c.listed and not register.is_joined(c)]
    columns = {"columns": ",".join(column.key for column in shown)}
    wanted = Wanted.read(register, columns, moment.on, moment.known)
    listing = Listing(wanted, viewer)
    name = register.attname(pointer(register))
    rows = list(listing.values(listing.rows().filter(**{name: thing})))
    written: QuerySet[Any] = register.anchor.model._default_manager.all()
    sources = written.select_related("recorded_in__account").in_bulk([row.thing for row in rows])
    lines = [
        Line(
            list(zip(shown, row.cells, strict=True)),
            reverse(f"{register.key}_detail", args=[row.thing]),
            sources[row.thing].recorded_in,
        )
        for row in rows
    ]
    may_edit = viewer.may(register.edit) and moment.known is None
    return Block(
        register, shown, lines, may_edit, reverse(f"{register.key}_list"),
        f"{reverse(f'{register.key}_new')}?of={thing}",
    )  # fmt: skip


def covered(register: Register, viewer: Viewer) -> set[Any]:
    """Return the tables that blocks show whole, so that a page need not show a part of them."""
    others = sheets.registers_beside(register.key)
    return {one.anchor.model for one in others if viewer.may(one.view)}


def filled_in(register: Register, thing: int, on: date) -> dict[str, str]:
    """Return what a form says of whose the new row is; hidden numbers are left out."""
    found = {}
    by = pointer(register).key
    for column in register.shown_columns:
        if column.virtual and column.virtual.inputs == (by,):
            found[column.key] = column.virtual.on(on)(thing)
        elif register.is_joined(column) and column.writable and not column.masking:
            part = register.part(column.part)
            rows = part.model._default_manager.filter(
                part.condition(on), **{f"{part.link}_id": thing}
            )
            value = rows.values_list(register.attname(column), flat=True).first()
            found[column.key] = str(column.kind_on(on).shown(value) or "") if value else ""
    return found
