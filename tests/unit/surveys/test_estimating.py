"""What a stratified sample says of everybody: cases worked by hand, and what must always hold."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.analytics.surveys.estimating import Cell, collapsed, estimate, wilson


def cell(population: int, answered: int, counted: int, *pool: str) -> Cell:
    return Cell(pool or ("g", "t"), population, answered, counted)


def test_two_strata_worked_by_hand() -> None:
    """W = 1/4, 3/4; p = 0.9, 0.5; v = (1/16)(0.9)(0.09/9) + (9/16)(14/15)(0.25/19)."""
    found = estimate([cell(100, 10, 9), cell(300, 20, 10)], confidence=0.95)
    variance = 0.9 * 0.01 / 16 + 9 / 16 * 14 / 15 * 0.25 / 19

    assert found.value == pytest.approx(0.6)
    assert found.error == pytest.approx(sqrt(variance))
    assert found.unweighted == pytest.approx(19 / 30)
    assert (found.low, found.high) == pytest.approx(wilson(0.6, 0.24 / variance, 0.95))


def test_the_weighted_share_differs_where_the_dissatisfied_answer_less() -> None:
    found = estimate([cell(900, 10, 5), cell(100, 90, 90)], confidence=0.95)

    assert found.value == pytest.approx(0.55)
    assert found.unweighted == pytest.approx(0.95)


def test_one_stratum_has_a_design_effect_of_one() -> None:
    found = estimate([cell(1_000, 50, 40)], confidence=0.95)

    assert found.design_effect == pytest.approx(1)


def test_wilson_is_that_of_the_textbook() -> None:
    """81 of 263: Newcombe (1998), Statistics in Medicine 17, gives 0.2553 to 0.3662."""
    assert wilson(81 / 263, 263, 0.95) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_where_everybody_is_satisfied_the_interval_still_has_a_width() -> None:
    found = estimate([cell(100, 10, 10), cell(100, 10, 10)], confidence=0.95)

    assert found.value == found.high == 1
    assert found.low is not None
    assert 0.8 < found.low < 0.9  # 20 answers, corrected for being a tenth of all: size 22.2
    assert found.low == pytest.approx(wilson(1.0, 20 / 0.9, 0.95)[0])


def test_few_who_nearly_all_agree_say_no_more_than_a_plain_sample_of_as_many() -> None:
    # One stratum of four has a "no"; the others, of three to ten answers, have no variance.
    found = estimate(
        [cell(20, 4, 3), cell(120, 9, 9), cell(100, 10, 10), cell(60, 3, 3)], confidence=0.95
    )

    assert found.value is not None
    assert (found.low, found.high) == wilson(found.value, 26 / (1 - 26 / 300), 0.95)


def test_where_everybody_answered_there_is_nothing_to_be_unsure_of() -> None:
    found = estimate([cell(4, 4, 3), cell(1, 1, 0)], confidence=0.95)

    assert found.value == found.low == found.high == pytest.approx(0.6)


def test_a_stratum_of_one_who_answered_is_not_weak() -> None:
    kept, uncovered = collapsed([cell(1, 1, 1), cell(50, 20, 10)])

    assert (len(kept), uncovered) == (2, 0)


def test_strata_without_answers_are_put_with_their_like_of_the_same_town() -> None:
    found = estimate(
        [cell(40, 0, 0, "parents", "a"), cell(60, 10, 8, "parents", "a"),
         cell(100, 10, 2, "parents", "b")], confidence=0.95,
    )  # fmt: skip

    assert found.value == pytest.approx(0.5)  # 100 of town a at 0.8, 100 of town b at 0.2
    assert (found.pooled, found.uncovered, found.population) == (1, 0, 200)


def test_a_group_of_which_nobody_answered_is_not_covered_and_said_to_be() -> None:
    found = estimate(
        [cell(40, 0, 0, "teachers", "a"), cell(60, 10, 8, "parents", "a")], confidence=0.95
    )

    assert (found.value, found.population, found.uncovered) == (0.8, 60, 40)


def test_without_answers_there_is_no_value() -> None:
    found = estimate([cell(40, 0, 0)], confidence=0.95)

    assert found.value is None
    assert found.uncovered == 40


@st.composite
def strata(draw: st.DrawFn) -> list[Cell]:
    made = []
    for _ in range(draw(st.integers(1, 8))):
        population = draw(st.integers(1, 400))
        answered = draw(st.integers(0, population))
        pool = (draw(st.sampled_from("gh")), draw(st.sampled_from("ab")))
        made.append(Cell(pool, population, answered, draw(st.integers(0, answered))))
    return made


@given(strata(), st.floats(0.5, 0.999))
def test_the_interval_holds_the_value_and_stays_within_0_and_1(
    cells: list[Cell], confidence: float
) -> None:
    found = estimate(cells, confidence=confidence)

    assert found.population + found.uncovered == sum(one.population for one in cells)
    assert found.answered == sum(one.answered for one in cells)
    if found.value is not None:
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high <= 1


@given(strata())
def test_no_interval_is_narrower_than_that_of_a_simple_random_sample_of_as_many(
    cells: list[Cell],
) -> None:
    found = estimate(cells, confidence=0.95)

    if found.value is not None and found.answered < found.population:
        size = found.answered / (1 - found.answered / found.population)
        low, high = wilson(found.value, size, 0.95)
        assert found.low is not None
        assert found.high is not None
        assert found.high - found.low >= high - low - 1e-9


@given(strata())
def test_the_order_of_strata_does_not_matter_and_the_opposite_is_the_rest(
    cells: list[Cell],
) -> None:
    found = estimate(cells, confidence=0.95)
    opposite = estimate(
        [Cell(one.pool, one.population, one.answered, one.answered - one.counted)
         for one in cells], confidence=0.95,
    )  # fmt: skip

    if found.value is not None:
        assert opposite.value == pytest.approx(1 - found.value)
        assert opposite.low == pytest.approx(1 - (found.high or 0))
