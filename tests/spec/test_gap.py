"""How many rows must change for a promise to be kept, checked against trying one more each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gengdu.analytics import forms, gap, standing
from gengdu.analytics.forms import Counts, Parts
from gengdu.analytics.standing import Target
from gengdu.policy import facts

DAY = date(2025, 12, 31)
ALL = standing.target_on(facts.fact("campus_titles.green_share"), DAY)
HALF = standing.target_on(facts.fact("principals.young_leader_share"), DAY)
NEARLY_ALL = standing.target_on(facts.fact("family_education.station_share"), DAY)
RATIO = standing.target_on(facts.fact("goals.degree_ratio"), DAY)
NO_CLOSING = standing.target_on(facts.fact("school_siting.blanket_closing"), DAY)
NO_INCREASE = standing.target_on(facts.fact("school_siting.small_school_increase"), DAY)
A_TITLE = standing.target_on(facts.fact("campus_titles.civility_province"), DAY)
MORE_MONEY = standing.target_on(facts.fact("task_ledger.spending_growth"), DAY)


def share(counted: int, rows: int) -> Parts:
    return {"all": Counts(counted, rows)}


def ratio(city: tuple[int, int], rural: tuple[int, int]) -> Parts:
    return {"city": Counts(*city), "rural": Counts(*rural)}


@pytest.mark.parametrize(
    ("form", "parts", "target", "missing"),
    [
        pytest.param("share", share(13, 29), ALL, 16, id="all of 29"),
        pytest.param("share", share(29, 29), ALL, 0, id="all there"),
        pytest.param("share", share(14, 29), HALF, 1, id="half of 29 is 15"),
        pytest.param("share", share(14, 28), HALF, 0, id="half of 28 is 14"),
        pytest.param("share", share(18, 20), NEARLY_ALL, 1, id="95 % of 20 is 19"),
        pytest.param("share", share(94, 100), NEARLY_ALL, 1, id="95 % of 100"),
        pytest.param("count", share(0, 5), A_TITLE, 1, id="one title wanted"),
        pytest.param("count", share(3, 5), A_TITLE, 0, id="more than wanted"),
        pytest.param("count", share(2, 5), NO_CLOSING, 2, id="two closings too many"),
        pytest.param("count", {}, NO_CLOSING, 0, id="no closing"),
        pytest.param(
            "increase", {"now": Counts(5, 5), "baseline": Counts(3, 3)}, NO_INCREASE, 2, id="more"
        ),
        pytest.param(
            "increase", {"now": Counts(3, 3), "baseline": Counts(5, 5)}, NO_INCREASE, 0, id="fewer"
        ),
        # 0.98 ÷ ((97 + k) ÷ 100) ≤ 1.01 asks for 97.0297…, so one more; standards §13.7.
        pytest.param("ratio_of_shares", ratio((931, 950), (97, 100)), RATIO, 1, id="prints 1.01"),
        pytest.param("ratio_of_shares", ratio((520, 560), (268, 290)), RATIO, 0, id="met"),
        # 0.96 ÷ ((190 + k) ÷ 200) ≤ 1.01 asks for 190.09…
        pytest.param("ratio_of_shares", ratio((480, 500), (190, 200)), RATIO, 1, id="just above"),
        pytest.param("ratio_of_shares", ratio((101, 101), (100, 101)), RATIO, 0, id="exactly 1.01"),
    ],
)
def test_the_gap_is_the_smallest_number_of_rows_that_closes_it(
    form, parts, target, missing
) -> None:
    found = gap.missing_units(form, parts, target)

    assert found == missing


@pytest.mark.parametrize(
    ("form", "parts", "target"),
    [
        pytest.param("growth", {}, MORE_MONEY, id="money"),
        pytest.param("ratio_of_shares", ratio((9, 10), (0, 0)), RATIO, id="no rural teacher"),
        pytest.param("ratio_of_shares", ratio((0, 0), (9, 10)), RATIO, id="no city teacher"),
        pytest.param("share", share(1, 2), replace(ALL, counts_from=None), id="no number asked"),
    ],
)
def test_where_rows_do_not_say_it_there_is_no_gap_in_rows(form, parts, target) -> None:
    found = gap.missing_units(form, parts, target)

    assert found is None


def tried(form: str, part: str, parts: Parts, target: Target) -> int:
    """Count one more row of a part until the promise is kept."""
    more = 0
    while True:
        counts = parts[part]
        changed = {**parts, part: replace(counts, counted=counts.counted + more)}
        value = forms.value(form, changed)
        if value is not None and target.is_met_by(value):
            return more
        more += 1


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    rows = draw(st.integers(1, 60))
    return draw(st.integers(0, rows)), rows


SHARES = st.fractions(min_value=0, max_value=1, max_denominator=100)
LIMITS = st.fractions(min_value=1, max_value=Fraction(6, 5), max_denominator=1000)


@given(counts(), SHARES)
def test_the_gap_of_a_share_is_what_trying_finds(found, asked) -> None:
    target = replace(ALL, counts_from=asked)

    missing = gap.missing_units("share", share(*found), target)

    assert missing == tried("share", "all", share(*found), target)


@given(counts(), counts(), LIMITS)
def test_the_gap_of_the_ratio_is_what_trying_finds(city, rural, limit) -> None:
    target = replace(RATIO, counts_from=limit)

    missing = gap.missing_units("ratio_of_shares", ratio(city, rural), target)

    assert missing == tried("ratio_of_shares", "rural", ratio(city, rural), target)


@given(counts(), counts(), LIMITS)
def test_the_gap_of_the_ratio_is_never_more_than_the_rural_teachers_left(
    city, rural, limit
) -> None:
    assume(rural[0] < rural[1])
    target = replace(RATIO, counts_from=limit)

    missing = gap.missing_units("ratio_of_shares", ratio(city, rural), target)

    assert missing is not None
    assert missing <= rural[1] - rural[0]
