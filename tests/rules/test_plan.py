"""The plan, the code, the specs and the pages keep one set of names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import resolve, reverse

from gengdu.policy import facts
from gengdu.policy.facts import Fact, Value

GRADES = {"A", "B", "C", "D", "X", "K", "setting"}


@pytest.fixture
def in_plan(root: Path) -> set[str]:
    """chapter/measure of every data file, without the plan's numbers."""
    files = (root / "src/gengdu/policy/plan").glob("*/m*.yaml")
    return {f"{_tail(file.parent.name)}/{_tail(file.stem)}" for file in files}


def _tail(name: str) -> str:
    return name.split("_", 1)[1]


def test_every_measure_has_one_home(in_plan: set[str], root: Path) -> None:
    packages = (root / "src/gengdu/chapters").glob("*/*/__init__.py")
    in_code = {
        f"{file.parent.parent.name}/{file.parent.name}"
        for file in packages
        if file.parent.name != "migrations"
    }

    assert in_code == in_plan
    assert len(in_plan) == 20


def test_every_measure_has_one_spec_named_like_its_data(root: Path) -> None:
    data = {file.stem for file in (root / "src/gengdu/policy/plan").glob("*/m*.yaml")}
    specs = {
        file.stem.removeprefix("test_") for file in (root / "tests/spec").glob("test_m[0-9]*.py")
    }

    assert specs == data


def test_every_measure_has_a_page() -> None:
    for measure in facts.plan().measures:
        match = resolve(reverse("measure", args=[measure.number]))
        assert (match.view_name, match.kwargs) == ("measure", {"number": measure.number})


def test_the_folders_number_the_measures_as_the_files_say(root: Path) -> None:
    numbers = {measure.key: measure.number for measure in facts.plan().measures}

    for file in (root / "src/gengdu/policy/plan").glob("*/m*.yaml"):
        assert int(file.stem[1:3]) == numbers[_tail(file.stem)]


def test_every_package_says_which_measure_it_is(root: Path) -> None:
    for measure in facts.plan().measures[1:]:
        home = root / "src/gengdu/chapters" / measure.chapter / measure.key / "__init__.py"
        text = home.read_text(encoding="utf-8")
        assert text.startswith(f'"""Measure {measure.number} {measure.label_zh}.'), home


def every_value() -> Iterator[tuple[Fact, Value]]:
    for fact in facts.plan().facts.values():
        for value in fact.values:
            yield fact, value


def test_every_fact_has_a_unit_a_source_and_a_quote_or_a_grade() -> None:
    for fact, value in every_value():
        assert fact.unit, fact.name
        assert fact.source.title, fact.name
        assert value.quote or value.grade in GRADES, fact.name


def test_every_value_of_the_notice_is_quoted_and_was_checked() -> None:
    for measure in facts.plan().measures:
        for fact in measure.facts:
            for value in fact.values:
                assert value.quote, fact.name
                assert value.checked_on, fact.name
                assert value.from_on.isoformat() == facts.plan().source.issued_on, fact.name


def test_a_promise_without_a_number_is_qualitative_and_the_other_way_round() -> None:
    for promise in facts.plan().promises:
        has_no_number = all(value.value is None for value in promise.values)
        assert has_no_number == (promise.compare == "qualitative"), promise.name
        assert has_no_number == (promise.unit == "none"), promise.name


def test_every_promise_of_a_table_fits_its_cell() -> None:
    for promise in facts.plan().promises:
        assert len(promise.short_zh) <= 24, promise.name


def test_every_chapter_leads_and_every_body_helps_somewhere() -> None:
    plan = facts.plan()
    used = {body for measure in plan.measures for body in measure.bodies}

    assert used == set(plan.bodies)


def test_every_measure_says_how_much_of_it_is_served(root: Path) -> None:
    assert {measure.coverage for measure in facts.plan().measures} <= {
        "none",
        "partial",
        "complete",
    }
