"""Says a finding in words, for a person who may read it; numbers of persons are masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from gengdu.access import masking
from gengdu.policy import lists
from gengdu.records.queries import in_force
from gengdu.registers.pupils.models import Enrolment, PupilRecord
from gengdu.registers.quality.checks import Thing
from gengdu.registers.quality.evaluate import ONLY_SHOWN, Found
from gengdu.registers.schools import scopes
from gengdu.registers.schools.models import SchoolProfile, Stage
from gengdu.registers.staff.models import StaffRecord

MASKED = {"identity_number", "registry_number", "phone"}
BIRTH_IN_NUMBER = "identity_birth"
SCHOOL = "school_id"
_MOST_KEYS = 30_000  # SQLite takes 32,766 parameters in one statement
# The page of a record, by what it is of.
PAGES: dict[Thing, str] = {"pupil": "pupils_detail", "staff": "staff_detail", "school": "school"}


@dataclass(frozen=True)
class Names:
    """What the things and schools of some findings are called."""

    schools: Mapping[int, str]
    things: Mapping[tuple[Thing, int], str]

    def thing(self, found: Found) -> str:
        """Return what a finding is about, such as 丛一（三年级2班）."""
        return self.things.get((found.check.subject.thing, found.subject_id), "")

    def school(self, school_id: int | None) -> str:
        """Return the name of a school; empty for what the bureau mends."""
        return self.schools.get(school_id, "") if school_id is not None else ""

    def told(self, found: Found) -> str:
        """Return what is wrong, in words, with the values."""
        values = {name: self._shown(found, name, value) for name, value in found.values.items()}
        return str(found.check.told) % {**values, "class": _class_label(found.values)}

    def _shown(self, found: Found, name: str, value: Any) -> str:
        if name in found.check.words:
            return str(found.check.words[name].get(value, value))
        if name.endswith(SCHOOL):
            return self.school(value)
        if name in MASKED:
            return masking.masked(name, value)
        if name == "stage":
            return str(Stage(value).label)
        if name == BIRTH_IN_NUMBER:
            return f"{value[:4]}-{value[4:6]}-{value[6:]}"
        return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _class_label(values: Mapping[str, Any]) -> str:
    """Return 三年级2班 or 三年级, where the values name a grade."""
    plain = {name.removeprefix(ONLY_SHOWN): value for name, value in values.items()}
    if not {"school_system", "stage", "grade"} <= set(plain):
        return ""
    label = lists.grade_label(plain["school_system"], plain["stage"], plain["grade"])
    return f"{label}{plain['class_number']}班" if "class_number" in plain else label


def names(findings: Iterable[Found], *, on: date) -> Names:
    """Return what is needed to tell some findings, in a few queries for all."""
    every = list(findings)
    schools = {found.school_id for found in every if found.school_id is not None}
    for found in every:
        schools |= {value for name, value in found.values.items() if name.endswith(SCHOOL)}
    ids: dict[Thing, set[int]] = {"pupil": set(), "staff": set(), "school": set()}
    for found in every:
        ids[found.check.subject.thing].add(found.subject_id)
    called = scopes.schools((schools | ids["school"]) - {None}, on=on)
    things: dict[tuple[Thing, int], str] = {("school", key): name for key, name in called.items()}
    things |= {("staff", key): name for key, name in _staff(ids["staff"]).items()}
    things |= {("pupil", key): name for key, name in _pupils(ids["pupil"], on).items()}
    return Names(called, things)


def _staff(ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = StaffRecord.objects.filter(staff__in=list(ids)[:_MOST_KEYS], superseded_at=None)
    return dict(rows.values_list("staff", "name"))


def _pupils(ids: set[int], on: date) -> dict[int, str]:
    """Return each pupil's name with the class of the day."""
    if not ids:
        return {}
    wanted = list(ids)[:_MOST_KEYS]
    rows = PupilRecord.objects.filter(pupil__in=wanted, superseded_at=None)
    classes = _classes(wanted, on)
    return {
        pupil: f"{name}（{classes[pupil]}）" if pupil in classes else name
        for pupil, name in rows.values_list("pupil", "name")
    }


def _classes(wanted: list[int], on: date) -> dict[int, str]:
    rows = list(
        Enrolment.objects.filter(in_force(on), pupil__in=wanted).values_list(
            "pupil", "school", "stage", "grade", "class_number"
        )
    )
    profiles = SchoolProfile.objects.filter(in_force(on), school__in={row[1] for row in rows})
    systems = dict(profiles.values_list("school", "school_system"))
    return {
        pupil: f"{lists.grade_label(systems.get(school, 'five_four'), stage, grade)}{number}班"
        for pupil, school, stage, grade, number in rows
    }


def address(found: Found) -> str:
    """Return the address of the record a finding is about; empty where it has no page."""
    try:
        return reverse(PAGES[found.check.subject.thing], args=[found.subject_id])
    except NoReverseMatch:
        return ""
