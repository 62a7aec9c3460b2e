"""Brings a file into a register: upload, choose columns, preview, confirm, undo.

The file, what is staged of it and how far the work has come lie in a folder of the batch; the
database hears of a batch only when its state changes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gengdu.access.actors import Actor, acting, acting_as
from gengdu.access.models import Account
from gengdu.documents.faults import is_own_column
from gengdu.documents.headers import Header, HeaderCell, header_and_data, normal_name
from gengdu.documents.limits import Limits, Refused
from gengdu.documents.reading import open_rows, read_sheets
from gengdu.documents.templates import is_example_row
from gengdu.records import layouts, sheets, writing
from gengdu.records.importing import mapping
from gengdu.records.importing.preview import Mode, Previewer, Row, Task
from gengdu.records.layouts import Recognised
from gengdu.records.models import BatchState, Change, ChangeKind, HeaderMemory, ImportBatch
from gengdu.records.sheets import Register
from gengdu.records.staging import Stage

AT_WORK = (BatchState.READING, BatchState.WRITING)


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
        _note_header(batch, _opened(batch)[0])
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
    """Return the header of a batch's sheet, found when the file came."""
    path = folder(batch) / "header.json"
    if not path.exists():
        _note_header(batch, _opened(batch)[0])
    noted = json.loads(path.read_text())
    noted["cells"] = tuple(HeaderCell(**cell) for cell in noted["cells"])
    return Header(**noted)


def _note_header(batch: ImportBatch, found: Header) -> None:
    path = folder(batch) / "header.json"
    path.write_text(json.dumps(asdict(found), ensure_ascii=False))


def _opened(batch: ImportBatch) -> tuple[Header, Iterator[Row], int]:
    """Return the header of a batch's file, the rows below it, and about how many they are.

    Raises:
        Refused: If no row of the sheet names columns of the register.
    """
    register = sheets.register(batch.register)
    known = mapping.meanings(register)
    chosen = remembered(batch)
    opened = open_rows(source(batch), batch.sheet or None)
    found, rows = header_and_data(
        opened.rows,
        lambda name: normal_name(name) in known or normal_name(name) in chosen,
        [str(column.label) for column in register.shown_columns if column.required],
    )
    _check_repeated(found, known.keys() | chosen.keys())
    below = ((number, row) for number, row in rows if not is_example_row(row))
    return found, below, max(opened.last_row - found.row_number, 0)


def _check_repeated(found: Header, known: Iterable[str]) -> None:
    """Refuse a header in which a name that matters stands twice: which is meant is a guess.

    Raises:
        Refused: If there is one.
    """
    names = set(known)
    cells = tuple(cell for cell in found.cells if normal_name(cell.name) in names)
    message = replace(found, cells=cells).repeated_zh()
    if message:
        raise Refused(message)


def recognised(batch: ImportBatch) -> Recognised | None:
    """Return the official layout that a batch's header looks like; None where none does."""
    return layouts.recognised(cell.name for cell in header(batch).cells)


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


def choose(batch: ImportBatch, chosen: Mapping[str, str], school: int | None = None) -> None:
    """Take note of which column each name of the file means, and remember it for the sender.

    Args:
        batch: The batch.
        chosen: Column keys by name in the header; no key where the column is left out.
        school: The school that rows mean which name none; None where that is to be said by each.

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
        _to(batch, BatchState.READING, mapping=batch.mapping, school=school, message="")
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
    found, rows, expected = _opened(batch)
    positions = {
        batch.mapping[cell.name]: (cell.position, cell.name)
        for cell in found.cells
        if cell.name in batch.mapping
    }
    mode: Mode = "correction" if batch.mode == "correction" else "change"
    defaults = {} if batch.school is None else {register.school: batch.school}
    task = Task(register, positions, batch.on, mode, schools, defaults=defaults)
    with Stage.made(stage_path(batch), register) as stage:
        previewer = Previewer(task, stage)
        previewer.run(rows, lambda done: tell(batch, done, max(done, expected)))
    with Stage.opened(stage_path(batch), register) as stage:
        counts = {**stage.actions(), "warned": stage.warned()}
    _to(batch, BatchState.PREVIEWED, counts=counts)


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
    _to(batch, BatchState.WRITING, actor=asdict(acting_as(batch.account)))


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

    actor = Actor(**batch.actor) if batch.actor else acting_as(batch.account)
    with acting(lambda: actor), Stage.opened(stage_path(batch), register) as stage:
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


def sweep(now: datetime) -> int:
    """Delete the files of batches older than a month, and give up those nobody confirmed.

    What was written stays and can be undone as before; only the file and its refused rows go, for
    they hold the numbers of people that nobody needs a second time.

    Returns:
        How many batches had a file.
    """
    kept = Path(settings.IMPORTS)
    numbers = [int(path.name) for path in kept.glob("*") if path.name.isdecimal()]
    before = now - timedelta(days=settings.IMPORT_DAYS)
    old = ImportBatch.objects.filter(pk__in=numbers, uploaded_at__lt=before)
    swept = 0
    for batch in old.exclude(state__in=AT_WORK):
        if batch.state in (BatchState.UPLOADED, BatchState.PREVIEWED, BatchState.FAILED):
            message = f"超过 {settings.IMPORT_DAYS} 天没有确认，文件已删除，没有写入任何数据。"
            _to(batch, BatchState.CANCELLED, message=message)
        shutil.rmtree(folder(batch), ignore_errors=True)
        swept += 1
    return swept


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
