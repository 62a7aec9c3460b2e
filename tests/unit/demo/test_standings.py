"""What the demo's records make true, on the days that its story turns on."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from gengdu.analytics import cards
from gengdu.analytics.run import Evaluator, Moment, Result
from gengdu.demo.columns import COLUMNS

NOW = date(2026, 9, 30)


def evaluate(evaluator: Evaluator, name: str, on: date, known: date | None = None) -> Result:
    return evaluator.evaluate(cards.card(name), Moment(on, known))


SHARES = [
    ("school_plan_share", date(2023, 12, 31), 24, 24),
    ("green_share", date(2025, 12, 31), 22, 22),
    ("reading_district_share", date(2025, 11, 30), 22, 22),
    ("caring_share", date(2025, 12, 31), 22, 22),
    ("caring_share", NOW, 20, 22),
    ("station_share", date(2025, 12, 31), 35, 37),
    ("station_share", date(2026, 6, 30), 36, 37),
    ("parent_committee_share", date(2021, 12, 31), 4, 24),
    ("parent_committee_share", date(2023, 12, 31), 15, 24),
    ("parent_committee_share", date(2025, 12, 31), 21, 22),
    ("parent_committee_share", NOW, 15, 22),
    ("rollout_share", NOW, 1, 2),
    ("cluster_goals_share", NOW, 4, 5),
    ("paired_share", date(2025, 12, 31), 22, 22),
    ("researcher_visit_share", date(2026, 8, 31), 22, 22),
    ("researcher_visit_share", NOW, 11, 22),
    ("town_seat_class_ii_share", NOW, 2, 4),
    ("town_seat_class_ii_share", date(2027, 12, 31), 3, 4),
    ("kindergarten_equipped_share", NOW, 8, 10),
    ("school_gigabit_share", date(2024, 12, 31), 23, 23),
    ("class_hundred_share", date(2024, 12, 31), 23, 23),
    ("online_lesson_share", date(2026, 8, 31), 18, 22),
    ("online_lesson_share", NOW, 9, 22),
    ("library_share", date(2023, 12, 31), 69, 386),
    ("library_share", NOW, 239, 386),
    ("young_leader_share", date(2022, 9, 30), 10, 29),
    ("young_leader_share", date(2023, 9, 30), 11, 29),
    ("young_leader_share", date(2024, 9, 30), 12, 29),
    ("young_leader_share", NOW, 13, 29),
    ("young_leader_share", date(2026, 12, 31), 10, 29),
    ("two_term_exchange_share", NOW, 3, 5),
    ("new_heads_trained_share", date(2025, 12, 31), 2, 3),
    ("scarce_subject_share", NOW, 19, 24),
    ("rural_bachelor_share", NOW, 320, 338),
    ("distinctive_school_share", date(2025, 12, 31), 9, 12),
    ("distinctive_school_share", NOW, 10, 12),
    ("labour_site_share", NOW, 15, 22),
    ("resource_centre_share", date(2024, 12, 31), 2, 2),
    ("dropout_plan_share", date(2024, 12, 31), 2, 2),
    ("dropout_plan_share", NOW, 1, 1),
    ("review_share", NOW, 5, 6),
    ("mechanisms_share", NOW, 4, 6),
]  # fmt: skip


@pytest.mark.parametrize(("name", "on", "counted", "rows"), SHARES, ids=lambda part: str(part))
def test_a_share_stands_as_the_story_says(
    evaluator: Evaluator, name: str, on: date, counted: int, rows: int
) -> None:
    found = evaluate(evaluator, name, on).district["all"]

    assert (found.counted, found.rows) == (counted, rows)


COUNTS = [
    ("civility_province_count", NOW, 1),
    ("reading_higher_count", NOW, 0),
    ("pilot_town_count", NOW, 1),
    ("exhibition_count", date(2024, 12, 31), 0),
    ("exhibition_count", NOW, 1),
    ("layout_plan_documents", date(2024, 3, 31), 1),
    ("small_school_increase", NOW, 0),
    ("newly_small_school_count", NOW, 1),
    ("blanket_closing_count", NOW, 1),
    ("hasty_move_count", NOW, 0),
    ("young_teacher_award_count", NOW, 4),
    ("quality_balance_recognised", NOW, 1),
    ("universal_preschool_recognised", NOW, 0),
    ("rural_school_scheme_documents", NOW, 0),
]


@pytest.mark.parametrize(("name", "on", "number"), COUNTS, ids=lambda part: str(part))
def test_a_count_stands_as_the_story_says(
    evaluator: Evaluator, name: str, on: date, number: int
) -> None:
    assert evaluate(evaluator, name, on).value == number


@pytest.mark.parametrize("name", ["school_gigabit_share", "recording_share", "sky_classroom_share"])
def test_one_school_that_has_not_reported_is_said_to_be_missing(
    evaluator: Evaluator, name: str
) -> None:
    assert evaluate(evaluator, name, NOW).unreported == 1


def test_the_ratio_of_city_to_rural_degrees_falls_towards_the_target(evaluator: Evaluator) -> None:
    ratios = [
        evaluate(evaluator, "degree_ratio", date(year, 9, 30)).value for year in (2021, 2023, 2026)
    ]

    assert all(ratio is not None for ratio in ratios)
    assert [round(float(ratio or 0), 2) for ratio in ratios] == sorted(
        (round(float(ratio or 0), 2) for ratio in ratios), reverse=True
    )
    assert Fraction("1.02") < (ratios[-1] or 0) < Fraction("1.04")
    assert evaluate(evaluator, "degree_ratio", NOW).unreported == 2


def test_aid_reached_every_recognised_child_but_one_in_spring_2025(evaluator: Evaluator) -> None:
    spring_2024, spring_2025 = (
        evaluate(evaluator, "aid_share", date(year, 6, 30)).district["all"] for year in (2024, 2025)
    )

    assert spring_2024.rows == spring_2024.counted
    assert spring_2025.rows - spring_2025.counted == 1


def test_two_plans_and_a_title_were_known_only_in_the_next_year(evaluator: Evaluator) -> None:
    plans = evaluate(evaluator, "school_plan_share", date(2023, 12, 31), date(2023, 12, 31))
    titles = evaluate(evaluator, "green_share", date(2025, 12, 31), date(2025, 12, 31))

    assert plans.district["all"].counted == 22
    assert titles.district["all"].counted == 21


def test_quality_results_of_pupils_were_never_reported() -> None:
    assert "school_character_qualityresult" not in COLUMNS
