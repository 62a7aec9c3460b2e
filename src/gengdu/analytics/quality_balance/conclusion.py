"""Whether the county passes as a whole: resources, every item, recognition, and no veto.

What was not reported is named and never counts as met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gengdu.analytics import readings
from gengdu.analytics.quality_balance import county_items, school_items
from gengdu.analytics.quality_balance.finding import Asked, Finding, Judge
from gengdu.analytics.quality_balance.item_list import GROUPS, ListedItem, listed
from gengdu.analytics.statements import Statement
from gengdu.analytics.verdicts import Verdict, together

JUDGES: Mapping[str, Judge] = {
    "g03": school_items.arts_rooms,
    "g04": school_items.school_sizes,
    "g05": school_items.class_sizes,
    "g06": school_items.small_school_funds,
    "g07": county_items.special_funds,
    "g08": county_items.pay,
    "g09": county_items.trained,
    "g11": county_items.exchange,
    "g12": county_items.certified,
    "g13": county_items.nearby,
    "g14": county_items.senior_places,
    "g15": county_items.migrant_places,
    "q1": county_items.retention,
    "q2": county_items.disabled_enrolment,
    "q4": school_items.training_money,
    "q9": county_items.monitoring,
    "s1": county_items.recognition,
}
"""What judges the figures of each item that has any."""
STATEMENTS_ZH = "优质均衡条目结论"


@dataclass(frozen=True)
class Judged:
    """One item with everything that decides it.

    Attributes:
        finding: By its figures; None where it has none.
        statement: What was stated; None where it needs none or nothing was.
    """

    item: ListedItem
    finding: Finding | None
    statement: Statement | None

    @property
    def verdict(self) -> Verdict:
        """Whether it is met: by its figures, and by what was stated where that is needed."""
        found = [self.finding.verdict] if self.finding else []
        if self.item.needs_statement:
            found.append(self.statement.verdict if self.statement else Verdict.UNKNOWN)
        return together(found)

    @property
    def said_zh(self) -> str:
        """What it comes to, in words; empty where nothing is known."""
        said = [self.finding.said_zh] if self.finding and self.finding.said_zh else []
        if self.statement is not None and self.statement.is_approved:
            told = self.statement.text_zh or self.item.statement_zh
            holds = "符合" if self.statement.holds else "不符合"
            said.append(f"{holds}：{told}（{self.statement.year} 年）")
        return "；".join(said)

    @property
    def missing_zh(self) -> tuple[str, ...]:
        """What was not reported, each in plain words."""
        missing = self.finding.missing_zh if self.finding else ()
        if not self.item.needs_statement:
            return missing
        one = self.statement
        if one is None:
            told = f"台账“{STATEMENTS_ZH}”没有填：{self.item.statement_zh}"
            return (*missing, told)
        return (*missing, one.missing_zh) if one.missing_zh else missing


@dataclass(frozen=True)
class Conclusion:
    """How the county stands as a whole.

    Attributes:
        resources: The verdict on the seven indicators and their coefficients.
        judged: Every item, in the order of the form.
    """

    resources: Verdict
    judged: tuple[Judged, ...]

    def of_group(self, group: str) -> tuple[Judged, ...]:
        """Return the items of a group."""
        return tuple(one for one in self.judged if one.item.group == group)

    def verdict_of(self, group: str) -> Verdict:
        """Return the verdict on a group, of which every item has to be met."""
        return together(one.verdict for one in self.of_group(group))

    @property
    def verdict(self) -> Verdict:
        """Whether the county passes."""
        return together([self.resources, *map(self.verdict_of, GROUPS)])

    def find(self, key: str) -> Judged | None:
        """Return an item by key."""
        return next((one for one in self.judged if one.item.key == key), None)


def read_otherwise(asked: Asked, judged: Judged) -> dict[int, Judged]:
    """Return how a disputed item stands in each other reading; nothing for one not disputed."""
    found = {}
    for one in readings.QUALITY_BALANCE:
        if one.item == judged.item.key:
            now = readings.reading(one.key, asked.readings, asked.on)
            for number in one.others(now):
                other = replace(asked, readings={**asked.readings, one.key: number})
                found[number] = replace(judged, finding=JUDGES[one.item](other))
    return found


def conclude(
    asked: Asked, resources: Verdict, statements: Mapping[str, Statement] | None = None
) -> Conclusion:
    """Judge every item.

    Args:
        asked: What the registers and the reports say.
        resources: The verdict on the seven indicators.
        statements: The newest of each item, by its key.
    """
    stated = statements or {}
    judged = tuple(
        Judged(
            item,
            JUDGES[item.key](asked) if item.key in JUDGES else None,
            stated.get(item.key) if item.needs_statement else None,
        )
        for item in listed()
    )
    return Conclusion(resources, judged)
