"""Which schools or villages should have an entry of a ledger, and in which columns: declared.

Schools and villages are registers above this package; whoever declares a ledger hands in how they
are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django_stubs_ext import StrOrPromise

Point = tuple[float, float]
"""Latitude and longitude."""


@dataclass(frozen=True)
class Town:
    """A town or street, for the comparison of towns."""

    id: int
    name: str
    at: Point | None = None


@dataclass(frozen=True)
class Unit:
    """One school or village that should have an entry.

    Attributes:
        at: Where it stands, where that is known.
    """

    id: int
    name: str
    town: Town
    at: Point | None = None


@dataclass(frozen=True)
class Population:
    """All units that are counted, such as the rural schools.

    Attributes:
        key: Names it in addresses.
        noun: What one is, such as 学校.
        counter: Measure word.
        reading: How the plan's word for them is read; printed beside the number.
        units: Reads them as they are on a day, by what is known now or was on another.
        towns: Reads only which there are, on several days, each with the id of its town.
        page: Name of the route to the page of one; empty where they have none.
        has_points: Whether it may be known where they stand.
    """

    key: str
    label: StrOrPromise
    noun: StrOrPromise
    counter: StrOrPromise
    reading: StrOrPromise
    units: Callable[[date, date | None], Sequence[Unit]]
    towns: Callable[[Sequence[date], date | None], Mapping[date, Mapping[int, int]]]
    page: str = ""
    has_points: bool = True


Needs = Callable[[Sequence[date], date | None], Mapping[date, Mapping[tuple[int, str], int]]]
"""Reads how many entries each unit should have in each column, on several days."""


@dataclass(frozen=True)
class Coverage:
    """What a ledger should cover.

    Attributes:
        populations: Whom; the first is the one that the plan promises, others may be looked at.
        across: Column whose values are the columns of the page; empty for one column.
        by: Column with the level of an entry, the highest first among its codes.
        needs: How many entries a unit should have in a column; one where nothing is said.
    """

    populations: tuple[Population, ...]
    across: str = ""
    by: str = ""
    needs: Needs | None = None
