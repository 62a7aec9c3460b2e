"""import_preview and import_commit: a workbook of pupils with 77 columns comes into the register.

Preview means read, match, validate, compare and stage; its yardstick is a bare python-calamine read
of the same file. Commit means writing what is staged; its yardstick is a bare bulk_create of the
same rows into the same tables. Both sides write inside a transaction that is rolled back, so that
every pair begins from the same registers; neither pays for the last sync to disk.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench import databases

PUPILS_OF_A_DISTRICT = 24_000
PAIRS = 5
DAY = date(2026, 9, 30)
MADE = datetime(2026, 9, 30, tzinfo=UTC)
AREA = "371098"


def run(scale: int) -> list[dict[str, Any]]:
    """Measure one scale in a process of its own, so that peak memory is its own too."""
    return databases.in_own_process("bench.imports", scale)


def measure(scale: int) -> list[dict[str, Any]]:
    """Return the lines of one scale; Django is set up and points at the scale's database."""
    file = workbook(scale)
    stage = databases.VAR / f"stage-{os.getpid()}.sqlite3"
    try:
        _preview(file, stage)  # warm, and its peak before the yardstick fills the memory
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        previews = [(_timed(lambda: _preview(file, stage)), _timed(lambda: _bare_read(file)))
                    for _ in range(PAIRS)]  # fmt: skip
        commits = [(_rolled_back(lambda: _commit(stage)), _bulk_create(stage))
                   for _ in range(PAIRS)]  # fmt: skip
        _check_second_import(file, stage)
    finally:
        stage.unlink(missing_ok=True)
    return [
        _row("import_preview", scale, previews, "bare python-calamine read of the file", peak),
        _row("import_commit", scale, commits, "bare bulk_create of the same rows", None),
    ]


def workbook(scale: int) -> Path:
    """Return a file of pupils nobody has, all 77 columns filled; made where it is not there yet."""
    file = databases.VAR / f"pupils-x{scale}.xlsx"
    if not file.exists():
        _write_workbook(file, PUPILS_OF_A_DISTRICT * scale)
    return file


def _write_workbook(path: Path, count: int) -> None:
    """Write pupils nobody has, all 77 columns of the national template filled."""
    from gengdu.documents.writing import OutColumn, write_table
    from gengdu.registers.pupils.register import PUPILS

    own = {"code", "home"}
    columns = [column for column in PUPILS.shown_columns if column.key not in own]
    titles = [OutColumn(str(column.label), kind="text") for column in columns]
    rows = (_row_of(number, [column.key for column in columns]) for number in range(count))
    write_table(path, title="学生", columns=titles, rows=rows, created=MADE)


def _row_of(number: int, keys: list[str]) -> list[object]:
    from gengdu.kernel.identifiers import identity_check_digit
    from gengdu.registers.schools.models import SchoolProfile

    schools = _row_of.__dict__.setdefault("schools", [])
    if not schools:
        rows = SchoolProfile.objects.filter(superseded_at=None, ends_on=None, category="primary")
        schools += rows.order_by("pk").values_list("identifier", flat=True)[:12]
    day = date.fromordinal(date(2016, 9, 1).toordinal() + number % 360)
    digits = f"{AREA}{day:%Y%m%d}{number // 360 % 1000:03d}"
    identity = digits + identity_check_digit(digits)
    parent = f"{AREA}19880101{number % 1000:03d}"
    known: dict[str, object] = {
        "school": schools[number % len(schools)], "name": f"示例学生{number}",
        "sex": "男" if number // 360 % 2 else "女",
        "birth_date": f"{day:%Y%m%d}", "identity_kind": "1", "identity_number": identity,
        "registry_number": f"G{identity}", "grade": "四年级", "class_number": f"{number % 8 + 1}班",
        "birthplace_code": "371072103201", "household_place_code": "371072103201",
        "nationality": "CHN", "overseas_kind": "00", "household_kind": "1", "entered_on": "202309",
        "entry_mode": "11", "boarding": "1", "phone": f"0631-0{number:07d}", "postcode": "264200",
        "left_behind": "0", "travel_km": 1.5, "ethnicity": "01", "disability_kind": "无",
    }  # fmt: skip
    for position in (1, 2):
        known |= {
            f"guardian{position}_name": f"示例家长{number}",
            f"guardian{position}_identity_kind": "1",
            f"guardian{position}_identity_number": parent + identity_check_digit(parent),
            f"guardian{position}_phone": f"0631-0{number:07d}",
            f"guardian{position}_household_place_code": "371072103201",
        }  # fmt: skip
    return [known.get(key, _filler(key)) for key in keys]


