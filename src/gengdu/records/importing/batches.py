"""Brings a file into a register: upload, choose columns, preview, confirm, undo.

The file, what is staged of it and how far the work has come lie in a folder of the batch; the
database hears of a batch only when its state changes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gengdu.access.models import Account
from gengdu.documents.faults import is_own_column
from gengdu.documents.headers import Header, find_header, normal_name
from gengdu.documents.limits import Limits, Refused
from gengdu.documents.reading import Row as FileRow
from gengdu.documents.reading import read_rows, read_sheets
from gengdu.documents.templates import is_example_row
from gengdu.records import sheets, writing
from gengdu.records.importing import mapping
from gengdu.records.importing.preview import Mode, Previewer, Row, Task
from gengdu.records.models import BatchState, Change, ChangeKind, HeaderMemory, ImportBatch
from gengdu.records.sheets import Register
from gengdu.records.staging import Stage

HEADER_ROWS = 40


class WrongState(RuntimeError):
    """A batch is not at the step that was asked for; the message says where it is."""


def folder(batch: ImportBatch) -> Path:
    """Return where a batch keeps its file."""
    return Path(settings.IMPORTS) / str(batch.pk)


def source(batch: ImportBatch) -> Path:
    """Return the uploaded file."""
    return folder(batch) / "source"


def stage_path(batch: ImportBatch) -> Path:
    """Return the file in which the batch is staged."""
    return folder(batch) / "stage.sqlite3"


def upload(
    register: Register,
    file: UploadedFile[Any],
    *,
    account: Account,
    on: date,
    mode: Mode,
    at: datetime,
) -> ImportBatch:
    """Keep an uploaded file as a new batch.

    Raises:
        Refused: If it is no table, or too large; nothing is kept then.
    """
    limits = Limits()
    if (file.size or 0) > limits.file_bytes:
        raise Refused(
            f"文件有 {(file.size or 0) / 1e6:.0f} MB，上限是 {limits.file_bytes / 1e6:.0f} MB，"
            "没有接收。请删去多余的工作表和图片，或分成几个文件。"
        )
    batch = ImportBatch.objects.create(
        account=account, register=register.key, file_name=(file.name or "")[-200:], digest="",
        on=on, mode=mode, uploaded_at=at,
    )  # fmt: skip
    try:
        batch.digest = _keep(file, source(batch))
        names = read_sheets(source(batch))
        batch.sheet = names[0]
        header(batch)
    except Refused:
        batch.delete()
        shutil.rmtree(folder(batch), ignore_errors=True)
        raise
    batch.save(update_fields=["digest", "sheet"])
    return batch


def _keep(file: UploadedFile[Any], path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as target:
        for chunk in file.chunks():
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def header(batch: ImportBatch) -> Header:
    """Return the header of a batch's sheet.

    Raises:
        Refused: If no row of the sheet names columns of the register.
    """
    known = mapping.meanings(sheets.register(batch.register))
    chosen = remembered(batch)
    return find_header(
        _first_rows(batch), lambda name: normal_name(name) in known or normal_name(name) in chosen
    )


def _first_rows(batch: ImportBatch) -> Iterator[FileRow]:
    for number, row in read_rows(source(batch), batch.sheet or None):
        if number > HEADER_ROWS:
            return
        yield number, row


def remembered(batch: ImportBatch) -> dict[str, str]:
    """Return the columns that the sender chose for names before, by normal name."""
    found = HeaderMemory.objects.filter(account=batch.account_id, register=batch.register)
    return dict(found.values_list("name", "column"))


def proposal(batch: ImportBatch) -> list[tuple[str, str, str]]:
    """Return letter, name and proposed column key of every column of the file."""
    found = [cell for cell in header(batch).cells if not is_own_column(cell.name)]
    names = [cell.name for cell in found]
    keys = mapping.propose(sheets.register(batch.register), names, remembered(batch))
    return [(cell.letter, cell.name, keys.get(cell.name, "")) for cell in found]


def choose(batch: ImportBatch, chosen: Mapping[str, str]) -> None:
    """Take note of which column each name of the file means, and remember it for the sender.

    Raises:
        WrongState: If the batch is beyond that step.
    """
    _expect(batch, BatchState.UPLOADED, BatchState.PREVIEWED, BatchState.FAILED)
    register = sheets.register(batch.register)
    batch.mapping = {name: key for name, key in chosen.items() if key in register.by_key}
    usual = mapping.propose(register, chosen, {})
    with transaction.atomic():
        for name, key in chosen.items():
            if usual.get(name, "") != key:
                HeaderMemory.objects.update_or_create(
                    account_id=batch.account_id, register=batch.register,
                    name=normal_name(name)[:100], defaults={"column": key},
                )  # fmt: skip
        _to(batch, BatchState.READING, mapping=batch.mapping, message="")
    tell(batch, 0, 0)


def _expect(batch: ImportBatch, *states: str) -> None:
    if batch.state not in states:
        raise WrongState(f"这一批现在是“{batch.get_state_display()}”，不能这样操作。请刷新页面。")


def _to(batch: ImportBatch, state: str, **values: Any) -> None:
    batch.state = state
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save(update_fields=["state", *values])


def tell(batch: ImportBatch, done: int, expected: int) -> None:
    """Write down how far the work has come; a half-written note is never seen."""
    path = folder(batch) / "progress.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"done": done, "expected": expected}))
    part.replace(path)


def progress(batch: ImportBatch) -> tuple[int, int]:
    """Return how many rows are done, of how many; zeros before the work begins."""
    try:
        found = json.loads((folder(batch) / "progress.json").read_text())
    except (FileNotFoundError, ValueError):
        return 0, 0
    return int(found["done"]), int(found["expected"])


def read(batch: ImportBatch, schools: frozenset[int] | None) -> None:
    """Look at every cell of the file and stage what would be written.

    Done again after an interruption, it begins anew; nothing but the batch's folder is touched.
    """
    register = sheets.register(batch.register)
    found = header(batch)
    positions = {
        batch.mapping[cell.name]: (cell.position, cell.name)
        for cell in found.cells
        if cell.name in batch.mapping
    }
    expected = sum(1 for _ in _data_rows(batch, found))
    mode: Mode = "correction" if batch.mode == "correction" else "change"
    defaults = _own_school(register, schools)
    task = Task(register, positions, batch.on, mode, schools, defaults=defaults)
    with Stage.made(stage_path(batch), register) as stage:
        previewer = Previewer(task, stage)
        previewer.run(_data_rows(batch, found), lambda done: tell(batch, done, expected))
    with Stage.opened(stage_path(batch), register) as stage:
        counts = {**stage.actions(), "warned": stage.warned()}
    _to(batch, BatchState.PREVIEWED, counts=counts)


def _own_school(register: Register, schools: frozenset[int] | None) -> dict[str, int]:
    """Return the school that rows mean which name none: the sender's only one."""
    if register.school and schools is not None and len(schools) == 1:
        return {register.school: next(iter(schools))}
    return {}


