"""Takes entries of the demo through their flow, act by act, as the pages of a ledger would.

Each act ends the rows as they stood and records others; a change says who did it, a step what it
came to. A test compares every step with the flow that the ledger declares.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Self

from gengdu.demo import moments
from gengdu.demo.accounts import NUMBERS, people_of
from gengdu.demo.columns import CHANGES, LEDGERS, STEPS
from gengdu.demo.geography import Town
from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import LAST_DAY
from gengdu.demo.school_list import Spec
from gengdu.policy.working_days import add_working_days, working_day_on_or_after

KEPT_SINCE = date(2025, 1, 1)
"""Since then each approval has its steps; entries of before were brought in as approved."""

DAYS = 5
"""Working days for each station, as the flows of the ledgers have them."""

BUREAU = NUMBERS["fenju"]
TOWN_OFFICERS = {"泊于镇": NUMBERS["zhen"], "崮山镇": NUMBERS["zhen_gushan"]}
LABELS = {
    "delivery_balancestatement": "优质均衡条目结论",
    "delivery_improvementtask": "整改任务",
    "delivery_monitoringresult": "国家质量监测结果",
    "delivery_preschoolstatement": "普及普惠条目结论",
    "delivery_recognitionsurvey": "社会认可度调查结果",
    "moral_education_campustitle": "四个校园称号",
    "moral_education_familystation": "家庭教育站点",
    "moral_education_leadershiparrangement": "党组织领导体制",
    "moral_education_parentcommittee": "家长委员会",
    "moral_education_parentsession": "家长学校授课",
    "moral_education_schoolplan": "一校一案方案",
    "moral_education_sessionplan": "家长学校学期计划",
    "moral_education_stationsession": "村居家庭教育活动",
    "moral_education_youthlink": "团建队建联建",
    "school_conditions_preschoolyear": "学前教育年度数据",
}
WORDS = dict(
    zip(("submit", "pass", "return", "revoke"), ("提交", "同意", "退回", "撤销"), strict=True)
)
MINUTES_APART = 100
"""Acts of one day follow each other; the office is open from eight to five."""


@dataclass(frozen=True)
class Station:
    """Where entries wait, and who decides there."""

    state: str
    account: int


@dataclass(frozen=True)
class Route:
    """Who fills entries in, and the stations they pass."""

    clerk: int
    stations: tuple[Station, ...]


def of_school(spec: Spec, *, noticed: bool = False) -> Route:
    """Return the route of the entries of a rural school; titles are shown to the public first."""
    clerk, head = people_of(spec)
    stations = (Station("at_school", head), Station("at_bureau", BUREAU))
    return Route(clerk, (*stations, Station("at_notice", BUREAU)) if noticed else stations)


def kept_by(spec: Spec, *, noticed: bool = False) -> Route | None:
    """Return the route of a school's entries; None for a school that is closed by now."""
    return of_school(spec, noticed=noticed) if spec.lasts else None


def of_town(town: Town) -> Route:
    """Return the route of the entries of a town, whose officer speaks for it already."""
    return Route(TOWN_OFFICERS[town.key], (Station("at_bureau", BUREAU),))


