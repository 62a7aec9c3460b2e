"""Loads the demo into the PostgreSQL database of the settings: all of it in one transaction."""

from __future__ import annotations

from django.db import IntegrityError, connection
from django.db.backends.utils import CursorWrapper

from gengdu.demo import checks, generate, load
from gengdu.records import bulk, migrating
from gengdu.records.models import SampleDistrict


def write(*, scale: int, seed: int, progress: load.Progress, replace: bool = False) -> None:
    """Load the demo; until the end nobody sees any of it, and a stop half-way leaves none.

    Args:
        scale: How many districts; 1 is the demo itself.
        seed: The same seed gives the same rows.
        progress: Told how many rows are written, of how many, and what is being done.
        replace: Whether an older demo may be replaced; real records never are.

    Raises:
        load.AlreadyThere: If there are records that may not be replaced.
        checks.LoadedWrongly: If what was written breaks a rule of the registers.
    """
    expected = load.EXPECTED_ROWS * scale
    progress(0, expected, "建表")
    migrating.migrate()
    try:
        with bulk.alone(connection) as cursor:
            _make_room(cursor, replace=replace)
            with bulk.filling(connection, cursor):
                written = _copy_rows(cursor, scale, seed, progress)
                load.write_rest("default", scale, seed)
                progress(written, expected, "核对")
    except IntegrityError as error:
        raise checks.LoadedWrongly(checks.sentence(str(error).strip())) from error
    progress(expected, expected, "完成")


def _make_room(cursor: CursorWrapper, *, replace: bool) -> None:
    if not bulk.is_used(connection):
        return
    name = connection.settings_dict["NAME"]
    if not SampleDistrict.objects.exists():
        raise load.AlreadyThere(
            f"数据库 {name} 里是真实记录，不是示例数据，没有改动它。示例数据请装入另一个数据库。"
        )
    if not replace:
        raise load.AlreadyThere(
            f"数据库 {name} 里已有示例数据，没有改动它。要重新生成请加 --replace。"
        )
    bulk.empty(connection, cursor)


def _copy_rows(cursor: CursorWrapper, scale: int, seed: int, progress: load.Progress) -> int:
    """Write all generated rows and return how many."""
    written = 0
    for batch in generate.batches(scale=scale, seed=seed):
        bulk.copy_in(cursor, batch.table, batch.columns, batch.rows)
        written += len(batch.rows)
        progress(written, load.EXPECTED_ROWS * scale, "写入")
    return written
