"""A county in numbers for the items of 优质均衡: what is not given was not reported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from gengdu.analytics.quality_balance import register_facts
from gengdu.analytics.quality_balance.finding import Asked, Monitored
from gengdu.analytics.quality_balance.register_facts import CountyFacts
from gengdu.analytics.statements import Surveyed

ON = date(2025, 12, 31)
_SCHOOL_COLUMNS = (
    "migrant_worker_children", "primary_in_zone", "junior_in_zone", "reported_primary_pupils",
    "reported_junior_pupils", "music_rooms", "music_rooms_from_96_m2", "music_rooms_from_73_m2",
    "music_rooms_from_61_m2", "art_rooms", "art_rooms_from_90_m2", "art_rooms_from_67_m2",
    "art_rooms_from_61_m2", "public_funds_budget_yuan", "training_budget_yuan",
    "reported_teachers", "reported_certified_teachers", "reported_trained_teachers", "graduates",
    "graduates_first_year", "graduates_moved_in", "graduates_moved_out", "graduates_died",
)  # fmt: skip
_BLANK = dict.fromkeys(_SCHOOL_COLUMNS)
ROOMS = {"music_rooms": 1, "music_rooms_from_96_m2": 1, "music_rooms_from_73_m2": 0,
         "music_rooms_from_61_m2": 0, "art_rooms": 1, "art_rooms_from_90_m2": 1,
         "art_rooms_from_67_m2": 0, "art_rooms_from_61_m2": 0}  # fmt: skip


def school(
    number: int, classes: Mapping[str, list[int]] | None = None, **given: Any
) -> dict[str, Any]:
    """Return a school with the pupils of its classes by stage, and what it reported."""
    made = {
        "school_id": number, "school": f"{number}校", "category": "primary", "in_plan": True,
        "urban_rural_class": "", "sponsor": "7", "is_public": True, "has_boarding": None,
        "reported_year": 2025, "planned_by_2010": None, "planned_by_2016": None, **_BLANK,
    }  # fmt: skip
    unknown = set(given) - set(made) - {"teachers"}
    assert not unknown, unknown
    return {**made, "classes": classes or {"primary": [30]}, **given}


def county(*schools: dict[str, Any], year: int = 2025, **report: Any) -> CountyFacts:
    """Return a county of some schools; what the county itself reports goes by name."""
    classes = [
        {"school_id": one["school_id"], "stage": stage, "grade": 1, "class_number": number,
         "pupils": pupils}
        for one in schools
        for stage, sizes in one["classes"].items()
        for number, pupils in enumerate(sizes, start=1)
    ]  # fmt: skip
    teachers = [
        {"school_id": one["school_id"], "staff_id": 100 * one["school_id"] + number,
         "stage": "primary", **teacher}
        for one in schools
        for number, teacher in enumerate(one.get("teachers", ()))
    ]  # fmt: skip
    plain = [{k: v for k, v in one.items() if k not in ("classes", "teachers")} for one in schools]
    rows = {
        "schools": plain, "classes": classes, "teachers": teachers,
        "county": [{"year": year, **report}] if report else [],
    }  # fmt: skip
    return register_facts.gather(rows, ON)


def teacher(*, certificates: int = 1, hours: float | None = 360) -> dict[str, Any]:
    """Return one teacher; without hours no training is recorded."""
    return {"certificates": certificates, "trainings": int(hours is not None), "hours": hours or 0}


def asked(*schools: dict[str, Any], strict: bool = False, **report: Any) -> Asked:
    """Return what items are judged from."""
    return Asked(county(*schools, **report), ON, strict)


def value_of(finding: Any, place: int = 0) -> Fraction | None:
    """Return one of the numbers of an item."""
    found: Fraction | None = finding.measures[place].item.value
    return found


def everything_met() -> Asked:
    """Return a county of two schools that meets every item that has figures."""
    one = school(1, {"primary": [45, 45, 45]}, urban_rural_class="111", has_boarding=False,
                 primary_in_zone=135, public_funds_budget_yuan=100, training_budget_yuan=5,
                 teachers=[teacher()], **ROOMS)  # fmt: skip
    cohort = {"graduates": 50, "graduates_moved_in": 0, "graduates_moved_out": 0,
              "graduates_first_year": 50, "graduates_died": 0}  # fmt: skip
    two = school(2, {"junior": [50, 50]}, category="junior", urban_rural_class="111",
                 has_boarding=False, junior_in_zone=100, public_funds_budget_yuan=100,
                 training_budget_yuan=5, teachers=[teacher()], **ROOMS, **cohort)  # fmt: skip
    report = {
        "special_school_funds_yuan": 8000, "special_school_pupils": 1, "teacher_pay_yuan": 1,
        "civil_servant_pay_yuan": 1, "exchange_eligible_teachers": 10, "exchanged_teachers": 1,
        "exchanged_lead_teachers": 1, "good_senior_places": 2, "good_senior_places_allotted": 1,
        "migrant_children_eligible": 100, "migrant_children_public": 80,
        "migrant_children_bought": 5, "disabled_children": 100, "disabled_children_enrolled": 95,
    }  # fmt: skip
    return Asked(county(one, two, **report), ON, monitored=(Monitored("语文", 3, Fraction(0)),),
                 surveyed=Surveyed(1, 1, 1, 1, 1))  # fmt: skip
