"""What happens to children in mid-year: they leave, arrive, change school, or their school does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from gengdu.demo import moments
from gengdu.demo.children import Generation
from gengdu.demo.cohorts import STAGES
from gengdu.demo.moments import LAST_DAY, LAST_YEAR
from gengdu.demo.school_list import CLOSED_ON, MERGED_ON, SCHOOLS, spec

CHANGES_IN_LAST_YEAR = 0.1
"""How much of the running school year has passed."""


@dataclass(frozen=True)
class Stay:
    """One child in one class over a school year or part of it.

    Attributes:
        recorded_at: When the stay became known.
        expected_end: End of the school year, for a stay that ended earlier than expected.
        corrected_at: When the earlier end became known.
    """

    year: int
    starts_on: date
    ends_on: date
    school: str
    stage: str
    grade: int
    class_number: int
    recorded_at: str
    expected_end: date | None = None
    corrected_at: str = ""

    def cut(self, on: date, corrected_at: str) -> Stay:
        """Return the stay as it was once known to have ended early."""
        return replace(self, ends_on=on, expected_end=self.ends_on, corrected_at=corrected_at)


def may_change(school: str) -> bool:
    """Tell whether children come and go in a school; where numbers are fixed they do not."""
    found = spec(school)
    return not found.sizes and found.closed_on is None


def after_closures(stays: list[Stay], generation: Generation, rng: Random) -> list[Stay]:
    """Return the stays once a merged or closed school's children have gone to its successor."""
    found: list[Stay] = []
    seats: dict[tuple[str, str], int] = {}
    for stay in stays:
        found += _after_closure(stay, generation, rng, seats)
    return found


def _after_closure(
    stay: Stay, generation: Generation, rng: Random, seats: dict[tuple[str, str], int]
) -> list[Stay]:
    closed_on, successor = spec(stay.school).closed_on, spec(stay.school).successor
    if closed_on is None or stay.ends_on <= closed_on:
        return [stay]
    if (stay.stage, successor) not in seats:
        seats[stay.stage, successor] = generation.next_class(stay.stage, successor)
    moved = replace(stay, school=successor, class_number=seats[stay.stage, successor])
    if stay.starts_on >= closed_on:
        return [moved]
    at = moments.known(closed_on, rng)
    return [stay.cut(closed_on, at), replace(moved, starts_on=closed_on, recorded_at=at)]


def changed(stays: list[Stay], generation: Generation, rng: Random) -> list[Stay]:
    """Return the stays of a child to whom something happens in the middle of a school year."""
    position = int(rng.random() * len(stays))
    stay = stays[position]
    if not may_change(stay.school):
        return stays
    if stay.year == LAST_YEAR and rng.random() > CHANGES_IN_LAST_YEAR:
        return stays
    on = _day_within(stay, rng)
    kind = rng.random()
    if kind < 0.4:
        return [*stays[:position], stay.cut(on, moments.known(on, rng))]
    if kind < 0.75:
        return _arrived(stays[position:], on, rng)
    return _transferred(stays, position, on, generation, rng)


def _day_within(stay: Stay, rng: Random) -> date:
    first = stay.starts_on + timedelta(days=9)
    last = min(stay.ends_on - timedelta(days=45), LAST_DAY - timedelta(days=2))
    return first + timedelta(days=int(rng.random() * ((last - first).days + 1)))


def _arrived(stays: list[Stay], on: date, rng: Random) -> list[Stay]:
    first = replace(stays[0], starts_on=on, recorded_at=moments.known(on, rng))
    return [first, *stays[1:]]


def _transferred(
    stays: list[Stay], position: int, on: date, generation: Generation, rng: Random
) -> list[Stay]:
    stay = stays[position]
    target = _another_school(stay, generation, rng)
    if target is None:
        return stays
    seat = generation.next_class(stay.stage, target)
    at = moments.known(on, rng)
    moved = [
        replace(later, school=target, class_number=seat) if later.stage == stay.stage else later
        for later in stays[position:]
    ]
    moved[0] = replace(moved[0], starts_on=on, recorded_at=at)
    return [*stays[:position], stay.cut(on, at), *moved]


def _another_school(stay: Stay, generation: Generation, rng: Random) -> str | None:
    options = [
        key
        for key in _TEACHING[stay.stage]
        if key != stay.school and generation.has_room(stay.stage, key)
    ]
    return options[int(rng.random() * len(options))] if options else None


_TEACHING: Mapping[str, tuple[str, ...]] = {
    stage: tuple(
        item.key
        for item in SCHOOLS
        if stage in item.stages and may_change(item.key) and item.opened_on < MERGED_ON
    )
    for stage in STAGES
}
CLOSURE_YEARS = {"linghou": MERGED_ON.year, "xiazhuang_k": CLOSED_ON.year - 1}
"""First school year in which a child of a closed school is affected."""
