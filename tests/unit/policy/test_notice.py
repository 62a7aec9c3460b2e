"""The recorded facts against the notice's own words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from gengdu.policy import facts, notice
from gengdu.policy.facts import Fact, Measure, Plan

MEASURES = facts.plan().measures[1:]
# The brackets at the end of a measure name its bodies; one of them explains itself in between.
_BODIES = re.compile(r"[（\u3014](教育分局[^\u3015]*?)[）\u3015]$")
_LEAD_EXPLAINED = re.compile(r"（列第一位为牵头部门或单位，下同）")
_DUE_YEAR = re.compile(r"(?:到|^|，)(\d{4})年(?!起|-|—)")
_HEADING = re.compile(r"^\d+\.([^。]+)。")


def without(plan: Plan, name: str) -> Plan:
    """Return the plan with one fact taken out of its measure."""

    def thinner(measure: Measure) -> Measure:
        return replace(measure, facts=tuple(fact for fact in measure.facts if fact.name != name))

    return replace(plan, measures=tuple(thinner(measure) for measure in plan.measures))


def with_quote(plan: Plan, name: str, quote: str) -> Plan:
    """Return the plan with another quote for one fact."""

    def changed(fact: Fact) -> Fact:
        if fact.name != name:
            return fact
        return replace(fact, values=tuple(replace(value, quote=quote) for value in fact.values))

    def with_change(measure: Measure) -> Measure:
        return replace(measure, facts=tuple(changed(fact) for fact in measure.facts))

    return replace(plan, measures=tuple(with_change(measure) for measure in plan.measures))


def test_nothing_is_misquoted() -> None:
    assert notice.misquoted(facts.plan()) == []


def test_nothing_that_promises_is_unrecorded() -> None:
    assert notice.unrecorded(facts.plan()) == []


def test_one_changed_number_in_a_quote_is_found() -> None:
    name = "principals.young_leader_share"
    changed = with_quote(facts.plan(), name, "原则上达到60%以上")

    assert notice.misquoted(changed) == [f"{name}：原则上达到60%以上"]


def test_words_of_another_measure_are_a_misquote() -> None:
    name = "principals.young_leader_share"
    moved = with_quote(facts.plan(), name, "确保乡村学生达到国家规定的学业质量标准")

    assert [line.split("：")[0] for line in notice.misquoted(moved)] == [name]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("principals.young_leader_share", ["2026", "原则上", "50"]),
        ("vulnerable_children.aid_share", ["确保"]),
        ("teaching_research.yearly_exhibition", ["每年一"]),
        ("staffing.scarce_subjects_share", ["配齐"]),
    ],
)
def test_a_promise_left_out_is_reported_by_its_words(name: str, words: list[str]) -> None:
    missing = notice.unrecorded(without(facts.plan(), name))

    for word in words:
        assert any(line.startswith(f"“{word}") for line in missing), (word, missing)


def test_the_sections_follow_each_other_and_begin_with_their_own_number() -> None:
    spans = notice.sections()

    assert sorted(spans) == list(range(21))
    for number in range(1, 21):
        assert notice.measure_text(number).startswith(f"{number}.")
    for number in range(1, 20):
        assert spans[number][1] <= spans[number + 1][0]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: f"{measure.number}")
def test_the_bodies_are_those_of_the_bracket_the_first_leads(measure: Measure) -> None:
    text = _LEAD_EXPLAINED.sub("", notice.measure_text(measure.number))
    found = _BODIES.search(text)
    assert found is not None, text[-80:]

    written = re.split(r"[、，]", found[1])

    assert written == [facts.plan().bodies[key] for key in measure.bodies]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: f"{measure.number}")
def test_a_measure_is_called_by_its_heading_sentence(measure: Measure) -> None:
    found = _HEADING.match(notice.measure_text(measure.number))

    assert found is not None
    assert found[1] == notice.plain(measure.label_zh)


def promises_with_a_year() -> list[tuple[Fact, set[int]]]:
    found = []
    for promise in facts.plan().promises:
        quote = notice.plain(promise.values[0].quote or "")
        years = {int(year) for year in _DUE_YEAR.findall(quote)}
        if years:
            found.append((promise, years))
    return found


def test_a_year_in_the_words_of_a_promise_is_the_year_it_is_due() -> None:
    with_years = promises_with_a_year()
    wrong = [
        promise.name
        for promise, years in with_years
        if {value.due_on.year for value in promise.values if value.due_on} != years
    ]

    assert len(with_years) > 15
    assert wrong == []


def test_a_bare_year_is_read_as_its_last_day() -> None:
    due = {value.due_on for promise, _ in promises_with_a_year() for value in promise.values}

    assert {(day.month, day.day) for day in due if day} == {(12, 31)}


def test_what_begins_in_a_year_is_not_due_in_it() -> None:
    visits = facts.fact("teaching_research.researcher_visits")

    assert visits.recurs == "term"
    assert (visits.values[0].quote or "").startswith("2023年起")


def test_a_year_of_the_notice_stands_in_no_promise_without_a_due_day() -> None:
    """Promises whose words have no year take it from the head of their sentence, or have none."""
    for promise in facts.plan().promises:
        for value in promise.values:
            if value.due_on is not None:
                assert value.due_on > value.from_on, promise.name
                assert str(value.due_on.year) in notice.measure_text(
                    next(m.number for m in facts.plan().measures if promise in m.facts)
                ), promise.name


def test_the_plan_is_named_and_dated_as_the_notice_is() -> None:
    plan = facts.plan()

    assert notice.plain(plan.title) in notice.text()
    assert plan.source.number in notice.text()
    assert date.fromisoformat(plan.source.issued_on) == date(2023, 6, 30)
    assert "2023年6月30日" in notice.text()


def test_the_chapters_are_called_as_in_the_notice() -> None:
    for chapter in facts.plan().chapters:
        heading = (
            f"（{chapter.numeral_zh}）{chapter.label_zh}。"
            if chapter.key != "delivery"
            else "三、工作保障"
        )
        assert heading in notice.text()


def test_exempt_words_stand_in_the_notice_and_say_why() -> None:
    for item in notice.exempt():
        assert notice.plain(item.quote) in notice.text()
        assert len(item.reason) >= 4
