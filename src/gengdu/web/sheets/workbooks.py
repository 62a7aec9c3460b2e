"""Workbooks that leave a register: the list as shown, the import template, the rows not taken."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from gengdu.documents.faults import FailedRow, write_failed_rows
from gengdu.documents.templates import TemplateColumn, write_template
from gengdu.documents.writing import OutColumn, write_table
from gengdu.kernel import cells
from gengdu.records.importing import batches
from gengdu.records.models import ImportBatch
from gengdu.records.references import NamedCell
from gengdu.records.sheets import Column, Register
from gengdu.records.staging import Stage
from gengdu.web.sheets.listing import Listing
from gengdu.web.sheets.selection import sought

IN_MEMORY = 8_000_000
"""Bytes of a workbook that are kept in memory before it goes to disk."""

Written = tuple[BinaryIO, list[int], set[int]]
"""A file at its beginning, the ids of the things in it, and the schools that hold them."""


def new_file() -> BinaryIO:
    """Return a file that is gone when it is closed."""
    return tempfile.TemporaryFile()


def exported(listing: Listing, *, whole: bool, at: datetime, by: str) -> Written:
    """Write the rows of a list, all of them, in its columns and order.

    Args:
        listing: What to write.
        whole: Whether hidden numbers are written whole.
        at: The moment of making.
        by: Who takes it out.
    """
    file = new_file()
    ids, schools = write_list(file, listing, whole=whole, at=at, by=by)
    file.seek(0)
    return file, ids, schools


def write_list(
    file: BinaryIO,
    listing: Listing,
    *,
    whole: bool,
    at: datetime,
    by: str,
    tell: Callable[[int], None] = lambda done: None,
) -> tuple[list[int], set[int]]:
    """Write a list into an open file; return the things in it, and the schools that hold them.

    Args:
        file: Where to.
        listing: What to write.
        whole: Whether hidden numbers are written whole.
        at: The moment of making.
        by: Who takes it out.
        tell: Hears after each row how many there are so far.
    """
    ids: list[int] = []
    schools: set[int] = set()

    def rows() -> Iterator[list[Any]]:
        for row in listing.values(listing.rows(), whole=whole):
            ids.append(row.thing)
            if row.school:
                schools.add(row.school)
            tell(len(ids))
            yield list(row.cells)

    columns = [_out(listing, column) for column in listing.columns]
    write_table(
        file, title=str(listing.register.label), columns=columns, rows=rows(), created=at,
        facts=_facts(listing, by, whole),
    )  # fmt: skip
    return ids, schools


def file_name(register: Register, on: date, known: date | None, count: int) -> str:
    """Return what the file of a list is called: register, day, the day known, number of rows."""
    by = _("按%(day)s已知") % {"day": f"{known:%Y%m%d}"} if known else ""
    return "_".join(filter(None, (str(register.label), f"{on:%Y%m%d}", by, f"{count}.xlsx")))


def _out(listing: Listing, column: Column) -> OutColumn:
    kind = listing.kind_of(column) if not column.virtual else cells.Text()
    as_text = bool(column.masking) or column.virtual
    return OutColumn(str(column.label), column.width, "text" if as_text else kind.written_as)


def _facts(listing: Listing, by: str, whole: bool) -> list[tuple[str, str]]:
    filters = [
        f"{listing.register.by_key[key].label}：{value}"
        for key, value in listing.wanted.filters.items()
    ]
    filters += sought(listing.wanted)
    return [
        (_("内容"), str(listing.register.label)),
        (_("截至"), listing.wanted.on.isoformat()),
        *_known_fact(listing.wanted.known),
        (_("条件"), "；".join(filters) or _("无")),
        (_("导出人"), by),
        (_("号码"), _("完整") if whole else _("部分隐去，原样导回不会改动")),
    ]


def _known_fact(known: date | None) -> list[tuple[str, str]]:
    said = _("%(day)s 当天已知的记录，后来补报、更正的不计")
    return [(_("依据"), said % {"day": known.isoformat()})] if known else []


def template(listing: Listing, *, filled: bool, at: datetime) -> Written:
    """Write the import template of a register, filled with its rows where that is asked."""
    register, on = listing.register, listing.wanted.on
    every = Listing(listing.wanted.without_view(), listing.viewer)
    places = [place for place, column in enumerate(every.columns) if column.writable]
    ids: list[int] = []
    schools: set[int] = set()
    rows: list[list[Any]] = []
    for row in every.values(every.rows()) if filled else ():
        ids.append(row.thing)
        if row.school:
            schools.add(row.school)
        rows.append([row.cells[place] for place in places])
    file = new_file()
    columns = [asked(every.columns[place], on) for place in places]
    write_template(file, columns, rows, title=str(register.label), created=at)
    file.seek(0)
    return file, ids, schools


def asked(column: Column, on: date) -> TemplateColumn:
    """Return how a template asks for a column."""
    kind = column.kind_on(on)
    choices: dict[str, str] = {}
    if isinstance(kind, cells.Code):
        named = {label: label for label in kind.codes.values()}
        choices = named if kind.is_internal else dict(kind.codes)
    elif isinstance(kind, cells.YesNo):
        choices = {"1": "是", "0": "否"}
    elif isinstance(kind, NamedCell):
        choices = {name: name for name in kind.offered}
    return TemplateColumn(
        str(column.label), "text" if column.virtual or column.masking else kind.written_as,
        column.required, column.width, choices, column.example or None, str(column.help),
    )  # fmt: skip


def rejected(register: Register, batch: ImportBatch, *, at: datetime) -> BinaryIO:
    """Write the rows of a batch that were not taken, each fault beside its cell."""
    found = batches.header(batch)
    places = {
        batch.mapping[cell.name]: cell.position
        for cell in found.cells
        if cell.name in batch.mapping
    }
    file = new_file()
    with Stage.opened(batches.stage_path(batch), register) as stage:
        rows = list(_failed(stage, places))
    headers = [cell.name for cell in found.cells]
    write_failed_rows(file, headers, rows, created=at)
    file.seek(0)
    return file


def _failed(stage: Stage, places: dict[str, int]) -> Iterator[FailedRow]:
    looked = stage.looked("rejected")
    remarks = stage.remarks([row[0] for row in looked])
    for number, _thing, _name, raw in looked:
        faults: dict[int, str] = {}
        for key, message, is_fault in remarks.get(number, []):
            if is_fault:
                place = places.get(key, 0)
                faults[place] = "；".join(filter(None, (faults.get(place, ""), message)))
        yield FailedRow(number, json.loads(raw), faults)
