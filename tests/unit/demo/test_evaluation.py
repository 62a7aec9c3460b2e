"""What the demo states for both evaluations: some of it met, failing, waiting, and not reported."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from gengdu.analytics.run import Evaluator, Moment
from gengdu.analytics.universal_preschool import counts as counting
from gengdu.analytics.universal_preschool import items
from gengdu.analytics.universal_preschool.counts import Reported
from gengdu.analytics.verdicts import Verdict
from gengdu.demo import ledgers_evaluation
from gengdu.demo.ledgers_evaluation import BALANCE, CHILDREN, PRESCHOOL, Told
from gengdu.records.evidence import stores

NOW = date(2026, 9, 30)
both = pytest.mark.parametrize("told", [BALANCE, PRESCHOOL], ids=["balance", "preschool"])


def live(district: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    found = district.execute(
        f"SELECT s.*, (SELECT count(*) FROM evidence_evidence e WHERE e.item_id = s.item_id) AS "
        f"files FROM {table} s WHERE superseded_at IS NULL"
    )
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


@both
def test_statements_are_met_failing_unproved_waiting_and_not_there(
    district: sqlite3.Connection, told: Told
) -> None:
    rows = {row["subject"]: row for row in live(district, told.table)}

    assert rows.keys() == told.asked.keys() - told.left_out
    assert {key for key, row in rows.items() if row["state"] != "approved"} == told.waiting
    assert {key for key, row in rows.items() if row["conclusion"] == "fails"} == set(told.failing)
    assert {key for key, row in rows.items() if not row["files"]} == told.unproved
    assert all((told.failing, told.unproved, told.waiting, told.left_out))


@both
def test_what_a_page_would_not_take_is_not_stated(told: Told) -> None:
    table = next(m for m in apps.get_models() if m._meta.db_table == told.table)
    longest: int = table._meta.get_field("text").max_length  # type: ignore[union-attr, assignment]

    assert set(told.failing) | told.unproved | told.waiting | told.left_out <= set(told.asked)
    assert all(len(text) <= longest for text in told.failing.values())


def test_every_paper_is_kept_under_the_digest_that_its_row_says(
    demo_path: Path,
) -> None:
    with sqlite3.connect(demo_path) as district:
        named = {row[0] for row in district.execute("SELECT digest FROM evidence_storedfile")}

    kept = list(ledgers_evaluation.kept_papers())
    assert {hashlib.sha256(paper).hexdigest() for paper in kept} == named
    assert all("虚构" in paper.decode() for paper in kept)
    store = stores.chosen()
    assert all(b"".join(store.read(digest)) in kept for digest in named)


def test_the_two_readings_of_the_enrolment_lie_on_both_sides_of_the_line(
    evaluator: Evaluator,
) -> None:
    rows = evaluator.relation(counting.SCHOOLS, Moment(NOW), order="school_id").to_pylist()
    areas = evaluator.relation(counting.RESIDENTIAL, Moment(NOW), order="entry_id").to_pylist()
    counts = counting.of_rows(rows, [], 2, {}, areas)

    def standings(population: int) -> list[Verdict]:
        reported = Reported(population, is_inclusive_listed=True, is_residential_listed=True)
        found = items.evaluate(counting.completed(counts, reported), NOW).items
        return [found[number - 1].standing for number in (1, 2, 9)]

    assert [standings(population) for population in CHILDREN.values()] == [
        [Verdict.MET, Verdict.MET, Verdict.UNMET],
        [Verdict.UNMET, Verdict.MET, Verdict.UNMET],
    ]
