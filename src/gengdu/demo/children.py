"""Which schools and classes the children of one generation go through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

from gengdu.demo import cohorts
from gengdu.demo.cohorts import CLASS_LIMIT, Intakes, classes_of
from gengdu.demo.moments import LAST_YEAR
from gengdu.demo.school_list import RURAL_TOWNS, SCHOOLS, Spec, spec

MOVES_TO_CITY = 0.08
CITY_JUNIORS = ("fenglin_j", "xiyuan")
FULL_CLASS = ("changfeng", LAST_YEAR)
FULL_CLASS_SIZE = 46
"""The one class beyond the limit: class 1 of the newest grade 1 of this school (faults.py)."""

FIXED_SIZES = frozenset(item.key for item in SCHOOLS if item.sizes)

Keys = tuple[str, str, str]
"""Kindergarten, primary and junior school of one child; empty where there is none."""

Classes = tuple[int, int, int]


@dataclass(frozen=True)
class Group:
    """Schools that take the children of one area."""

    kindergartens: tuple[Spec, ...]
    primaries: tuple[Spec, ...]


def _group(*, towns: tuple[str, ...] | None) -> Group:
    here = [item for item in SCHOOLS if (item.town in towns if towns else not item.in_plan)]
    return Group(
        tuple(item for item in here if item.is_kindergarten),
        tuple(item for item in here if "primary" in item.stages),
    )


GROUPS = (_group(towns=None), *(_group(towns=(town,)) for town in RURAL_TOWNS))


class Generation:
    """The children of one generation of one copy, with places in classes.

    Each class is filled in turn, so the classes of a cohort never differ by more than one child.
    """

    def __init__(self, intakes: Intakes, year: int, rng: Random) -> None:
        """Distribute the children over schools, then over classes."""
        self.year = year
        self._rng = rng
        self._taken: Counter[tuple[str, str]] = Counter()
        paths = [path for group in GROUPS for path in self._paths(intakes, group)]
        self._classes = self._count_classes(paths)
        self.children = [(path, self._places(path)) for path in paths]

    def _paths(self, intakes: Intakes, group: Group) -> list[Keys]:
        kindergartens = self._repeat(intakes.preschool, group.kindergartens)
        primaries = self._repeat(intakes.primary, group.primaries)
        self._rng.shuffle(primaries)
        longest = max(len(kindergartens), len(primaries))
        kindergartens += [""] * (longest - len(kindergartens))
        primaries += [""] * (longest - len(primaries))
        return [
            (kindergarten, primary, self._junior(primary))
            for kindergarten, primary in zip(kindergartens, primaries, strict=True)
        ]

    def _repeat(
        self, intakes: object, schools: tuple[Spec, ...]
    ) -> list[str]:  # each key as often as children enter it
        found: list[str] = []
        for school in schools:
            found += [school.key] * intakes[school.key, self.year]  # type: ignore[index]
        return found

    def _junior(self, primary: str) -> str:
        if not primary:
            return ""
        school = spec(primary)
        if school.in_plan and self._rng.random() < MOVES_TO_CITY:
            return CITY_JUNIORS[int(self._rng.random() * len(CITY_JUNIORS))]
        return school.feeds

    def _count_classes(self, paths: list[Keys]) -> dict[tuple[str, str], int]:
        sizes = Counter(
            (stage, key)
            for path in paths
            for stage, key in zip(cohorts.STAGES, path, strict=True)
            if key
        )
        return {
            (stage, key): classes_of(stage, size, key=key, generation=self.year)
            for (stage, key), size in sizes.items()
        }

    def _places(self, path: Keys) -> Classes:
        kindergarten, primary, junior = path
        return (
            self.next_class("preschool", kindergarten) if kindergarten else 0,
            self.next_class("primary", primary) if primary else 0,
            self.next_class("junior", junior) if junior else 0,
        )

    def next_class(self, stage: str, key: str) -> int:
        """Seat one more child and return the number of its class."""
        taken = self._taken[stage, key]
        self._taken[stage, key] = taken + 1
        classes = self._classes.get((stage, key), 1)
        if (key, self.year) == FULL_CLASS and stage == "primary":
            return _beside_full_class(taken, classes)
        return taken % classes + 1

    def stays_whole(self, keys: Keys) -> bool:
        """Tell whether a cohort keeps every child: where sizes are given or a class is full."""
        return keys[1] in FIXED_SIZES or (keys[1], self.year) == FULL_CLASS

    def has_room(self, stage: str, key: str) -> bool:
        """Tell whether one more child fits below the limit of a class."""
        classes = self._classes.get((stage, key), 0)
        full = (key, self.year) == FULL_CLASS
        return not full and self._taken[stage, key] < classes * CLASS_LIMIT[stage]


def _beside_full_class(taken: int, classes: int) -> int:
    if taken < FULL_CLASS_SIZE:
        return 1
    return 2 + (taken - FULL_CLASS_SIZE) % (classes - 1)
