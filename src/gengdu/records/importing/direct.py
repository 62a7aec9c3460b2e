"""Writes a few rows at once, as forms and bulk edits do, by the same way that files go."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gengdu.records import writing
from gengdu.records.importing.preview import Mode, Previewer, Task
from gengdu.records.models import Change
from gengdu.records.sheets import Register
from gengdu.records.staging import Stage


@dataclass(frozen=True)
class Asked:
    """What somebody wants written.

    Attributes:
        rows: For each row the thing it speaks of, or None for a new one, and its cells by column.
        schools: Ids of the schools that the person may write for; None for all.
    """

    register: Register
    rows: Sequence[tuple[int | None, Mapping[str, object]]]
    on: date
    mode: Mode = "change"
    schools: frozenset[int] | None = None


@dataclass(frozen=True)
class Outcome:
    """What would become of the rows, or did.

    Attributes:
        actions: How many rows are new, changed, unchanged or rejected.
        remarks: By place of the row: column, message, whether the row is refused.
        differences: By place of the row: column, old and new in words.
        rows: By place of the row: what becomes of it, and of which thing it speaks.
        change: The change that wrote them; None where nothing was written.
    """

    actions: dict[str, int]
    remarks: dict[int, list[tuple[str, str, bool]]]
    differences: dict[int, list[tuple[str, str, str]]]
    rows: dict[int, tuple[str, int | None]]
    change: Change | None = None

    @property
    def is_refused(self) -> bool:
        """Whether some row cannot be taken."""
        return bool(self.actions.get("rejected"))


def look(asked: Asked) -> Outcome:
    """Return what would become of the rows; nothing is written."""
    return _go(asked, None)


def write(asked: Asked, change: Change) -> Outcome:
    """Write the rows as one change, unless one of them is refused or nothing changes.

    Raises:
        writing.Moved: If somebody was faster.
    """
    return _go(asked, change)


@contextmanager
def staged(asked: Asked) -> Iterator[Stage]:
    """Look at the rows and hold what would be written, until the block ends."""
    keys = list(dict.fromkeys(key for _, cells in asked.rows for key in cells))
    positions = {
        key: (place, str(asked.register.by_key[key].label)) for place, key in enumerate(keys)
    }
    things = {number: thing for number, (thing, _) in enumerate(asked.rows)}
    task = Task(asked.register, positions, asked.on, asked.mode, asked.schools, things)
    rows = (
        (number, [cells.get(key) for key in keys]) for number, (_, cells) in enumerate(asked.rows)
    )
    with tempfile.TemporaryDirectory(prefix="gengdu-") as folder:
        path = Path(folder) / "stage.sqlite3"
        with Stage.made(path, asked.register) as stage:
            Previewer(task, stage).run(rows, lambda done: None)
        with Stage.opened(path, asked.register) as stage:
            yield stage


def _go(asked: Asked, change: Change | None) -> Outcome:
    with staged(asked) as stage:
        return _outcome(stage, len(asked.rows), change)


def _outcome(stage: Stage, count: int, change: Change | None) -> Outcome:
    actions = stage.actions()
    numbers = range(count)
    saved = None
    writes = actions.get("new", 0) + actions.get("changed", 0)
    if change is not None and writes and not actions.get("rejected"):
        saved = writing.commit(stage, change)
    remarks, differences = stage.remarks(numbers), stage.differences(numbers)
    return Outcome(actions, remarks, differences, stage.outcomes(), saved)
