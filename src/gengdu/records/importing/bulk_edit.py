"""Gives many rows the same value in one column: says first what would come of it, then does it.

What is done is what was said: the work is staged again when it is confirmed, and if a single row
would be written otherwise than before, nothing is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gengdu.records import writing
from gengdu.records.importing import direct
from gengdu.records.importing.preview import Mode
from gengdu.records.models import Change
from gengdu.records.sheets import IDENTITY, Column, Register
from gengdu.records.staging import Stage

MOST_ROWS = 30_000
ROWS_SHOWN = 100
NEVER_ALIKE = ("identity_number", "registry_number", "phone")
"""Kinds of hidden values that no two people share."""
BORN = "birth_date"
"""Of many people never the same by anything that one edit could mean."""


class Otherwise(RuntimeError):
    """What would come of it is no longer what was shown; nothing was written."""


@dataclass(frozen=True)
class Edit:
    """One value for many rows.

    Attributes:
        things: The rows, by the ids of what they speak of.
        value: The cell as one writes it into a form; preview.CLEAR empties it.
        on: The day from which it holds.
        schools: Ids of the schools that the person may write for; None for all.
        absent: Those of the things that are not on the person's list that day.
    """

    register: Register
    things: Sequence[int]
    column: Column
    value: str
    on: date
    mode: Mode
    schools: frozenset[int] | None
    absent: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Effect:
    """What would come of an edit.

    Attributes:
        reasons: Why rows are refused, and how many.
        warnings: What is to be said of rows that pass, and of how many.
        shown: The first rows that change: thing, old and new in words.
        refused_things: The first things that are refused, with the reason.
        digest: Stands for exactly what would be written.
    """

    changed: int
    unchanged: int
    refused: int
    reasons: Sequence[tuple[str, int]]
    warnings: Sequence[tuple[str, int]]
    shown: Sequence[tuple[int, str, str]]
    refused_things: Sequence[tuple[int, str]]
    digest: str


def columns_of(register: Register) -> list[Column]:
    """Return the columns in which many rows may be given one value; never what names a person."""
    naming = {register.name, *register.search}
    naming |= {key for keys in (*register.keys, *register.weak_keys) for key in keys}
    naming |= {part.needs for part in register.parts[1:]}
    return [
        column
        for column in register.shown_columns
        if column.writable
        and not column.virtual
        and not register.is_joined(column)
        and column.part != IDENTITY
        and column.key not in naming | {BORN}
        and column.masking not in NEVER_ALIKE
    ]


def look(edit: Edit) -> Effect:
    """Return what would come of an edit; nothing is written."""
    with direct.staged(_asked(edit)) as stage:
        return _effect(edit, stage)


def write(edit: Edit, change: Change, *, shown: str) -> Change:
    """Write the rows that are not refused as one change.

    Args:
        edit: What to do.
        change: Not saved yet; its counts are filled in here.
        shown: The digest of the effect that the person has agreed to.

    Raises:
        Otherwise: If something else would come of it now.
        writing.Moved: If somebody was faster.
    """
    with direct.staged(_asked(edit)) as stage:
        effect = _effect(edit, stage)
        if effect.digest != shown or not effect.changed:
            raise Otherwise
        change.counts |= {
            "changed": effect.changed, "unchanged": effect.unchanged, "rejected": effect.refused,
        }  # fmt: skip
        return writing.commit(stage, change)


def _asked(edit: Edit) -> direct.Asked:
    things = (thing for thing in edit.things if thing not in edit.absent)
    rows = [(thing, {edit.column.key: edit.value}) for thing in things]
    return direct.Asked(edit.register, rows, edit.on, edit.mode, edit.schools)


def _effect(edit: Edit, stage: Stage) -> Effect:
    actions = stage.actions()
    faults, warnings = _reasons(edit, stage)
    changed = stage.looked("changed", most=ROWS_SHOWN)
    differences = stage.differences([row for row, *_ in changed])
    refused = stage.looked("rejected", most=ROWS_SHOWN)
    remarks = stage.remarks([row for row, *_ in refused])
    away = sorted(edit.absent)[:ROWS_SHOWN]
    return Effect(
        changed=actions.get("changed", 0),
        unchanged=actions.get("unchanged", 0),
        refused=actions.get("rejected", 0) + len(edit.absent),
        reasons=faults,
        warnings=warnings,
        shown=[
            (thing, old, new)
            for row, thing, *_ in changed
            for key, old, new in differences.get(row, [])
            if key == edit.column.key
        ],
        refused_things=[
            *((thing, "；".join(said for _key, said, fault in remarks[row] if fault))
              for row, thing, *_ in refused),
            *((thing, _absent_zh(edit)) for thing in away),
        ],
        digest=_digest(edit, stage),
    )  # fmt: skip


def _absent_zh(edit: Edit) -> str:
    return f"{edit.on.isoformat()} 不在册，或那天不在您的管理范围内"


def _reasons(edit: Edit, stage: Stage) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    faults = [(_absent_zh(edit), len(edit.absent))] if edit.absent else []
    warnings: list[tuple[str, int]] = []
    for message, is_fault, count in stage.messages():
        (faults if is_fault else warnings).append((message, count))
    return faults, warnings


def _digest(edit: Edit, stage: Stage) -> str:
    """Return what stands for the rows chosen and for every row that would be written."""
    found = hashlib.sha256(repr((sorted(edit.things), sorted(edit.absent))).encode())
    found.update(repr(sorted(stage.actions().items())).encode())
    for part in stage.register.parts:
        for row in stage.rows(part):
            found.update(repr(row).encode())
    return found.hexdigest()
