"""Many counties in one pass: each comes out as it does alone, on DuckDB and on Spark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from gengdu.analytics import cards, forms
from gengdu.analytics.counties import items, quality
from gengdu.analytics.counties.evaluator import CountiesEvaluator
from gengdu.analytics.engines.base import Engine
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.analytics.forms import Counts
from gengdu.analytics.quality_balance import (
    conclusion,
    register_facts,
    resources,
    school_rows,
    verdict,
)
from gengdu.analytics.quality_balance.finding import Asked
from gengdu.analytics.quality_balance.resources import RELATION, Rules
from gengdu.analytics.run import Evaluator, Moment, Result
from tests.random_counties import ON, Tables, county, written

CODES = {371001: 1, 371002: 2}
CARDS = tuple(cards.cards().values())
Groups = dict[tuple[str, int | None], dict[str, Counts]]


@pytest.fixture(scope="module")
def counties() -> dict[int, Tables]:
    return {code: county(seed) for code, seed in CODES.items()}


@pytest.fixture
def together(engine: Engine, counties: dict[int, Tables], tmp_path: Path) -> CountiesEvaluator:
    of = [written(tmp_path, code, tables) for code, tables in counties.items()]
    return CountiesEvaluator(engine, of)


def alone(tables: Tables) -> Evaluator:
    return Evaluator(DuckDBEngine(threads=1), tables.__getitem__)


def groups_of(result: Result) -> Groups:
    found: Groups = {("county", None): dict(result.district)} if result.district else {}
    found |= {("town", key): dict(parts) for key, parts in result.towns.items()}
    return found | {("school", key): dict(parts) for key, parts in result.schools.items()}


def by_county(table: pa.Table) -> dict[int, Groups]:
    found: dict[int, Groups] = {}
    for row in table.to_pylist():
        group = found.setdefault(row["county"], {}).setdefault((row["level"], row["id"]), {})
        group[row["part"]] = forms.from_row(row)
    return found


def test_each_county_has_the_counts_of_every_indicator_that_it_has_alone(
    together: CountiesEvaluator, counties: dict[int, Tables]
) -> None:
    moment = Moment(ON)
    counted_somewhere = 0
    table_of = together.counts(CARDS)
    singles = {code: alone(tables) for code, tables in counties.items()}
    for card in CARDS:
        found = by_county(table_of[card.name])

        for code, evaluator in singles.items():
            expected = groups_of(evaluator.evaluate(card, moment))
            assert found.get(code, {}) == expected, (card.name, code)
            counted_somewhere += bool(expected)

    assert counted_somewhere > len(CARDS)  # most are not empty, so equality says something


def exactly(tables: Tables) -> verdict.Evaluation:
    rows = alone(tables).relation(RELATION, Moment(ON), order="school_id, stage").to_pylist()
    rules = Rules.on(ON)
    return verdict.evaluate(resources.assess(school_rows.of_records(rows), rules), rules)


@pytest.mark.parametrize("is_weighted", [True, False])
def test_quality_balance_comes_to_the_same_verdicts_and_coefficients(
    is_weighted: bool, together: CountiesEvaluator, counties: dict[int, Tables],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    rules = replace(Rules.on(ON), is_weighted=is_weighted)
    monkeypatch.setattr(Rules, "on", lambda *_, **__: rules)

    found = quality.evaluate(together)

    assert not found.faults
    for code, tables in counties.items():
        expected = exactly(tables)
        assert _verdicts(found.schools, code) == {
            (one.stage.row.school, one.stage.row.stage.value): (one.met, one.verdict.value)
            for one in expected.schools
        }
        for stage in expected.stages:
            [told] = [one for one in found.stages
                      if (one["county"], one["stage"]) == (code, stage.stage.value)]  # fmt: skip
            assert (told["schools"], told["pupils"], told["passed"], told["verdict"]) == (
                stage.schools, stage.pupils, stage.passed, stage.verdict.value,
            )  # fmt: skip
            for name, spread in stage.spreads.items():
                _holds(_spread(found, code, stage.stage.value, name), spread)


def test_each_county_stands_in_the_items_as_it_does_alone(
    together: CountiesEvaluator, counties: dict[int, Tables]
) -> None:
    found = items.judged(together)

    for code, tables in counties.items():
        evaluator = alone(tables)
        rows = {
            name: evaluator.relation(relation, Moment(ON), order=order).to_pylist()
            for name, (relation, order) in register_facts.RELATIONS.items()
        }
        asked = Asked(register_facts.gather(rows, ON), ON)
        for told in found[code]:
            finding = conclusion.JUDGES[told["item"]](asked)
            assert (told["verdict"], told["said"]) == (finding.verdict.value, finding.said_zh)
    assert {told["verdict"] for told in found[371001]} > {"not_reported"}


def _verdicts(schools: pa.Table, code: int) -> dict[tuple[str, str], tuple[int, str]]:
    return {
        (row["school"], row["stage"]): (row["met"], row["verdict"])
        for row in schools.to_pylist()
        if row["county"] == code
    }


def _spread(found: quality.Quality, code: int, stage: str, name: str) -> Mapping[str, Any]:
    [one] = [each for each in found.spreads
             if (each["county"], each["stage"], each["name"]) == (code, stage, name)]  # fmt: skip
    return one


def _holds(told: Mapping[str, Any], exact: verdict.Spread | None) -> None:
    if exact is None:
        assert told["mean"] is told["coefficient"] is None
        return
    assert told["mean"] == pytest.approx(float(exact.mean), rel=1e-9)
    assert told["deviation"] == pytest.approx(float(exact.deviation), rel=1e-9, abs=1e-9)
    coefficient = exact.coefficient
    if coefficient is None:
        assert told["coefficient"] is None
        return
    assert told["coefficient"] == pytest.approx(float(coefficient), rel=1e-9, abs=1e-9)


# What floating-point numbers alone would judge wrongly


def on_the_line(pupils: int) -> Tables:
    """Return a county of one nine-year school whose area is its line exactly, to the square metre.

    Primary pupils are ten times `pupils`, junior ones eleven times ten: a junior pupil weighs 1.1.
    """
    drawn = {name: table.slice(0, 0) for name, table in county(1).items()}
    places = {name: county(1)[name] for name in ("places", "place_records")}
    stages = ["primary"] * 10 * pupils + ["junior"] * 100 * pupils
    whole = 10 * pupils + 110 * pupils  # in primary pupils
    enrolments = [
        {"id": n, "pupil_id": n, "school_id": 11, "stage": stage, "grade": 1, "class_number": 1,
         "starts_on": ON}
        for n, stage in enumerate(stages, start=1)
    ]  # fmt: skip
    profile = {"id": 1, "school_id": 11, "name": "一贯", "category": "nine_year", "village_id": 101,
               "in_plan": True, "starts_on": ON}  # fmt: skip
    report = {"id": 1, "school_id": 11, "year": 2025, "teaching_area_m2": 4.5 * whole + 1,
              "indoor_sports_area_m2": 1.0, "sports_area_m2": 7.5 * whole,
              "equipment_yuan": 2000.0 * whole}  # fmt: skip
    made = {"enrolments": enrolments, "school_profiles": [profile], "facility_reports": [report]}
    schemas = {name: table.schema for name, table in drawn.items()}
    return (
        drawn
        | places
        | {name: pa.Table.from_pylist(rows, schema=schemas[name]) for name, rows in made.items()}
    )


def test_a_value_on_its_line_is_met_though_floating_point_numbers_fall_short(
    engine: Engine, tmp_path: Path
) -> None:
    sizes = (1, 3, 7, 9)
    of = [written(tmp_path, 371000 + size, on_the_line(size)) for size in sizes]

    found = quality.evaluate(CountiesEvaluator(engine, of))

    for size in sizes:
        told = _verdicts(found.schools, 371000 + size)
        expected = exactly(on_the_line(size)).schools
        assert [told["一贯", one.stage.row.stage.value][0] for one in expected] == [
            one.met for one in expected
        ]
        primary = next(one for one in expected if one.stage.row.stage == "primary")
        assert primary.met >= 3  # area, sports area, equipment


def test_what_contradicts_itself_is_named_and_not_judged(engine: Engine, tmp_path: Path) -> None:
    good, bad = on_the_line(1), on_the_line(1)
    report = bad["facility_reports"].to_pylist()
    report[0]["indoor_sports_area_m2"] = 10.0**9
    bad["facility_reports"] = pa.Table.from_pylist(report, bad["facility_reports"].schema)
    of = [written(tmp_path, 371001, good), written(tmp_path, 371002, bad)]

    found = quality.evaluate(CountiesEvaluator(engine, of))

    assert {one["county"] for one in found.stages} == {371001}
    assert set(found.faults) == {371002}
    assert any("一贯 teaching_area_m2" in fault for fault in found.faults[371002])
