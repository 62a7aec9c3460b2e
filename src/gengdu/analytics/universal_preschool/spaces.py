"""Space and books for each child, kindergarten by kindergarten (生均面积和图书)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gengdu.analytics.verdicts import Verdict, together
from gengdu.kernel import quantities
from gengdu.policy.facts import Fact

AREAS = {
    "outdoor_area": "outdoor_activity_area_m2",
    "activity_room_area": "activity_room_area_m2",
    "building_area": "building_area_m2",
}
"""The column of the yearly report that each line on areas is held against."""
BOOKS = {"books": "picture_books"}
REPORTED = {**AREAS, **BOOKS}


@dataclass(frozen=True)
class Line:
    """What a child is to have at least."""

    fact: Fact
    number: Fraction


@dataclass(frozen=True)
class Space:
    """What one kindergarten has for each child, as its newest yearly report says.

    Attributes:
        planned_in: The year it was planned in; None where that was not reported.
        values: By the name of the line; None where it was not reported.
    """

    school_id: int
    school: str
    planned_in: int | None
    values: Mapping[str, Fraction | None]

    @property
    def is_reported(self) -> bool:
        """Whether it reported anything of it."""
        return any(value is not None for value in self.values.values())

    def standing(self, lines: Mapping[str, Line]) -> Verdict:
        """Tell whether it reaches every line; one that it misses decides, whatever is open."""
        return together(self.reaches(name, line) for name, line in lines.items())

    def reaches(self, name: str, line: Line) -> Verdict:
        """Tell whether it reaches one line."""
        value = self.values[name]
        if value is None:
            return Verdict.UNKNOWN
        holds = quantities.holds(value, line.fact.compare, line.number)
        return Verdict.MET if holds else Verdict.UNMET


@dataclass(frozen=True)
class Share:
    """How many kindergartens of one time reach all lines, as far as it is known.

    Attributes:
        met, unmet, open: Those known to be of that time, by how they stand.
        unplaced: Those that did not report when they were planned.
        low, high: The least and the most that the share can be. Where it is asked of no
            kindergarten it is whole: nothing is left undone.
    """

    met: int
    unmet: int
    open: int
    unplaced: int
    low: Fraction
    high: Fraction


def of_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Space, ...]:
    """Return what kindergartens have for each child, from rows of the relation that lists them."""
    return tuple(
        Space(
            row["school_id"], row["school"], row["planned_in"],
            {name: _per_child(row[column], row["children"]) for name, column in REPORTED.items()},
        )
        for row in rows
        if row["category"] == "kindergarten" and row["children"]
    )  # fmt: skip


def _per_child(given: float | int | None, children: int) -> Fraction | None:
    return None if given is None else quantities.exact(given) / int(children)


def share(spaces: Iterable[Space], lines: Mapping[str, Line], since: int, *, new: bool) -> Share:
    """Return the share of kindergartens planned since a year, or of those planned before it.

    Args:
        spaces: Every kindergarten.
        lines: What each has to reach.
        since: The first year of the new ones.
        new: Which of both are asked for.
    """
    asked = [one for one in spaces if one.planned_in is not None and new == is_new(one, since)]
    unplaced = [one.standing(lines) for one in spaces if one.planned_in is None]
    stands = [one.standing(lines) for one in asked]
    met, unmet, open_ = (
        stands.count(verdict) for verdict in (Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN)
    )
    may_miss = sum(one != Verdict.MET for one in unplaced)
    may_reach = sum(one != Verdict.UNMET for one in unplaced)
    return Share(
        met, unmet, open_, len(unplaced), _of(met, len(asked) + may_miss),
        _of(met + open_ + may_reach, len(asked) + may_reach),
    )  # fmt: skip


def is_new(space: Space, since: int) -> bool:
    """Tell whether a kindergarten that said so was planned in a year or later."""
    return space.planned_in is not None and space.planned_in >= since


def _of(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(1)
