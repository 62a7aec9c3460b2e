"""Cells that name a school, by its identifier or by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from gengdu.records.queries import in_force, known_rows
from gengdu.records.references import NamedCell
from gengdu.registers.schools.models import SchoolProfile


@dataclass(frozen=True)
class SchoolReference:
    """Reads and writes schools as they were known on a day.

    Attributes:
        by_identifier: Whether cells show the ten-digit identifier; else the name.
        ever: Whether schools closed before the day are known by their last name; an open school
            that has taken such a name comes first.
    """

    by_identifier: bool = False
    ever: bool = False

    def on(self, day: date, known: date | None = None) -> NamedCell:
        """Return the kind of cell for a day, by what is known, or was on another."""
        rows = SchoolProfile.objects.filter(in_force(day, known))
        found = list(rows.values_list("school_id", "name", "identifier"))
        things: list[tuple[int, str, tuple[str, ...]]] = [
            (school, (identifier or name) if self.by_identifier else name, (name, identifier))
            for school, name, identifier in found
        ]
        if self.ever:
            things += _closed(day, known, found)
        return NamedCell.of("学校", "请核对学校标识码或校名；新学校请先由教育分局登记", things)


def _closed(
    day: date, known: date | None, opened: list[tuple[int, str, str]]
) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield each school closed by a day, by its last name that nobody has taken since."""
    is_open = {school for school, _, _ in opened}
    taken = {text for _, name, identifier in opened for text in (name, identifier)}
    ended = SchoolProfile.objects.filter(known_rows(known), ends_on__lte=day).order_by("-ends_on")
    for school, name, identifier in ended.values_list("school_id", "name", "identifier"):
        if school in is_open:
            continue
        is_open.add(school)
        shown = next(text for text in _distinct(name) if text not in taken)
        yield school, shown, tuple({shown, identifier} - taken)
        taken |= {shown, identifier}


def _distinct(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}（原{number}）" for number in count(1))
