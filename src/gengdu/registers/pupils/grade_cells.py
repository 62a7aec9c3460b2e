"""Columns for the grade and the class of a row, read by the school system of its school."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gengdu.kernel import cells
from gengdu.kernel.school_years import SchoolYear
from gengdu.policy import lists
from gengdu.records.queries import in_force
from gengdu.records.sheets import Remark, Rows
from gengdu.registers.pupils import grades
from gengdu.registers.schools.models import SchoolProfile, SchoolStage, Stage

STAGES = {value: str(label) for value, label in Stage.choices}


@dataclass(frozen=True)
class ClassCell(cells.Kind[int]):
    """The number of a class, in any of the ways people write it."""

    def _from_text(self, text: str) -> int:
        return grades.read_class(text)

    def _from_other(self, value: object) -> int:
        if isinstance(value, int | float) and float(value).is_integer():
            return grades.read_class(str(int(value)))
        raise cells.BadCell("应为班级，如“1班”")

    def _shown(self, value: int) -> str:
        return f"{value}班"


@dataclass(frozen=True)
class GradeLabel:
    """三年级 and the like, from school, stage and grade."""

    inputs: tuple[str, ...] = ("school", "stage", "grade_number")

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what names a grade by the school system of each school on a day."""
        systems = _systems(day, known)

        def shown(school: int | None, stage: str | None, grade: int | None) -> str:
            if stage is None or grade is None or school is None:
                return ""
            return lists.grade_label(systems.get(school, "five_four"), stage, grade)

        return shown


def _systems(on: date, known: date | None = None) -> dict[int, str]:
    rows = SchoolProfile.objects.filter(in_force(on, known))
    return dict(rows.values_list("school_id", "school_system"))


def resolve_grades(rows: Rows) -> Iterator[Remark]:
    """Read the grade of each row by the school it is at; fill stage and grade."""
    systems, stages = _systems(rows.on), _stages(rows.on)
    year = SchoolYear.containing(rows.on)
    found_stages: list[str | None] = [None] * rows.count
    found_grades: list[int | None] = [None] * rows.count
    remembered: dict[tuple[Any, ...], grades.Grade | str] = {}
    schools, recorded = rows.known("school"), _recorded_labels(rows, systems)
    for place, (school, text) in enumerate(zip(schools, rows.get("grade"), strict=True)):
        if text is None:
            continue
        if school is None:
            message = "填了年级却没有学校，认不出是哪个年级，请同时填学校"
            yield Remark(place, "grade", message, without="school")
            continue
        if (school, text) not in remembered:
            taught = stages.get(school, ())
            remembered[school, text] = _read(text, systems.get(school, ""), taught, year)
        outcome = remembered[school, text]
        if isinstance(outcome, str):
            if text != recorded(place):
                yield Remark(place, "grade", outcome)
        else:
            found_stages[place], found_grades[place] = outcome.stage, outcome.grade
    rows.columns.update({"stage": found_stages, "grade_number": found_grades})


def _recorded_labels(rows: Rows, systems: dict[int, str]) -> Callable[[int], str]:
    """Return what names the grade recorded for a row, which may be one that no school has."""

    @cache
    def columns() -> list[list[Any]]:
        return [rows.before(key) for key in GradeLabel.inputs]

    def label(place: int) -> str:
        school, stage, grade = (column[place] for column in columns())
        if school is None:
            return ""
        return lists.grade_label(systems.get(school, "five_four"), stage, grade)

    return label


def _read(text: str, system: str, taught: tuple[str, ...], year: SchoolYear) -> grades.Grade | str:
    if not system:
        return "这所学校在这一天没有开办，认不出是哪个年级"
    try:
        return grades.read_grade(text, system=system, stages=taught, year=year)
    except cells.BadCell as bad:
        return str(bad)


def _stages(on: date) -> dict[int, tuple[str, ...]]:
    """Return the stages each school teaches on a day, lower ones first."""
    order = list(Stage.values)
    found: dict[int, list[str]] = {}
    for school, stage in SchoolStage.objects.filter(in_force(on)).values_list("school_id", "stage"):
        found.setdefault(school, []).append(stage)
    return {school: tuple(sorted(some, key=order.index)) for school, some in found.items()}


def end_of_year(starts_on: date) -> date:
    """Return the day before which what began in a school year ends."""
    return SchoolYear.containing(starts_on).ends_on
