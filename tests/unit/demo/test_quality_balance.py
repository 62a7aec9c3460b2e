"""How the demo district stands in 优质均衡: nearly there, and short by amounts that have names."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from gengdu.analytics.quality_balance import resources, school_rows, verdict
from gengdu.analytics.quality_balance.resources import Rules
from gengdu.analytics.quality_balance.verdict import Evaluation
from gengdu.analytics.run import Evaluator, Moment
from gengdu.analytics.verdicts import Verdict
from gengdu.demo.columns import COLUMNS

NOW = date(2026, 9, 30)
Standing = Callable[[date], Evaluation]
PAST = [date(year, 12, 31) for year in range(2021, 2026)]


@pytest.fixture(scope="module")
def standing(evaluator: Evaluator) -> Standing:
    @cache
    def on(day: date) -> Evaluation:
        table = evaluator.relation(resources.RELATION, Moment(day), order="school_id, stage")
        rules = Rules.on(day)
        rows = school_rows.of_records(table.to_pylist())
        return verdict.evaluate(resources.assess(rows, rules), rules)

    return on


def stage(found: Evaluation, name: str) -> verdict.StageVerdict:
    return next(one for one in found.stages if one.stage.value == name)


def school(found: Evaluation, name: str, of: str = "") -> verdict.SchoolVerdict:
    return next(
        one for one in found.schools
        if one.stage.row.school == name and of in ("", one.stage.row.stage.value)
    )  # fmt: skip


def missing(one: verdict.SchoolVerdict) -> dict[str, int]:
    return {
        name: round(m.missing) for name, m in one.stage.measured.items() if m and m.missing
    }  # fmt: skip


def test_all_but_three_of_27_stages_pass_and_nothing_is_unreported_today(
    standing: Standing,
) -> None:
    found = standing(NOW)

    assert [(one.stage.value, one.passed, one.schools) for one in found.stages] == [
        ("primary", 17, 18), ("junior", 7, 9),
    ]  # fmt: skip
    assert Verdict.UNKNOWN not in {one.verdict for one in found.schools}


def test_lead_teachers_are_heaped_at_one_school_and_apart_beyond_the_limit(
    standing: Standing,
) -> None:
    found = standing(NOW)

    primary = stage(found, "primary")
    apart = [n for n, one in primary.spreads.items() if one and not one.is_within(primary.limit)]
    assert apart == ["lead_teachers"]
    heaped = school(found, "示例皇冠小学").stage.measured["lead_teachers"]
    assert heaped is not None
    assert heaped.value > 3


def test_the_schools_that_fall_short_lack_a_few_teachers_rooms_or_equipment(
    standing: Standing,
) -> None:
    failing = {
        one.stage.row.school: missing(one)
        for one in standing(NOW).schools
        if one.verdict == Verdict.UNMET
    }

    assert failing.keys() == {"示例韩乐坊小学", "示例凤林中学", "示例锦宏学校"}
    assert failing["示例韩乐坊小学"] == {"lead_teachers": 1, "multimedia_classrooms": 1}
    assert failing["示例凤林中学"] == {"lead_teachers": 3, "sports_arts_teachers": 1}
    assert failing["示例锦宏学校"].keys() == {"equipment_value"}


def test_one_school_passes_though_its_seventh_lies_between_the_floor_and_the_line(
    standing: Standing,
) -> None:
    one = school(standing(NOW), "示例蓝山小学")

    seventh = one.stage.measured["sports_area"]
    assert (one.verdict, one.met) == (Verdict.MET, 6)
    assert seventh is not None
    assert Rules.on(NOW).floor < seventh.value / seventh.line < 1


def test_one_school_prints_a_line_that_it_does_not_reach(standing: Standing) -> None:
    borderline = {
        one.stage.row.school: one.borderline for one in standing(NOW).schools if one.borderline
    }

    assert borderline == {"示例蒿泊小学": ("teaching_area",)}


def test_the_teaching_point_of_less_than_50_pupils_is_left_out(standing: Standing) -> None:
    [left_out] = standing(NOW).assessed.excluded

    assert left_out.row.school == "示例沙龙王教学点"
    assert left_out.row.pupils < 50


def test_from_year_to_year_more_schools_pass_and_lead_teachers_lie_less_apart(
    standing: Standing,
) -> None:
    years = [standing(day) for day in [*PAST, NOW]]

    for name in ("primary", "junior"):
        passed = [stage(one, name).passed for one in years]
        assert passed == sorted(passed)
        assert passed[0] < passed[-1]
    spreads = [stage(one, "primary").spreads["lead_teachers"] for one in years]
    apart = [one.coefficient or 0 for one in spreads if one is not None]
    assert apart == sorted(apart, reverse=True)


def test_visiting_teachers_were_not_reported_before_2023_and_everything_since(
    standing: Standing,
) -> None:
    blank = [
        [name for name, spread in stage(standing(day), "primary").spreads.items() if spread is None]
        for day in [*PAST, NOW]
    ]

    assert blank == [["sports_arts_teachers"]] * 2 + [[]] * 4


def test_the_mark_of_a_record_says_what_the_titles_say(district: sqlite3.Connection) -> None:
    live = "superseded_at IS NULL"
    titled = f"""SELECT staff_id FROM staff_stafftitle WHERE {live} AND kind = 'lead_teacher'
        AND starts_on <= '{NOW}' AND ends_on > '{NOW}'"""

    marked = f"SELECT staff_id FROM staff_staffrecord WHERE {live} AND is_lead_teacher"

    assert sorted(district.execute(titled)) == sorted(district.execute(marked))
    assert "is_lead_teacher" in COLUMNS["staff_staffrecord"]


def test_whoever_became_a_lead_teacher_was_none_before(district: sqlite3.Connection) -> None:
    chains = district.execute(
        "SELECT staff_id, group_concat(is_lead_teacher) FROM (SELECT * FROM staff_staffrecord "
        "ORDER BY staff_id, recorded_at) GROUP BY 1 HAVING count(*) > 1"
    ).fetchall()

    assert chains
    assert all("0,0" not in chain and "1,1" not in chain for _id, chain in chains)
