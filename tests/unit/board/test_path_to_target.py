"""The cheapest way to pass, between evaluation and planning model: nothing is lost in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from gengdu.analytics.quality_balance import resources, school_rows, verdict
from gengdu.analytics.quality_balance.resources import Rules
from gengdu.analytics.quality_balance.school_rows import SchoolRow
from gengdu.analytics.quality_balance.verdict import Evaluation
from gengdu.analytics.verdicts import Verdict
from gengdu.board.evaluations import STAGES
from gengdu.board.path_to_target import asked, county, tasks, words
from gengdu.board.path_to_target.allowed import SORTS, Allowed
from gengdu.board.path_to_target.answers import Answer, as_data, of_rows
from gengdu.planning.path_to_target import Culprit, Culprits

DAY = date(2026, 9, 30)
RULES = Rules.on(DAY)
ALLOWED = Allowed.on(DAY)
ENOUGH = {"teachers_above": 60, "backbone_teachers": 12, "pe_art_teachers": 12,
          "visiting_pe_art_teachers": 0, "teaching_area_m2": 6600, "indoor_sports_area_m2": 500,
          "sports_area_m2": 10_500, "equipment_yuan": 2_600_000,
          "multimedia_rooms": 26}  # fmt: skip


def school(name: str, category: str = "primary", stage: str = "primary", **figures: Any) -> Any:
    """Return a row with enough of everything for a thousand pupils but what is said."""
    return {
        "school": name, "category": category, "stage": stage, "pupils": 1000, "rural": 0,
        **ENOUGH, **figures,
    }  # fmt: skip


def rows_of(*records: Any) -> list[SchoolRow]:
    return school_rows.of_records(records)


def judged(rows: list[SchoolRow]) -> Evaluation:
    return verdict.evaluate(resources.assess(rows, RULES), RULES)


def answered(rows: list[SchoolRow], allowed: Allowed = ALLOWED, **more: Any) -> Answer:
    return of_rows(rows, judged(rows), RULES, allowed, **more)


def test_what_is_planned_passes_when_the_evaluation_is_asked_again() -> None:
    rows = rows_of(
        school("甲", teachers_above=40, backbone_teachers=9, multimedia_rooms=20), school("乙")
    )
    answer = answered(rows)

    again = judged(county.after_plan(rows, answer.plan))

    assert judged(rows).verdict == Verdict.UNMET
    assert again.verdict == Verdict.MET
    assert answer.after == again
    assert {item.school for item in answer.items} == {"甲"}


@pytest.mark.parametrize("seed", range(8))
def test_no_drawn_county_is_answered_otherwise_than_it_is_evaluated(seed: int) -> None:
    draw = np.random.default_rng(seed)
    records = []
    for number in range(6):
        figures = {name: int(value * draw.uniform(0.6, 1.8)) for name, value in ENOUGH.items()}
        figures["visiting_pe_art_teachers"] = 0
        category = ("primary", "nine_year")[number % 2]
        stages = {"primary": ["primary"], "nine_year": ["primary", "junior"]}[category]
        for stage in stages:
            pupils = int(draw.integers(500, 1100))
            records.append(school(f"校{number}", category, stage, **figures) | {"pupils": pupils})
    rows = rows_of(*records)

    answer = answered(rows)  # raises Unconfirmed if the two disagree

    assert (answer.after.verdict == Verdict.MET) == (answer.reach is None)
    assert answer.plan.greedy_cost is None or answer.plan.cost <= answer.plan.greedy_cost
    assert as_data(answer)["cost_yuan"] == sum(item.yuan for item in answer.items)


def test_a_room_built_at_a_combined_school_stands_in_both_its_rows() -> None:
    large = {"sports_area_m2": 30_000, "equipment_yuan": 6_000_000, "multimedia_rooms": 60}
    # 0.85 of 5.8 for junior pupils, who weigh 1.1: 4.93 ÷ 1.1 × 2100 and the 500 for sports.
    nearly = {"teaching_area_m2": 9800, **large}
    rows = rows_of(*(school("甲", "nine_year", stage, **nearly) for stage in ("primary", "junior")))

    after = county.after_plan(rows, answered(rows).plan)

    assert [row.figures["teaching_area_m2"] for row in after] == [9960, 9960]
    assert [row.figures["indoor_sports_area_m2"] for row in after] == [500, 500]


def test_what_was_not_reported_is_named_and_nothing_is_planned() -> None:
    rows = rows_of(school("甲"), school("乙", backbone_teachers=None))

    with pytest.raises(county.Unreported) as caught:
        answered(rows)

    assert caught.value.places == ("乙（小学）：骨干教师",)


def test_a_teacher_who_moves_is_taken_with_all_that_they_count_for() -> None:
    rows = rows_of(school("甲", backbone_teachers=8), school("乙", backbone_teachers=30))
    kind = ("qualified_teachers", "lead_teachers")
    teachers = {("甲", "primary"): {kind: 8, kind[:1]: 52}, ("乙", "primary"): {kind: 30}}
    dear = ALLOWED.changed({("name_lead_teacher", "cost"): Fraction(10**6)})

    answer = answered(rows, dear, teachers=teachers)
    after = {row.school: row.figures for row in county.after_plan(rows, answer.plan)}

    assert [(item.giver, item.school) for item in answer.items] == [("乙", "甲")]
    moved = answer.items[0].count
    assert after["甲"]["backbone_teachers"] == 8 + moved
    assert after["乙"]["teachers_above"] == 60 - moved


def test_tasks_are_led_by_who_leads_the_measure_and_counted_back_from_the_promise() -> None:
    answer = answered(rows_of(school("甲", teaching_area_m2=4000, multimedia_rooms=15)))

    found = tasks.of(answer, ALLOWED, DAY)

    assert {task.lead for task in found} == {"教育分局"}
    assert tasks.due_on(DAY) == date(2027, 12, 31)
    by_sort = {task.item.sort.name: task for task in found}
    assert by_sort["convert_rooms"].start_by == date(2027, 6, 30)
    assert not by_sort["convert_rooms"].is_late
    assert all(task.is_late for task in tasks.of(answer, ALLOWED, date(2027, 7, 1))
               if task.item.sort.name == "convert_rooms")  # fmt: skip


# What is asked


def test_blank_fields_change_nothing_and_what_is_no_number_is_told() -> None:
    query = asked.read(
        {"budget_all": " 1,200.5 ", "budget_staff": "", "hire_teacher_cost": "很多",
         "build_rooms_each": "0", "transfer_teacher_together": "7"}, DAY,
    )  # fmt: skip

    assert query.allowed.budgets == {"all": Fraction(12_005_000)}
    assert query.allowed.terms["build_rooms"].each == 0
    assert query.allowed.terms["transfer_teacher"].together == 7
    assert query.allowed.terms["hire_teacher"] == ALLOWED.terms["hire_teacher"]
    assert query.faults == ("“招聘教师”的“很多”不是不小于 0 的数",)


@pytest.mark.parametrize(
    ("asked_for", "said"),
    [
        ({"budget_all": "-5"}, "“全部经费”的“-5”小于 0，应为不小于 0 的数"),
        ({"budget_all": "9" * 20}, f"“全部经费”的“{'9' * 20}”太大，应不超过 1,000,000,000"),
        ({"hire_teacher_each": "1.5"}, "“招聘教师”的“1.5”不是整数，应为整数"),
        ({"hire_teacher_each": "1e6"}, "“招聘教师”的“1e6”太大，应不超过 999,999"),
        (
            {"of_schools": "甲，新建教学用房，-1"},
            "“甲，新建教学用房”的“-1”小于 0，应为不小于 0 的数",
        ),
        ({"of_schools": "甲，新建教学用房，"}, "“甲，新建教学用房”的“”不是不小于 0 的数"),
    ],
)
def test_what_is_wrong_with_a_number_is_told_by_its_own_reason(
    asked_for: dict[str, str], said: str
) -> None:
    query = asked.read(asked_for, DAY, {"甲"})

    assert query.faults == (said,)
    with pytest.raises(asked.Unclear):
        _ = query.understood


def test_large_numbers_are_read_however_they_are_written() -> None:
    for text in ("1e9", "1E+9", "1,000,000,000", "1000000000.0"):
        query = asked.read({"budget_all": text}, DAY)
        assert query.understood.budgets == {"all": Fraction(10**13)}


def test_a_blank_limit_on_all_together_is_none() -> None:
    assert asked.read({"hire_teacher_together": ""}, DAY).allowed.terms["hire_teacher"] == replace(
        ALLOWED.terms["hire_teacher"], together=None
    )
    assert asked.read({}, DAY).allowed == ALLOWED


def test_limits_of_single_schools_are_read_by_the_line_and_unknown_ones_told() -> None:
    lines = "甲，新建教学用房，0\n\n乙,教师交流轮岗,2\n丙，新建教学用房，1\n甲 新建"
    query = asked.read({"of_schools": lines}, DAY, {"甲", "乙"})

    assert query.allowed.of_schools == {("build_rooms", "甲"): 0, ("transfer_teacher", "乙"): 2}
    assert "没有名为“丙”的被评估学校" in query.faults[0]
    assert "“甲 新建”没有读懂" in query.faults[1]


def test_a_school_that_may_not_build_is_not_built_at() -> None:
    rows = rows_of(school("甲", teaching_area_m2=4200, multimedia_rooms=15), school("乙"))
    free = answered(rows)
    none = {("convert_rooms", "甲"): 0, ("build_rooms", "甲"): 0}

    bound = answered(rows, replace(ALLOWED, of_schools=none))

    assert {item.sort.name for item in free.items} & {"convert_rooms", "build_rooms"}
    assert bound.reach is not None
    assert bound.items == []


def test_every_sort_has_its_terms_as_settings() -> None:
    for sort in SORTS:
        terms = ALLOWED.terms[sort.name]
        assert terms.cost > 0, sort.name
        assert terms.each > 0, sort.name
        assert terms.months > 0, sort.name
        assert (terms.adds is not None) == (None in sort.adds.values()), sort.name


def test_a_change_of_admission_moves_pupils_and_alters_nothing_else() -> None:
    rows = rows_of(school("甲"), school("乙"))

    after = asked.Shift("primary", "甲", "乙", 40).done(rows)

    assert [row.pupils for row in after] == [960, 1040]
    assert [row.figures for row in after] == [row.figures for row in rows]
    with pytest.raises(ValueError, match="甲只有 1000 名学生，划不出 1000 名"):
        asked.Shift("primary", "甲", "乙", 1000).done(rows)
    with pytest.raises(ValueError, match="两所学校相同"):
        asked.Shift("primary", "甲", "甲", 1).done(rows)
    with pytest.raises(ValueError, match="乙没有初中的学生"):
        asked.Shift("junior", "乙", "甲", 1).done(rows)


def test_only_whole_changes_of_admission_between_known_schools_are_read() -> None:
    names = {1: "甲", 2: "乙"}
    texts = ["primary-1-2-30", "senior-1-2-30", "primary-1-3-5", "primary-1-2-x", "primary-1-2-0"]

    assert list(asked.shifts(texts, names)) == [asked.Shift("primary", "甲", "乙", 30)]


# What is said


def test_limits_of_one_sort_are_told_together_and_with_what_they_lack() -> None:
    found = Culprits(
        limits=(
            Culprit(("each", "build_rooms", "甲", ""), None),
            Culprit(("each", "build_rooms", "乙", ""), None),
            Culprit(("each", "hire_teacher", "丙", "junior"), 2),
            Culprit(("budget", "all"), 123_456), Culprit(("together", "hire_teacher"), 3),
        ),
        requirements=(("coefficient", "primary", "teaching_area"), ("school", "丙", "junior")),
        is_minimal=True,
    )  # fmt: skip

    assert list(words.limits(found)) == [
        "经费“全部经费”，至少还差 12.35 万元",
        "“招聘教师”的全区上限，只放宽这一项至少要再加 3 名",
        "“新建教学用房”的每校上限（涉及 2 所：甲、乙）",
        "丙（初中）：“招聘教师”的每校上限，只放宽这一项至少要再加 2 名",
    ]
    assert list(words.requirements(found)) == [
        "小学教学及辅助用房面积差异系数不超过限值", "丙（初中）达标",
    ]  # fmt: skip


def test_a_gap_is_never_told_smaller_than_it_is() -> None:
    assert [words.gap(Fraction(part, 10**6)) for part in (0, 1, 100, 12_001)] == [
        "0.00%", "不到 0.01%", "0.01%", "1.21%",
    ]  # fmt: skip


def test_what_a_budget_lacks_is_never_told_as_nothing() -> None:
    found = Culprits((Culprit(("budget", "all"), 7),), (), is_minimal=True)

    assert list(words.limits(found)) == ["经费“全部经费”，至少还差 7 元"]


def test_a_budget_is_kept_and_what_it_does_not_reach_is_told() -> None:
    rows = rows_of(school("甲", equipment_yuan=1_000_000, multimedia_rooms=15), school("乙"))
    whole = answered(rows)
    tight = replace(ALLOWED, budgets={"all": whole.plan.cost / 2})

    answer = answered(rows, tight)

    assert answer.reach is not None
    assert answer.plan.cost <= whole.plan.cost / 2
    assert answer.culprits is not None
    assert ("budget", "all") in [one.group for one in answer.culprits.limits]
    assert STAGES.keys() == {"primary", "junior"}
