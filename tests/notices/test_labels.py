"""The labels of the notices point to words that stand there."""

from __future__ import annotations

import pytest

from gengdu.policy import facts
from tests.notices import labels

COMPARISONS = {"at_least", "at_most", "more_than", "less_than", "equal", "about", "range", "title",
               "avoid", "start", "qualitative"}  # fmt: skip
FORCES = {"must", "in_principle", "largely", "generally", "strive", "support"}
KINDS = {"goal", "condition", "rule", "threshold", "standard", "rate", "reference_period",
         "progress"}  # fmt: skip
YEARS = {"year", "day", "relative", "recurring", "start", None}


@pytest.mark.parametrize("name", labels.names())
def test_every_snippet_stands_in_its_notice(name: str) -> None:
    assert labels.load(name).missing == ()


@pytest.mark.parametrize("name", labels.names())
def test_labels_use_the_words_of_the_plan(name: str) -> None:
    for target in labels.load(name).targets:
        for field, words in [
            ("comparison", COMPARISONS),
            ("force", FORCES),
            ("kind", KINDS),
            ("year_kind", YEARS),
        ]:
            choices = target.fields[field]
            assert not isinstance(choices, tuple) or set(choices) <= words, target.text


def test_our_own_notice_has_the_measures_of_the_plan() -> None:
    plan, ours = facts.plan(), labels.load(labels.OURS)

    assert [one.no for one in ours.measures] == list(range(1, 21))
    assert {one.title for one in ours.measures} == {m.label_zh for m in plan.measures if m.number}


def test_some_notices_have_no_target_and_some_no_brackets() -> None:
    every = [labels.load(name) for name in labels.names()]

    assert sum(not any(t.is_goal and not t.optional for t in one.targets) for one in every) >= 3
    assert sum(not any(m.clauses for m in one.measures) for one in every) >= 3
