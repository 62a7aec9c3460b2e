"""Results on disk: kept by what they follow from, and without what could point to a child."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gengdu.analytics import cards
from gengdu.analytics.counties import evaluator, outputs
from gengdu.analytics.counties.evaluator import CountiesEvaluator
from gengdu.analytics.counties.results import Day, Results
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.datasets.snapshots import NoSnapshot, Snapshot
from tests.random_counties import ON, county, written

EVERY = len(cards.cards())


def silent(_piece: str) -> None:
    return


def day(folder: Path, of: list[Snapshot], tell: Callable[[str], None] = silent) -> Day:
    return Results(folder, "duckdb", lambda: DuckDBEngine(threads=1)).day(of, tell)


@pytest.fixture
def of(tmp_path: Path) -> list[Snapshot]:
    return [written(tmp_path / "s", code, county(code)) for code in (371001, 371002)]


def test_what_is_done_is_not_done_again(tmp_path: Path, of: list[Snapshot]) -> None:
    first, second = day(tmp_path / "r", of), day(tmp_path / "r", of)

    assert (first.reused, second.reused) == (0, EVERY)
    assert second.counts == first.counts
    assert second.quality == first.quality


def test_another_county_or_another_content_is_computed(tmp_path: Path, of: list[Snapshot]) -> None:
    day(tmp_path / "r", of[:1])
    changed = written(tmp_path / "changed", 371001, county(7))

    assert day(tmp_path / "r", of).reused == 0
    assert day(tmp_path / "r", [changed]).reused == 0


def test_after_a_stop_only_what_is_missing_is_computed(tmp_path: Path, of: list[Snapshot]) -> None:
    pieces: list[str] = []

    def stop_at_third(piece: str) -> None:
        pieces.append(piece)
        if len(pieces) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        day(tmp_path / "r", of, stop_at_third)

    finished = day(tmp_path / "r", of)

    assert finished.reused == 2 * evaluator.AT_ONCE
    assert finished.counts == day(tmp_path / "fresh", of).counts


def test_a_county_twice_on_one_day_is_refused(tmp_path: Path, of: list[Snapshot]) -> None:
    again = written(tmp_path / "again", 371001, county(7))

    with pytest.raises(NoSnapshot, match="371001"):
        CountiesEvaluator(DuckDBEngine(threads=1), [*of, again])


def test_a_snapshot_without_a_column_says_which(tmp_path: Path, of: list[Snapshot]) -> None:
    told = of[0].content["tables"]["posts"]["columns"]
    told.pop("subject")
    evaluator = CountiesEvaluator(DuckDBEngine(threads=1), of)

    with pytest.raises(NoSnapshot, match="subject"):
        evaluator.counts([cards.card("scarce_subject_share")])


def test_memory_is_bounded_as_asked() -> None:
    engine = DuckDBEngine(threads=1, memory_limit="300MB")

    limit = engine.run("select current_setting('memory_limit') as found", {})["found"][0].as_py()

    assert limit.startswith("286")  # DuckDB tells MiB


# Small counts of children


def group(level: str, key: int | None, counted: int, rows: int) -> dict[str, Any]:
    return {"county": 371001, "part": "all", "level": level, "id": key, "counted": counted,
            "rows": rows, "unreported": 0, "weight": None, "total": None}  # fmt: skip


def levels(found: list[dict[str, Any]]) -> list[tuple[str, int | None]]:
    return [(row["level"], row["counted"]) for row in found]


def test_a_level_with_a_small_group_goes_whole() -> None:
    rows = [group("county", None, 60, 100), group("town", 1, 30, 50), group("town", 2, 30, 50),
            group("school", 1, 2, 20), group("school", 2, 58, 80)]  # fmt: skip

    assert levels(outputs.without_small(rows, 10)) == [("county", 60), ("town", 30), ("town", 30)]


def test_so_few_not_counted_are_small_as_well() -> None:
    rows = [group("county", None, 60, 100), group("school", 1, 18, 20)]

    assert levels(outputs.without_small(rows, 10)) == [("county", 60)]


def test_a_small_county_is_left_empty() -> None:
    assert levels(outputs.without_small([group("county", None, 3, 100)], 10)) == [("county", None)]


def test_large_groups_are_told() -> None:
    rows = [group("county", None, 60, 100), group("school", 1, 60, 100)]

    assert outputs.without_small(rows, 10) == rows


@pytest.mark.parametrize("form", outputs.FORMATS)
def test_each_county_gets_its_own_results(tmp_path: Path, of: list[Snapshot], form: str) -> None:
    outputs.write(tmp_path / "r", day(tmp_path / "r", of), of, form)

    for one in of:
        folder = tmp_path / "r" / f"snapshot={ON}" / f"county={one.county}"
        names = {path.name for path in folder.iterdir()}
        assert f"indicators.{form}" in names
        assert f"quality_balance_schools.{form}" in names


def test_a_text_is_no_formula_in_a_spreadsheet() -> None:
    assert "'=1+1" in outputs._csv([{"school": "=1+1"}])
