"""Small counts of children are hidden from people who may not see the children."""

from __future__ import annotations

import pytest

from gengdu.analytics import cards, disclosure
from gengdu.analytics.forms import NOTHING, Counts
from gengdu.policy import facts
from tests.spec.cases import DAY

THRESHOLD = 5


@pytest.mark.parametrize(
    ("counted", "rows", "is_hidden"),
    [
        pytest.param(4, 20, True, id="four paid"),
        pytest.param(5, 20, False, id="five paid"),
        pytest.param(16, 20, True, id="four not paid"),
        pytest.param(15, 20, False, id="five not paid"),
        pytest.param(19, 20, True, id="one not paid"),
        pytest.param(1, 1, True, id="a single child"),
        pytest.param(4, 4, True, id="all of four"),
        pytest.param(0, 4, True, id="none of four"),
        pytest.param(5, 5, False, id="all of five"),
        pytest.param(0, 5, False, id="none of five"),
        pytest.param(0, 0, False, id="nobody"),
    ],
)
def test_a_count_below_the_threshold_on_either_side_is_hidden(counted, rows, is_hidden) -> None:
    found = disclosure.is_hidden(Counts(counted, rows), THRESHOLD)

    assert found is is_hidden


def test_nothing_counted_hides_nothing() -> None:
    found = disclosure.is_hidden(NOTHING, THRESHOLD)

    assert found is False


def test_the_threshold_is_a_setting_of_the_bureau() -> None:
    threshold = facts.value("settings.small_count", on=facts.date.fromisoformat(DAY))

    assert threshold == THRESHOLD


def test_every_indicator_whose_rows_are_children_hides_small_counts() -> None:
    shown = [
        card.name
        for card in cards.cards().values()
        if card.sensitivity == "child" and card.disclosure != "small_counts"
    ]

    assert shown == []
