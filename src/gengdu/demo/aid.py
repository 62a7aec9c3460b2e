"""Hardship recognition and aid of rural pupils, and the cases of children found out of school."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from gengdu.demo import moments
from gengdu.demo.copies import Copy
from gengdu.demo.moments import LAST_DAY, LAST_YEAR, day
from gengdu.demo.rows import Rows
from gengdu.demo.school_list import school_id, spec
from gengdu.demo.stays import Stay

CATEGORIES = (
    *("脱贫家庭",) * 3, "脱贫不稳定", "边缘易致贫", *("突发严重困难",) * 2, *("城乡低保",) * 6,
    *("特困救助供养",) * 2, "孤儿", *("事实无人抚养",) * 2, *("残疾学生及残疾人子女",) * 5,
)  # fmt: skip
PAID_BEFORE_2023 = 0.97
PAID_SO_FAR = 0.20
"""Share of recognised pupils already paid this autumn; the others are in October."""

NEW_RATES_FROM = date(2024, 3, 1)
TERM_YUAN = {"preschool": (600.0, 600.0), "primary": (250.0, 312.5), "junior": (312.5, 375.0)}
"""Per term, before and from spring 2024 (standards.md §6: half of the boarders' rate)."""

ITEMS = {"preschool": "学前教育政府助学金"}
COMPULSORY_ITEM = "家庭经济困难学生生活补助"
MISSED_IN = 2024
"""In the spring of this school year one recognised child is not paid."""

SUBMITTED_EVERY = 90
"""Of this year's recognitions every so many still wait for approval, and must not count."""

DROPOUTS = (
    (day("2024-03-12"), 1, 2, day("2024-03-25")),
    (day("2024-10-15"), 0, 1, day("2024-10-21")),
    (day("2025-04-08"), 2, 3, day("2025-05-06")),
    (day("2026-03-17"), 1, 1, day("2026-03-30")),
)
"""Found on; days to the plan and to the first visit; closed on."""


class Writer:
    """Writes what recognised children of a copy were given, and which of them once stayed away."""

    def __init__(self, copy: Copy) -> None:
        """Start with all cases still to be given to a child."""
        self._copy = copy
        self._rng = copy.rng("aid")
        self._is_missed_out = False
        self._cases = list(DROPOUTS)
        self._recognised = 0

    def add(self, rows: Rows, pupil_id: int, stays: Iterable[Stay]) -> None:
        """Write recognition, payments and perhaps a case for one poor child."""
        category = CATEGORIES[int(self._rng.random() * len(CATEGORIES))]
        first_of_year: dict[int, list[Stay]] = {}
        for stay in stays:
            first_of_year.setdefault(stay.year, []).append(stay)
        for year, of_year in first_of_year.items():
            if spec(of_year[0].school).in_plan:
                self._year(rows, pupil_id, category, year, of_year)
        self._case(rows, pupil_id, first_of_year)

    def _year(self, rows: Rows, pupil_id: int, category: str, year: int, stays: list[Stay]) -> None:
        starts_on = max(date(year, 9, 1), stays[0].starts_on)
        self._recognised += year == LAST_YEAR
        waits = year == LAST_YEAR and self._recognised % SUBMITTED_EVERY == 0
        rows.add_known(
            "inclusion_aidrecognition",
            self._rng,
            min(starts_on + timedelta(days=14), LAST_DAY),
            starts_on=starts_on,
            ends_on=date(year + 1, 9, 1),
            state="at_bureau" if waits else "approved",
            pupil_id=pupil_id,
            category=category,
        )
        if not waits:
            self._payments(rows, pupil_id, year, stays)

    def _payments(self, rows: Rows, pupil_id: int, year: int, stays: list[Stay]) -> None:
        autumn, spring = date(year, 10, 15), date(year + 1, 4, 10)
        for term_day in (autumn, spring):
            paid_on = self._paid_on(term_day, year)
            attended = _attended(stays, term_day)
            if paid_on is None or attended is None:
                continue
            if term_day == spring and self._misses_out(year, stays):
                continue
            rows.add_known(
                "inclusion_aidpayment",
                self._rng,
                paid_on,
                state="approved",
                held_on=paid_on,
                pupil_id=pupil_id,
                aid_kind=ITEMS.get(attended.stage, COMPULSORY_ITEM),
                amount_yuan=TERM_YUAN[attended.stage][term_day >= NEW_RATES_FROM],
            )

    def _paid_on(self, term_day: date, year: int) -> date | None:
        """Return when a term's aid was paid; None where it was not, or not yet."""
        chance, delay = self._rng.random(), timedelta(days=int(self._rng.random() * 28))
        if year == LAST_YEAR:
            early = date(year, 9, 18) + delay / 3
            return early if term_day.year == year and chance < PAID_SO_FAR else None
        if term_day.year < 2023 and chance > PAID_BEFORE_2023:
            return None
        return term_day + delay

    def _misses_out(self, year: int, stays: list[Stay]) -> bool:
        if self._is_missed_out or year != MISSED_IN or len(stays) > 1:
            return False
        self._is_missed_out = stays[0].expected_end is None
        return self._is_missed_out

    def _case(self, rows: Rows, pupil_id: int, stays: dict[int, list[Stay]]) -> None:
        """Give the next case to this child if it was in a rural junior school then."""
        if not self._cases:
            return
        found_on, to_plan, to_visit, closed_on = self._cases[0]
        of_year = stays.get(found_on.year if found_on.month >= 9 else found_on.year - 1, [])
        attended = _attended(of_year, found_on)
        if attended is None or attended.stage != "junior" or not spec(attended.school).in_plan:
            return
        del self._cases[0]
        case: dict[str, Any] = {
            "state": "approved",
            "pupil_id": pupil_id,
            "school_id": school_id(self._copy.number, attended.school),
            "found_on": found_on,
            "plan_on": found_on + timedelta(days=to_plan),
            "first_visit_on": found_on + timedelta(days=to_visit),
        }
        visited = moments.known(found_on + timedelta(days=to_visit), self._rng, within=1)
        closed = moments.known(closed_on, self._rng)
        table = "inclusion_dropoutcase"
        case["item_id"] = rows.item(table)
        rows.add(table, recorded_at=visited, superseded_at=closed, **case)
        rows.add(table, recorded_at=closed, closed_on=closed_on, **case)


def _attended(stays: list[Stay], on: date) -> Stay | None:
    """Return the stay of a day; payment days of one term count as one day."""
    return next((stay for stay in stays if stay.starts_on <= on < stay.ends_on), None)
