"""How far a stage of a school is from falling: what may still be lost of each resource.

A stage passes while six of the seven reach their line and the last its floor, so losing a resource
first costs the indicator its line and, where one is missed already, the stage its verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from gengdu.analytics.quality_balance.resources import INDICATORS, Measured, Rules
from gengdu.analytics.quality_balance.verdict import SchoolVerdict
from gengdu.analytics.verdicts import Verdict


@dataclass(frozen=True)
class Margin:
    """What one indicator of a stage has to spare, or lacks.

    Attributes:
        of_line: The value as a share of its line.
        floor_share: The share of the line that is the floor.
        to_floor: How much more of the resource reaches the floor; nothing where it does.
        spare: How much of the resource may be lost before the line is missed; whole teachers and
            rooms; None where it is missed already.
        spare_pupils: How many more pupils of the stage there may be, with the same resource.
        to_fall: How much may be lost before the stage no longer passes, everything else unchanged;
            None where it does not pass, or no loss of this alone would do it.
    """

    name: str
    measured: Measured
    of_line: Fraction
    floor_share: Fraction
    to_floor: Fraction
    spare: Fraction | None
    spare_pupils: int | None
    to_fall: Fraction | None

    @property
    def is_at_floor(self) -> bool:
        """Whether it misses its line but not the floor."""
        return self.measured.is_at_floor(self.floor_share)


def margins(school: SchoolVerdict, rules: Rules) -> Mapping[str, Margin]:
    """Return the margin of each indicator that was reported, in the order of the form."""
    known = {n: m for n in INDICATORS if (m := school.stage.measured[n]) is not None}
    unmet = [name for name, one in known.items() if not one.is_met]
    passes = school.verdict == Verdict.MET
    return {
        name: _margin(name, one, rules, passes=passes, others=[n for n in unmet if n != name])
        for name, one in known.items()
    }


def _margin(
    name: str, one: Measured, rules: Rules, *, passes: bool, others: list[str]
) -> Margin:  # fmt: skip
    at_floor = rules.floor * one.line
    has_spare_miss = len(others) < len(INDICATORS) - rules.needed
    to_fall = _until(one, at_floor if has_spare_miss else one.line) if passes else None
    return Margin(
        name, one, one.value / one.line, rules.floor, one.missing_to(at_floor),
        _until(one, one.line) if one.is_met else None,
        floor(one.per * one.resource / one.line - one.pupils) if one.is_met else None,
        to_fall,
    )  # fmt: skip


def _until(one: Measured, line: Fraction) -> Fraction:
    """Return how much of the resource lies above what a line asks for; whole ones stay whole."""
    over = one.resource - line * one.pupils / one.per
    return Fraction(floor(over)) if one.per != 1 else over


def tightest(found: Mapping[str, Margin]) -> list[Margin]:
    """Return the margins whose loss would cost the verdict, the smallest part of a resource first.

    An indicator of which there is nothing cannot be lost and is left out.
    """
    some = [one for one in found.values() if one.to_fall is not None and one.measured.resource]
    return sorted(some, key=lambda one: (one.to_fall or Fraction(0)) / one.measured.resource)
