"""Measure 18: the plan is part of the master plan, has its own work plan, and spending grows."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gengdu.analytics import standing
from gengdu.policy import facts
from tests.spec.cases import DAY, entry_cases, event_cases, row, rows

KIND = {
    "master_plan_documents": "revitalisation_master_plan",
    "special_work_plan_documents": "special_work_plan",
}


@entry_cases
def test_a_document_counts_while_approved_and_in_force(world, change, known, counts) -> None:
    documents = rows(*({"kind": kind, "title": "文件", **change} for kind in KIND.values()))
    district = world(plan_documents=documents)

    found = {name: district.counts(name, DAY, known) for name in KIND}

    assert found == dict.fromkeys(KIND, (counts, counts))


@pytest.mark.parametrize("name", KIND)
def test_a_document_of_another_kind_does_not_count(world, name) -> None:
    other = next(kind for card, kind in KIND.items() if card != name)
    district = world(plan_documents=row(kind=other, title="文件"))

    found = district.counts(name, DAY)

    assert found == (0, 0)


def test_two_documents_in_force_are_two(world) -> None:
    plans = rows(
        {"kind": "special_work_plan", "title": "市方案"},
        {"kind": "special_work_plan", "title": "区方案"},
    )
    district = world(plan_documents=plans)

    found = district.counts("special_work_plan_documents", DAY)

    assert found == (2, 2)


def spent(*years: tuple[int, object]) -> str:
    """Draw the spending of years, in yuan."""
    return rows(*({"year": year, "spent_yuan": yuan} for year, yuan in years))


@pytest.mark.parametrize(
    ("yuan", "is_met"), [(81_000_000, False), (81_000_001, True), (80_999_999, False)]
)
def test_spending_grows_from_one_yuan_more_than_the_year_before(world, yuan, is_met) -> None:
    district = world(year_spendings=spent((2023, 81_000_000), (2024, yuan)))
    result = district.result("spending_growth", "2025-06-30")

    target = standing.target_on(facts.fact("task_ledger.spending_growth"), result.moment.on)

    assert result.value == Fraction(yuan, 81_000_000)
    assert target.is_met_by(result.value) is is_met


@pytest.mark.parametrize(
    ("on", "ratio"),
    [
        pytest.param("2025-12-30", Fraction(3, 2), id="the day before the year is full"),
        pytest.param("2025-12-31", Fraction(4, 3), id="the last day of the year"),
        pytest.param("2026-01-01", Fraction(4, 3), id="the first day of the next"),
    ],
)
def test_the_last_full_year_is_compared_with_the_one_before(world, on, ratio) -> None:
    district = world(year_spendings=spent((2023, 200), (2024, 300), (2025, 400)))

    found = district.value("spending_growth", on)

    assert found == ratio


@pytest.mark.parametrize(
    "years",
    [
        pytest.param([(2024, 300)], id="the year before missing"),
        pytest.param([(2023, 200)], id="the last full year missing"),
        pytest.param([(2023, 200), (2024, "")], id="accounts not settled"),
        pytest.param([(2023, 0), (2024, 300)], id="nothing spent the year before"),
    ],
)
def test_without_both_years_there_is_no_value(world, years) -> None:
    district = world(year_spendings=spent(*years))

    found = district.value("spending_growth", "2025-06-30")

    assert found is None


@event_cases
def test_only_approved_accounts_count(world, change, known, counts) -> None:
    before, last = {"year": 2024, "spent_yuan": 200}, {"year": 2025, "spent_yuan": 300}
    district = world(year_spendings=rows(before, last | change))

    found = district.value("spending_growth", DAY, known)

    assert found == (Fraction(3, 2) if counts else None)
