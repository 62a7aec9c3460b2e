"""A desk at which tests bring rows into a register: preview, commit, undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from gengdu.access.models import Account
from gengdu.kernel import identifiers
from gengdu.records import triggers
from gengdu.records.importing.mapping import propose
from gengdu.records.importing.preview import Mode, Previewer, Task
from gengdu.records.models import Change, ChangeKind
from gengdu.records.sheets import Register
from gengdu.records.staging import Stage
from gengdu.records.writing import commit, undo
from gengdu.registers.pupils.models import PupilRecord
from gengdu.registers.schools.models import SchoolProfile
from gengdu.registers.staff.models import StaffRecord
from tests.world import ON

_CONTROL = {"id", "recorded_at", "superseded_at", "recorded_in_id", "superseded_in_id"}
_stages = count(1)


@dataclass(frozen=True)
class Looked:
    """What a preview says of a file.

    Attributes:
        actions: What becomes of each row, in the order of the file.
        differences: By row, counted from 1: old and new by column key.
        faults, warnings: By row, counted from 1: messages by column key.
    """

    path: Path
    register: Register
    actions: tuple[str, ...]
    differences: dict[int, dict[str, tuple[str, str]]]
    faults: dict[int, dict[str, str]]
    warnings: dict[int, dict[str, str]]


def look(
    folder: Path, register: Register, *rows: Mapping[str, object], on: date = ON,
    mode: Mode = "change", schools: frozenset[int] | None = None,
    defaults: Mapping[str, Any] | None = None,
) -> Looked:  # fmt: skip
    """Preview rows by the names of their columns; the first row is row 1."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    keys = propose(register, names, {})
    positions = {keys[name]: (place, name) for place, name in enumerate(names) if name in keys}
    lines = [(number, [row.get(name) for name in names]) for number, row in enumerate(rows, 1)]
    task = Task(register, positions, on, mode, schools, defaults=defaults or {})
    path = folder / f"{next(_stages)}.sqlite3"
    with Stage.made(path, register) as stage:
        Previewer(task, stage).run(lines, lambda done: None)
    return _read(path, register, len(lines))


def _read(path: Path, register: Register, rows: int) -> Looked:
    numbers = range(1, rows + 1)
    with Stage.opened(path, register) as stage:
        actions = {
            row[0]: action
            for action in ("new", "changed", "unchanged", "rejected")
            for row in stage.looked(action)
        }
        differences = stage.differences(numbers)
        remarks = stage.remarks(numbers)
    return Looked(
        path,
        register,
        tuple(actions[number] for number in numbers),
        {row: {key: (old, new) for key, old, new in some} for row, some in differences.items()},
        _messages(remarks, is_fault=True),
        _messages(remarks, is_fault=False),
    )


def _messages(
    remarks: Mapping[int, list[tuple[str, str, bool]]], *, is_fault: bool
) -> dict[int, dict[str, str]]:
    found = {
        row: {key: message for key, message, refused in some if bool(refused) == is_fault}
        for row, some in remarks.items()
    }
    return {row: messages for row, messages in found.items() if messages}


def _change(account: Account, register: Register) -> Change:
    moment = datetime(2026, 1, 5, 8, 0, next(_stages) % 60, tzinfo=UTC)
    return Change(
        at=moment, account=account, kind=ChangeKind.IMPORT, register=register.key, summary="导入"
    )


def write(looked: Looked, account: Account) -> Change:
    """Commit what was previewed."""
    with Stage.opened(looked.path, looked.register) as stage:
        return commit(stage, _change(account, looked.register))


def take_back(change: Change, account: Account) -> Change:
    """Undo a change."""
    return undo(change, Change(at=change.at, account=account, register=change.register))


def live_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Return every live row of every register, column by column, but for who wrote it when."""
    found = {}
    for model in triggers.recorded_models():
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in _CONTROL]
        rows = model._default_manager.filter(superseded_at=None).values_list(*names)
        found[model._meta.db_table] = sorted(rows, key=repr)
    return found


def flat_cells(register: Register, on: date) -> Iterator[dict[str, object]]:
    """Yield every row of a register as an export writes it, by official name."""
    stored = [column for column in register.columns if column.part]
    kinds = {column.key: column.kind_on(on) for column in stored}
    virtual = {c.key: c.virtual.on(on) for c in register.read_columns if c.virtual}
    paths = [register.path(column) for column in stored]
    for values in register.rows(on).values_list(*paths):
        row = dict(zip((column.key for column in stored), values, strict=True))
        shown = {key: kinds[key].shown(None if row[key] == "" else row[key]) for key in row}
        shown |= {
            key: make(*(row[name] for name in _inputs(register, key)))
            for key, make in virtual.items()
        }
        yield {str(column.label): shown[column.key] for column in register.read_columns}


def _inputs(register: Register, key: str) -> tuple[str, ...]:
    virtual = register.by_key[key].virtual
    assert virtual is not None
    return virtual.inputs


def identity_number(born: date, order: int) -> str:
    """Return a well-formed identity number; an odd order is a man's."""
    first = f"371072{born:%Y%m%d}{order:03d}"
    return first + identifiers.identity_check_digit(first)


def give_numbers() -> None:
    """Give the people and schools of the small world the numbers that files know them by."""
    for order, record in enumerate(PupilRecord.objects.order_by("pk"), start=1):
        number = identity_number(record.birth_date, 2 * order + 1)
        PupilRecord.objects.filter(pk=record.pk).update(
            identity_number=number, registry_number=f"G{number}"
        )
    for order, person in enumerate(StaffRecord.objects.order_by("pk"), start=1):
        number = identity_number(person.birth_date, 2 * order)
        StaffRecord.objects.filter(pk=person.pk).update(
            identity_number=number, phone=f"1380631{order:04d}"
        )
    for order, profile in enumerate(SchoolProfile.objects.order_by("pk"), start=1):
        SchoolProfile.objects.filter(pk=profile.pk).update(identifier=f"21370000{order:02d}")
