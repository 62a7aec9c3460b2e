"""Measure 20: the plan is part of how leaders are assessed; rural schools have their own scheme."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, entry_cases, row, rows

KIND = {
    "leader_assessment_documents": "leader_assessment",
    "rural_school_scheme_documents": "rural_school_scheme",
}


@entry_cases
def test_a_document_counts_while_approved_and_in_force(world, change, known, counts) -> None:
    documents = rows(*({"kind": kind, "title": "评价办法", **change} for kind in KIND.values()))
    district = world(plan_documents=documents)

    found = {name: district.counts(name, DAY, known) for name in KIND}

    assert found == dict.fromkeys(KIND, (counts, counts))


@pytest.mark.parametrize("name", KIND)
def test_a_document_of_another_kind_does_not_count(world, name) -> None:
    other = next(kind for card, kind in KIND.items() if card != name)
    district = world(plan_documents=row(kind=other, title="评价办法"))

    found = district.counts(name, DAY)

    assert found == (0, 0)
