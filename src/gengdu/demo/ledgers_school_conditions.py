"""Ledgers of chapter 三: condition items, kindergarten equipment, shared lessons."""

from __future__ import annotations

from datetime import date

from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import LAST_DAY, SCHOOL_YEARS, day
from gengdu.demo.school_list import RURAL, RURAL_COMPULSORY, RURAL_KINDERGARTENS, RURAL_OPEN, Spec
from gengdu.policy import lists

ASSESSED = (day("2021-11-15"), day("2023-11-20"))
NOT_ASSESSED = ("boyu", "laboratory")
BELOW_UNTIL = ("gushan_j", "living_rooms", day("2027-09-01"))
"""One town-seat school is below the line in one item until works contracted for 2027 are done."""

EQUIPPED = ((2022, 4), (2023, 5), (2024, 6), (2025, 7))
CHECKED_AGAIN_ON = day("2026-06-10")
USING_SHARED_LESSONS = {2021: 7, 2022: 10, 2023: 13, 2024: 16, 2025: 18, 2026: 9}
MODES = ("dedicated", "expert", "school_network")
LESSON_SUBJECTS = ("音乐", "美术", "英语", "科学", "信息科技")


def write(ledger: Ledger) -> None:
    """Write the ledgers of the chapter."""
    for spec in RURAL_COMPULSORY:
        for item in lists.items("condition_items"):
            _condition(ledger, spec, str(item["key"]))
    _equipment(ledger)
    for year in SCHOOL_YEARS:
        _lessons(ledger, year)


def _condition(ledger: Ledger, spec: Spec, item: str) -> None:
    if (spec.key, item) == NOT_ASSESSED:
        return
    first, second = ASSESSED
    now = 3 if spec.key == "shalongwang" and ledger.rng.random() < 0.3 else _class(ledger, 0.6)
    before = min(now + (ledger.rng.random() < 0.3), 3)
    key, below, until = BELOW_UNTIL
    if (spec.key, item) == (key, below):
        _result(ledger, spec, item, first, until, 3)
        _result(ledger, spec, item, until, None, 2)
        return
    _result(ledger, spec, item, first, second, before)
    _result(ledger, spec, item, second, None, now)


def _class(ledger: Ledger, share_of_second: float) -> int:
    return 2 if ledger.rng.random() < share_of_second else 1


def _result(
    ledger: Ledger, spec: Spec, item: str, starts_on: date, ends_on: date | None, reached: int
) -> None:
    ledger.entry(
        "school_conditions_conditionresult", starts_on, ends_on, school_id=ledger.school(spec.key),
        criterion=item, condition_class=reached,
    )  # fmt: skip


def _equipment(ledger: Ledger) -> None:
    """Write the yearly checks of rural kindergartens; one was checked again this summer."""
    order = [spec.key for spec in RURAL_KINDERGARTENS]
    for year, complete in EQUIPPED:
        for spec in _kindergartens_in(year):
            is_complete = spec.key in order[:complete]
            if year < EQUIPPED[-1][0]:
                _check(ledger, spec, date(year, 10, 20), date(year + 1, 10, 20), is_complete)
            elif spec.key == order[complete]:
                _check(ledger, spec, date(year, 10, 20), CHECKED_AGAIN_ON, is_complete)
                _check(ledger, spec, CHECKED_AGAIN_ON, None, is_complete=True)
            else:
                _check(ledger, spec, date(year, 10, 20), None, is_complete)


def _kindergartens_in(year: int) -> list[Spec]:
    checked_on = date(year, 10, 20)
    return [
        spec
        for spec in RURAL
        if spec.is_kindergarten and (spec.closed_on is None or spec.closed_on > checked_on)
    ]


def _check(
    ledger: Ledger, spec: Spec, starts_on: date, ends_on: date | None, is_complete: bool
) -> None:
    if spec.closed_on is not None and (ends_on is None or ends_on > spec.closed_on):
        ends_on = spec.closed_on
    ledger.entry(
        "school_conditions_equipmentcheck", starts_on, ends_on, school_id=ledger.school(spec.key),
        is_complete=is_complete,
    )  # fmt: skip


def _lessons(ledger: Ledger, year: int) -> None:
    first, last = date(year, 9, 8), min(date(year + 1, 6, 25), LAST_DAY)
    keys = ledger.shuffled(spec.key for spec in RURAL_OPEN)
    for key in keys[: USING_SHARED_LESSONS[year]]:
        for _ in range(2 + int(ledger.rng.random() * (3 if last == LAST_DAY else 9))):
            ledger.event(
                "school_conditions_sharedlesson", ledger.day_between(first, last),
                school_id=ledger.school(key), mode=MODES[int(ledger.rng.random() * len(MODES))],
                subject=LESSON_SUBJECTS[int(ledger.rng.random() * len(LESSON_SUBJECTS))],
            )  # fmt: skip
