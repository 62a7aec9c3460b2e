"""Writes the registers and ledgers of one state of knowledge as a snapshot that never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time

import pyarrow as pa
import pyarrow.compute as pc

from gengdu.analytics.run import END_OF_DAY_IN_UTC, Moment
from gengdu.board.reading import read_batches
from gengdu.datasets import snapshots
from gengdu.datasets.protection import Protector
from gengdu.datasets.snapshots import Place
from gengdu.datasets.tables import Table
from gengdu.records.reading import one_state
from gengdu.registers.places.models import PlaceRecord


class NoCounty(ValueError):
    """The places do not say which county the records are of; a Chinese sentence."""


def write(place: Place, moment: Moment, *, pseudonym_key: bytes | None) -> bool:
    """Write the snapshot of this county; return whether anything was written.

    Args:
        place: Where to.
        moment: The day it is of, and the day whose knowledge counts.
        pseudonym_key: Takes persons out (去标识化) with this key; None leaves them in.

    Raises:
        NoCounty: If no county is marked as the plan's own on that day.
        SnapshotDiffers: If that county and day are there already with other content.
    """
    protector = Protector(pseudonym_key, moment.on) if pseudonym_key is not None else None
    with one_state():
        county, name = _county(moment)
        about = {
            "name": name,
            "known": str(moment.known) if moment.known else None,
            "deidentified": protector is not None,
        }
        return snapshots.write(place, moment.on, county, _rows(moment, protector), about)


def _county(moment: Moment) -> tuple[int, str]:
    found = (
        PlaceRecord.objects.filter(place__is_own=True, superseded_at=None, starts_on__lte=moment.on)
        .exclude(ends_on__lte=moment.on)
        .first()
    )
    if found is None or not found.code.isdigit():
        raise NoCounty(f"行政区划里没有标明 {moment.on} 的本区县及其代码，写不成快照。")
    return int(found.code), found.name


def _rows(
    moment: Moment, protector: Protector | None
) -> Callable[[Table], Iterator[pa.RecordBatch]]:
    def batches(table: Table) -> Iterator[pa.RecordBatch]:
        names = snapshots.schema_of(table).names
        for batch in read_batches(table):
            kept = batch.filter(_counts(table, batch, moment)).select(names)
            yield kept if protector is None else protector.protect(table, kept)

    return batches


def _counts(table: Table, batch: pa.RecordBatch, moment: Moment) -> pa.Array:
    """Return which rows were known and, of a ledger, approved: as `analytics.run.known_rows`."""
    superseded = batch.column("superseded_at")
    if moment.known is None:
        counts = superseded.is_null()
    else:
        end = datetime.combine(moment.known, time.fromisoformat(END_OF_DAY_IN_UTC))
        later = pc.fill_null(pc.greater_equal(superseded, end), fill_value=True)
        counts = pc.and_(pc.less(batch.column("recorded_at"), end), later)
    if table.approvable:
        counts = pc.and_(counts, pc.equal(batch.column("state"), "approved"))
    return counts
