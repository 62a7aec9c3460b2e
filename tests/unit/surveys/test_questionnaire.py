"""Questionnaires as written and as answered; which groups are too small to show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.analytics.surveys.hiding import hidden
from gengdu.analytics.surveys.questionnaire import (
    LONGEST_TEXT,
    OWN_WORDING,
    BadQuestionnaire,
    Question,
    Questionnaire,
    checked,
    read,
)


def test_the_questionnaire_to_begin_with_can_be_used_and_is_kept_as_it_is() -> None:
    made = checked(OWN_WORDING.questions, OWN_WORDING.overall, OWN_WORDING.satisfied)

    assert made == OWN_WORDING
    assert Questionnaire.of_json(made.as_json()) == made


@pytest.mark.parametrize(
    ("questions", "overall", "satisfied", "said"),
    [
        ([], "q1", [0], "一道题也没有"),
        ([Question("q1", "text", "说说")], "q1", [0], "总体满意度题"),
        ([Question("q1", "scale", "  ")], "q1", [0], "题干"),
        ([Question("q1", "scale", "满意吗")], "q1", [0, 1, 2, 3, 4], "算满意"),
        ([Question("q1", "scale", "满意吗"), Question("q2", "many", "选", ("一", "一"))], "q1", [0],
         "第 2 题"),
    ],
)  # fmt: skip
def test_a_questionnaire_that_cannot_be_used_is_refused_with_the_reason(
    questions: list[Question], overall: str, satisfied: list[int], said: str
) -> None:
    with pytest.raises(BadQuestionnaire, match=said):
        checked(questions, overall, satisfied)


def test_the_overall_question_is_always_needed() -> None:
    assert "q1" in read(OWN_WORDING, {"q2": ["0"]}).faults


def test_what_was_not_offered_is_not_taken() -> None:
    found = read(OWN_WORDING, {"q1": ["9", "x", "-1"], "q7": ["1", "1", "99"]})

    assert found.answers == {"q7": [1]}
    assert set(found.faults) == {"q1"}


def test_two_answers_to_one_question_of_a_scale_are_a_fault() -> None:
    assert read(OWN_WORDING, {"q1": ["0", "1"]}).faults["q1"] == "这一题只能选一项"


def test_text_is_kept_apart_from_what_is_ticked() -> None:
    found = read(OWN_WORDING, {"q1": ["1"], "q8": [" 很好\0 "]})

    assert (found.answers, found.texts, found.faults) == ({"q1": [1]}, {"q8": "很好"}, {})


def test_a_text_that_is_too_long_is_a_fault_and_not_cut() -> None:
    assert "q8" in read(OWN_WORDING, {"q1": ["1"], "q8": ["好" * (LONGEST_TEXT + 1)]}).faults


@given(st.dictionaries(st.integers(), st.integers(0, 40)), st.integers(2, 10))
def test_what_is_hidden_is_never_told_by_the_total(answered: dict[int, int], limit: int) -> None:
    found = hidden(answered, limit)
    together = sum(answered[key] for key in found)

    assert all(not 0 < count < limit for key, count in answered.items() if key not in found)
    assert not found or together >= limit or found == {k for k, n in answered.items() if n}
