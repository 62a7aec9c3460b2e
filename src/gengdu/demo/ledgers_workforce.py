"""Ledgers of chapter 四: scarce subjects, medical checks, awards, the weights of title rules."""

from __future__ import annotations

from collections import Counter
from datetime import date

from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import LAST_DAY, day
from gengdu.demo.school_list import RURAL_COMPULSORY, Spec
from gengdu.demo.subjects import SCARCE

QUOTA_FROM = day("2025-09-01")
QUOTAS_PER_SCHOOL = 2
UNFILLED = 5
CHECKED = {2021: 0.88, 2022: 0.92, 2023: 0.95, 2024: 0.97, 2025: 1.0, 2026: 0.83}
AWARDED_ON = (day("2023-12-18"), day("2024-12-16"), day("2025-11-24"), day("2025-11-24"))
PROGRAMME = "young_rural_teacher"
TITLE_SCHEME = "中小学教师职称评聘办法"
WEIGHTS = ((day("2019-01-01"), day("2024-07-01"), 0.30), (day("2024-07-01"), None, 0.40))


def write(ledger: Ledger) -> None:
    """Write the ledgers of the chapter."""
    _quotas(ledger)
    for year, share in CHECKED.items():
        _medical_checks(ledger, year, share)
    _awards(ledger)
    if ledger.copy.is_demo:
        for starts_on, ends_on, weight in WEIGHTS:
            ledger.entry(
                "workforce_titleruleweight", starts_on, ends_on, scheme=TITLE_SCHEME, weight=weight
            )


def _quotas(ledger: Ledger) -> None:
    """Set two quotas for each rural school, so that five of them are not filled on the last day."""
    taught: Counter[tuple[str, str]] = Counter(
        (post.school, post.subject) for _, post in ledger.staff.posts_on(LAST_DAY)
    )
    chosen = [(spec, subject) for spec in RURAL_COMPULSORY for subject in _two(spec, taught)]
    missing = [pair for pair in chosen if not taught[pair[0].key, pair[1]]]
    filled = [pair for pair in chosen if pair not in missing]
    short = missing + ledger.shuffled(filled)[: max(UNFILLED - len(missing), 0)]
    for spec, subject in chosen:
        present = taught[spec.key, subject]
        ledger.entry(
            "workforce_subjectquota", QUOTA_FROM, school_id=ledger.school(spec.key),
            subject=subject, required=present + ((spec, subject) in short),
        )  # fmt: skip


def _two(spec: Spec, taught: Counter[tuple[str, str]]) -> list[str]:
    """Return two scarce subjects of a school, those that somebody teaches there first."""
    subjects = SCARCE[spec.stages[0]]
    taught_first = sorted(subjects, key=lambda subject: taught[spec.key, subject] == 0)
    return taught_first[:QUOTAS_PER_SCHOOL]


def _medical_checks(ledger: Ledger, year: int, share: float) -> None:
    counted_on = min(date(year, 12, 31), LAST_DAY)
    for person, post in ledger.staff.posts_on(counted_on):
        if not post.spec.in_plan or ledger.rng.random() >= share:
            continue
        came = post.starts_on if post.starts_on.year == year else date(year, 4, 8)
        first = max(came, date(year, 4, 8))
        held_on = ledger.day_between(first, max(first, min(date(year, 11, 20), LAST_DAY)))
        ledger.event("workforce_medicalcheck", held_on, staff_id=person.staff_id)


def _awards(ledger: Ledger) -> None:
    young = [
        person
        for person, post in ledger.staff.posts_on(LAST_DAY)
        if post.spec.in_plan and person.age(LAST_DAY) < 36 and post.starts_on < AWARDED_ON[0]
    ]
    for person, held_on in zip(ledger.shuffled(young), AWARDED_ON, strict=False):
        ledger.event(
            "workforce_programmeselection", held_on, staff_id=person.staff_id, programme=PROGRAMME
        )
