"""Measure 12: each rural school has the teachers of scarce subjects it needs."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, entry_cases, register_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES

TWO_NEEDED = row(school_id=12, subject="音乐", required=2)


def posts(*changes: dict[str, object]) -> str:
    """Draw posts of music teachers at school 12, each changed."""
    post = {"school_id": 12, "kind": "teacher", "subject": "音乐"}
    return rows(*({"staff_id": n, **post, **change} for n, change in enumerate(changes, start=1)))


@pytest.mark.parametrize(("teachers", "counted"), [(1, 0), (2, 1), (3, 1)])
def test_a_subject_is_filled_when_as_many_teach_it_as_needed(world, teachers, counted) -> None:
    drawn = posts(*[{}] * teachers)
    district = world(**SCHOOLS_AND_PLACES, subject_quotas=TWO_NEEDED, posts=drawn)

    share = district.counts("scarce_subject_share", DAY)

    assert share == (counted, 1)


def test_a_subject_that_nobody_teaches_is_not_filled(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, subject_quotas=TWO_NEEDED)

    share = district.counts("scarce_subject_share", DAY)

    assert share == (0, 1)


@register_cases
def test_a_teacher_counts_while_in_post(world, change, known, counts) -> None:
    drawn = posts({}, change)
    district = world(**SCHOOLS_AND_PLACES, subject_quotas=TWO_NEEDED, posts=drawn)

    share = district.counts("scarce_subject_share", DAY, known)

    assert share == (counts, 1)


@pytest.mark.parametrize(
    "change", [{"subject": "美术"}, {"school_id": 11}, {"kind": "support"}], ids=str
)
def test_only_full_time_teachers_of_the_subject_at_the_school_count(world, change) -> None:
    drawn = posts({}, change)
    district = world(**SCHOOLS_AND_PLACES, subject_quotas=TWO_NEEDED, posts=drawn)

    share = district.counts("scarce_subject_share", DAY)

    assert share == (0, 1)


@entry_cases
def test_a_need_is_asked_for_while_approved_and_valid(world, change, known, counts) -> None:
    quota = row(school_id=12, subject="音乐", required=2, **change)
    district = world(**SCHOOLS_AND_PLACES, subject_quotas=quota)

    share = district.counts("scarce_subject_share", DAY, known)

    assert share == (0, counts)


def test_the_need_of_a_school_in_the_street_is_not_asked_for(world) -> None:
    quota = row(school_id=21, subject="音乐", required=2)
    district = world(**SCHOOLS_AND_PLACES, subject_quotas=quota)

    share = district.counts("scarce_subject_share", DAY)

    assert share == (0, 0)


@entry_cases
def test_the_service_period_rules_count_while_in_force(world, change, known, counts) -> None:
    rules = row(kind="service_period_rules", title="服务期制度", **change)
    district = world(plan_documents=rules)

    found = district.counts("service_period_documents", DAY, known)

    assert found == (counts, counts)


def test_another_document_is_not_the_service_period_rules(world) -> None:
    district = world(plan_documents=row(kind="county_pool_rules", title="县管校聘办法"))

    found = district.counts("service_period_documents", DAY)

    assert found == (0, 0)
