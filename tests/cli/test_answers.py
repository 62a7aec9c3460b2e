"""What the commands print agrees with the pages' own numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gengdu.analytics import cards
from gengdu.analytics.run import Moment
from gengdu.board import presentation, queries
from gengdu.cli import main
from gengdu.policy import facts
from tests.world import ON, World

Run = Callable[..., str]
pytestmark = pytest.mark.xdist_group("cli")


@pytest.fixture
def run(district: World, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command over the small world and return what it prints; nothing may go wrong."""

    def typed(*arguments: str) -> str:
        main(arguments)
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return typed


def line_with(text: str, words: str) -> str:
    return next(line for line in text.splitlines() if words in line)


def test_status_lists_every_promise_with_its_standing(run: Run) -> None:
    told = run("status", "--on", "2025-12-31")

    for status in queries.statuses(Moment(ON)):
        line = line_with(told, f" {status.promise.short_zh} ")
        assert presentation.word_of(status) in line
        assert presentation.SIGNS[status.standing.word] in line
        assert presentation.counted(status) in line
        assert presentation.threshold(status.target) in line
    assert f"截至 2025-12-31，{len(facts.plan().promises)} 项承诺" in told


def test_status_of_one_measure_lists_its_promises_alone(run: Run) -> None:
    told = run("status", "--on", "2025-12-31", "--measure", "2")

    assert "乡村绿色校园" in told
    assert "，5 项承诺" in told
    assert "45周岁" not in told


def test_measure_0_is_the_goals(run: Run) -> None:
    goals = facts.plan().measures[0]

    told = run("status", "--on", "2025-12-31", "--measure", "0")

    assert f"，{len(goals.promises)} 项承诺" in told


def test_json_has_the_same_numbers_as_the_pages(run: Run) -> None:
    told = json.loads(run("status", "--on", "2025-12-31", "--json"))

    assert told == [presentation.as_data(status) for status in queries.statuses(Moment(ON))]


def plans(told: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(told)
    return found[0]


def test_known_hides_what_was_approved_later(run: Run) -> None:
    asked = ("status", "--measure", "1", "--json", "--on", "2025-03-31")

    by_now, by_then = plans(run(*asked)), plans(run(*asked, "--known", "2025-03-31"))

    assert (by_now["parts"]["all"]["counted"], by_then["parts"]["all"]["counted"]) == (2, 1)
    assert (by_now["known"], by_then["known"]) == (None, "2025-03-31")


def test_the_summary_says_what_was_known(run: Run) -> None:
    told = run("status", "--measure", "1", "--on", "2025-03-31", "--known", "2025-03-31")

    assert "截至 2025-03-31，按 2025-03-31 已知的记录" in told


def test_an_indicator_is_told_with_its_counts_and_formula(run: Run) -> None:
    told = run("indicator", "young_leader_share", "--on", "2025-12-31")

    card = cards.card("young_leader_share")
    assert "66.7%  2 / 3 人" in told
    assert f"分子：{card.numerator_zh}" in told
    assert f"分母：{card.denominator_zh}" in told


def test_what_is_not_reported_is_told_apart(run: Run) -> None:
    assert "1 / 3 所，2 所未报" in run("indicator", "class_hundred_share", "--on", "2025-12-31")


def test_an_indicator_by_school(run: Run) -> None:
    told = run("indicator", "young_leader_share", "--on", "2025-12-31", "--by", "school")

    assert "0 / 1 人" in line_with(told, "崮山小学")
    assert "1 / 1 人" in line_with(told, "松徐小学")
    assert "皇冠小学" not in told


def test_an_indicator_by_town(run: Run) -> None:
    told = run("indicator", "young_leader_share", "--on", "2025-12-31", "--by", "town")

    assert "2 / 2 人" in line_with(told, "泊于镇")
    assert "0 / 1 人" in line_with(told, "崮山镇")


@pytest.mark.parametrize("name", sorted(cards.cards()))
def test_every_indicator_can_be_told_by_town_and_by_school(run: Run, name: str) -> None:
    result = queries.result(cards.card(name), Moment(ON))

    by_town = run("indicator", name, "--on", "2025-12-31", "--by", "town")
    by_school = run("indicator", name, "--on", "2025-12-31", "--by", "school")

    assert len(by_town.splitlines()) >= len(result.towns) + 3
    assert len(by_school.splitlines()) >= len(result.schools) + 3


def test_the_list_of_indicators_names_all(run: Run) -> None:
    told = run("indicator", "--list")

    for card in cards.cards().values():
        assert card.label_zh[:20] in line_with(told, f" {card.name} ")


def test_a_fact_is_told_with_its_words_and_its_source(run: Run) -> None:
    told = run("facts", "principals.young_leader_share")

    value = facts.fact("principals.young_leader_share").on(date(2025, 1, 1))
    assert f"原话：“{value.quote}”" in told
    assert "期限 2026-12-31" in told
    assert facts.plan().source.number in told
    assert "第 11 条" in told


def test_a_standard_without_its_text_tells_its_grade(run: Run) -> None:
    ungraded = next(
        fact for fact in facts.plan().facts.values() if fact.values[0].quote is None
    )  # fmt: skip

    told = run("facts", ungraded.name)

    assert f"来源等级 {ungraded.values[0].grade}" in told
    assert "原话" not in told


def test_the_list_of_facts_names_all(run: Run) -> None:
    told = run("facts")

    for name in facts.plan().facts:
        assert f"{name} " in told


@pytest.mark.parametrize(
    "command", ["status", "indicator", "facts", "quality", "account", "trail", "demo", "serve"]
)
def test_help_is_chinese_throughout(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([command, "--help"])

    told = capsys.readouterr().out
    assert told.startswith(f"用法：gengdu {command}")
    for english in ("Usage", "Options", "Show this", "INTEGER", "TEXT", "COMMAND", "FILE"):
        assert english not in told


def test_nothing_asked_is_answered_with_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    main([])

    told = capsys.readouterr().out
    for command in ("status", "indicator", "facts", "quality", "demo", "serve"):
        assert f"\n  {command} " in told
