"""The files of a snapshot: one state of a county's tables, as dated Parquet that never changes.

    snapshot=2026-09-01/<table>/county=371072/part.parquet
    snapshot=2026-09-01/manifest/county=371072/manifest.json

A county is there once its manifest is: it is written last. Snapshots of several counties are
gathered by copying their folders into one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from gengdu.datasets.hashing import TableHash
from gengdu.datasets.tables import TABLES, Table

FORMAT = 1
_LEFT_OUT = frozenset({"recorded_at", "superseded_at", "state"})
"""What told which rows were known and approved; all rows of a snapshot are."""
_COUNTY = re.compile(r"snapshot=(\d{4}-\d\d-\d\d)/manifest/county=(\d+)/manifest\.json$")

Batches = Iterable[pa.RecordBatch]


class SnapshotDiffers(ValueError):
    """A snapshot of that county and day is there already and says something else."""


class NoSnapshot(ValueError):
    """Nothing at a place is a snapshot, or it cannot be used; a Chinese sentence."""


def schema_of(table: Table) -> pa.Schema:
    """Return the columns a table has in snapshots, in declared order."""
    return pa.schema([(n, kind) for n, kind in table.columns.items() if n not in _LEFT_OUT])


@dataclass(frozen=True)
class Place:
    """A folder that holds snapshots, on disk or in a bucket.

    Attributes:
        files: The file system.
        root: The folder's path there, without a slash at its end.
    """

    files: fs.FileSystem
    root: str

    @property
    def is_local(self) -> bool:
        """Whether every program of this machine can open its paths."""
        return isinstance(self.files, fs.LocalFileSystem)

    def path(self, *parts: str) -> str:
        """Return the path of something below the folder."""
        return "/".join([self.root, *parts])

    def put(self, path: str, write: Callable[[Any], None]) -> None:
        """Write a file whole or not at all, and make it read-only where files can be.

        An object of a bucket comes into being when its stream is closed.
        """
        if not self.is_local:
            with self.files.open_output_stream(path) as stream:
                write(stream)
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        aside = f"{path}.writing"
        with open(aside, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(aside, 0o444)
        os.replace(aside, path)


@dataclass(frozen=True)
class Snapshot:
    """One county's snapshot, as its manifest tells.

    Attributes:
        place: Where it is.
        on: The day it is of.
        county: Administrative code.
        content: The manifest.
        digest: SHA-256 of the manifest: names all of the content.
    """

    place: Place
    on: date
    county: int
    content: Mapping[str, Any]
    digest: str

    @property
    def is_deidentified(self) -> bool:
        """Whether persons are pseudonymised in it."""
        return bool(self.content["deidentified"])

    def file(self, table: str) -> str:
        """Return the path of a table's file."""
        return self.place.path(_file(self.on, table, self.county))


def _file(on: date, table: str, county: int) -> str:
    return f"snapshot={on}/{table}/county={county}/part.parquet"


def _manifest_file(on: date, county: int) -> str:
    return f"snapshot={on}/manifest/county={county}/manifest.json"


def write(
    place: Place, on: date, county: int, batches_of: Callable[[Table], Batches],
    about: Mapping[str, Any],
) -> bool:  # fmt: skip
    """Write the snapshot of a county; return whether anything was written.

    Args:
        place: Where to.
        on: The day it is of.
        county: Administrative code.
        batches_of: Yields the rows of a table, in an order that is the same each time, in the
            columns of `schema_of`; one batch is held at a time.
        about: What else the manifest tells: known, deidentified, name.

    Raises:
        SnapshotDiffers: If one is there already with other content; nothing is written.
    """
    path = place.path(_manifest_file(on, county))
    there = place.files.get_file_info(path).type == fs.FileType.File
    tables = {}
    for table in TABLES.values():
        found = TableHash()
        if there:
            for batch in batches_of(table):
                found.add(batch)
        else:
            _write_table(place, place.path(_file(on, table.name, county)), table, batches_of, found)
        tables[table.name] = _told(table, found)
    content = {"format": FORMAT, "snapshot": str(on), "county": county, **about, "tables": tables}
    body = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()
    if there:
        with place.files.open_input_stream(path) as stream:
            if stream.read() != body:
                raise SnapshotDiffers(path)
        return False
    place.put(path, lambda stream: stream.write(body))
    return True


def _write_table(
    place: Place, path: str, table: Table, batches_of: Callable[[Table], Batches], found: TableHash
) -> None:
    schema = schema_of(table)

    def writing(stream: Any) -> None:
        with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
            for batch in batches_of(table):
                found.add(batch)
                if batch.num_rows:
                    writer.write_batch(batch)

    place.put(path, writing)


def _told(table: Table, found: TableHash) -> dict[str, Any]:
    schema = schema_of(table)
    return {
        "rows": found.whole.rows,
        "hash": found.whole.hash,
        "columns": {name: str(schema.field(name).type) for name in schema.names},
        "schools": {
            str(school): [one.rows, one.hash] for school, one in sorted(found.schools.items())
        },
    }


def find(place: Place) -> list[Snapshot]:
    """Return the snapshots in a folder, or below it, in order of day and county.

    Raises:
        NoSnapshot: If there is none, or one was written in another form.
    """
    selector = fs.FileSelector(place.root, recursive=True, allow_not_found=True)
    found = [
        _opened(place, info.path, named)
        for info in place.files.get_file_info(selector)
        if (named := _COUNTY.search(_full(info.path)))
    ]
    if not found:
        raise NoSnapshot(f"{place.root} 里没有快照（找不到 snapshot=日期/manifest/）。")
    return sorted(found, key=lambda one: (one.on, one.county))


def _full(path: str) -> str:
    return path.replace(os.sep, "/")


def _opened(place: Place, path: str, named: re.Match[str]) -> Snapshot:
    with place.files.open_input_stream(path) as stream:
        body = stream.read()
    root = _full(path)[: named.start()].rstrip("/")
    on, county = date.fromisoformat(named[1]), int(named[2])
    content = json.loads(body)
    if content.get("format") != FORMAT:
        raise NoSnapshot(f"{path} 的格式是 {content.get('format')}，这一版只读得懂 {FORMAT}。")
    return Snapshot(Place(place.files, root), on, county, content, hashlib.sha256(body).hexdigest())


def missing_columns(snapshot: Snapshot, table: Table) -> list[str]:
    """Return the declared columns of a table that a snapshot, written earlier, does not have."""
    there = snapshot.content["tables"].get(table.name, {"columns": {}})["columns"]
    return [name for name in schema_of(table).names if name not in there]
