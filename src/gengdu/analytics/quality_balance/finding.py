"""How one item stands: its numbers against their lines, school by school where it is asked so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from gengdu.analytics.quality_balance.items import Item
from gengdu.analytics.quality_balance.register_facts import CountyFacts
from gengdu.analytics.readings import Chosen
from gengdu.analytics.statements import Surveyed
from gengdu.analytics.verdicts import Verdict, together
from gengdu.kernel.quantities import COMPARISON_SIGNS, shown


@dataclass(frozen=True)
class Measure:
    """One number of an item with what it is called."""

    label_zh: str
    item: Item
    unit: str

    @property
    def verdict(self) -> Verdict:
        """Whether it holds."""
        if self.item.is_met is None:
            return Verdict.UNKNOWN
        return Verdict.MET if self.item.is_met else Verdict.UNMET

    @property
    def value_zh(self) -> str:
        """The value as printed; a dash where it was not reported."""
        return shown(self.item.value, self.unit)

    @property
    def line_zh(self) -> str:
        """The line with its sign, such as ≥ 95%."""
        return f"{COMPARISON_SIGNS[self.item.compare]} {shown(self.item.line, self.unit)}"


@dataclass(frozen=True)
class AtSchool:
    """What an item comes to at one school.

    Attributes:
        relaxed_zh: The relaxation without which it would not pass; empty where it needs none.
        note_zh: What else is to be known, such as where the number comes from.
    """

    school_id: int
    school: str
    measures: tuple[Measure, ...]
    relaxed_zh: str = ""
    note_zh: str = ""

    @property
    def verdict(self) -> Verdict:
        """Whether all its numbers hold."""
        return together(one.verdict for one in self.measures)


@dataclass(frozen=True)
class Finding:
    """How an item stands by its figures.

    Attributes:
        said_zh: What it comes to, in a sentence.
        missing_zh: What was not reported, each in plain words.
        measures: Numbers of the county.
        schools: What it comes to at each school that it is asked of.
        figures: Numbers that the official form asks for, by name; None was not reported.
        reading_zh: Which of several readings holds, where the item is disputed.
    """

    verdict: Verdict
    said_zh: str
    missing_zh: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    schools: tuple[AtSchool, ...] = ()
    figures: Mapping[str, Fraction | None] = field(default_factory=dict)
    reading_zh: str = ""

    @property
    def relaxed(self) -> tuple[AtSchool, ...]:
        """The schools that pass only under a relaxation."""
        return tuple(one for one in self.schools if one.relaxed_zh)


@dataclass(frozen=True)
class Monitored:
    """The result of one subject in the national monitoring; a level of 3 is Ⅲ."""

    subject: str
    level: int | None
    difference: Fraction | None


@dataclass(frozen=True)
class Asked:
    """What the items are judged from.

    Attributes:
        on: The day whose lines hold.
        strict: Whether no transitional relaxation counts.
        monitored: Subjects of the national monitoring; empty where nothing was reported.
        surveyed: The survey of recognition; None where none was reported.
        readings: Those of disputed items that are asked for instead of the settings'.
    """

    county: CountyFacts
    on: date
    strict: bool = False
    monitored: tuple[Monitored, ...] = ()
    surveyed: Surveyed | None = None
    readings: Chosen = field(default_factory=dict)


Judge = Callable[[Asked], Finding]


def named(schools: Sequence[str], most: int = 3) -> str:
    """Return some names, the first ones where there are many.

    >>> named(["甲", "乙", "丙", "丁"])
    '甲、乙、丙等 4 所'
    """
    if len(schools) <= most:
        return "、".join(schools)
    return f"{'、'.join(schools[:most])}等 {len(schools)} 所"


def of_every_school(
    schools: Sequence[AtSchool], *, none_zh: str, what_zh: str,
    figures: Mapping[str, Fraction | None] | None = None, reading_zh: str = "",
) -> Finding:  # fmt: skip
    """Return how an item stands that every school has to meet.

    Args:
        schools: What it comes to at each school that it is asked of.
        none_zh: What is said where it is asked of none; it is met then.
        what_zh: What was not reported where something is missing.
        figures: For the official form.
        reading_zh: Which of several readings holds.
    """
    by_verdict = {
        verdict: [one.school for one in schools if one.verdict == verdict] for verdict in Verdict
    }
    unmet, unknown = by_verdict[Verdict.UNMET], by_verdict[Verdict.UNKNOWN]
    said = [f"{len(by_verdict[Verdict.MET])} / {len(schools)} 所达标" if schools else none_zh]
    if unmet:
        said.append(f"未达标：{named(unmet)}")
    relaxed = [one.school for one in schools if one.relaxed_zh]
    if relaxed:
        said.append(f"按放宽标准通过：{named(relaxed)}")
    missing = (f"{named(unknown)}没有报{what_zh}",) if unknown else ()
    verdict = together(one.verdict for one in schools) if schools else Verdict.MET
    return Finding(
        verdict, "；".join(said), missing, schools=tuple(schools), figures=figures or {},
        reading_zh=reading_zh,
    )  # fmt: skip


def of_the_county(
    measures: Sequence[Measure], *, what_zh: str, said_zh: str = "",
    schools: Sequence[AtSchool] = (), figures: Mapping[str, Fraction | None] | None = None,
    missing_zh: tuple[str, ...] = (), reading_zh: str = "",
) -> Finding:  # fmt: skip
    """Return how an item stands that the county as a whole has to meet.

    Args:
        measures: Its numbers, all of which have to hold.
        what_zh: What was not reported where a number is missing.
        said_zh: What it comes to; else the numbers one after the other.
        schools: What the numbers were added up from.
        figures: For the official form.
        missing_zh: What else was not reported.
        reading_zh: Which of several readings holds.
    """
    blank = [one.label_zh for one in measures if one.item.value is None]
    said = said_zh or "；".join(
        f"{one.label_zh} {one.value_zh}" for one in measures if one.item.value is not None
    )
    missing = missing_zh or ((f"没有报{what_zh}",) if blank else ())
    return Finding(
        together(one.verdict for one in measures), said, missing, tuple(measures),
        tuple(schools), figures or {}, reading_zh,
    )  # fmt: skip
