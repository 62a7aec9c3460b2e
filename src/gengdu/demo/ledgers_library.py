"""The course library: the units of the textbook catalogue and the resources made for them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import FIRST_LOAD, day

UNITS = Path(__file__).parent / "data" / "textbook_units.csv"
COVERED = (
    (day("2022-03-01"), day("2023-12-20"), 0.18),
    (day("2024-01-08"), day("2024-12-20"), 0.34),
    (day("2025-01-06"), day("2025-12-20"), 0.50),
    (day("2026-01-05"), day("2026-09-22"), 0.62),
)
"""First and last day of a span, and the share of units covered at its end."""

SECOND_RESOURCE = 0.25
NOT_FREE = 2
DRAFTS = 3
KINDS = ("示范课", "微课", "学习任务单", "教学设计")


def write(ledger: Ledger) -> None:
    """Write the catalogue and the library."""
    units = [_unit(ledger, row) for row in _read()]
    order = ledger.shuffled(units)
    done = 0
    for first, last, share in COVERED:
        total = round(share * len(units))
        for unit, title in order[done:total]:
            _resources(ledger, unit, title, first, last, is_free=done >= NOT_FREE)
            done += 1
    for unit, title in order[done : done + DRAFTS]:
        _resource(ledger, unit, title, day("2026-09-24"), state="draft")


def _read() -> list[dict[str, str]]:
    with UNITS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _unit(ledger: Ledger, row: dict[str, str]) -> tuple[int, str]:
    columns = ("stage", "school_system", "subject", "edition", "grade", "volume")
    values: dict[str, Any] = {name: row[name] for name in columns}
    unit = ledger.rows.add_known(
        "school_conditions_curriculumunit", ledger.rng, FIRST_LOAD,
        **values, unit_number=row["unit_no"], title=row["unit_title"],
    )  # fmt: skip
    return unit, f"{row['subject']}{row['grade']}年级《{row['unit_title']}》"


def _resources(
    ledger: Ledger, unit: int, title: str, first: date, last: date, *, is_free: bool
) -> None:
    number = 2 if ledger.rng.random() < SECOND_RESOURCE else 1
    for _ in range(number):
        _resource(ledger, unit, title, ledger.day_between(first, last), is_free=is_free)
        is_free = True


def _resource(
    ledger: Ledger,
    unit: int,
    title: str,
    starts_on: date,
    *,
    state: str = "approved",
    is_free: bool = True,
) -> None:
    kind = KINDS[int(ledger.rng.random() * len(KINDS))]
    ledger.entry(
        "school_conditions_courseresource", starts_on, state=state, unit_id=unit,
        title=f"{title}{kind}"[:120], is_free_for_rural=is_free,
    )  # fmt: skip
