"""Measure 4: pilot towns, rolling out to both towns, rules and goals of the school clusters."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, NEXT_DAY, entry_cases, event_cases, on_days, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES

TOWNS_TAKING_PART = ("pilot_town_count", "rollout_share")
CLUSTER = row(item_id=7, name="崮山学区")


@entry_cases
def test_a_pilot_counts_while_approved_and_running(world, change, known, counts) -> None:
    pilot = row(town_id=2, kind="city", **change)
    district = world(**SCHOOLS_AND_PLACES, township_pilots=pilot)

    found = [district.counts(name, DAY, known) for name in TOWNS_TAKING_PART]

    assert found == [(counts, 2), (counts, 2)]


@pytest.mark.parametrize(
    ("kind", "pilots", "taking_part"), [("province", 1, 1), ("city", 1, 1), ("rollout", 0, 1)]
)
def test_rolling_out_is_no_pilot_but_counts_as_carried_out(
    world, kind, pilots, taking_part
) -> None:
    district = world(**SCHOOLS_AND_PLACES, township_pilots=row(town_id=3, kind=kind))

    found = [district.counts(name, DAY) for name in TOWNS_TAKING_PART]

    assert found == [(pilots, 2), (taking_part, 2)]


@pytest.mark.parametrize("name", TOWNS_TAKING_PART)
def test_a_town_that_is_pilot_at_both_levels_counts_once(world, name) -> None:
    both = rows({"town_id": 2, "kind": "province"}, {"town_id": 2, "kind": "city"})
    district = world(**SCHOOLS_AND_PLACES, township_pilots=both)

    found = district.counts(name, DAY)

    assert found == (1, 2)


@pytest.mark.parametrize("name", TOWNS_TAKING_PART)
def test_a_street_is_no_town(world, name) -> None:
    district = world(**SCHOOLS_AND_PLACES, township_pilots=row(town_id=4, kind="city"))

    found = district.counts(name, DAY)

    assert found == (0, 2)


@entry_cases
def test_the_rules_of_the_clusters_count_while_in_force(world, change, known, counts) -> None:
    district = world(plan_documents=row(kind="cluster_rules", title="学区管理制度", **change))

    found = district.counts("cluster_rule_documents", DAY, known)

    assert found == (counts, counts)


def test_another_document_is_not_the_rules_of_the_clusters(world) -> None:
    district = world(plan_documents=row(kind="layout_plan", title="布局规划"))

    found = district.counts("cluster_rule_documents", DAY)

    assert found == (0, 0)


@on_days("2025-01-01", DAY)
def test_a_cluster_goal_is_asked_for_in_the_year_it_falls_due(world, day, counts) -> None:
    goal = row(cluster_id=7, title="教师统筹", due_on=day, done_on="2024-06-01")
    district = world(school_clusters=CLUSTER, cluster_goals=goal)

    share = district.counts("cluster_goals_share", DAY)

    assert share == (counts, counts)


@pytest.mark.parametrize(
    ("done_on", "counted"),
    [
        pytest.param("2025-06-30", 1, id="done on the due day"),
        pytest.param("2025-07-01", 0, id="done a day late"),
        pytest.param("", 0, id="not done"),
    ],
)
def test_a_cluster_goal_counts_when_done_by_its_due_day(world, done_on, counted) -> None:
    goal = row(cluster_id=7, title="教师统筹", due_on="2025-06-30", done_on=done_on)
    district = world(school_clusters=CLUSTER, cluster_goals=goal)

    share = district.counts("cluster_goals_share", DAY)

    assert share == (counted, 1)


@event_cases
def test_only_approved_cluster_goals_are_asked_for(world, change, known, counts) -> None:
    goal = row(cluster_id=7, title="教师统筹", due_on="2025-06-30", **change)
    district = world(school_clusters=CLUSTER, cluster_goals=goal)

    share = district.counts("cluster_goals_share", DAY, known)

    assert share == (0, counts)


def test_a_goal_due_tomorrow_is_not_asked_for_yet(world) -> None:
    goal = row(cluster_id=7, title="教师统筹", due_on="2025-06-30")
    district = world(school_clusters=CLUSTER, cluster_goals=goal)

    counts = [district.counts("cluster_goals_share", day) for day in ("2025-06-29", "2025-06-30")]

    assert counts == [(0, 0), (0, 1)]


def test_without_goals_due_there_is_no_value(world) -> None:
    goal = row(cluster_id=7, title="教师统筹", due_on=NEXT_DAY)
    district = world(school_clusters=CLUSTER, cluster_goals=goal)

    value = district.value("cluster_goals_share", DAY)

    assert value is None
