"""What the registers know that the guarantee and quality items ask for; None is not reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from gengdu.kernel import quantities

Row = Mapping[str, Any]
Figures = Mapping[str, Fraction | None]
RELATIONS = {
    "schools": ("quality_balance_schools", "school_id"),
    "classes": ("quality_balance_classes", "school_id, stage, grade, class_number"),
    "teachers": ("quality_balance_qualifications", "school_id, staff_id, stage"),
    "county": ("quality_balance_county", "year"),
}
"""The relations behind it, each with the order of its rows."""
COMBINED = frozenset({"nine_year", "twelve_year"})
ZONES = {"11": "urban", "12": "town", "21": "rural", "22": "rural"}
"""By the first two digits of the urban-rural class: 城区, 镇区, 乡村."""
_NOT_FIGURES = frozenset(
    {"school_id", "school", "category", "in_plan", "urban_rural_class", "sponsor", "is_public",
     "has_boarding", "planned_by_2010", "planned_by_2016", "reported_year"}
)  # fmt: skip


@dataclass(frozen=True)
class Klass:
    """One class with its pupils."""

    stage: str
    grade: int
    number: int
    pupils: int


@dataclass(frozen=True)
class Teacher:
    """One full-time teacher: whether anything is recorded, and the hours of training."""

    staff_id: int
    has_certificate: bool
    has_training: bool
    hours: Fraction


@dataclass(frozen=True)
class SchoolFacts:
    """One school with compulsory stages.

    Attributes:
        zone: urban, town or rural by its urban-rural class; None where that is not recorded.
        figures: Of its newest report on conditions; all None where it has not reported.
        planned_by: Whether it was planned and built by the years 2010 and 2016.
    """

    school_id: int
    school: str
    category: str
    is_rural: bool
    is_public: bool
    has_boarding: bool | None
    sponsor: str
    zone: str | None
    classes: tuple[Klass, ...]
    teachers: tuple[Teacher, ...]
    figures: Figures
    planned_by: Mapping[int, bool | None]

    @property
    def pupils(self) -> int:
        """Pupils of its compulsory stages."""
        return sum(one.pupils for one in self.classes)

    def pupils_of(self, stage: str) -> int:
        """Pupils of one of its stages."""
        return sum(one.pupils for one in self.classes if one.stage == stage)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that have pupils."""
        return tuple(s for s in ("primary", "junior") if self.pupils_of(s))

    @property
    def largest_class(self) -> int:
        """Pupils of its largest class."""
        return max(one.pupils for one in self.classes)


@dataclass(frozen=True)
class CountyFacts:
    """The county: its schools that have pupils, and its own report.

    Attributes:
        year: Of the report; None where neither this year nor the one before is reported.
    """

    schools: tuple[SchoolFacts, ...]
    year: int | None
    figures: Figures

    def of_stage(self, stage: str) -> tuple[SchoolFacts, ...]:
        """Return the schools that have pupils of a stage."""
        return tuple(one for one in self.schools if stage in one.stages)


def gather(rows: Mapping[str, Iterable[Row]], on: date) -> CountyFacts:
    """Return what the rows of the four relations say of a county.

    Args:
        rows: By the names of RELATIONS.
        on: The day they were asked for.
    """
    classes: dict[int, list[Klass]] = {}
    for row in rows["classes"]:
        made = Klass(row["stage"], row["grade"], row["class_number"], row["pupils"])
        classes.setdefault(row["school_id"], []).append(made)
    teachers: dict[int, dict[int, Teacher]] = {}
    for row in rows["teachers"]:  # who teaches two stages of a school is one teacher there
        teachers.setdefault(row["school_id"], {})[row["staff_id"]] = Teacher(
            row["staff_id"], row["certificates"] > 0, row["trainings"] > 0,
            quantities.exact(row["hours"]),
        )  # fmt: skip
    schools = tuple(
        _school(row, tuple(classes[row["school_id"]]), teachers.get(row["school_id"], {}))
        for row in rows["schools"]
        if row["school_id"] in classes
    )
    years = [row for row in rows["county"] if on.year - 1 <= row["year"] <= on.year]
    newest = max(years, key=lambda row: row["year"], default=None)
    return CountyFacts(
        schools, newest["year"] if newest else None, _figures(newest, {"year"}) if newest else {}
    )


def _school(row: Row, classes: tuple[Klass, ...], teachers: Mapping[int, Teacher]) -> SchoolFacts:
    return SchoolFacts(
        school_id=row["school_id"], school=row["school"], category=row["category"],
        is_rural=bool(row["in_plan"]), is_public=bool(row["is_public"]),
        has_boarding=row["has_boarding"], sponsor=row["sponsor"] or "",
        zone=ZONES.get((row["urban_rural_class"] or "")[:2]),
        classes=classes, teachers=tuple(teachers.values()),
        figures=_figures(row, _NOT_FIGURES),
        planned_by={2010: row["planned_by_2010"], 2016: row["planned_by_2016"]},
    )  # fmt: skip


def _figures(row: Row, besides: Iterable[str]) -> dict[str, Fraction | None]:
    left_out = set(besides)
    return {
        name: None if value is None else quantities.exact(value)
        for name, value in row.items()
        if name not in left_out
    }