def _data_rows(batch: ImportBatch, found: Header) -> Iterator[Row]:
    for number, row in read_rows(source(batch), batch.sheet or None):
        if number >= found.first_data_row and not is_example_row(row):
            yield number, row


def confirm(batch: ImportBatch, *, without_rejected: bool = False) -> None:
    """Let a previewed batch be written.

    Args:
        batch: The batch.
        without_rejected: Whether the sender knows that some rows are refused and wants the others.

    Raises:
        WrongState: If it is not waiting for that, or has nothing to write.
    """
    _expect(batch, BatchState.PREVIEWED)
    if not batch.counts.get("new") and not batch.counts.get("changed"):
        raise WrongState("这一批没有新增或变更的行，不必写入。")
    if batch.counts.get("rejected") and not without_rejected:
        raise WrongState("还有不能接收的行。请改正后重新上传，或勾选“只导入通过的行”。")
    _to(batch, BatchState.WRITING)


def write(batch: ImportBatch, at: datetime) -> None:
    """Write a confirmed batch in one transaction; done twice, it is written once.

    Raises:
        writing.Moved: If the register has changed since the preview.
    """
    register = sheets.register(batch.register)
    change = Change(
        at=at, account_id=batch.account_id, kind=ChangeKind.IMPORT, register=register.key,
        summary=f"导入 {batch.file_name}"[:200], counts=dict(batch.counts),
    )  # fmt: skip

    def finish(saved: Change) -> None:
        fresh = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        _expect(fresh, BatchState.WRITING)
        _to(fresh, BatchState.DONE, change=saved)

    with Stage.opened(stage_path(batch), register) as stage:
        writing.commit(stage, change, also=finish)
    batch.refresh_from_db()


def fail(batch: ImportBatch, message: str) -> None:
    """Take note of why a batch could not be finished; what was previewed stays."""
    _to(batch, BatchState.FAILED, message=message[:400])


def cancel(batch: ImportBatch) -> None:
    """Give a batch up and delete its file.

    Raises:
        WrongState: If it is being worked on or has been written.
    """
    _expect(batch, BatchState.UPLOADED, BatchState.PREVIEWED, BatchState.FAILED)
    _to(batch, BatchState.CANCELLED)
    shutil.rmtree(folder(batch), ignore_errors=True)


def undo(batch: ImportBatch, *, account: Account, at: datetime, reason: str) -> Change:
    """Take a whole written batch back.

    Raises:
        WrongState: If it is not written.
        writing.CannotUndo: If rows of it have been changed since.
    """
    _expect(batch, BatchState.DONE)
    assert batch.change is not None
    undoing = Change(
        at=at, account=account, register=batch.register, reason=reason[:200],
        summary=f"撤销导入 {batch.file_name}"[:200],
    )  # fmt: skip
    return writing.undo(batch.change, undoing, also=lambda saved: _to(batch, BatchState.UNDONE))
