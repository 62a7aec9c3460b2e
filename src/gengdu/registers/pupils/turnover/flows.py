"""Where the graduates of each school went a year ago, as a proposal for this year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from gengdu.kernel.school_years import SchoolYear
from gengdu.records.queries import in_force
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.pupils.turnover.choices import NEXT_STAGE
from gengdu.registers.pupils.turnover.reading import Start, last_day

MOST = Fraction(2, 3)
"""Share of last year's graduates that makes a school the one to propose."""


@dataclass(frozen=True)
class Flow:
    """Where the graduates of one stage of one school went.

    Attributes:
        went: Receiving school and number of pupils, the largest first.
    """

    school: int
    stage: str
    went: tuple[tuple[int, int], ...]


def last_year(year: SchoolYear) -> dict[tuple[int, str], Flow]:
    """Return the flows into the school year before the one to open."""
    before = SchoolYear(year.begins_in - 1)
    stages = tuple(NEXT_STAGE)
    old = {
        pupil: (school, stage)
        for pupil, school, stage in Enrolment.objects.filter(
            in_force(last_day(before)), stage__in=stages
        ).values_list("pupil_id", "school_id", "stage")
    }
    counted: dict[tuple[int, str], Counter[int]] = {}
    new = Enrolment.objects.filter(in_force(before.starts_on), stage__in=NEXT_STAGE.values())
    for pupil, school, stage in new.values_list("pupil_id", "school_id", "stage"):
        came_from = old.get(pupil)
        if came_from is not None and NEXT_STAGE[came_from[1]] == stage:
            counted.setdefault(came_from, Counter())[school] += 1
    return {
        key: Flow(*key, tuple(sorted(some.items(), key=lambda item: (-item[1], item[0]))))
        for key, some in counted.items()
    }


def proposal(flow: Flow | None, start: Start, school: int, stage: str) -> int | None:
    """Return the school that most likely takes the graduates of a stage; None if unknown.

    A school that teaches the next stage keeps its own. Else the one that took most of last year's
    takes these, if it is open and teaches the stage; where they scattered, as from kindergartens,
    nobody can tell, and each child is enrolled by the school that takes it.
    """
    following = NEXT_STAGE[stage]
    if following in start.stages.get(school, ()):
        return school
    if flow is None or flow.went[0][1] < MOST * sum(pupils for _, pupils in flow.went):
        return None
    now = start.school_now(flow.went[0][0])
    return now if now is not None and following in start.stages.get(now, ()) else None