class Trail:
    """Entries of one ledger that go the same way together, from the day they were filled in.

    Nothing is written of how they stand last before `close`.
    """

    def __init__(self, ledger: Ledger, table: str, name: str, route: Route, on: date) -> None:
        """Begin on a day with nothing; see `drafted` and `brought_in`."""
        self._ledger, self._table, self._name, self.route = ledger, table, name, route
        self._day, self._acts = on, 0
        self._open: list[dict[str, Any]] = []

    @classmethod
    def drafted(
        cls, ledger: Ledger, table: str, entries: Sequence[dict[str, Any]], *,
        name: str, on: date, route: Route,
    ) -> Self:  # fmt: skip
        """Fill entries in as drafts.

        Args:
            ledger: Where they are written.
            table: Table of the ledger.
            entries: Their columns.
            name: What the first of them is called.
            on: The day.
            route: Who fills them in, and the stations they pass.
        """
        found = cls(ledger, table, name, route, on)
        at = found._moment(on)
        what = f"新登记{LABELS[table]}"
        change = found._change(at, route.clerk, "edit", what, len(entries), "")
        given = {"state": "draft", "recorded_at": at, "recorded_in_id": change}
        found._open = [{**entry, **given, "item_id": ledger.rows.item(table)} for entry in entries]
        return found

    @classmethod
    def brought_in(
        cls, ledger: Ledger, table: str, entry: dict[str, Any], *,
        known_on: date, name: str, route: Route,
    ) -> Trail:  # fmt: skip
        """Take an entry that was approved before steps were kept, known soon after a day."""
        found = cls(ledger, table, name, route, known_on)
        at = moments.known(known_on, ledger.rng)
        given = {"state": "approved", "recorded_at": at, "item_id": ledger.rows.item(table)}
        found._open = [{**entry, **given}]
        return found

    @property
    def state(self) -> str:
        """How they stand."""
        return str(self._open[0]["state"])

    def submit(self, on: date) -> Trail:
        """Let whoever filled them in send them to the first station."""
        return self._act("submit", self.route.stations[0].state, on, self.route.clerk)

    def passed(self, on: date, *, note: str = "", **granted: Any) -> Trail:
        """Let the station they wait at send them on; the last one approves them."""
        place = self._place()
        later = self.route.stations[place + 1 :]
        after = later[0].state if later else "approved"
        given = granted if after == "approved" else {}
        return self._act("pass", after, on, self.route.stations[place].account, note, **given)

    def returned(self, on: date, note: str) -> Trail:
        """Let the station they wait at send them back."""
        account = self.route.stations[self._place()].account
        return self._act("return", "returned", on, account, note)

    def revoked(self, on: date, day: date, note: str) -> Trail:
        """Let the bureau take them away from a day on."""
        begun = day > self._open[0]["starts_on"]
        if begun:
            return self._act("revoke", "approved", on, BUREAU, note, revoked_on=day, ends_on=day)
        return self._act("revoke", "revoked", on, BUREAU, note, revoked_on=day)

    def identities(self) -> list[tuple[int, str]]:
        """Return the item of each entry, with the moment it came to stand as it does."""
        return [(row["item_id"], row["recorded_at"]) for row in self._open]

    def close(self) -> list[int]:
        """Write how they stand, and return the ids of the rows."""
        return [self._ledger.rows.add(self._table, **row) for row in self._open]

    def _place(self) -> int:
        return [station.state for station in self.route.stations].index(self.state)

    def _act(
        self, kind: str, after: str, on: date, account: int, note: str = "", **changed: Any
    ) -> Trail:
        at = self._moment(on)
        summary = f"{WORDS[kind]} {len(self._open)} 条：{self._name} 等"
        if len(self._open) == 1:
            summary = f"{WORDS[kind]}：{self._name}"
        change = self._change(at, account, "approval", summary, len(self._open), note)
        waits = after in {station.state for station in self.route.stations}
        due_on = add_working_days(on, DAYS) if waits else None
        given = {"state": after, "recorded_at": at, "recorded_in_id": change, **changed}
        for row in self._open:
            self._ledger.rows.add(
                STEPS, item_id=row["item_id"], at=at, account_id=account, kind=kind,
                before=row["state"], after=after, note=note, due_on=due_on,
                is_own=kind == "pass" and account == self.route.clerk, change_id=change,
            )  # fmt: skip
            ended = {"superseded_at": at, "superseded_in_id": change}
            self._ledger.rows.add(self._table, **row, **ended)
        self._open = [{**row, **given} for row in self._open]
        return self

    def _change(
        self, at: str, account: int, kind: str, summary: str, count: int, reason: str
    ) -> int:
        return self._ledger.rows.add(
            CHANGES, at=at, account_id=account, kind=kind, register=LEDGERS[self._table],
            summary=summary[:200], reason=reason[:200],
            counts=json.dumps({"tables": {self._table: count}}),
        )  # fmt: skip

    def _moment(self, on: date) -> str:
        """Return the moment of the next act: later than the one before, in office hours, in UTC."""
        if on > self._day:
            self._day, self._acts = on, 0
        assert on == self._day, "acts come one after the other"
        minute = self._acts * MINUTES_APART + int(self._ledger.rng.random() * MINUTES_APART)
        self._acts += 1
        return (
            f"{on} {minute // 60:02d}:{minute % 60:02d}:{int(self._ledger.rng.random() * 60):02d}"
        )


