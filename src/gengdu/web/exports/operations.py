"""Makes the file of a long list: asked for once, made by the worker, offered whole or not at all.

A file is written under a name of its own and gets its real name in one step; only then does the
database say that it is there. Whatever is stopped on the way is begun anew and offers nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.analytics.run import Moment
from gengdu.records import sheets
from gengdu.records.queries import revisions
from gengdu.web.ledgers import packages
from gengdu.web.models import ExportForm, ExportState, ListExport
from gengdu.web.sheets import workbooks
from gengdu.web.sheets.listing import Listing, Wanted

AT_WORK = (ExportState.WAITING, ExportState.MAKING)
MOST_AT_WORK = 5
"""Exports that one person may have waiting or being made: others wait for the same worker."""
TOLD_EVERY = 1_000
"""Rows after which the progress is written down."""


class TooMany(RuntimeError):
    """Somebody has so many exports at work that others would wait; the message says so."""


@dataclass(frozen=True)
class Asked:
    """A list that somebody wants as a file.

    Attributes:
        rows: How many rows it has now.
        form: As what.
        ticked: Ids of the rows that were ticked; None where all that match are meant.
        whole: Whether hidden numbers are written whole; the caller has checked the right.
        reason: Why, where they are.
    """

    listing: Listing
    rows: int
    form: str = ExportForm.LIST
    ticked: tuple[int, ...] | None = None
    whole: bool = False
    reason: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """What makes two of them the same, by field."""
        wanted, viewer = self.listing.wanted, self.listing.viewer
        return {
            "register": wanted.register.key, "query": wanted.query, "on": wanted.on,
            "known": wanted.known, "form": str(self.form),
            "ticked": None if self.ticked is None else list(self.ticked),
            "whole": self.whole, "reason": self.reason[:200], "role": viewer.role,
            "scope_kind": viewer.scope_kind, "scope_key": viewer.scope_key,
            "body_key": viewer.body_key, "schools": sorted(viewer.schools),
        }  # fmt: skip

    @property
    def digest(self) -> str:
        """Stands for what makes two of them the same."""
        text = json.dumps(self.values, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def is_long(rows: int) -> bool:
    """Tell whether a list is too long to be made while somebody waits."""
    return rows > int(settings.EXPORT_ROWS_AT_ONCE)


def ask(asked: Asked, account: Account, at: datetime) -> tuple[ListExport, bool]:
    """Return the export of a list, and whether it is a new one that has to be made.

    The same list asked for again is the same export: while it is being made, and after that for as
    long as nothing has been written to any register since it was begun.

    Raises:
        TooMany: If the person has too many at work.
    """
    same = ListExport.objects.filter(account=account, digest=asked.digest)
    found = _made_or_at_work(same, at)
    if found is not None:
        return found, False
    if ListExport.objects.filter(account=account, state__in=AT_WORK).count() >= MOST_AT_WORK:
        raise TooMany(f"您已有 {MOST_AT_WORK} 份导出正在生成，请等其中一份完成后再导出。")
    try:
        with transaction.atomic():
            made = ListExport.objects.create(
                account=account, digest=asked.digest, rows=asked.rows, asked_at=at, **asked.values
            )
    except IntegrityError:  # asked for twice in the same moment
        return same.get(state__in=AT_WORK), False
    return made, True


def _made_or_at_work(same: QuerySet[ListExport], at: datetime) -> ListExport | None:
    at_work = same.filter(state__in=AT_WORK).first()
    if at_work is not None:
        return at_work
    ready = same.filter(state=ExportState.READY, revision=_revision()).order_by("-ready_at")
    return next((one for one in ready if is_offered(one, at)), None)


def _revision() -> int:
    """Return a number that moves with whatever is written to any register."""
    return sum(revisions().values())


def folder(export: ListExport) -> Path:
    """Return where an export keeps its file."""
    return Path(settings.EXPORTS) / str(export.pk)


def path(export: ListExport) -> Path:
    """Return the finished file."""
    name = "package.zip" if export.form == ExportForm.PACKAGE else "list.xlsx"
    return folder(export) / name


def file_name(export: ListExport) -> str:
    """Return what the finished file is called when it is fetched."""
    register = sheets.register(export.register)
    if export.form == ExportForm.PACKAGE:
        return packages.file_name(packages.ledger(export.register), export.on, export.rows)
    return workbooks.file_name(register, export.on, export.known, export.rows)


def expires_at(export: ListExport) -> datetime | None:
    """Return when the file disappears; None before it is there."""
    if export.ready_at is None:
        return None
    return export.ready_at + timedelta(days=settings.EXPORT_KEPT_DAYS)


def is_offered(export: ListExport, at: datetime) -> bool:
    """Tell whether there is a whole file that may still be fetched."""
    until = expires_at(export)
    is_ready = export.state == ExportState.READY and until is not None and at < until
    return is_ready and path(export).exists()


def make(export: ListExport, clock: Callable[[], datetime]) -> None:
    """Make the file; done again after an interruption, it begins anew."""
    if export.state not in AT_WORK:
        return
    revision = _revision()
    _to(export, ExportState.MAKING, revision=revision)
    home = folder(export)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, part = tempfile.mkstemp(dir=home, suffix=".part")  # readable by its owner alone
    os.close(descriptor)
    write = _write_package if export.form == ExportForm.PACKAGE else _write_list
    ids, schools = write(export, Path(part), clock())
    things = home / "things.json"
    things.write_text(json.dumps({"ids": ids, "schools": sorted(schools)}))
    Path(part).replace(path(export))
    _to(export, ExportState.READY, rows=len(ids), ready_at=clock())
    for left in [*home.glob("*.part"), *home.glob(".*.part")]:  # of an earlier run, killed
        left.unlink(missing_ok=True)


def _write_list(export: ListExport, target: Path, at: datetime) -> tuple[list[int], set[int]]:
    with target.open("wb") as file:
        found = workbooks.write_list(
            file, listing_of(export), whole=export.whole, at=at,
            by=export.account.username, tell=lambda done: _tell(export, done),
        )  # fmt: skip
        file.flush()
        os.fsync(file.fileno())
    return found


def _write_package(export: ListExport, target: Path, at: datetime) -> tuple[list[int], set[int]]:
    listing = listing_of(export)
    rows = listing.rows()
    if export.ticked is not None:
        rows = rows.filter(thing__in=export.ticked)
    held = {row.thing: row.school for row in listing.values(rows, whole=False)}
    asked = packages.Asked(
        packages.ledger(export.register), list(held), Moment(export.on, export.known),
        export.account.title_zh or "", export.account.username, at,
    )  # fmt: skip

    def tell(done: int, total: int) -> None:
        _say(export, done * len(held) // max(total, 1))

    packages.write(target, packages.package(asked), tell)
    return list(held), {school for school in held.values() if school}


def listing_of(export: ListExport) -> Listing:
    """Return the list as it was asked for, within the scope of the moment of asking."""
    register = sheets.register(export.register)
    viewer = Viewer(
        export.role, export.scope_kind, export.scope_key, frozenset(export.schools),
        export.body_key,
    )  # fmt: skip
    return Listing(Wanted.read(register, export.query, export.on, export.known), viewer)


def held(export: ListExport) -> tuple[list[int], set[int]]:
    """Return the ids of the things in a finished file, and of the schools that hold them."""
    found = json.loads((folder(export) / "things.json").read_text())
    return found["ids"], set(found["schools"])


def _to(export: ListExport, state: str, **values: Any) -> None:
    export.state = state
    for name, value in values.items():
        setattr(export, name, value)
    export.save(update_fields=["state", *values])


def fail(export: ListExport, message: str) -> None:
    """Take note of why no file could be made, unless another run has made it."""
    export.refresh_from_db()
    if export.state not in AT_WORK:
        return
    shutil.rmtree(folder(export), ignore_errors=True)
    _to(export, ExportState.FAILED, message=message[:400])


def _tell(export: ListExport, done: int) -> None:
    if done % TOLD_EVERY == 0:
        _say(export, done)


def _say(export: ListExport, done: int) -> None:
    part = folder(export) / "progress.part"
    part.write_text(str(done))
    part.replace(folder(export) / "progress")


def progress(export: ListExport) -> int:
    """Return how many rows are written so far."""
    try:
        return int((folder(export) / "progress").read_text())
    except (FileNotFoundError, ValueError):
        return 0


def drop(export: ListExport) -> None:
    """Delete an export and its file; what was fetched stays in the trail."""
    shutil.rmtree(folder(export), ignore_errors=True)
    export.delete()


def drop_old(at: datetime) -> None:
    """Delete the exports that were kept long enough, also those that never came to be."""
    oldest = at - timedelta(days=settings.EXPORT_KEPT_DAYS)
    for export in ListExport.objects.filter(ready_at__lte=oldest):
        drop(export)
    for export in ListExport.objects.filter(ready_at=None, asked_at__lte=oldest):
        drop(export)


def covers(now: Viewer, export: ListExport) -> bool:
    """Tell whether somebody's rights of today still reach all that an export was asked with.

    Args:
        now: Who wants the file, with the schools of their scope on the day of the list.
        export: The export.
    """
    needed = {"export_records", sheets.register(export.register).view}
    needed |= {"reveal_personal"} if export.whole else set()
    if not all(now.may(permission) for permission in needed):
        return False
    if now.sees_district:
        return True
    is_same = (now.scope_kind, now.scope_key) == (export.scope_kind, export.scope_key)
    return is_same and set(export.schools) <= now.schools


def told_of(account: Account) -> dict[str, int]:
    """Return how many exports are at work, and how many ended that the person has not seen."""
    states = list(
        ListExport.objects.filter(account=account, seen_at=None).values_list("state", flat=True)
    )
    at_work = sum(state in AT_WORK for state in states)
    return {"at_work": at_work, "ended": len(states) - at_work}
