"""What the evaluation of universal preschool counts of a county, from one row per kindergarten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from gengdu.analytics.universal_preschool import spaces
from gengdu.analytics.universal_preschool.spaces import Space

SCHOOLS, CLASSES = "preschool_rows", "preschool_classes"
"""The relations that list kindergartens and classes of a district from its registers."""
RESIDENTIAL = "preschool_residential"
"""The relation that lists the kindergartens of residential areas."""


@dataclass(frozen=True)
class Reported:
    """What the district reported for a year that no list of children or schools says.

    Attributes:
        population: Children of the age group, as the documented choice has it.
        is_inclusive_listed: Whether the list of inclusive private kindergartens is complete.
        is_residential_listed: Whether the list of residential areas' kindergartens is complete.
    """

    population: int | None = None
    is_inclusive_listed: bool = False
    is_residential_listed: bool = False


@dataclass(frozen=True)
class Counts:
    """One county; None for what was not reported.

    Attributes:
        children: In registered kindergartens.
        public: Those of them in public ones (公办园).
        inclusive: Those in private ones that are recognised as inclusive (普惠性民办园).
        recognised: The same as far as the list goes, complete or not.
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
        residential: Kindergartens of residential areas (小区配套幼儿园) on their list.
        residential_run: Those of them that are run as public or inclusive ones.
        residential_open: Private ones of them that may be on a longer list of inclusive ones.
        unlisted: Kindergartens with children that are not on that list.
        is_residential_listed: Whether that list is complete.
        spaces: What each kindergarten has for each child, in the order of the rows.
    """

    children: int | None = None
    public: int | None = None
    inclusive: int | None = None
    recognised: int = 0
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
    residential: int = 0
    residential_run: int = 0
    residential_open: int = 0
    unlisted: int = 0
    is_residential_listed: bool = False
    spaces: tuple[Space, ...] = ()

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
    residential: Sequence[Mapping[str, Any]] = (),
) -> Counts:
    """Return the counts of a district whose registers hold it.

    Args:
        schools: Rows of the relation SCHOOLS.
        classes: Rows of the relation CLASSES.
        towns: How many rural towns there are.
        largest: The largest size of a class by grade from 1 on, and of a mixed one by 0.
        residential: Rows of the relation RESIDENTIAL.
    """
    public = [row for row in schools if row["is_public"]]
    rural = [
        row for row in public if row["category"] == "kindergarten" and row["town_kind"] == "town"
    ]
    with_centre = {row["town_id"] for row in rural if row["at_town_seat"]}
    private = [row for row in schools if not row["is_public"]]
    listed = {row["school_id"] for row in residential}
    return Counts(
        children=_sum(schools, "children"), public=_sum(public, "children"),
        inclusive=None if private else 0,
        recognised=_sum([row for row in private if row["is_inclusive"]], "children"),
        teachers=_sum(schools, "teachers"),
        classes=len(classes),
        standard_classes=sum(_fits(row, largest) for row in classes),
        people=_sum(schools, "people"), certified=_sum(schools, "certified"),
        uncertain=_sum(schools, "unreported"), towns=towns,
        towns_with_public=len({row["town_id"] for row in rural}),
        towns_with_centre=len(with_centre), residential=len(residential),
        residential_run=sum(row["is_run"] == 1 for row in residential),
        residential_open=sum(row["is_run"] is None for row in residential),
        unlisted=sum(
            row["category"] == "kindergarten" and row["school_id"] not in listed for row in schools
        ),
        spaces=spaces.of_rows(schools),
    )  # fmt: skip


def _sum(rows: Sequence[Mapping[str, Any]], column: str) -> int:
    return sum(int(row[column]) for row in rows)


def _fits(row: Mapping[str, Any], largest: Mapping[int, Fraction]) -> bool:
    """Tell whether a class is no larger than it may be; of an age not named it is a mixed one."""
    return bool(row["children"] <= largest.get(row["grade"], largest[0]))


def completed(counts: Counts, reported: Reported) -> Counts:
    """Return the counts with what the district reported: only a complete list leaves nothing open.

    A private kindergarten that is not on a complete list is no inclusive one.
    """
    is_listed = reported.is_inclusive_listed
    return replace(
        counts,
        population=reported.population,
        inclusive=counts.recognised if is_listed else counts.inclusive,
        residential_open=0 if is_listed else counts.residential_open,
        is_residential_listed=reported.is_residential_listed,
    )
