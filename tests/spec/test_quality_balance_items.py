"""The guarantee and quality items of 优质均衡 that are numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from gengdu.analytics.quality_balance import items

ON = date(2025, 12, 31)


@pytest.mark.parametrize(("classes", "rooms"), [(1, 1), (12, 1), (13, 2), (24, 2), (25, 3)])
def test_each_subject_needs_a_room_for_every_twelve_classes(classes: int, rooms: int) -> None:
    assert items.arts_rooms_needed(classes, ON) == rooms


@pytest.mark.parametrize(
    ("subject", "rooms", "relaxed", "small", "is_met"),
    [("music", {96: 2, 73: 0}, False, "", True), ("music", {96: 1, 73: 5}, False, "", False),
     ("music", {96: 1, 73: 1}, True, "", True), ("music", {96: 1, 73: 0, 61: 1}, True, "", False),
     ("music", {96: 1, 61: 1}, False, "junior", True), ("art", {90: 2}, False, "", True),
     ("art", {90: 1, 67: 1}, False, "", False), ("art", {90: 1, 67: 1}, True, "", True),
     ("art", {90: None}, False, "", None)],
)  # fmt: skip
def test_rooms_count_from_their_area_on_and_relaxed_ones_where_the_school_is_old_or_small(
    subject: str, rooms: dict[int, int | None], relaxed: bool, small: str, is_met: bool | None
) -> None:
    found = items.arts_rooms(
        rooms, subject, 24, ON, planned_by_relaxed_year=relaxed, small_classes_of=small
    )

    assert found.is_met == is_met


@pytest.mark.parametrize(
    ("pupils", "combined", "old", "migrants", "is_met"),
    [(2000, False, False, None, True), (2001, False, False, None, False),
     (2500, True, False, None, True), (2501, True, False, None, False),
     (2400, False, True, None, True), (2401, False, True, None, False),
     (2400, False, False, 1200, False), (2400, False, False, 1201, True),
     (3000, True, True, None, True), (3001, True, True, None, False),
     (None, False, False, None, None)],
)  # fmt: skip
def test_a_school_has_at_most_2000_pupils_or_2500_and_more_where_it_is_old_or_takes_migrants(
    pupils: int | None, combined: bool, old: bool, migrants: int | None, is_met: bool | None
) -> None:
    found = items.school_size(
        pupils, ON, is_combined=combined, built_by_relaxed_year=old, migrant_children=migrants
    )

    assert found.is_met == is_met


@pytest.mark.parametrize(
    ("stage", "largest", "is_met"),
    [("primary", 45, True), ("primary", 46, False), ("junior", 50, True), ("junior", 51, False)],
)
def test_a_class_has_at_most_45_pupils_or_50(stage: str, largest: int, is_met: bool) -> None:
    assert items.class_size(largest, stage, ON).is_met == is_met


@pytest.mark.parametrize(("pupils", "due"), [(73, 100), (100, 100), (120, 120)])
def test_small_schools_are_funded_as_if_they_had_a_hundred_pupils(pupils: int, due: int) -> None:
    enough, short = (items.public_funds(due * 710 - less, pupils, 710, ON) for less in (0, 1))

    assert (enough.is_met, short.is_met, short.missing) == (True, False, 1)


def test_a_tenth_of_those_who_may_is_exchanged_and_a_fifth_of_them_lead() -> None:
    assert items.exchanged(12, 120, ON).is_met
    assert not items.exchanged(11, 120, ON).is_met
    assert items.exchanged_lead(3, 12, ON).is_met
    assert not items.exchanged_lead(2, 12, ON).is_met
    assert items.exchanged(0, 0, ON).is_met is None


@pytest.mark.parametrize(
    ("numbers", "percent"),
    [((392, 18, 12, 390, 1), "99.23"), ((395, 10, 6, 400, 0), "97.75")],
)
def test_retention_leaves_out_who_came_and_counts_who_left(
    numbers: tuple[int, int, int, int, int], percent: str
) -> None:
    found = items.junior_retention(*numbers, ON)

    assert found.value is not None
    assert f"{float(100 * found.value):.2f}" == percent
    assert found.is_met


def test_five_percent_of_the_funds_train_teachers() -> None:
    assert items.training_money(40_000, 800_000, ON).is_met
    assert not items.training_money(39_999, 800_000, ON).is_met
    assert items.training_money(None, 800_000, ON).is_met is None


def test_schools_differ_by_less_than_15_percent_and_reach_level_three() -> None:
    assert items.monitoring_difference(Fraction("0.149"), ON).is_met
    assert not items.monitoring_difference(Fraction("0.15"), ON).is_met
    assert items.monitoring_level(3, ON).is_met
    assert not items.monitoring_level(2, ON).is_met


@pytest.mark.parametrize(
    ("name", "enough", "short", "total"),
    [("certified_share", 100, 99, 100), ("training_completed_share", 100, 99, 100),
     ("nearby_enrolment_primary", 100, 99, 100), ("nearby_enrolment_junior", 95, 94, 100),
     ("senior_places_share", 50, 49, 100), ("migrant_places_share", 85, 84, 100),
     ("disabled_enrolment_share", 95, 94, 100), ("recognition_share", 85, 84, 100)],
)  # fmt: skip
def test_a_share_on_its_line_is_met_and_one_below_is_not(
    name: str, enough: int, short: int, total: int
) -> None:
    assert items.share(name, enough, total, ON).is_met
    assert not items.share(name, short, total, ON).is_met
    assert items.share(name, None, total, ON).is_met is None
