"""Deals pupils who come to a school into its classes, evenly and mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from math import ceil

from gengdu.policy import facts
from gengdu.registers.pupils.turnover.reading import Seat

LIMITS = {
    ("preschool", 1): "class_size.kindergarten_lower",
    ("preschool", 2): "class_size.kindergarten_middle",
    ("preschool", 3): "class_size.kindergarten_upper",
}

Grade = tuple[int, str, int]
"""School, stage and grade."""


def limit(stage: str, grade: int, on: date) -> int:
    """Return how many pupils a class should have at most."""
    name = LIMITS.get((stage, grade), f"class_size.{'junior' if stage == 'junior' else 'primary'}")
    return int(facts.value(name, on=on))


class Classes:
    """The classes of the new year with how full they are, while pupils are being placed."""

    def __init__(self, seats: Mapping[Seat, int], on: date) -> None:
        self.sizes: dict[Grade, Counter[int]] = {}
        self._on = on
        for seat, pupils in seats.items():
            self.sizes.setdefault(seat[:3], Counter())[seat.class_number] += pupils

    def take(self, grade: Grade, class_number: int) -> None:
        """Let one more pupil be in a class."""
        self.sizes.setdefault(grade, Counter())[class_number] += 1

    def join(self, grade: Grade) -> int:
        """Place one pupil in the smallest class there is, and return its number."""
        sizes = self.sizes.setdefault(grade, Counter({1: 0}))
        number = min(sizes, key=lambda item: (sizes[item], item))
        sizes[number] += 1
        return number

    def deal(self, grade: Grade, pupils: Iterable[int], sexes: Mapping[int, str]) -> dict[int, int]:
        """Place pupils and return their class numbers.

        A grade that has no class yet gets as many as the standard size asks for; else the pupils
        join the classes there are.
        """
        coming = sorted(pupils, key=lambda pupil: (sexes.get(pupil, ""), pupil))
        if not self.sizes.get(grade):
            wanted = ceil(len(coming) / limit(*grade[1:], self._on))
            self.sizes[grade] = Counter(dict.fromkeys(range(1, wanted + 1), 0))
        return {pupil: self.join(grade) for pupil in coming}

    def free_number(self, grade: Grade, wanted: int) -> int:
        """Return a class number that nobody has: the one wanted, or the next after all others."""
        sizes = self.sizes.setdefault(grade, Counter())
        number = wanted if wanted not in sizes else max(sizes) + 1
        sizes[number] = 0
        return number
