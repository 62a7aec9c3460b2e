"""How many children enter each school in each year.

A generation is named by the year in which its children are old enough for primary grade 1. It
enters kindergarten three years before, and junior school five years after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from gengdu.demo.copies import Copy
from gengdu.demo.moments import FIRST_YEAR, LAST_YEAR, SCHOOL_YEARS
from gengdu.demo.school_list import CLOSED_ON, MERGED_ON, SCHOOLS, SIZES_FROM, Spec

GRADES = {"preschool": 3, "primary": 5, "junior": 4}
ENTERS = {"preschool": -3, "primary": 0, "junior": 5}
"""Year of entry into a stage, counted from the generation's year."""

STAGES = tuple(GRADES)
FIRST_GENERATION = FIRST_YEAR - ENTERS["junior"] - GRADES["junior"] + 1
LAST_GENERATION = LAST_YEAR - ENTERS["preschool"]
GENERATIONS = range(FIRST_GENERATION, LAST_GENERATION + 1)

CLASS_SIZE = {"preschool": 25, "primary": 44, "junior": 48}
"""Size from which a cohort is given one class more."""

CLASS_LIMIT = {"preschool": 25, "primary": 45, "junior": 50}
GROWTH = {False: 1.008, True: 0.965}
"""Yearly change of an intake, by whether the school is rural."""

NOISE = 0.02
SPLIT_COHORTS = {("guanzhuang", 2017): 2}
"""Cohorts of a small school with more classes than their size asks for."""


@dataclass(frozen=True)
class Step:
    """One school year in the life of a generation."""

    year: int
    stage: str
    grade: int


def steps(generation: int) -> tuple[Step, ...]:
    """Return the school years of the demo that a generation spends in school."""
    found = []
    for year in SCHOOL_YEARS:
        for stage in STAGES:
            grade = year - generation - ENTERS[stage] + 1
            if 1 <= grade <= GRADES[stage]:
                found.append(Step(year, stage, grade))
    return tuple(found)


def classes_of(stage: str, pupils: int, *, key: str = "", generation: int = 0) -> int:
    """Return into how many classes a cohort is divided.

    >>> classes_of("primary", 44), classes_of("primary", 45), classes_of("junior", 0)
    (1, 2, 1)
    """
    split = SPLIT_COHORTS.get((key, generation), 1)
    return max(split, ceil(pupils / CLASS_SIZE[stage]))


@dataclass(frozen=True)
class Intakes:
    """How many children of each generation enter each kindergarten and primary school."""

    preschool: Mapping[tuple[str, int], int]
    primary: Mapping[tuple[str, int], int]


def draw(copy: Copy) -> Intakes:
    """Draw the intakes of a copy."""
    rng = copy.rng("cohorts")
    primary, preschool = {}, {}
    for spec in SCHOOLS:
        for generation in GENERATIONS:
            noise = 1 + NOISE * (2 * rng.random() - 1)
            primary[spec.key, generation] = _primary(spec, generation, noise)
            preschool[spec.key, generation] = _preschool(spec, generation, noise)
    return Intakes(preschool, primary)


def _primary(spec: Spec, generation: int, noise: float) -> int:
    if generation in spec.sizes:
        return spec.sizes[generation]
    if generation > LAST_YEAR:
        return 0
    if spec.closed_on is not None and generation >= MERGED_ON.year:
        return 0
    base = spec.primary or spec.sizes.get(SIZES_FROM, 0)
    since = LAST_YEAR if spec.primary and not spec.sizes else SIZES_FROM
    return round(base * GROWTH[spec.in_plan] ** (generation - since) * noise)


def _preschool(spec: Spec, generation: int, noise: float) -> int:
    entered_in = generation + ENTERS["preschool"]
    if spec.preschool == 0 or entered_in + GRADES["preschool"] <= FIRST_YEAR:
        return 0
    if entered_in < spec.opened_on.year and spec.opened_on.year > FIRST_YEAR:
        return 0
    if spec.closed_on == CLOSED_ON and entered_in >= CLOSED_ON.year:
        return 0
    return round(spec.preschool * GROWTH[spec.in_plan] ** (entered_in - LAST_YEAR) * noise)
