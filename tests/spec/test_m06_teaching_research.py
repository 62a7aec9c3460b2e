"""Measure 6: one exhibition of all clusters a year, a researcher's visit to each school a term."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, entry_cases, event_cases, on_days, report_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES

CLUSTERS = rows({"item_id": 7, "name": "崮山学区"}, {"item_id": 8, "name": "泊于学区"})
BOTH = rows({"exhibition_id": 1, "cluster_id": 7}, {"exhibition_id": 1, "cluster_id": 8})
IN_MAY = row(id=1, item_id=1, title="联研展评", held_on="2025-05-20")


@on_days("2025-01-01", DAY)
def test_an_exhibition_belongs_to_the_year_it_is_held_in(world, day, counts) -> None:
    exhibition = row(id=1, item_id=1, title="联研展评", held_on=day)
    district = world(school_clusters=CLUSTERS, exhibitions=exhibition, exhibition_entries=BOTH)

    found = district.counts("exhibition_count", DAY)

    assert found == (counts, counts)


@event_cases
def test_only_an_approved_exhibition_counts(world, change, known, counts) -> None:
    exhibition = row(id=1, item_id=1, title="联研展评", held_on="2025-05-20", **change)
    district = world(school_clusters=CLUSTERS, exhibitions=exhibition, exhibition_entries=BOTH)

    found = district.counts("exhibition_count", DAY, known)

    assert found == (counts, counts)


@report_cases
def test_an_exhibition_that_one_cluster_missed_does_not_count(world, change, known, counts) -> None:
    joined = {"exhibition_id": 1, "cluster_id": 7}
    entries = rows(joined, {"exhibition_id": 1, "cluster_id": 8, **change})
    district = world(school_clusters=CLUSTERS, exhibitions=IN_MAY, exhibition_entries=entries)

    found = district.counts("exhibition_count", DAY, known)

    assert found == (counts, 1)


@pytest.mark.parametrize(
    ("starts_on", "counted"),
    [
        pytest.param("2025-05-20", 0, id="founded that day"),
        pytest.param("2025-05-21", 1, id="founded the day after"),
    ],
)
def test_the_clusters_of_the_day_itself_are_asked_for(world, starts_on, counted) -> None:
    entry = row(exhibition_id=1, cluster_id=7)
    clusters = rows(
        {"item_id": 7, "name": "崮山学区", "starts_on": "2020-09-01"},
        {"item_id": 8, "name": "泊于学区", "starts_on": starts_on},
    )
    district = world(school_clusters=clusters, exhibitions=IN_MAY, exhibition_entries=entry)

    found = district.counts("exhibition_count", DAY)

    assert found == (counted, 1)


def test_an_exhibition_without_any_cluster_does_not_count(world) -> None:
    district = world(exhibitions=IN_MAY)

    found = district.counts("exhibition_count", DAY)

    assert found == (0, 1)


@pytest.mark.parametrize(
    ("held_on", "on", "counts"),
    [
        pytest.param("2025-09-01", DAY, 1, id="first day of the autumn term"),
        pytest.param("2025-08-31", DAY, 0, id="last day of the term before"),
        pytest.param("2025-12-31", DAY, 1, id="that day"),
        pytest.param("2026-01-01", DAY, 0, id="the next day"),
        pytest.param("2026-03-01", "2026-08-31", 1, id="first day of the spring term"),
        pytest.param("2026-02-28", "2026-08-31", 0, id="last day of the autumn term"),
    ],
)
def test_a_visit_counts_in_the_term_it_is_made_in(world, held_on, on, counts) -> None:
    visit = row(school_id=15, subject="语文", held_on=held_on)
    district = world(**SCHOOLS_AND_PLACES, researcher_visits=visit)

    share = district.counts("researcher_visit_share", on)

    assert share == (counts, 5)


@event_cases
def test_only_an_approved_visit_counts(world, change, known, counts) -> None:
    visit = row(school_id=15, subject="语文", held_on="2025-10-10", **change)
    district = world(**SCHOOLS_AND_PLACES, researcher_visits=visit)

    share = district.counts("researcher_visit_share", DAY, known)

    assert share == (counts, 5)


def test_a_school_visited_twice_counts_once(world) -> None:
    visit = {"school_id": 13, "held_on": "2025-10-10"}
    visits = rows({**visit, "subject": "语文"}, {**visit, "subject": "数学"})
    district = world(**SCHOOLS_AND_PLACES, researcher_visits=visits)

    share = district.counts("researcher_visit_share", DAY)

    assert share == (1, 5)


def test_a_visit_to_a_school_in_the_street_does_not_count(world) -> None:
    visit = row(school_id=22, subject="语文", held_on="2025-10-10")
    district = world(**SCHOOLS_AND_PLACES, researcher_visits=visit)

    share = district.counts("researcher_visit_share", DAY)

    assert share == (0, 5)


@entry_cases
def test_only_a_cluster_approved_and_running_has_to_take_part(world, change, known, counts) -> None:
    clusters = rows(
        {"item_id": 7, "name": "崮山学区"}, {"item_id": 8, "name": "泊于学区", **change}
    )
    exhibition, entry = (
        row(id=1, item_id=1, title="联研展评", held_on=DAY),
        row(exhibition_id=1, cluster_id=7),
    )
    district = world(school_clusters=clusters, exhibitions=exhibition, exhibition_entries=entry)

    found = district.counts("exhibition_count", DAY, known)

    assert found == (1 - counts, 1)
