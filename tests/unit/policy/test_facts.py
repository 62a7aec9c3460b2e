from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from gengdu.policy import facts, lists
from gengdu.policy.facts import Fact, UnknownFact, Value

CHANGED_ON = date(2025, 1, 1)
REPEALED_ON = date(2027, 1, 1)


@pytest.fixture
def changed() -> Fact:
    """A promise of one half that was raised to 0.6 and later repealed."""
    young = facts.fact("principals.young_leader_share")
    (first,) = young.values
    raised = replace(first, from_on=CHANGED_ON, value=Fraction("0.6"))
    repealed = replace(first, from_on=REPEALED_ON, value=None)
    return replace(young, values=(first, raised, repealed))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2020, 1, 1), Fraction("0.5"), id="before any: what it will say first"),
        pytest.param(date(2023, 6, 30), Fraction("0.5"), id="first day"),
        pytest.param(date(2024, 12, 31), Fraction("0.5"), id="last day of the old value"),
        pytest.param(CHANGED_ON, Fraction("0.6"), id="first day of the new value"),
        pytest.param(date(2026, 12, 31), Fraction("0.6"), id="last day before the repeal"),
        pytest.param(REPEALED_ON, None, id="repealed"),
    ],
)
def test_a_fact_says_what_was_in_force_on_the_day(
    changed: Fact, day: date, expected: Fraction | None
) -> None:
    assert changed.on(day).value == expected


def test_a_number_is_asked_for_by_name_and_day() -> None:
    assert facts.value("principals.young_leader_age", on=date(2025, 1, 1)) == 45


def test_a_promise_without_a_number_has_none_to_compute_with() -> None:
    with pytest.raises(UnknownFact, match=r"“goals\.rural_conditions”在 2025-01-01 没有数值"):
        facts.value("goals.rural_conditions", on=date(2025, 1, 1))


def test_a_misspelt_name_is_answered_with_near_ones() -> None:
    with pytest.raises(UnknownFact) as refused:
        facts.fact("principals.young_leaders_share")

    assert "没有名为“principals.young_leaders_share”的事实" in str(refused.value)
    assert "principals.young_leader_share" in str(refused.value)


def test_a_name_like_no_other_is_answered_with_the_way_to_find_one() -> None:
    with pytest.raises(UnknownFact, match="gengdu facts 可列出全部名称"):
        facts.fact("zzz")


def test_a_fact_knows_its_measure_and_a_standard_has_none() -> None:
    plan = facts.plan()

    measure = plan.measure_of(plan.fact("principals.young_leader_share"))

    assert measure is not None
    assert (measure.number, measure.key, measure.chapter) == (11, "principals", "workforce")
    assert plan.measure_of(plan.fact("settings.small_count")) is None


def test_the_plan_has_twenty_measures_in_seven_parts_and_its_goals_first() -> None:
    plan = facts.plan()

    assert [measure.number for measure in plan.measures] == list(range(21))
    assert {measure.chapter for measure in plan.measures[1:]} == {
        part.key for part in plan.chapters
    }
    assert plan.measures[0].chapter == ""


def test_bodies_are_the_lead_then_the_partners() -> None:
    siting = facts.plan().measures[7]

    assert siting.bodies == (
        "education_bureau", "economic_development_bureau", "natural_resources_office",
    )  # fmt: skip


def test_every_promise_keeps_its_place_in_the_notice() -> None:
    names = [promise.name for promise in facts.plan().promises]

    assert names[0] == "goals.allocation_mechanism"
    assert names[-1].startswith("evaluation.")
    assert len(names) == len(set(names)) > 50


def test_a_value_is_read_with_its_dates_and_quote() -> None:
    value = facts.fact("principals.young_leader_share").on(date(2025, 1, 1))

    assert isinstance(value, Value)
    assert (value.from_on, value.due_on) == (date(2023, 6, 30), date(2026, 12, 31))
    assert value.quote is not None
    assert value.quote.startswith("到2026年")


@pytest.mark.parametrize(
    ("system", "stage", "grade", "label"),
    [
        ("five_four", "primary", 5, "五年级"),
        ("five_four", "junior", 1, "六年级"),
        ("five_four", "junior", 4, "九年级"),
        ("six_three", "junior", 1, "七年级"),
        ("six_three", "primary", 6, "六年级"),
        ("five_four", "preschool", 1, "小班"),
        ("five_four", "preschool", 4, "4（园）"),
        ("five_four", "junior", 5, "10年级"),
    ],
)
def test_a_grade_is_called_by_the_years_before_it(
    system: str, stage: str, grade: int, label: str
) -> None:
    assert lists.grade_label(system, stage, grade) == label