def _filler(key: str) -> object:
    from gengdu.kernel.cells import YesNo
    from gengdu.registers.pupils.register import PUPILS

    return "否" if isinstance(PUPILS.by_key[key].kind, YesNo) else "示例"


def _bare_read(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def _preview(path: Path, stage_path: Path) -> dict[str, int]:
    from gengdu.documents.headers import header_and_data, normal_name
    from gengdu.documents.reading import read_rows
    from gengdu.records.importing import mapping
    from gengdu.records.importing.preview import Previewer, Task
    from gengdu.records.staging import Stage
    from gengdu.registers.pupils.register import PUPILS

    known = mapping.meanings(PUPILS)
    header, rows = header_and_data(read_rows(path), lambda name: normal_name(name) in known)
    keys = mapping.propose(PUPILS, [cell.name for cell in header.cells], {})
    positions = {keys[cell.name]: (cell.position, cell.name) for cell in header.cells}
    with Stage.made(stage_path, PUPILS) as stage:
        Previewer(Task(PUPILS, positions, DAY), stage).run(rows, lambda done: None)
    with Stage.opened(stage_path, PUPILS) as stage:
        found = stage.actions()
        assert "rejected" not in found, stage.common_remarks()
        return found


def _commit(stage_path: Path) -> None:
    from gengdu.access.models import Account
    from gengdu.records import writing
    from gengdu.records.models import Change
    from gengdu.records.staging import Stage
    from gengdu.registers.pupils.register import PUPILS

    change = Change(at=MADE, account=Account.objects.earliest("pk"), kind="import",
                    register="pupils", summary="bench")  # fmt: skip
    with Stage.opened(stage_path, PUPILS) as stage:
        writing.commit(stage, change)


def _bulk_create(stage_path: Path) -> float:
    """Return how long a bare bulk_create of the same rows takes; the objects are made before."""
    from gengdu.records.staging import Stage, written_fields
    from gengdu.registers.pupils.register import PUPILS

    with Stage.opened(stage_path, PUPILS) as stage:
        made = [
            [part.model(**_values(part, written_fields(PUPILS, part), row))
             for row in stage.rows(part)]
            for part in PUPILS.parts
        ]  # fmt: skip
        count = stage.new_things()

    def work() -> None:
        things = PUPILS.identity._default_manager.bulk_create(  # type: ignore[union-attr]
            [PUPILS.identity(pupil_code=f"B{n}") for n in range(count)]  # type: ignore[misc]
        )
        for rows in made:
            for row in rows:
                row.pupil_id = things[row.pupil_id - 1].pk
            type(rows[0])._default_manager.bulk_create(rows)

    return _rolled_back(work)


def _values(part: Any, names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    return {"pupil_id": row[1], "recorded_at": MADE, **dict(zip(names, row[4:], strict=True))}


def _check_second_import(file: Path, stage: Path) -> None:
    """Import once for good, look again: nothing may be new or changed; then take it back."""
    from gengdu.access.models import Account
    from gengdu.records import writing
    from gengdu.records.models import Change

    _commit(stage)
    found = _preview(file, stage)
    change = Change.objects.latest("pk")
    undoing = Change(at=MADE, account=Account.objects.earliest("pk"), register="pupils")
    writing.undo(change, undoing)
    assert set(found) == {"unchanged"}, found


def _rolled_back(work: Callable[[], Any]) -> float:
    from django.db import transaction

    with transaction.atomic():
        seconds = _timed(work)
        transaction.set_rollback(True)
    return seconds


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _row(name: str, scale: int, pairs: Any, yardstick: str, peak: float | None) -> dict[str, Any]:
    ours, bare = zip(*pairs, strict=True)
    seconds, by_hand = statistics.median(ours), statistics.median(bare)
    return {
        "name": databases.named(name), "scale": scale, "seconds": round(seconds, 4),
        "yardstick": yardstick, "yardstick_seconds": round(by_hand, 4),
        "ratio": round(seconds / by_hand, 3), "peak_mb": round(peak) if peak else None,
        "p95_ms": round(1000 * sorted(ours)[-1], 1),
        "on": datetime.now().astimezone().date().isoformat(),
    }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gengdu.site.settings")
    import django

    django.setup()
    if sys.argv[2:] == ["--file-only"]:
        print(json.dumps([{"file": str(workbook(int(sys.argv[1])))}]))
    else:
        print(json.dumps(measure(int(sys.argv[1])), ensure_ascii=False))
