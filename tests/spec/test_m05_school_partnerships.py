"""Measure 5: every rural school is tied to a good school, and those tied are judged together."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, entry_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES


@entry_cases
def test_an_agreement_counts_while_approved_and_running(world, change, known, counts) -> None:
    agreement = row(core_school_id=21, rural_school_id=12, kind="paired", **change)
    district = world(**SCHOOLS_AND_PLACES, partnerships=agreement)

    share = district.counts("paired_share", DAY, known)

    assert share == (counts, 5)


@pytest.mark.parametrize("kind", ["hosted", "named", "branch", "alliance", "paired"])
def test_every_form_of_agreement_counts(world, kind) -> None:
    agreement = row(core_school_id=21, rural_school_id=13, kind=kind)
    district = world(**SCHOOLS_AND_PLACES, partnerships=agreement)

    share = district.counts("paired_share", DAY)

    assert share == (1, 5)


def test_a_school_with_two_agreements_counts_once(world) -> None:
    agreement = {"core_school_id": 21, "rural_school_id": 12}
    both = rows({**agreement, "kind": "hosted"}, {**agreement, "kind": "alliance"})
    district = world(**SCHOOLS_AND_PLACES, partnerships=both)

    share = district.counts("paired_share", DAY)

    assert share == (1, 5)


def test_the_core_school_itself_is_not_counted(world) -> None:
    agreement = row(core_school_id=11, rural_school_id=21, kind="paired")
    district = world(**SCHOOLS_AND_PLACES, partnerships=agreement)

    share = district.counts("paired_share", DAY)

    assert share == (0, 5)


@entry_cases
def test_the_rules_for_judging_together_count_while_in_force(world, change, known, counts) -> None:
    rules = row(kind="joint_evaluation_rules", title="捆绑评价办法", **change)
    district = world(plan_documents=rules)

    found = district.counts("joint_evaluation_documents", DAY, known)

    assert found == (counts, counts)


def test_another_document_is_not_the_rules_for_judging_together(world) -> None:
    district = world(plan_documents=row(kind="cluster_rules", title="学区管理制度"))

    found = district.counts("joint_evaluation_documents", DAY)

    assert found == (0, 0)
