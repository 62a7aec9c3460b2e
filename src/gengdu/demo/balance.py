"""What the demo's schools and its county report for 优质均衡 besides areas: all of it invented.

Nothing is drawn by chance here, so that whatever else the demo holds stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Any

from gengdu.demo import moments
from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import FIRST_DAY, LAST_YEAR
from gengdu.demo.school_list import Spec

ASKED_FROM = LAST_YEAR - 1
"""Since this school year the report asks for rooms, money and graduates."""
CLASSES_PER_ROOM = 12
RATES = {"primary": 1_150, "junior": 1_350}
"""Public funds a pupil, in yuan."""
FEWEST_PUPILS = 100
TRAINING_SHARE = 0.055
LITTLE_TRAINING = ("qufu", 0.046)
"""This school plans less for the training of its teachers than it should."""
SHORT_OF_MUSIC = "changfeng"
"""This school has a room for music less than it should."""
SMALL_ROOMS = "hukou"
"""This small rural school has smaller rooms, which only the relaxation lets pass."""
COUNTY = {
    "primary_funds_per_pupil_yuan": 1_150.0, "junior_funds_per_pupil_yuan": 1_350.0,
    "special_school_funds_yuan": 0.0, "special_school_pupils": 0, "teacher_pay_yuan": 121_300.0,
    "civil_servant_pay_yuan": 119_800.0, "exchange_eligible_teachers": 486,
    "exchanged_teachers": 57, "exchanged_lead_teachers": 13, "good_senior_places": 860,
    "good_senior_places_allotted": 602, "good_senior_places_rural": 141,
    "migrant_children_eligible": 2_318, "migrant_children_public": 2_204,
    "migrant_children_bought": 0, "disabled_children": 96, "disabled_children_enrolled": 95,
}  # fmt: skip
COUNTY_YEARS = range(LAST_YEAR - 3, LAST_YEAR)


def write(ledger: Ledger) -> None:
    """Write the yearly reports of the county, each in the March after its year."""
    for year in COUNTY_YEARS:
        ledger.rows.add(
            "schools_countyreport",
            recorded_at=moments.known(date(year + 1, 3, 10), ledger.rng), year=year, **COUNTY,
        )  # fmt: skip


def of_school(spec: Spec, year: int, has: Mapping[str, float]) -> dict[str, Any]:
    """Return what a school reports of its rooms, money and graduates; nothing before it was asked.

    Args:
        spec: The school.
        year: In which the school year begins.
        has: Its classes, and its pupils by stage.
    """
    if year < ASKED_FROM or spec.is_kindergarten:
        return {}
    pupils = {stage: round(has.get(f"pupils_{stage}", 0)) for stage in RATES}
    return {**_rooms(spec, has), **_money(spec, pupils), **_graduates(pupils["junior"])}


def _rooms(spec: Spec, has: Mapping[str, float]) -> dict[str, Any]:
    rooms = ceil(has["classes"] / CLASSES_PER_ROOM) + 1
    music = ceil(has["classes"] / CLASSES_PER_ROOM) - 1 if spec.key == SHORT_OF_MUSIC else rooms
    is_small = spec.key == SMALL_ROOMS
    was_always_there = spec.opened_on <= FIRST_DAY
    return {
        "planned_by_2010": was_always_there,
        "planned_by_2016": was_always_there and not is_small,
        "music_rooms": music,
        "music_rooms_from_96_m2": 0 if is_small else music,
        "music_rooms_from_73_m2": 0,
        "music_rooms_from_61_m2": music if is_small else 0,
        "art_rooms": rooms,
        "art_rooms_from_90_m2": rooms,
        "art_rooms_from_67_m2": 0,
        "art_rooms_from_61_m2": 0,
    }


def _money(spec: Spec, pupils: Mapping[str, int]) -> dict[str, float]:
    """Return the budget by pupils, of whom a small school is paid for a hundred."""
    count = sum(pupils.values())
    due = sum(RATES[stage] * number for stage, number in pupils.items())
    budget = round(due / max(count, 1) * max(count * 1.02, FEWEST_PUPILS), -1)
    key, little = LITTLE_TRAINING
    share = little if spec.key == key else TRAINING_SHARE
    return {
        "public_funds_budget_yuan": float(budget),
        "public_funds_spent_yuan": float(round(budget * 0.99, -1)),
        "training_budget_yuan": float(round(budget * share, -1)),
    }


def _graduates(pupils: int) -> dict[str, int]:
    if not pupils:
        return {}
    first, moved_in, moved_out = pupils // 4, pupils // 90, pupils // 70
    return {
        "graduates": first + moved_in - moved_out - pupils // 400,
        "graduates_first_year": first,
        "graduates_moved_in": moved_in,
        "graduates_moved_out": moved_out,
        "graduates_died": 0,
    }
