"""Which schools pass only under a transitional relaxation of 2019, and until when they may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gengdu.analytics.quality_balance.conclusion import Judged
from gengdu.analytics.quality_balance.verdict import Evaluation
from gengdu.analytics.verdicts import Verdict
from gengdu.kernel.dates import years_before
from gengdu.policy import facts

YEARS = "quality_balance.relaxed_full_standard_years"


@dataclass(frozen=True)
class Relaxed:
    """One school that would not pass otherwise.

    Attributes:
        item_zh: What it would miss.
        why_zh: The relaxation.
    """

    school: str
    item_zh: str
    why_zh: str


def relaxed(
    lenient: Evaluation, strict: Evaluation, judged: Sequence[Judged]
) -> tuple[Relaxed, ...]:
    """Return the schools that pass only under a relaxation, those of the seven indicators first.

    Args:
        lenient: The resource part with the relaxation for visiting teachers.
        strict: The same without.
        judged: The items with the relaxations for rooms and sizes.
    """
    found = [
        Relaxed(
            one.stage.row.school, "体育、艺术教师",
            "50—99人的农村学校，计入交流轮岗、兼职、走教的教师",
        )
        for one, other in zip(lenient.schools, strict.schools, strict=True)
        if one.verdict == Verdict.MET and other.verdict != Verdict.MET
    ]  # fmt: skip
    for one in judged:
        for school in one.finding.relaxed if one.finding else ():
            found.append(Relaxed(school.school, one.item.label_zh, school.relaxed_zh))
    return tuple(found)


def deadline(recognised_on: date) -> date:
    """Return by when the full standard has to be reached, from the day of recognition.

    >>> deadline(date(2025, 3, 14))
    datetime.date(2028, 3, 14)
    """
    return years_before(recognised_on, -int(facts.value(YEARS, on=recognised_on)))