def approved(
    ledger: Ledger, table: str, approved_on: date, entries: Sequence[dict[str, Any]], *,
    name: str, route: Route | None, **granted: Any,
) -> list[int]:  # fmt: skip
    """Write entries approved about a day, and return the ids of the live rows.

    In the demo itself each approval since `KEPT_SINCE` has its steps.

    Args:
        ledger: Where they are written.
        table: Table of the ledger.
        approved_on: The day, which is known some days later where no steps are kept.
        entries: Their columns.
        name: What the first of them is called.
        route: How they go; None where nobody keeps steps.
        granted: What is filled in on approval, by column.
    """
    if route is None or not _keeps_steps(ledger, approved_on):
        return _as_approved(ledger, table, approved_on, entries, **granted)
    days = days_until(approved_on, route, ledger.rng)
    trail = Trail.drafted(ledger, table, entries, name=name, on=days[0], route=route).submit(
        days[1]
    )
    for on in days[2:]:
        trail.passed(on, **granted)
    return trail.close()


def filled_in(
    ledger: Ledger, table: str, on: date, entries: Sequence[dict[str, Any]], *,
    name: str, route: Route | None,
) -> None:  # fmt: skip
    """Write entries filled in on a day; what is of the last days is still on its way."""
    if route is None or not _keeps_steps(ledger, on):
        _as_approved(ledger, table, on, entries)
        return
    days = [working_day_on_or_after(on)]
    for _ in range(len(route.stations) + 1):
        days.append(add_working_days(days[-1], int(ledger.rng.random() * 4)))
    reached = [one.isoformat() for one in days if one <= LAST_DAY]
    on_the_way(ledger, table, entries, reached, name=name, route=route)


def _keeps_steps(ledger: Ledger, on: date) -> bool:
    return ledger.copy.is_demo and on >= KEPT_SINCE


def _as_approved(
    ledger: Ledger, table: str, on: date, entries: Sequence[dict[str, Any]], **granted: Any
) -> list[int]:
    """Write entries without steps, known soon after a day, and return the ids of the rows."""
    return [
        ledger.rows.add_known(table, ledger.rng, on, state="approved", **entry, **granted)
        for entry in entries
    ]


def on_the_way(
    ledger: Ledger, table: str, entries: Sequence[dict[str, Any]], days: Sequence[str], *,
    name: str, route: Route, returned: str = "",
) -> None:  # fmt: skip
    """Write entries as far as they came.

    Args:
        ledger: Where they are written.
        table: Table of the ledger.
        entries: Their columns.
        days: Of the draft, and as far as they came, the submission and each passing.
        name: What the first of them is called.
        route: How they go.
        returned: Why they were sent back on the last of the days; empty where they were not.
    """
    first, *others = [date.fromisoformat(text) for text in days]
    trail = Trail.drafted(ledger, table, entries, name=name, on=first, route=route)
    for place, on in enumerate(others):
        if place == 0:
            trail.submit(on)
        elif returned and place == len(others) - 1:
            trail.returned(on, returned)
        else:
            trail.passed(on)
    trail.close()


def days_until(approved_on: date, route: Route, rng: Random) -> list[date]:
    """Return the days of the draft, the submission and each passing, the last on approval.

    All of them are working days; a public notice lasts until the day before the last at least.
    """
    last = min(working_day_on_or_after(approved_on), LAST_DAY)
    found = [last]
    for station in reversed(route.stations):
        spent = DAYS + 1 if station.state == "at_notice" else int(rng.random() * 4)
        found.append(add_working_days(found[-1], -spent))
    found.append(add_working_days(found[-1], -int(rng.random() * 6)))
    return found[::-1]
