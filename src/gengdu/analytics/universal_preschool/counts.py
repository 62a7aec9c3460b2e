"""What the evaluation of universal preschool counts of a county, from one row per kindergarten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

SCHOOLS, CLASSES = "preschool_rows", "preschool_classes"
"""The relations that list kindergartens and classes of a district from its registers."""


@dataclass(frozen=True)
class Counts:
    """One county; None for what was not reported.

    Attributes:
        children: In registered kindergartens.
        public: Those of them in public ones (公办园).
        inclusive: Those in private ones that are recognised as inclusive (普惠性民办园).
        population: Children of the age group, as the documented choice has it.
        teachers: Full-time.
        classes: All.
        standard_classes: Those no larger than a class of their age may be.
        people: Heads and full-time teachers.
        certified: Those of them who hold a certificate, as far as it is known.
        uncertain: Those of whom no certificate is on record.
        towns: Rural towns.
        towns_with_public: Those with a public kindergarten.
        towns_with_centre: Those with one that is marked as standing at the town's seat.
    """

    children: int | None = None
    public: int | None = None
    inclusive: int | None = None
    population: int | None = None
    teachers: int | None = None
    classes: int | None = None
    standard_classes: int | None = None
    people: int | None = None
    certified: int | None = None
    uncertain: int = 0
    towns: int | None = None
    towns_with_public: int | None = None
    towns_with_centre: int | None = None

    @property
    def private(self) -> int | None:
        """Children in private kindergartens."""
        if self.children is None or self.public is None:
            return None
        return self.children - self.public


def of_rows(
    schools: Sequence[Mapping[str, Any]],
    classes: Sequence[Mapping[str, Any]],
    towns: int,
    largest: Mapping[int, Fraction],
) -> Counts:
    """Return the counts of a district whose registers hold it.

    Args:
        schools: Rows of the relation SCHOOLS.
        classes: Rows of the relation CLASSES.
        towns: How many rural towns there are.
        largest: The largest size of a class by grade from 1 on, and of a mixed one by 0.
    """
    public = [row for row in schools if row["is_public"]]
    rural = [
        row for row in public if row["category"] == "kindergarten" and row["town_kind"] == "town"
    ]
    with_centre = {row["town_id"] for row in rural if row["at_town_seat"]}
    private = len(public) < len(schools)
    return Counts(
        children=_sum(schools, "children"), public=_sum(public, "children"),
        inclusive=None if private else 0, teachers=_sum(schools, "teachers"),
        classes=len(classes),
        standard_classes=sum(_fits(row, largest) for row in classes),
        people=_sum(schools, "people"), certified=_sum(schools, "certified"),
        uncertain=_sum(schools, "unreported"), towns=towns,
        towns_with_public=len({row["town_id"] for row in rural}),
        towns_with_centre=len(with_centre),
    )  # fmt: skip


def _sum(rows: Sequence[Mapping[str, Any]], column: str) -> int:
    return sum(int(row[column]) for row in rows)


def _fits(row: Mapping[str, Any], largest: Mapping[int, Fraction]) -> bool:
    """Tell whether a class is no larger than it may be; of an age not named it is a mixed one."""
    return bool(row["children"] <= largest.get(row["grade"], largest[0]))


def with_population(counts: Counts, population: int | None) -> Counts:
    """Return the counts with the children of the age group, whom no register of ours holds."""
    return replace(counts, population=population)
