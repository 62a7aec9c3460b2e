"""What is otherwise in a list between two days: rows that came, went, or hold other values.

Values are compared as they are recorded, so that a school's new name is no change of its pupils.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from gengdu.records.sheets import Column
from gengdu.web.sheets.listing import Listing

Kind = Literal["changed", "added", "gone"]
KINDS: tuple[Kind, ...] = ("changed", "added", "gone")


@dataclass(frozen=True)
class Difference:
    """One row that is otherwise.

    Attributes:
        cells: Of a row that came or went, its cells on the day it was there.
        changes: Of a row that changed, the columns with old and new as people read them.
    """

    kind: Kind
    thing: int
    school: int | None
    name: str
    cells: Sequence[Any]
    changes: Sequence[tuple[Column, Any, Any]] = ()


class Comparison:
    """The same list on two days, as one viewer sees each."""

    def __init__(self, before: Listing, after: Listing) -> None:
        self.before, self.after = _named(before), _named(after)
        self.columns = self.after.columns
        keys = [column.key for column in self.columns]
        self._name = keys.index(self.after.register.name)

    def differences(self) -> Iterator[Difference]:
        """Yield what is otherwise: in the order of the later list, then what is gone."""
        was = {
            thing: (school, tuple(values.values()))
            for thing, school, values in self.before.raw(self.before.rows())
        }
        keys: list[str] = self.before.inputs
        for thing, school, values in self.after.raw(self.after.rows()):
            old = was.pop(thing, None)
            if old is None:
                yield self._whole("added", thing, school, self.after.shown(values))
            elif old[1] != tuple(values.values()):
                changes = self._changes(dict(zip(keys, old[1], strict=True)), values)
                if changes:
                    shown = self.after.shown(values)
                    name = str(shown[self._name] or "")
                    yield Difference("changed", thing, school, name, shown, changes)
        for thing, (school, old_values) in was.items():
            shown = self.before.shown(dict(zip(keys, old_values, strict=True)))
            yield self._whole("gone", thing, school, shown)

    def _whole(
        self, kind: Kind, thing: int, school: int | None, shown: Sequence[Any]
    ) -> Difference:
        return Difference(kind, thing, school, str(shown[self._name] or ""), shown)

    def _changes(self, old: dict[str, Any], new: dict[str, Any]) -> list[tuple[Column, Any, Any]]:
        """Return the columns that changed; hidden numbers are compared whole and shown hidden."""
        before, after = self.before.shown(old), self.after.shown(new)
        found = []
        for place, column in enumerate(self.columns):
            inputs = column.virtual.inputs if column.virtual else (column.key,)
            is_same = all((old[key] or None) == (new[key] or None) for key in inputs)
            if column.virtual and before[place] == after[place]:
                continue
            if not is_same:
                found.append((column, before[place], after[place]))
        return found


def _named(listing: Listing) -> Listing:
    """Return the list with the column that says what a row is called."""
    columns, name = listing.wanted.columns, listing.register.name
    if name in columns:
        return listing
    return Listing(replace(listing.wanted, columns=(name, *columns)), listing.viewer)


@dataclass(frozen=True)
class Counted:
    """How many rows are otherwise, and one page of one kind."""

    counts: dict[Kind, int]
    kind: Kind
    page: Sequence[Difference]


def counted(comparison: Comparison, kind: Kind | None, start: int, most: int) -> Counted:
    """Count every kind, and keep one page of the kind asked for, or of the first there is.

    Args:
        comparison: What to compare.
        kind: Which rows to keep.
        start: Position of the first of them.
        most: How many.
    """
    counts: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    kept: dict[Kind, list[Difference]] = {each: [] for each in KINDS}
    for difference in comparison.differences():
        place = counts[difference.kind]
        counts[difference.kind] += 1
        if start <= place < start + most and kind in (None, difference.kind):
            kept[difference.kind].append(difference)
    first = next((each for each in KINDS if counts[each]), KINDS[0])
    chosen = first if kind is None else kind
    return Counted(counts, chosen, kept[chosen])
