"""The 36 items: those that are numbers held against their lines, the others as they were stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gengdu.analytics.statements import Statement, Surveyed
from gengdu.analytics.universal_preschool import spaces
from gengdu.analytics.universal_preschool.counts import Counts
from gengdu.analytics.universal_preschool.spaces import Line, Share
from gengdu.analytics.verdicts import Verdict, together
from gengdu.kernel import quantities
from gengdu.policy import lists
from gengdu.policy.facts import Fact
from gengdu.policy.variants import NATIONAL, Variant

UP = "universal_preschool"
NEW_FROM = f"{UP}.new_building_from"

MEASURED = frozenset({1, 2, 3, 7, 9, 28, 31, 32})
"""The items that numbers answer; every other one is stated."""
REPORTED = {26: "older_compliant_share", 27: "new_compliant_share"}
"""The line of each item that the yearly reports of kindergartens answer: before one of them reports
its areas or books, what was stated does."""
ALSO_STATED = frozenset({26})
"""Of these something has to be stated beside the numbers: no report says whether toys suffice."""
STATEMENTS_ZH = "普及普惠条目结论"
SURVEYS_ZH = "社会认可度调查结果"


@dataclass(frozen=True)
class Measure:
    """A number of an item, known exactly or within bounds.

    Attributes:
        low, high: The least and the most it can be; equal where it is known.
        line: The number of the standard, with how it compares.
        counted: What was put together, in words that name each part.
        missing: What is not reported, in words; empty where nothing is.
    """

    low: Fraction | None
    high: Fraction | None
    fact: Fact
    line: Fraction
    counted: str
    missing: str = ""

    @property
    def value(self) -> Fraction | None:
        """The number; None where it is not known exactly."""
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def standing(self) -> Verdict:
        """How it stands: decided as soon as both bounds are judged alike."""
        if self.low is None or self.high is None:
            return Verdict.UNKNOWN
        judged = {
            bool(quantities.holds(bound, self.fact.compare, self.line))
            for bound in (self.low, self.high)
        }
        if len(judged) > 1:
            return Verdict.UNKNOWN
        return Verdict.MET if judged.pop() else Verdict.UNMET

    @property
    def is_borderline(self) -> bool:
        """Whether the printed value would be judged otherwise (临界)."""
        return self.value is not None and quantities.rounding_changes_verdict(
            self.value, self.fact.unit, self.fact.compare, self.line
        )


@dataclass(frozen=True)
class Item:
    """One of the 36 items.

    Attributes:
        number: As the list numbers them.
        measure: Where it is a number.
        statement: What was stated, where papers prove it; None where nothing was.
        proof_zh: What proves it.
    """

    number: int
    group_zh: str
    requirement_zh: str
    rule_zh: str
    proof_zh: str
    measure: Measure | None
    statement: Statement | None

    @property
    def needs_statement(self) -> bool:
        """Whether what is stated decides it, alone or beside the number."""
        return self.measure is None or self.number in ALSO_STATED

    @property
    def standing(self) -> Verdict:
        """How it stands; what was neither computed nor stated is not reported."""
        found = [] if self.measure is None else [self.measure.standing]
        if self.needs_statement:
            found.append(self.statement.verdict if self.statement else Verdict.UNKNOWN)
        return together(found)

    @property
    def missing_zh(self) -> str:
        """What is not reported, in plain words; empty where nothing is."""
        missing = [] if self.measure is None else [self.measure.missing]
        if self.needs_statement and self.statement is None:
            missing.append(f"台账“{STATEMENTS_ZH}”没有填")
        elif self.needs_statement and self.statement is not None:
            missing.append(self.statement.missing_zh)
        return "；".join(filter(None, missing))


@dataclass(frozen=True)
class Evaluation:
    """The items of one county on one day, and how far people recognise its work (社会认可度)."""

    items: tuple[Item, ...]
    recognition: Measure

    @property
    def standings(self) -> tuple[Verdict, ...]:
        """How each item stands, and after them the recognition."""
        return (*(item.standing for item in self.items), self.recognition.standing)

    @property
    def standing(self) -> Verdict:
        """Whether the county passes: every item and the recognition have to."""
        return together(self.standings)

    def count(self, standing: Verdict) -> int:
        """Return how many of them stand so."""
        return self.standings.count(standing)


def stated() -> dict[int, str]:
    """Return what is asked by each item that somebody has to state, by its number."""
    return {
        int(card["number"]): str(card["requirement"])
        for card in lists.items("universal_preschool_items")
        if int(card["number"]) not in MEASURED
    }


def evaluate(
    counts: Counts,
    on: date,
    statements: Mapping[int, Statement] | None = None,
    variant: Variant = NATIONAL,
    surveyed: Surveyed | None = None,
) -> Evaluation:
    """Return how a county stands in every item.

    Args:
        counts: What was counted of it.
        on: The day whose lines hold.
        statements: What was stated for the items that papers prove, by number; those of others
            are not looked at.
        variant: The province whose numbers hold.
        surveyed: The survey of recognition; None where none was reported.
    """
    lines, told = _Lines(variant, on), statements or {}
    measured = measures(counts, lines)
    listed = tuple(
        Item(
            int(card["number"]), str(card["group"]), str(card["requirement"]), str(card["rule"]),
            str(card["proof"]), measured.get(int(card["number"])), told.get(int(card["number"])),
        )
        for card in lists.items("universal_preschool_items")
    )  # fmt: skip
    return Evaluation(listed, _recognition(surveyed or Surveyed(), lines))


@dataclass(frozen=True)
class _Lines:
    """The numbers of the standard on a day, as a province has them."""

    variant: Variant
    on: date

    def measure(
        self, name: str, low: Fraction | None, high: Fraction | None, counted: str, missing: str
    ) -> Measure:
        """Return a number held against its line; `missing` is told where it is not exact."""
        fact, line = self.variant.fact_on(f"{UP}.{name}", self.on)
        exact = low is not None and low == high
        return Measure(low, high, fact, line, counted, "" if exact else missing)

    def line(self, name: str) -> Line:
        """Return a number of the standard."""
        return Line(*self.variant.fact_on(f"{UP}.{name}", self.on))

    def areas(self) -> dict[str, Line]:
        """Return what each child is to have of each area."""
        return {name: self.line(name) for name in spaces.AREAS}

    def share(
        self, name: str, count: int | None, total: int | None, counted: str, missing: str
    ) -> Measure:
        """Return a share or ratio held against its line."""
        value = Fraction(count, total) if count is not None and total else None
        return self.measure(name, value, value, counted, missing)


def measures(counts: Counts, lines: _Lines) -> dict[int, Measure]:
    """Return the items that are numbers, by their number in the list."""
    c = counts
    return {
        1: lines.share("gross_enrolment_share", c.children, c.population,
                  f"在园 {_n(c.children)} ÷ 适龄人口 {_n(c.population)}", "适龄人口（按所选口径）"),
        2: _inclusive(c, lines),
        3: lines.share("public_share", c.public, c.children,
                  f"公办园在园 {_n(c.public)} ÷ 在园 {_n(c.children)}", "在园幼儿"),
        7: _share_of_towns(c, lines),
        9: _residential(c, lines),
        28: lines.share("standard_class_share", c.standard_classes, c.classes,
                   f"达标班 {_n(c.standard_classes)} ÷ 全部班 {_n(c.classes)}", "班额"),
        31: lines.share("children_per_teacher", c.children, c.teachers,
                   f"在园 {_n(c.children)} ÷ 专任教师 {_n(c.teachers)}", "专任教师"),
        32: _certified(c, lines),
        **_spaces(c, lines),
    }  # fmt: skip


def _n(number: int | None) -> str:
    return "未报" if number is None else str(number)


def _inclusive(counts: Counts, lines: _Lines) -> Measure:
    """Return the inclusive share; of private ones not known it lies between listed and all."""
    c, low, high = counts, None, None
    if c.children and c.public is not None:
        low = Fraction(
            c.public + (c.recognised if c.inclusive is None else c.inclusive), c.children
        )
        high = low if c.inclusive is not None else Fraction(1)
    listed = str(c.inclusive) if c.inclusive is not None else f"已登记 {c.recognised}，名单未报完整"
    said = f"（公办园 {_n(c.public)} ＋ 普惠性民办园 {listed}）÷ 在园 {_n(c.children)}"
    return lines.measure("inclusive_share", low, high, said, "普惠性民办园名单是否完整")


def _residential(counts: Counts, lines: _Lines) -> Measure:
    """Return the share of residential areas' kindergartens that are run as public or inclusive.

    While the list may be short, any kindergarten that is not on it may belong to such an area.
    """
    c, low, high = counts, None, None
    spare = 0 if c.is_residential_listed else c.unlisted
    total, maybe = c.residential + spare, c.residential_open + spare
    if total:
        low, high = Fraction(c.residential_run, total), Fraction(c.residential_run + maybe, total)
    elif c.is_residential_listed:  # none there is: nothing is left undone
        low = high = Fraction(1)
    said = f"办成公办或普惠 {c.residential_run} ÷ 小区配套园 {c.residential}"
    if not c.is_residential_listed:
        said += "（清单未报完整）"
    missing = [] if c.is_residential_listed else ["小区配套幼儿园清单是否完整"]
    missing += ["普惠性民办园名单是否完整"] if c.residential_open else []
    return lines.measure("residential_share", low, high, said, "、".join(missing))


def _recognition(one: Surveyed, lines: _Lines) -> Measure:
    """Return the share of valid questionnaires that were satisfied; no source asks for visits."""
    return lines.share(
        "recognition_share", one.satisfied, one.valid,
        f"满意问卷 {_n(one.satisfied)} ÷ 有效问卷 {_n(one.valid)}", f"台账“{SURVEYS_ZH}”",
    )  # fmt: skip


def _share_of_towns(counts: Counts, lines: _Lines) -> Measure:
    """Return the least number of public centre kindergartens in a town: one, or none.

    Which public kindergarten is the centre is known only where it stands at the town's seat.
    """
    c, low, high = counts, None, None
    if c.towns and c.towns_with_centre is not None and c.towns_with_public is not None:
        low = Fraction(c.towns_with_centre >= c.towns)
        high = Fraction(c.towns_with_public >= c.towns)
    said = f"有公办园的镇 {_n(c.towns_with_public)} / {_n(c.towns)}，"
    said += f"标为镇驻地的 {_n(c.towns_with_centre)}"
    return lines.measure("town_centre_kindergartens", low, high, said, "哪所是镇中心园")


def _spaces(counts: Counts, lines: _Lines) -> dict[int, Measure]:
    """Return the shares of kindergartens with space and books enough; none before one reports."""
    if not any(one.is_reported for one in counts.spaces):
        return {}
    since = int(lines.variant.fact_on(NEW_FROM, lines.on)[1])
    asked = {26: space_lines(lines.variant, lines.on), 27: lines.areas()}
    return {
        number: _compliant(
            lines, REPORTED[number],
            spaces.share(counts.spaces, asked[number], since, new=number == 27), since,
        )
        for number in REPORTED
    }  # fmt: skip


def _compliant(lines: _Lines, name: str, found: Share, since: int) -> Measure:
    total = found.met + found.unmet + found.open
    when = f"{since} 年前规划的" if name == REPORTED[26] else f"{since} 年起规划的"
    said = f"达标 {found.met} ÷ {when}幼儿园 {total}"
    missing = [f"{found.open} 所没有报全生均面积或图书"] if found.open else []
    missing += [f"{found.unplaced} 所没有报规划设计年份"] if found.unplaced else []
    return lines.measure(name, found.low, found.high, said, "、".join(missing))


def space_lines(variant: Variant, on: date) -> dict[str, Line]:
    """Return what each child is to have: areas, and books where the province has a number for them.

    No national number of books is known.
    """
    lines = _Lines(variant, on)
    found = lines.areas()
    own = variant.facts.get(f"{UP}.books")
    if own is not None and own.values[0].from_on <= on:
        found["books"] = lines.line("books")
    return found


def _certified(counts: Counts, lines: _Lines) -> Measure:
    """Return who is certified; of whom nothing is on record may be, or not."""
    c, low, high = counts, None, None
    if c.people and c.certified is not None:
        low = Fraction(c.certified, c.people)
        high = Fraction(c.certified + c.uncertain, c.people)
    said = f"持证 {_n(c.certified)} ÷ 园长和专任教师 {_n(c.people)}"
    if c.uncertain:
        said += f"，{c.uncertain} 人没有登记教师资格"
    return lines.measure("certified_share", low, high, said, "教师资格")


def unmet(found: Sequence[Item]) -> list[Item]:
    """Return the items that are not met, in order."""
    return [item for item in found if item.standing == Verdict.UNMET]
