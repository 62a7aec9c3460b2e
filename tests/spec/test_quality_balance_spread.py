"""Which schools make a coefficient large, and how far each is from falling."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.analytics.quality_balance import margins, spreading
from gengdu.analytics.quality_balance.margins import Margin
from gengdu.analytics.quality_balance.resources import INDICATORS, Rules
from gengdu.analytics.quality_balance.school_rows import Stage
from gengdu.analytics.quality_balance.verdict import Evaluation
from tests.spec.test_quality_balance import GOOD, JUNIOR, ON, evaluated

NAMES = st.sampled_from(INDICATORS)
COUNTY = st.lists(st.tuples(st.integers(1, 2_000), st.integers(0, 60)), min_size=2, max_size=8)


def parts(found: Evaluation, name: str = "lead_teachers") -> tuple[spreading.Part, ...]:
    return spreading.parts(found, Stage.PRIMARY, name)


def lead(*schools: tuple[int, int]) -> Evaluation:
    """Return primary schools of which only the pupils and lead teachers are given."""
    return evaluated(
        *({"school": f"第{n}小学", "pupils": pupils, "backbone_teachers": teachers}
          for n, (pupils, teachers) in enumerate(schools, start=1))
    )  # fmt: skip


@given(COUNTY)
def test_the_parts_of_all_schools_make_the_whole_variance(schools: list[tuple[int, int]]) -> None:
    found = lead(*schools)

    spread = found.stages[0].spreads["lead_teachers"]
    made = parts(found)

    assert spread is not None
    assert sum(part.weight for part in made) == 1
    assert sum(part.of_variance for part in made) == (1 if spread.variance else 0)
    for part in made:
        distance = part.measured.value - spread.mean
        assert part.of_variance * spread.variance == part.weight * distance**2


def test_parts_of_a_case_reckoned_by_hand() -> None:
    """100 pupils at 1 and 2, 200 at 4: mean 2.75, variance 1.6875, of it 0.7656…"""
    found = lead((100, 1), (100, 2), (200, 8))

    made = parts(found)

    assert [part.of_variance for part in made] == [
        Fraction(49, 64) / Fraction(27, 16), Fraction(9, 64) / Fraction(27, 16),
        Fraction(50, 64) / Fraction(27, 16),
    ]  # fmt: skip
    first = spreading.first_to_move(made)
    assert first is not None
    assert first.school.stage.row.school == "第3小学"
    assert first.is_above
    # at the others' mean of 1.5 all lie 0.25 of 0.5 apart: root of 0.125 over 1.5
    assert first.without is not None
    assert first.without**2 == pytest.approx(Fraction(1, 8) / Fraction(9, 4))


def test_the_school_to_move_first_lowers_the_coefficient_when_it_moves() -> None:
    found = lead((300, 3), (500, 6), (900, 30))
    spread = found.stages[0].spreads["lead_teachers"]

    first = spreading.first_to_move(parts(found))

    assert first is not None
    assert spread is not None
    assert (first.without or 0) < (spread.coefficient or 0)


def test_schools_that_do_not_differ_name_nobody_and_one_alone_cannot_be_compared() -> None:
    alike, alone = lead((100, 2), (200, 4)), lead((100, 2))

    assert [part.of_variance for part in parts(alike)] == [0, 0]
    assert spreading.first_to_move(parts(alike)) is None
    assert parts(alone)[0].without is None


def test_where_a_school_has_not_reported_there_are_no_parts() -> None:
    found = evaluated(GOOD, {"school": "乙小学", "backbone_teachers": None})

    assert parts(found) == ()
    assert len(parts(found, "teaching_area")) == 2


def test_unweighted_every_school_is_one_and_the_parts_still_make_the_whole() -> None:
    found = lead((100, 1), (900, 18))

    made = spreading.parts(found, Stage.PRIMARY, "lead_teachers", is_weighted=False)

    assert [part.weight for part in made] == [Fraction(1, 2)] * 2
    assert [part.of_variance for part in made] == [Fraction(1, 2)] * 2


# Margins


def of(found: Evaluation, place: int = 0) -> dict[str, Margin]:
    return dict(margins.margins(found.schools[place], Rules.on(ON)))


def test_a_school_exactly_on_its_lines_has_nothing_to_spare() -> None:
    made = of(evaluated(GOOD))

    assert {one.spare for one in made.values()} == {0}
    assert {one.spare_pupils for one in made.values()} == {0}
    assert made["lead_teachers"].to_fall == 1  # nine of ten are the floor of 85 % and a half


def test_a_school_with_one_below_its_line_falls_with_the_next_teacher_lost() -> None:
    made = of(evaluated({"sports_area_m2": 7000}))

    assert made["sports_area"].is_at_floor
    assert made["lead_teachers"].to_fall == 0
    assert made["sports_area"].to_fall == 7000 - Fraction("0.85") * 7500
    assert margins.tightest(made)[0].to_fall == 0


def test_a_school_that_fails_has_nothing_left_to_lose_but_a_floor_to_reach() -> None:
    made = of(evaluated({"backbone_teachers": 7}))

    assert {one.to_fall for one in made.values()} == {None}
    assert (made["lead_teachers"].measured.missing, made["lead_teachers"].to_floor) == (3, 2)
    assert margins.tightest(made) == []


WHOLE = {"qualified_teachers": "teachers_above", "lead_teachers": "backbone_teachers",
         "sports_arts_teachers": "pe_art_teachers",
         "multimedia_classrooms": "multimedia_rooms"}  # fmt: skip


@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 6), st.booleans())
def test_losing_as_many_keeps_the_verdict_and_one_more_costs_it(
    name: str, more: int, has_miss: bool
) -> None:
    row = {**GOOD, WHOLE[name]: GOOD[WHOLE[name]] + more,
           **({"equipment_yuan": 1_800_000} if has_miss else {})}  # fmt: skip
    to_fall = of(evaluated(row))[name].to_fall
    assert to_fall is not None

    kept = evaluated({**row, WHOLE[name]: row[WHOLE[name]] - int(to_fall)})
    lost = evaluated({**row, WHOLE[name]: row[WHOLE[name]] - int(to_fall) - 1})

    assert (kept.verdict, lost.verdict) == ("pass", "fail")


@given(st.integers(0, 5))
def test_as_many_more_pupils_keep_the_line_and_one_more_misses_it(more: int) -> None:
    row = {"backbone_teachers": 10 + more}
    spare = of(evaluated(row))["lead_teachers"].spare_pupils
    assert spare is not None

    for pupils, is_met in ((1000 + spare, True), (1001 + spare, False)):
        measured = evaluated({**row, "pupils": pupils}).schools[0].stage.measured["lead_teachers"]
        assert measured is not None
        assert measured.is_met == is_met


def test_a_junior_stage_is_held_against_its_own_lines() -> None:
    made = of(evaluated(JUNIOR))

    assert {one.of_line for one in made.values()} == {1}
