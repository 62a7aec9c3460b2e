"""The official layouts that registers read, and which of them a header looks like."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gengdu.documents.headers import normal_name
from gengdu.records import sheets
from gengdu.records.sheets import Register

FILE = Path(__file__).parent / "data" / "layouts.csv"
LEAST_LIKENESS = 0.5
"""Below this share of names in common a header is said to be of no layout."""


@dataclass(frozen=True)
class Layout:
    """One official file, as its template names the columns.

    Attributes:
        fields: Names of the columns in the order of the template.
    """

    key: str
    label: str
    fields: tuple[str, ...]

    @property
    def register(self) -> Register:
        """The register that reads it."""
        return next(one for one in sheets.registers() if self.key in one.layouts)


@dataclass(frozen=True)
class Recognised:
    """A layout that a header looks like.

    Attributes:
        share: The share of the layout's columns that the header has.
    """

    layout: Layout
    share: float


@cache
def layouts() -> tuple[Layout, ...]:
    """Return every layout, in the order of the file."""
    found: dict[str, tuple[str, list[str]]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["layout_id"], (row["layout_name"], []))[1].append(row["field"])
    return tuple(Layout(key, label, tuple(fields)) for key, (label, fields) in found.items())


def recognised(names: Iterable[str]) -> Recognised | None:
    """Return the layout that the names of a header look most like; None where none does.

    Likeness counts names in common against both lists, so that a short list is not taken for a
    long one that happens to have all its names.
    """
    given = {normal_name(name) for name in names if name}
    if not given:
        return None
    scores = []
    for layout in layouts():
        fields = {normal_name(field) for field in layout.fields}
        common = len(given & fields)
        likeness = 2 * common / (len(given) + len(fields))
        scores.append((likeness, common / len(given), common / len(fields), layout))
    likeness, of_header, share, layout = max(scores, key=lambda score: score[:3])
    is_like = likeness >= LEAST_LIKENESS or (of_header >= 0.8 and share >= 0.3)
    return Recognised(layout, share) if is_like else None
