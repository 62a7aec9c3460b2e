"""A hash of rows that is the same on every machine and in any order: for manifests of snapshots.

Each row is hashed as canonical text; a group keeps the number of rows, and their hashes combined by
exclusive or and by sum, since a pair of equal rows leaves no trace in the former alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

_BETWEEN, _NULL = "\x1f", "\x00"
_ALL = (1 << 64) - 1


@dataclass
class Combined:
    """The rows of a group so far."""

    rows: int = 0
    xor: int = 0
    total: int = 0

    def add(self, digest: int) -> None:
        """Take one more row in."""
        self.rows += 1
        self.xor ^= digest
        self.total = (self.total + digest) & _ALL

    @property
    def hash(self) -> str:
        """The hash of the group, as text."""
        return f"{self.xor:016x}{self.total:016x}"


@dataclass
class TableHash:
    """What a table comes to, whole and by school."""

    whole: Combined = field(default_factory=Combined)
    schools: dict[int, Combined] = field(default_factory=dict)

    def add(self, batch: pa.RecordBatch) -> None:
        """Take the rows of a batch in."""
        schools = batch.column("school_id").to_pylist() if "school_id" in batch.schema.names else ()
        texts = _texts(batch)
        for place, text in enumerate(texts):
            digest = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
            self.whole.add(digest)
            if schools and schools[place] is not None:
                self.schools.setdefault(schools[place], Combined()).add(digest)


def _texts(batch: pa.RecordBatch) -> list[str]:
    columns = [pc.cast(column, pa.string()) for column in batch.columns]
    joined = pc.binary_join_element_wise(
        *columns, _BETWEEN, null_handling="replace", null_replacement=_NULL
    )
    found: list[str] = joined.to_pylist()
    return found
