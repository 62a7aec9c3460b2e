"""What becomes of each kind of record when its school ends, as each table declares it.

A table that points to a school says `on_school_end`: `ends` with the school, `carries_on` at the
successor from that day, or `stays` where it was recorded. Tables of the chapters are found by
program, since chapters stand above the registers; a rule test finds a table that says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.db import models

from gengdu.records.constraints import NoOverlap
from gengdu.records.models import Recorded
from gengdu.records.triggers import recorded_models
from gengdu.registers.schools.models import School, SchoolEvent


class OnSchoolEnd(StrEnum):
    """What becomes of a record when its school ends."""

    ENDS = "ends"
    CARRIES_ON = "carries_on"
    STAYS = "stays"


class UndeclaredTable(TypeError):
    """A table points to a school and does not say what becomes of its rows."""


@dataclass(frozen=True)
class Link:
    """One column by which the rows of a table point to a school."""

    model: type[Recorded]
    field: str

    @property
    def rule(self) -> OnSchoolEnd:
        """What becomes of the rows when the school ends.

        Raises:
            UndeclaredTable: If the table does not say.
        """
        declared = getattr(self.model, "on_school_end", None)
        if declared not in list(OnSchoolEnd):
            raise UndeclaredTable(f"{self.model._meta.label} declares no on_school_end")
        return OnSchoolEnd(declared)

    @property
    def others(self) -> tuple[str, ...]:
        """The other columns by which the same rows point to schools."""
        return tuple(name for name in _columns(self.model, School) if name != self.field)

    @property
    def is_of_a_person(self) -> bool:
        """Whether a row belongs to somebody who can be at one school at a time."""
        overlaps = [item for item in self.model._meta.constraints if isinstance(item, NoOverlap)]
        return any(self.field not in item.fields for item in overlaps)

    @property
    def label(self) -> str:
        """What the table is called, and the column where there are several."""
        name = str(self.model._meta.verbose_name)
        if not self.others:
            return name
        return f"{name}（{self.model._meta.get_field(self.field).verbose_name}）"  # type: ignore[union-attr]


@cache
def links() -> tuple[Link, ...]:
    """Return every column that points to a school, registers first, except of events themselves."""
    found = [
        Link(model, name)
        for model in recorded_models()
        for name in _columns(model, School)
        if model is not SchoolEvent
    ]
    return tuple(sorted(found, key=lambda link: ".chapters." in link.model.__module__))


@cache
def dossiers() -> tuple[type[Recorded], ...]:
    """Return the tables that hold the steps taken before a school was closed or moved."""
    return tuple(
        model
        for model in recorded_models()
        if hasattr(model, "steps_before_closing") and _columns(model, SchoolEvent)
    )


def steps() -> dict[str, str]:
    """Return the steps to be taken before a school is closed, in order, with their names."""
    return {
        name: str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for model in dossiers()
        for name in model.steps_before_closing  # type: ignore[attr-defined]
    }


def _columns(model: type[models.Model], target: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.related_model is target]
