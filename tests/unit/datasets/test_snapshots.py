"""Files of a snapshot: written whole, once, and the same each time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import fs

from gengdu.datasets import snapshots
from gengdu.datasets.hashing import TableHash
from gengdu.datasets.snapshots import NoSnapshot, Place, SnapshotDiffers
from gengdu.datasets.tables import TABLES, Table
from tests.random_counties import ON, Tables, batches, county, written

ABOUT = {"name": "甲县", "known": None, "deidentified": False}


@pytest.fixture(scope="module")
def tables() -> Tables:
    return county(1)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()}  # fmt: skip


def test_what_is_read_back_is_what_was_written(tmp_path: Path, tables: Tables) -> None:
    found = written(tmp_path, 371001, tables)

    for name, table in TABLES.items():
        told = found.content["tables"][name]
        read = pq.ParquetFile(found.file(name)).read()
        assert read.equals(tables[name].select(snapshots.schema_of(table).names))
        assert told["rows"] == read.num_rows


def test_written_twice_has_the_same_bytes(tmp_path: Path, tables: Tables) -> None:
    written(tmp_path / "one", 371001, tables)
    written(tmp_path / "other", 371001, tables)

    assert files_of(tmp_path / "one") == files_of(tmp_path / "other")


def test_writing_again_to_the_same_place_changes_nothing(tmp_path: Path, tables: Tables) -> None:
    place = Place(fs.LocalFileSystem(), str(tmp_path))
    assert snapshots.write(place, ON, 371001, batches(tables), ABOUT)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    assert not snapshots.write(place, ON, 371001, batches(tables), ABOUT)

    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_snapshot_is_never_overwritten_by_other_content(tmp_path: Path, tables: Tables) -> None:
    place = Place(fs.LocalFileSystem(), str(tmp_path))
    snapshots.write(place, ON, 371001, batches(tables), ABOUT)
    before = files_of(tmp_path)

    with pytest.raises(SnapshotDiffers):
        snapshots.write(place, ON, 371001, batches(county(2)), ABOUT)

    assert files_of(tmp_path) == before


def test_files_are_read_only(tmp_path: Path, tables: Tables) -> None:
    written(tmp_path, 371001, tables)

    assert {path.stat().st_mode & 0o222 for path in tmp_path.rglob("*") if path.is_file()} == {0}


@pytest.mark.parametrize("stops_after", [0, 1, 7, len(TABLES) - 1])
def test_what_stopped_half_way_is_no_snapshot_and_is_finished_by_the_next_run(
    tmp_path: Path, tables: Tables, stops_after: int
) -> None:
    place, started = Place(fs.LocalFileSystem(), str(tmp_path / "a")), []

    def killed(table: Table) -> Iterator[pa.RecordBatch]:
        started.append(table)
        yield from batches(tables)(table)
        if len(started) > stops_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        snapshots.write(place, ON, 371001, killed, ABOUT)
    with pytest.raises(NoSnapshot):
        snapshots.find(place)

    snapshots.write(place, ON, 371001, batches(tables), ABOUT)

    snapshots.write(Place(place.files, str(tmp_path / "b")), ON, 371001, batches(tables), ABOUT)
    complete = files_of(tmp_path / "b")
    assert {
        name: body for name, body in files_of(tmp_path / "a").items() if name in complete
    } == complete


def test_counties_and_days_stand_side_by_side_and_are_found_in_order(
    tmp_path: Path, tables: Tables
) -> None:
    later = date(2026, 12, 31)
    written(tmp_path, 371002, tables)
    written(tmp_path, 371001, tables)
    written(tmp_path, 371001, tables, on=later)

    found = snapshots.find(Place(fs.LocalFileSystem(), str(tmp_path)))

    assert [(one.on, one.county) for one in found] == [(ON, 371001), (ON, 371002), (later, 371001)]
    below = snapshots.find(Place(fs.LocalFileSystem(), str(tmp_path / f"snapshot={later}")))
    assert [one.file("posts") for one in below] == [found[2].file("posts")]


def test_another_format_is_refused_by_name(tmp_path: Path, tables: Tables) -> None:
    written(tmp_path, 371001, tables)
    [path] = tmp_path.rglob("manifest.json")
    body = json.loads(path.read_text()) | {"format": 99}
    os.chmod(path, 0o644)
    path.write_text(json.dumps(body))

    with pytest.raises(NoSnapshot, match="99"):
        snapshots.find(Place(fs.LocalFileSystem(), str(tmp_path)))


def test_rows_no_longer_say_what_told_them_apart(tables: Tables) -> None:
    for table in TABLES.values():
        assert not {"recorded_at", "superseded_at", "state"} & set(snapshots.schema_of(table).names)


# The hash


def hash_of(*rows: dict[str, object], at_once: int = 100) -> TableHash:
    found, schema = (
        TableHash(),
        pa.schema({"school_id": pa.int64(), "name": pa.string(), "n": pa.float64()}),
    )
    for batch in pa.Table.from_pylist(list(rows), schema).to_batches(max_chunksize=at_once):
        found.add(batch)
    return found


ROW, OTHER = {"school_id": 1, "name": "甲", "n": 1.5}, {"school_id": 2, "name": None, "n": 0.1}


def test_the_hash_is_the_same_in_any_order_and_in_any_batches() -> None:
    assert hash_of(ROW, OTHER) == hash_of(OTHER, ROW, at_once=1)


def test_the_hash_is_of_the_rows_as_text_so_the_same_on_every_machine() -> None:
    texts = ("1\x1f甲\x1f1.5", "2\x1f\x00\x1f0.1")
    one, other = (
        int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        for text in texts
    )

    assert hash_of(ROW, OTHER).whole.hash == f"{one ^ other:016x}{(one + other) % 2**64:016x}"


@pytest.mark.parametrize(
    "rows",
    [
        (ROW,),
        (ROW, ROW, OTHER),
        (ROW, OTHER, OTHER),
        (ROW, ROW, ROW, OTHER),
        (ROW, {**OTHER, "name": ""}),
        (ROW, {**OTHER, "n": 0.10000000000000002}),
    ],
)
def test_a_row_more_or_less_or_changed_changes_the_hash(
    rows: tuple[dict[str, object], ...],
) -> None:
    found, before = hash_of(*rows).whole, hash_of(ROW, OTHER).whole

    assert (found.rows, found.hash) != (before.rows, before.hash)


def test_each_school_has_a_hash_of_its_own() -> None:
    changed = hash_of(ROW, {**OTHER, "name": "乙"}).schools

    assert changed[1] == hash_of(ROW).schools[1]
    assert changed[2] != hash_of(OTHER).schools[2]
