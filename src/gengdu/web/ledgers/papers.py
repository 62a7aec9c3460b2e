"""An entry of a ledger as a document: what it says, how it was approved, where it is signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.documents.blocks import (
    Block,
    Column,
    Comparison,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    SignaturePlaces,
    Table,
    numbered,
)
from gengdu.records.ledgers import Ledger
from gengdu.records.models import Step
from gengdu.web.sheets.details import Cell, Detail


def of_entry(ledger: Ledger, found: Detail, trail: Sequence[Step], unit: str) -> Document:
    """Return the document of one entry.

    Args:
        ledger: Its ledger.
        found: What is recorded of it.
        trail: The steps it has taken.
        unit: Whose paper it is.
    """
    every = [cell for group in found.groups() for cell in group.cells if cell.value]
    facts = [(str(cell.column.title), cell.value) for cell in every if not cell.is_wide]
    blocks: list[Block] = [KeyValues(facts)]
    for cell in every:
        if cell.is_wide:
            blocks += [Heading(1, str(cell.column.title)), *_text(cell)]
    if trail:
        blocks += [Heading(1, _("审批记录")), _steps(trail)]
    blocks.append(SignaturePlaces([_("填报单位（盖章）"), _("负责人（签字）")]))
    return Document(title=found.name, blocks=numbered(blocks), unit=unit, on=found.on)


def _text(cell: Cell) -> Iterator[Block]:
    if cell.rows:
        columns = [Column(head, 3 if place == 0 else 1) for place, head in enumerate(cell.heads)]
        yield Table(columns, cell.rows)
    else:
        yield Paragraph(cell.value)


def _steps(trail: Sequence[Step]) -> Table:
    columns = [Column(_("时间"), 2), Column(_("办理"), 1), Column(_("经办人"), 2),
               Column(_("意见"), 3)]  # fmt: skip
    rows = [
        (f"{timezone.localtime(step.at):%Y-%m-%d %H:%M}", str(step.get_kind_display()),
         step.account.title_zh or step.account.username, step.note or "—")
        for step in trail
    ]  # fmt: skip
    return Table(columns, rows)


def of_two(old: Detail, new: Detail, unit: str, on: date) -> Document:
    """Return the document that sets two entries side by side, changes marked."""
    blocks: list[Block] = []
    for column, before, after in differences(old, new):
        blocks += [
            Heading(1, str(column.title)),
            Comparison(before, after, old_title=old.name, new_title=new.name),
        ]
    title = _("%(old)s与%(new)s对照") % {"old": old.name, "new": new.name}
    return Document(title=title, blocks=numbered(blocks), unit=unit, on=on)


def differences(old: Detail, new: Detail) -> list[tuple[Any, str, str]]:
    """Return the columns in which two entries differ, with both cells as a text."""
    return [
        (before.column, _readable(before), _readable(after))
        for early, late in zip(old.groups(), new.groups(), strict=True)
        for before, after in zip(early.cells, late.cells, strict=True)
        if before.value != after.value
    ]


def _readable(cell: Cell) -> str:
    if cell.rows:
        return "\n".join("，".join(filter(None, row)) for row in cell.rows)
    return cell.value
