"""How counts become a value, and how far reports still to come could move it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.analytics import cards, forms
from gengdu.analytics.forms import Counts, Parts, Range


def share(counted: int, rows: int, unreported: int = 0) -> Parts:
    return {"all": Counts(counted, rows, unreported)}


def ratio(city: tuple[int, int, int], rural: tuple[int, int, int]) -> Parts:
    """Return (counted, rows, unreported) of both sides."""
    return {"city": Counts(*city), "rural": Counts(*rural)}


def weights(**parts: str) -> Parts:
    return {part: Counts(1, 1, weight=Fraction(weight)) for part, weight in parts.items()}


@pytest.mark.parametrize(
    ("form", "parts", "value"),
    [
        pytest.param("share", share(13, 29), Fraction(13, 29), id="share"),
        pytest.param("share", share(13, 29, 5), Fraction(13, 29), id="not reported is not yes"),
        pytest.param("share", share(0, 29), 0, id="none of some"),
        pytest.param("share", share(0, 0), None, id="none of nothing"),
        pytest.param("share", {}, None, id="share of no rows"),
        pytest.param("count", share(3, 7), 3, id="count"),
        pytest.param("count", {}, 0, id="count of no rows"),
        pytest.param("increase", {"now": Counts(3, 3), "baseline": Counts(5, 5)}, -2, id="fewer"),
        pytest.param("increase", {"now": Counts(3, 3)}, 3, id="none at the baseline"),
        pytest.param("increase", {}, 0, id="none at all"),
        pytest.param("growth", weights(now="6", before="5"), Fraction(6, 5), id="growth"),
        pytest.param("growth", weights(now="6"), None, id="growth from nothing known"),
        pytest.param("growth", weights(before="5"), None, id="growth to nothing known"),
        pytest.param("growth", weights(now="6", before="0"), None, id="growth from zero"),
        pytest.param("ratio_of_shares", ratio((9, 10, 0), (8, 10, 0)), Fraction(9, 8), id="ratio"),
        pytest.param("ratio_of_shares", ratio((9, 10, 0), (0, 10, 0)), None, id="ratio to zero"),
        pytest.param("ratio_of_shares", ratio((9, 10, 0), (0, 0, 0)), None, id="ratio to nobody"),
        pytest.param("ratio_of_shares", ratio((0, 0, 0), (8, 10, 0)), None, id="ratio of nobody"),
        pytest.param("ratio_of_shares", ratio((0, 10, 0), (8, 10, 0)), 0, id="ratio of zero"),
    ],
)
def test_counts_become_a_value_or_none_where_there_is_nothing_to_divide_by(
    form, parts, value
) -> None:
    found = forms.value(form, parts)

    assert found == value


@pytest.mark.parametrize(("total", "value"), [(400, Fraction(381, 400)), (0, None)])
def test_a_weighted_share_divides_sums(total, value) -> None:
    parts = {"all": Counts(1, 1, weight=Fraction(381), total=Fraction(total))}

    found = forms.value("weighted_share", parts)

    assert found == value


def test_a_form_nobody_defined_is_refused() -> None:
    with pytest.raises(ValueError, match="median"):
        forms.value("median", {})


@pytest.mark.parametrize(
    ("form", "parts", "least", "greatest"),
    [
        pytest.param("share", share(13, 20), "13/20", "13/20", id="all reported"),
        pytest.param("share", share(13, 20, 2), "13/20", "15/20", id="two may say yes"),
        pytest.param("count", share(3, 20, 2), "3", "5", id="two may count"),
        pytest.param(
            "ratio_of_shares", ratio((9, 10, 1), (8, 10, 2)), "9/10", "10/8", id="both sides"
        ),
    ],
)
def test_missing_reports_move_a_value_between_all_no_and_all_yes(
    form, parts, least, greatest
) -> None:
    found = forms.bounds(form, parts)

    assert found == Range(Fraction(least), Fraction(greatest))


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        pytest.param("share", {}, id="no rows"),
        pytest.param("ratio_of_shares", ratio((9, 10, 0), (0, 10, 2)), id="no end to the ratio"),
        pytest.param("growth", {"now": Counts(1, 1, 1)}, id="money not reported"),
    ],
)
def test_where_missing_reports_could_lead_anywhere_there_are_no_bounds(form, parts) -> None:
    found = forms.bounds(form, parts)

    assert found is None


@st.composite
def one_side(draw: st.DrawFn) -> tuple[int, int, int]:
    counted, no, unreported = (draw(st.integers(0, 6)) for _ in range(3))
    return counted, counted + no + unreported, unreported


def answered(side: tuple[int, int, int], yes: int) -> tuple[int, int, int]:
    """Return a side after all its reports came in, `yes` of them saying yes."""
    counted, rows, _ = side
    return counted + yes, rows, 0


@given(one_side(), st.data())
def test_however_the_reports_turn_out_a_share_lies_within_its_bounds(side, data) -> None:
    bounds = forms.bounds("share", share(side[0], side[1], side[2]))

    counted, rows, _ = answered(side, data.draw(st.integers(0, side[2])))
    value = forms.value("share", share(counted, rows))

    assert (bounds is None) == (value is None)
    assert bounds is None or value is None or bounds.least <= value <= bounds.greatest


@given(one_side(), one_side(), st.data())
def test_however_the_reports_turn_out_a_ratio_lies_within_its_bounds(city, rural, data) -> None:
    bounds = forms.bounds("ratio_of_shares", ratio(city, rural))

    turned_out = [answered(side, data.draw(st.integers(0, side[2]))) for side in (city, rural)]
    value = forms.value("ratio_of_shares", ratio(turned_out[0], turned_out[1]))

    assert bounds is None or value is None or bounds.least <= value <= bounds.greatest


@given(one_side(), one_side())
def test_the_counts_of_two_towns_add_up(one, other) -> None:
    added = Counts(*one) + Counts(*other)

    assert added == Counts(*(a + b for a, b in zip(one, other, strict=True)))


def test_every_card_names_a_form_that_has_a_value() -> None:
    for card in cards.cards().values():
        forms.value(card.form, {})
