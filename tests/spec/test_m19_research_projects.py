"""Measure 19: research projects are reviewed when a review is due."""

from __future__ import annotations

import pytest

from tests.spec.cases import DAY, NEXT_DAY, event_cases, on_days, row, rows

PROJECT = row(id=5, item_id=5, school_id=12, title="乡土课程研究")


@on_days("2025-01-01", DAY)
def test_a_review_is_asked_for_in_the_year_it_falls_due(world, day, counts) -> None:
    review = row(project_id=5, kind="midterm", due_on=day)
    district = world(research_projects=PROJECT, project_reviews=review)

    share = district.counts("review_share", DAY)

    assert share == (0, counts)


@pytest.mark.parametrize(
    ("done_on", "counted"),
    [
        pytest.param("2025-06-30", 1, id="on the due day"),
        pytest.param("2025-07-01", 0, id="a day late"),
        pytest.param("", 0, id="not held"),
    ],
)
def test_a_review_counts_when_held_by_its_due_day(world, done_on, counted) -> None:
    review = row(project_id=5, kind="midterm", due_on="2025-06-30", done_on=done_on)
    district = world(research_projects=PROJECT, project_reviews=review)

    share = district.counts("review_share", DAY)

    assert share == (counted, 1)


@event_cases
def test_only_approved_reviews_are_asked_for(world, change, known, counts) -> None:
    review = row(project_id=5, kind="midterm", due_on="2025-06-30", **change)
    district = world(research_projects=PROJECT, project_reviews=review)

    share = district.counts("review_share", DAY, known)

    assert share == (0, counts)


@event_cases
def test_only_reviews_of_approved_projects_are_asked_for(world, change, known, counts) -> None:
    project = row(id=5, item_id=5, school_id=12, title="乡土课程研究", **change)
    review = row(project_id=5, kind="midterm", due_on="2025-06-30")
    district = world(research_projects=project, project_reviews=review)

    share = district.counts("review_share", DAY, known)

    assert share == (0, counts)


def test_each_review_of_a_project_is_asked_for(world) -> None:
    opening = {"project_id": 5, "kind": "opening", "due_on": "2025-03-01", "done_on": "2025-03-01"}
    midterm = {"project_id": 5, "kind": "midterm", "due_on": "2025-11-01"}
    district = world(research_projects=PROJECT, project_reviews=rows(opening, midterm))

    share = district.counts("review_share", DAY)

    assert share == (1, 2)


def test_without_reviews_due_there_is_no_value(world) -> None:
    review = row(project_id=5, kind="midterm", due_on=NEXT_DAY)
    district = world(research_projects=PROJECT, project_reviews=review)

    value = district.value("review_share", DAY)

    assert value is None
