"""县域义务教育优质均衡: the resource part as the standard has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.analytics.quality_balance import resources, school_rows, telling, verdict
from gengdu.analytics.quality_balance.resources import INDICATORS, Measured, Rules
from gengdu.analytics.quality_balance.school_rows import COLUMNS, Faulty
from gengdu.analytics.quality_balance.verdict import Evaluation, Spread

ON = date(2025, 12, 31)
GOOD: dict[str, Any] = {
    "school": "甲小学", "category": "primary", "stage": "primary", "pupils": 1000,
    "teachers_above": 42, "backbone_teachers": 10, "pe_art_teachers": 9,
    "visiting_pe_art_teachers": 0, "teaching_area_m2": 5000, "indoor_sports_area_m2": 500,
    "sports_area_m2": 7500, "equipment_yuan": 2_000_000, "multimedia_rooms": 23, "rural": 0,
}  # fmt: skip
JUNIOR: dict[str, Any] = {
    **GOOD, "school": "乙中学", "category": "junior", "stage": "junior", "teachers_above": 53,
    "teaching_area_m2": 6300, "sports_area_m2": 10_200, "equipment_yuan": 2_500_000,
    "multimedia_rooms": 24,
}  # fmt: skip


def evaluated(*given: dict[str, Any], strict: bool = False, on: date = ON) -> Evaluation:
    """Return the evaluation of rows, each like a good primary school but for what is given."""
    rows = [{**GOOD, **row} for row in given]
    table: list[tuple[int, list[object]]] = [(1, list(COLUMNS))]
    table += [(n, [row[name] for name in COLUMNS]) for n, row in enumerate(rows, start=2)]
    rules = Rules.on(on, strict=strict)
    return verdict.evaluate(resources.assess(school_rows.read(table), rules), rules)


def value(found: Evaluation, name: str, place: int = 0) -> Fraction | None:
    measured = found.schools[place].stage.measured[name]
    return measured.value if measured is not None else None


def faults(*given: dict[str, Any]) -> list[tuple[int, str]]:
    with pytest.raises(Faulty) as caught:
        evaluated(*given)
    return [(fault.row, fault.column) for fault in caught.value.faults]


# The seven values


def test_a_school_exactly_on_every_line_passes_with_seven_met() -> None:
    [primary, junior] = evaluated(GOOD, JUNIOR).schools

    assert (primary.met, primary.verdict) == (7, "pass")
    assert (junior.met, junior.verdict) == (7, "pass")


def test_teaching_rooms_leave_indoor_sports_out_and_sports_grounds_hold_it() -> None:
    found = evaluated({"teaching_area_m2": 5000, "indoor_sports_area_m2": 600})

    assert value(found, "teaching_area") == Fraction(44, 10)
    assert value(found, "sports_area") == Fraction(75, 10)


@pytest.mark.parametrize(
    ("pupils", "rural", "strict", "counted"),
    [(49, 1, False, 1), (50, 1, False, 3), (99, 1, False, 3), (100, 1, False, 1),
     (60, 0, False, 1), (60, 1, True, 1)],
)  # fmt: skip
def test_visiting_teachers_count_in_rural_schools_of_50_to_99_pupils_unless_strict(
    pupils: int, rural: int, strict: bool, counted: int
) -> None:
    row = {"pupils": pupils, "rural": rural, "pe_art_teachers": 1, "visiting_pe_art_teachers": 2}

    found = evaluated(row, strict=strict)

    assert value(found, "sports_arts_teachers") == Fraction(100 * counted, pupils)


# Combined schools


def test_a_nine_year_school_splits_rooms_1_to_1_1_and_counts_teachers_by_stage() -> None:
    school = {"school": "九年", "category": "nine_year", "multimedia_rooms": 40}
    found = evaluated(
        {**school, "pupils": 600, "teachers_above": 30},
        {**school, "stage": "junior", "pupils": 400, "teachers_above": 28},
    )

    whole = 600 + Fraction(11, 10) * 400
    assert value(found, "multimedia_classrooms", 0) == 100 * Fraction(40) / whole
    assert value(found, "multimedia_classrooms", 1) == Fraction(11, 10) * 100 * 40 / whole
    assert value(found, "qualified_teachers", 0) == Fraction(3000, 600)
    assert value(found, "qualified_teachers", 1) == Fraction(2800, 400)


def test_the_seniors_of_a_complete_secondary_school_weigh_1_2_and_are_not_assessed() -> None:
    school = {"school": "完中", "category": "complete_secondary", "equipment_yuan": 4_000_000}
    found = evaluated(
        {**school, "stage": "junior", "pupils": 500}, {**school, "stage": "senior", "pupils": 500}
    )

    assert len(found.schools) == 1
    assert value(found, "equipment_value") == Fraction(4_000_000) / (500 + Fraction(12, 10) * 500)


def test_a_twelve_year_school_weighs_1_to_1_1_to_1_32() -> None:
    school = {"school": "十二年", "category": "twelve_year", "sports_area_m2": 12_000}
    found = evaluated(
        {**school, "stage": "primary", "pupils": 300},
        {**school, "stage": "junior", "pupils": 200},
        {**school, "stage": "senior", "pupils": 100},
    )

    whole = 300 + Fraction(11, 10) * 200 + Fraction(132, 100) * 100
    assert value(found, "sports_area", 0) == 12_000 / whole
    assert value(found, "sports_area", 1) == 12_000 / (whole / Fraction(11, 10))
    assert not found.assessed.warnings


def test_a_stage_whose_row_is_missing_is_named() -> None:
    found = evaluated({"school": "九年", "category": "nine_year"})

    assert any("九年" in warning and "junior" in warning for warning in found.assessed.warnings)


# Who is assessed


@pytest.mark.parametrize(("pupils", "is_in"), [(49, False), (50, True)])
def test_a_teaching_point_is_assessed_from_50_pupils(pupils: int, is_in: bool) -> None:
    found = evaluated(GOOD, {"school": "点", "category": "teaching_point", "pupils": pupils})

    assert (len(found.schools) == 2) == is_in
    assert [one.row.school for one in found.assessed.excluded] == ([] if is_in else ["点"])


def test_a_small_primary_school_is_assessed_below_50_pupils() -> None:
    assert len(evaluated({"pupils": 30}).schools) == 1


# The rule for a school: six of seven, the seventh at 85 %


@pytest.mark.parametrize(
    ("backbone", "pupils", "expected"),
    [(85, 10_000, "pass"), (8499, 1_000_000, "fail"), (10, 1000, "pass"), (0, 1000, "fail")],
)
def test_the_one_that_is_not_met_has_to_reach_85_percent(
    backbone: int, pupils: int, expected: str
) -> None:
    scale = Fraction(pupils, 1000)
    row = {
        name: int(GOOD[name] * scale)
        for name in ("teachers_above", "pe_art_teachers", "teaching_area_m2",
                     "indoor_sports_area_m2", "sports_area_m2", "equipment_yuan",
                     "multimedia_rooms")
    }  # fmt: skip

    [school] = evaluated({**row, "pupils": pupils, "backbone_teachers": backbone}).schools

    assert school.verdict == expected


def test_two_below_their_lines_fail_however_near_they_are() -> None:
    [school] = evaluated({"backbone_teachers": 9, "pe_art_teachers": 8}).schools

    assert (school.met, school.verdict) == (5, "fail")
    assert "差 1 名骨干教师" in school.reason_zh
    assert "差 1 名体育、艺术教师" in school.reason_zh


def test_a_value_that_only_rounding_lifts_over_its_line_is_called_borderline() -> None:
    [school] = evaluated({"equipment_yuan": 1_999_996}).schools

    assert school.met == 6
    assert school.borderline == ("equipment_value",)


# The coefficient of variation


def test_the_worked_example_of_five_schools_comes_out() -> None:
    pupils, books = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    schools = []
    for count, held in zip(pupils, books, strict=True):
        [school] = evaluated({"pupils": count}).schools
        measured = Measured(Fraction(held), Fraction(count), Fraction(1), 1)
        stage = replace(school.stage, measured={"books": measured})
        schools.append(replace(school, stage=stage))

    spread = verdict._spread("books", schools)

    assert spread is not None
    assert round(float(spread.mean), 6) == 6.334437
    assert round(float(spread.deviation), 6) == 3.263861
    assert spread.coefficient is not None
    assert round(float(spread.coefficient), 6) == 0.515257
    plain = verdict._spread("books", schools, is_weighted=False)
    assert plain is not None
    assert plain.coefficient is not None
    assert round(float(plain.coefficient), 6) == 0.546462


@pytest.mark.parametrize(
    ("mean", "deviation", "coefficient", "is_within"),
    [("5.515273", "1.643162", "0.297929", True), ("0.887611", "0.445392", "0.501787", False),
     ("0.879277", "0.353427", "0.401952", True), ("4.563288", "1.316139", "0.288419", True),
     ("7.925946", "2.975795", "0.375450", True), ("2496.674864", "780.914372", "0.312782", True),
     ("2.784743", "1.097759", "0.394205", True)],
)  # fmt: skip
def test_the_published_table_of_jiujiang_comes_out(
    mean: str, deviation: str, coefficient: str, is_within: bool
) -> None:
    spread = Spread(Fraction(mean), Fraction(deviation) ** 2)

    assert spread.coefficient is not None
    assert f"{float(spread.coefficient):.6f}" == coefficient
    assert spread.is_within(Fraction(1, 2)) == is_within


def test_each_coefficient_has_to_keep_its_limit_and_the_mean_of_all_is_only_told() -> None:
    found = evaluated(GOOD, {"school": "丙", "backbone_teachers": 60})
    [stage] = found.stages

    assert [one.verdict for one in found.schools] == ["pass", "pass"]
    assert stage.verdict == "fail"
    assert "骨干教师差异系数 0.714 大于 0.500" in stage.reason_zh
    assert stage.composite is not None
    assert float(stage.composite) == pytest.approx(0.714285714 / 7)


def test_a_coefficient_exactly_on_the_limit_is_within_it() -> None:
    assert Spread(Fraction(2), Fraction(1)).is_within(Fraction(1, 2))
    assert not Spread(Fraction(2), Fraction(1) + Fraction(1, 10**30)).is_within(Fraction(1, 2))
    assert not Spread(Fraction(0), Fraction(0)).is_within(Fraction(1, 2))


@given(
    st.lists(
        st.tuples(st.integers(1, 3000), st.integers(0, 300)), min_size=1, max_size=8
    )
)  # fmt: skip
def test_the_mean_is_what_there_is_over_all_pupils_and_copies_change_no_spread(
    drawn: list[tuple[int, int]],
) -> None:
    rows = [
        {"school": f"校{n}", "pupils": pupils, "backbone_teachers": teachers}
        for n, (pupils, teachers) in enumerate(drawn)
    ]
    twice = [*rows, *({**row, "school": f"{row['school']}再"} for row in rows)]

    once_spread, twice_spread = (
        evaluated(*some).stages[0].spreads["lead_teachers"] for some in (rows, twice)
    )

    assert once_spread == twice_spread
    assert once_spread is not None
    total = sum(pupils for pupils, _teachers in drawn)
    assert once_spread.mean == Fraction(100 * sum(teachers for _p, teachers in drawn), total)


# What was not reported, and what is wrong


def test_what_was_not_reported_is_never_nothing() -> None:
    found = evaluated(GOOD, {"school": "丁", "equipment_yuan": None})
    [_good, school] = found.schools
    [stage] = found.stages

    assert (school.verdict, school.met) == ("not_reported", 6)
    assert "教学仪器设备值" in school.reason_zh
    assert stage.spreads["equipment_value"] is None
    assert stage.composite is None
    assert (stage.verdict, found.verdict) == ("not_reported", "not_reported")


def test_a_school_that_fails_anyway_fails_whatever_is_still_to_be_reported() -> None:
    found = evaluated({"equipment_yuan": None, "backbone_teachers": 0})

    assert found.schools[0].verdict == "fail"


def test_every_fault_is_named_with_its_row_and_column() -> None:
    found = faults(
        {"pupils": "许多", "rural": 2},
        {"school": "乙", "category": "college"},
        {"school": "丙", "stage": "senior"},
        {"school": "丁", "teachers_above": -1, "backbone_teachers": "1.5"},
        {"school": "戊", "indoor_sports_area_m2": 9000},
        {"school": "", "equipment_yuan": "1e99"},
    )

    assert found == [
        (2, "pupils"), (2, "rural"), (3, "category"), (4, "stage"), (5, "backbone_teachers"),
        (5, "teachers_above"), (6, "sports_area_m2"), (6, "teaching_area_m2"),
        (7, "equipment_yuan"), (7, "school"),
    ]  # fmt: skip


def test_rows_of_one_school_that_contradict_each_other_are_refused() -> None:
    nine = {"school": "九年", "category": "nine_year"}

    assert faults(nine, {**nine, "stage": "junior", "multimedia_rooms": 99}) == [
        (3, "multimedia_rooms")
    ]
    assert faults(GOOD, GOOD) == [(3, "school")]


@pytest.mark.parametrize(
    ("head", "columns"),
    [([], set(COLUMNS)), ([*COLUMNS, "school"], {"school"}), ([*COLUMNS, "note"], {"note"})],
)
def test_a_head_that_lacks_doubles_or_adds_columns_is_refused(
    head: list[str], columns: set[str]
) -> None:
    with pytest.raises(Faulty) as caught:
        school_rows.read([(1, head)])

    assert {fault.column for fault in caught.value.faults} == columns


def test_the_data_holds_every_number_unrounded_and_nothing_twice() -> None:
    told = telling.as_data(
        evaluated({"pupils": 7}, {"school": "点", "category": "teaching_point", "pupils": 3})
    )

    [school], [stage] = told["schools"], told["stages"]
    assert list(school["values"]) == list(INDICATORS) == list(stage["coefficients"])
    assert school["values"]["lead_teachers"] == float(Decimal(1000) / 7)
    assert [one["school"] for one in told["excluded"]] == ["点"]
    assert stage["coefficients"]["lead_teachers"] == 0
