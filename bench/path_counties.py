"""Drawn counties for the benchmark of the cheapest way to pass: all invented, one per seed."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from gengdu.planning.path_to_target import Action, Held, Place, Problem, Rules, Transfer

PEOPLE = ("qualified_teachers", "lead_teachers", "sports_arts_teachers")
THINGS = ("teaching_area", "sports_area", "equipment_value", "multimedia_classrooms")
# The lines of policy/standards/quality_balance.yaml, written out so that a benchmark of one year
# is not another problem in the next.
LINES = {
    "primary": (Fraction(42, 10), Fraction(1), Fraction(9, 10), Fraction(45, 10), Fraction(75, 10),
                Fraction(2000), Fraction(23, 10)),
    "junior": (Fraction(53, 10), Fraction(1), Fraction(9, 10), Fraction(58, 10), Fraction(102, 10),
               Fraction(2500), Fraction(24, 10)),
}  # fmt: skip
PER = (100, 100, 100, 1, 1, 1, 100)
KINDS = ((), PEOPLE[:1], PEOPLE[:2], (PEOPLE[0], PEOPLE[2]), PEOPLE, PEOPLE[2:])
SHARES_OF_KINDS = (3, 10, 1.6, 2, 0.5, 0.6)
"""Of a Dirichlet distribution: how teachers of a school fall into the kinds."""


def drawn(schools: int, seed: int) -> Problem:
    """Return a county where most schools lack something and some coefficients are too wide."""
    draw = np.random.default_rng(seed)
    places = [place for number in range(schools) for place in _school(draw, number)]
    without = frozenset(kind for kind in KINDS if "lead_teachers" not in kind)
    one = Fraction(1)
    actions = (
        Action("hire_teacher", {PEOPLE[0]: one}, Fraction(120_000), most_otherwise=6,
               most_together=2 * schools),
        Action("hire_sports_arts_teacher", {PEOPLE[0]: one, PEOPLE[2]: one}, Fraction(120_000),
               most_otherwise=6, most_together=2 * schools),
        Action("name_lead_teacher", {PEOPLE[1]: one}, Fraction(5000), most_otherwise=20,
               draws_on=without),
        Action("convert_rooms", {THINGS[0]: Fraction(80)}, Fraction(80_000), at_school=True,
               most_otherwise=4),
        Action("build_rooms", {THINGS[0]: Fraction(80)}, Fraction(320_000), at_school=True,
               most_otherwise=200),
        Action("build_sports_ground", {THINGS[1]: Fraction(100)}, Fraction(40_000), at_school=True,
               most_otherwise=400),
        Action("buy_equipment", {THINGS[2]: Fraction(10_000)}, Fraction(10_000), at_school=True,
               most_otherwise=2000),
        Action("equip_multimedia_classroom", {THINGS[3]: one, THINGS[2]: Fraction(30_000)},
               Fraction(50_000), at_school=True, most_otherwise=100),
    )  # fmt: skip
    rules = Rules(6, Fraction(85, 100), {"primary": Fraction(1, 2), "junior": Fraction(45, 100)})
    transfer = Transfer("transfer_teacher", Fraction(10_000), most_out_otherwise=4)
    return Problem(PEOPLE + THINGS, frozenset(THINGS), tuple(places), actions, rules, transfer)


def _school(draw: np.random.Generator, number: int) -> list[Place]:
    stages = (("primary",), ("junior",), ("primary", "junior"))[draw.choice(3, p=[0.6, 0.25, 0.15])]
    pupils = {stage: int(np.clip(draw.lognormal(6.2, 0.7), 55, 2400)) for stage in stages}
    everybody = sum(pupils.values())
    per_pupil = draw.lognormal(np.log([6.2, 11.0, 3000.0, 0.034]), [0.6, 0.7, 0.7, 0.5])
    things = [Fraction(max(1, int(everybody * value))) for value in per_pupil]
    weights = {"primary": Fraction(1), "junior": Fraction(11, 10)}
    weighed = sum(pupils[stage] * weights[stage] for stage in stages)
    places = []
    for stage in stages:
        there = max(4, int(pupils[stage] / draw.uniform(11, 19)))
        counts = draw.multinomial(there, draw.dirichlet(SHARES_OF_KINDS))
        teachers = {kind: int(count) for kind, count in zip(KINDS, counts, strict=True)}
        people = [
            Fraction(sum(n for kind, n in teachers.items() if name in kind)) for name in PEOPLE
        ]
        shared_by = [Fraction(pupils[stage])] * 3 + [Fraction(weighed / weights[stage])] * 4
        held = {
            name: Held(resource, among, line, per)
            for name, resource, among, line, per in zip(
                PEOPLE + THINGS, people + things, shared_by, LINES[stage], PER, strict=True
            )
        }
        places.append(
            Place(f"school {number}", stage, pupils[stage], held, teachers, f"town {number % 5}")
        )
    return places
