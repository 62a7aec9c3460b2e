"""Says what some records are, so that whoever reads a preview recognises them.

Children are shown by class and number alone: a preview is printed and passed round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import models

from gengdu.records.models import Recorded
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.events.standing import class_label
from gengdu.registers.schools.models import School, SchoolClass, SchoolProfile
from gengdu.registers.staff.models import StaffRecord

MOST = 4


def of(rows: Sequence[Recorded], *, system: str) -> list[str]:
    """Return some of the rows as people read them."""
    if not rows:
        return []
    if isinstance(rows[0], Enrolment):
        return _pupils([row for row in rows if isinstance(row, Enrolment)], system)
    some = rows[:MOST]
    named = _names([getattr(row, "staff_id", 0) for row in some])
    shown = [named.get(getattr(row, "staff_id", 0)) or _words(row, system) for row in some]
    return [*dict.fromkeys(text for text in shown if text)]


def _pupils(rows: list[Enrolment], system: str) -> list[str]:
    counted = Counter((row.stage, row.grade, row.class_number) for row in rows)
    shown = [f"{class_label(system, *key)} {counted[key]}人" for key in sorted(counted)]
    more = len(shown) - MOST
    return [*shown[:MOST], *([f"等 {len(shown)} 个班"] if more > 0 else [])]


def _names(ids: list[int]) -> dict[int, str]:
    found = StaffRecord.objects.filter(superseded_at=None, staff__in=[key for key in ids if key])
    return dict(found.values_list("staff_id", "name"))


def _words(row: Recorded, system: str) -> str:
    if isinstance(row, SchoolClass):
        return class_label(system, row.stage, row.grade, row.class_number)
    said = (_word(row, field) for field in row._meta.concrete_fields)
    texts = [*_other_schools(row), *filter(None, said)]
    return " ".join(texts[:2])


def _word(row: Recorded, field: models.Field[Any, Any]) -> str:
    """Return what a text says; nothing of a state, or of a code that only programs read."""
    if not isinstance(field, models.CharField) or field.name == "state":
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    text = str(getattr(row, field.name))
    is_code = text.isascii() and not text.isdigit()
    return "" if is_code else text


def _other_schools(row: Recorded) -> list[str]:
    """Return the schools that a row ties together, where there are several."""
    keys = [
        getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.related_model is School
    ]
    if len(keys) < 2:
        return []
    rows = SchoolProfile.objects.filter(superseded_at=None, school__in=keys).order_by("starts_on")
    called = dict(rows.values_list("school_id", "name"))
    return ["—".join(called.get(key, "") for key in keys)]
