"""Writes the demo district as a stream of rows, always the same for the same seed.

Needs no database and no clock, and holds at most one generation of pupils and one district's staff.
"""

from __future__ import annotations

from collections.abc import Iterator

from gengdu.demo import (
    balance,
    bodies,
    cohorts,
    facilities,
    geography,
    ledgers_campus_titles,
    ledgers_delivery,
    ledgers_evaluation,
    ledgers_family_education,
    ledgers_library,
    ledgers_parent_committees,
    ledgers_school_character,
    ledgers_school_conditions,
    ledgers_school_plans,
    ledgers_tasks,
    ledgers_urban_rural,
    ledgers_workforce,
    planted,
    pupils,
    schools,
    staff,
    surveys,
)
from gengdu.demo.copies import Copy
from gengdu.demo.geography import Geography
from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import LAST_DAY
from gengdu.demo.rows import Batch, Ids
from gengdu.demo.staff import StaffOfCopy

__all__ = ["LAST_DAY", "Batch", "batches"]

OF_EVERY_COPY = (
    ledgers_school_plans,
    ledgers_campus_titles,
    ledgers_family_education,
    ledgers_urban_rural,
    ledgers_school_conditions,
    ledgers_workforce,
    ledgers_school_character,
)
OF_THE_DISTRICT = (ledgers_library, ledgers_delivery, balance)
"""Kept once, by the demo itself: documents, spending, surveys, the library, county reports."""


def batches(*, scale: int, seed: int) -> Iterator[Batch]:
    """Yield the rows of the demo district and `scale - 1` invented ones, parents first."""
    ids = Ids()
    for number in range(scale):
        yield from _copy(Copy(number, seed, ids))


def _copy(copy: Copy) -> Iterator[Batch]:
    rows = copy.rows()
    places = geography.write(copy, rows)
    if copy.is_demo:
        bodies.write(copy, rows, places)
    schools.write(copy, rows, places)
    yield from rows.batches()
    people = staff.write(copy, rows)
    yield from rows.batches()
    intakes = cohorts.draw(copy)
    yield from _ledgers(copy, places, people)
    if copy.is_demo:
        yield from planted.batches(copy, places)
    written = yield from pupils.batches(copy, places, intakes)
    ledger = Ledger(copy, copy.rows(), copy.rng("parent committees"), places, people)
    ledgers_parent_committees.write(ledger, written.classes)
    yield from ledger.rows.batches()
    ledger = Ledger(copy, copy.rows(), copy.rng("facilities"), places, people)
    facilities.write(ledger, intakes, written.on_last_day)
    yield from ledger.rows.batches()
    if copy.is_demo:
        ledger = Ledger(copy, copy.rows(), copy.rng("evaluations"), places, people)
        ledgers_evaluation.write(ledger)
        yield from ledger.rows.batches()
        ledger = Ledger(copy, copy.rows(), copy.rng("surveys"), places, people)
        surveys.write(ledger, written.seated)
        yield from ledger.rows.batches()
        ledger = Ledger(copy, copy.rows(), copy.rng("tasks"), places, people)
        ledgers_tasks.write(ledger)
        yield from ledger.rows.batches()


def _ledgers(copy: Copy, places: Geography, people: StaffOfCopy) -> Iterator[Batch]:
    for section in (*OF_EVERY_COPY, *(OF_THE_DISTRICT if copy.is_demo else ())):
        ledger = Ledger(copy, copy.rows(), copy.rng(section.__name__), places, people)
        section.write(ledger)
        yield from ledger.rows.batches()
