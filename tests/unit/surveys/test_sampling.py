"""Samples: their size, their shares, and who is drawn."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.analytics.surveys.sampling import (
    ImpossiblePrecision,
    Precision,
    allocate,
    answers_needed,
    drawn,
    units_to_ask,
)

USUAL = Precision(margin=0.05, confidence=0.95, share=0.5, response=0.8)


@pytest.mark.parametrize(
    ("population", "needed"), [(100_000_000, 385), (1_000, 278), (500, 218), (10, 10), (0, 0)]
)
def test_the_size_is_that_of_the_published_tables(population: int, needed: int) -> None:
    """z² p q / d² = 384.16; of 1000: 384.16 / (1 + 383.16 / 1000) = 277.7."""
    assert answers_needed(population, USUAL) == needed


def test_those_who_will_not_answer_are_asked_in_addition() -> None:
    assert units_to_ask(1_000, USUAL) == 348  # 278 / 0.8 = 347.5
    assert units_to_ask(300, USUAL) == 212  # of 300, 169 are needed


@pytest.mark.parametrize(
    "wrong", [{"margin": 0.0}, {"confidence": 1.0}, {"share": 0.0}, {"response": 1.1}]
)
def test_what_no_sample_reaches_is_refused(wrong: dict[str, float]) -> None:
    usual = {"margin": 0.05, "confidence": 0.95, "share": 0.5, "response": 0.8}

    with pytest.raises(ImpossiblePrecision):
        Precision(**{**usual, **wrong})


def test_a_sample_is_shared_in_proportion() -> None:
    assert allocate({"a": 600, "b": 300, "c": 100}, 50) == {"a": 30, "b": 15, "c": 5}


def test_a_small_stratum_has_two_and_the_smallest_is_taken_whole() -> None:
    assert allocate({"a": 990, "b": 9, "c": 1}, 50)["b"] == 2
    assert allocate({"a": 990, "b": 9, "c": 1}, 50)["c"] == 1


@given(
    st.dictionaries(st.integers(), st.integers(0, 3_000), max_size=30), st.integers(0, 4_000),
    st.integers(0, 3),
)  # fmt: skip
def test_no_stratum_gives_more_than_it_has_and_the_sum_reaches_what_was_asked(
    populations: dict[int, int], total: int, at_least: int
) -> None:
    shares = allocate(populations, total, at_least=at_least)

    assert all(0 <= shares[key] <= size for key, size in populations.items())
    assert sum(shares.values()) >= min(total, sum(populations.values()))
    assert all(shares[key] >= min(at_least, size) for key, size in populations.items())


@given(st.sets(st.integers()), st.integers(0, 50), st.integers(0, 50))
def test_a_larger_sample_holds_the_smaller_one(units: set[int], some: int, more: int) -> None:
    smaller, larger = sorted([some, more])

    assert drawn(units, larger, seed="x")[: len(drawn(units, smaller, seed="x"))] == drawn(
        units, smaller, seed="x"
    )


def test_every_unit_is_drawn_about_as_often_as_any_other() -> None:
    found = Counter(unit for seed in range(2_000) for unit in drawn(range(10), 3, seed=str(seed)))

    assert all(500 < count < 700 for count in found.values())  # 600 expected
