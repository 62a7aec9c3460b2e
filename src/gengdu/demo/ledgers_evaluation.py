"""What the demo states for both national evaluations: met, failing, waiting, unproved, not there.

All of it is invented, and everything is of 2025; what is not named here was not reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gengdu.analytics.quality_balance import item_list
from gengdu.analytics.universal_preschool import items
from gengdu.demo import papers, trails
from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import day
from gengdu.demo.trails import BUREAU, Route, Station, Trail

YEAR = 2025
ROUTE = Route(BUREAU, (Station("at_bureau", BUREAU),))
APPROVED_ON, WAITS_SINCE = day("2026-03-20"), day("2026-09-22")


@dataclass(frozen=True)
class Told:
    """What is stated for one evaluation.

    Attributes:
        asked: What each item asks for, by its key.
        failing: Why an item is not met.
        unproved: Items without a paper.
        waiting: Items that are not approved yet.
        left_out: Items that nobody stated.
    """

    table: str
    asked: Mapping[str, str]
    failing: Mapping[str, str]
    unproved: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    left_out: frozenset[str] = field(default_factory=frozenset)

    def entries(self, *, waiting: bool) -> list[dict[str, Any]]:
        """Return the entries that wait, or those that were approved."""
        return [
            {
                "year": YEAR, "subject": key, "text": self.failing.get(key, "示例结论，见证明材料"),
                "conclusion": "fails" if key in self.failing else "holds",
            }
            for key in self.asked
            if key not in self.left_out and (key in self.waiting) == waiting
        ]  # fmt: skip

    def paper(self, key: str) -> bytes:
        """Return the paper that proves an item."""
        return papers.body(trails.LABELS[self.table], f"{YEAR} 年 {self.asked[key]}")

    def proved(self) -> Iterator[str]:
        """Yield the items that have a paper."""
        for key in self.asked:
            if key not in self.unproved | self.left_out:
                yield key


BALANCE = Told(
    "delivery_balancestatement",
    {one.key: one.statement_zh for one in item_list.listed() if one.needs_statement},
    failing={"q3": "示例：两所学校的章程还没有按新的校名修订"},
    unproved=frozenset({"q5"}),
    waiting=frozenset({"v5"}),
    left_out=frozenset({"q8"}),
)
PRESCHOOL = Told(
    "delivery_preschoolstatement",
    {f"{number:02}": asked for number, asked in items.stated().items()},
    failing={"16": "示例：非在编教师与在编教师的待遇差距逐年缩小，还没有同工同酬"},
    unproved=frozenset({"33"}),
    waiting=frozenset({"26"}),
    left_out=frozenset({"17", "27"}),
)
MONITORED = (("mathematics", "3", 0.118), ("sports", "2", 0.151))
"""Subject, level and difference between schools; one of them falls short in both."""
SURVEYED = (
    ("quality_balance", "all", 2_000, 1_876, 1_714, 120, 109),
    ("quality_balance", "parents", 1_400, 1_322, 1_203, 80, 73),
    ("universal_preschool", "all", 900, 842, 771, None, None),
    ("universal_preschool", "parents", 700, 655, 604, None, None),
)
"""Evaluation, group, questionnaires sent, valid and satisfied, people visited and satisfied."""
CHILDREN = {"registered_children": 3_820, "resident_children": 3_990}
"""With as many children in kindergartens, one reading of the enrolment passes, the other fails."""
RECOGNISED = ("fuyuan_k", day("2023-07-01"), "示例教普惠1号")
"""One of the two private kindergartens; the other is on no list."""
AREAS = (
    ("示例海瞳花园", "haitong_k", day("2019-08-20")),
    ("示例丽都嘉园", "lidu_k", day("2020-06-15")),
    ("示例天隆小区", "tianlong_k", day("2018-09-01")),
)
"""The third is run as a private one that is not inclusive."""


def write(ledger: Ledger) -> None:
    """Write what is stated, surveyed, monitored and listed."""
    for told in (BALANCE, PRESCHOOL):
        _stated(ledger, told)
    _reported(ledger)
    key, starts_on, number = RECOGNISED
    ledger.entry(
        "school_conditions_inclusivekindergarten", starts_on, school_id=ledger.school(key),
        document_number=number,
    )  # fmt: skip
    for name, kindergarten, handed_over in AREAS:
        ledger.entry(
            "school_conditions_residentialkindergarten", handed_over, area_name=name,
            school_id=ledger.school(kindergarten), agreement="示例移交协议",
        )  # fmt: skip


def kept_papers() -> Iterator[bytes]:
    """Yield every paper that proves something of it."""
    for told in (BALANCE, PRESCHOOL):
        yield from map(told.paper, told.proved())


def _stated(ledger: Ledger, told: Told) -> None:
    for waiting, on in ((False, APPROVED_ON), (True, WAITS_SINCE)):
        entries = told.entries(waiting=waiting)
        proved = set(told.proved())
        for (item, drafted_at), entry in zip(
            _sent(ledger, told.table, entries, on, waiting=waiting), entries, strict=True
        ):
            if entry["subject"] in proved:
                papers.prove(ledger, item, drafted_at, told.paper(entry["subject"]))


def _sent(
    ledger: Ledger, table: str, entries: list[dict[str, Any]], on: date, *, waiting: bool
) -> list[tuple[int, str]]:
    """Write entries approved on a day, or waiting since; return their items and when drafted."""
    days = trails.days_until(on, ROUTE, ledger.rng)
    name = f"{YEAR} 年{trails.LABELS[table]}"
    trail = Trail.drafted(ledger, table, entries, name=name, on=days[0], route=ROUTE)
    drafted = trail.identities()
    trail.submit(days[1])
    if not waiting:
        trail.passed(days[2])
    trail.close()
    return drafted


def _reported(ledger: Ledger) -> None:
    monitored = [
        {"year": YEAR, "subject": subject, "level": level, "difference": apart}
        for subject, level, apart in MONITORED
    ]
    names = (
        "evaluation", "group", "sent", "valid", "satisfied", "visited", "visited_satisfied",
    )  # fmt: skip
    surveyed = [{"year": YEAR, **dict(zip(names, one, strict=True))} for one in SURVEYED]
    year = {"year": YEAR, **CHILDREN, "is_inclusive_listed": True, "is_residential_listed": True}
    for table, entries in (
        ("delivery_monitoringresult", monitored),
        ("delivery_recognitionsurvey", surveyed),
        ("school_conditions_preschoolyear", [year]),
    ):
        _sent(ledger, table, entries, APPROVED_ON, waiting=False)
