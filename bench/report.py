"""Writes docs/benchmarks.md from what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
NAMES = {"ours": "`gengdu evaluate`, DuckDB", "by_hand": "hand-written DuckDB SQL", "spark": "`gengdu evaluate`, Spark `local[2]`",
         "postgresql": "the same SQL on PostgreSQL, data loaded"}  # fmt: skip
HEAD = """# Benchmarks: all indicators of many counties

Written by `make bench-scale`; `bench/scale.json` has every pair. Each size is copies of the demo district, each a little different (`bench/counties.py`), as snapshots on disk.

What is timed: from Parquet files to the counts of every indicator by county, town and school, and the seven resource indicators, verdicts and coefficients of 优质均衡, in memory. The yardstick (`bench/by_hand.sql`) is
hand-written for DuckDB and one day: it builds what many indicators need once, and asks everything about rural schools in one pass. Ours and the yardstick run in turns in one warm process, eight pairs; before that every
row of both is compared, to 10⁻⁹. Other systems run once, each in a process of its own, on the same files; their rows are compared as well. Two cores; the load of the machine before says how many other programs wanted them. The first run in a process spends about 0.3 s more on rewriting the SQL.
"""


def write(found: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the report of the sizes measured."""
    FILE.write_text(
        "\n".join([HEAD, *_sizes(found), *_systems(found), *_heavy(found)]) + "\n", encoding="utf-8"
    )


def _sizes(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "## Against hand-written SQL\n"
    yield "| size | counties | schools | pupils | rows | ours s | by hand s | ratio (median of 8 pairs) | least and greatest | ours ÷ size before | load of the machine | on |"
    yield "|---|" + "--:|" * 10 + "---|"
    before = None
    for size, one in found.items():
        ratios = [a / b for a, b in one["pairs"]]
        growth = (
            ""
            if before is None
            else f"×{one['ours'] / before['ours']:.1f} for ×{one['rows'] / before['rows']:.0f} rows"
        )
        yield (
            f"| {size} | {one['counties']} | {one['schools']:,} | {one['pupils']:,} | {one['rows']:,} | {one['ours']:.3f} | "
            f"{one['by_hand']:.3f} | **{one['ratio']:.2f}** | {min(ratios):.2f} to {max(ratios):.2f} | {growth} | {one['load']:.1f} | {one['on']} |"
        )
        before = one
    yield ""


def _systems(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "## Each system alone, cold\n"
    yield "Seconds are of one run in a fresh process, without starting it (Spark's session, PostgreSQL's loading: in brackets). Memory is the peak of the process and its children; PostgreSQL's server is not in it.\n"
    yield "| system | " + " | ".join(f"{size} s (start) | MB" for size in found) + " |"
    yield "|---|" + "--:|--:|" * len(found)
    for system, name in NAMES.items():
        cells = []
        for one in found.values():
            told = one["alone"].get(system)
            cells += _cells(told)
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""


def _cells(told: Mapping[str, Any] | None) -> list[str]:
    if told is None:
        return ["not run", ""]
    if "failed" in told:
        return [f"failed ({told['failed']})", ""]
    wrong = f" differs: {told['differences']}" if told["differences"] else ""
    return [f"{told['seconds']:.2f} ({told['start']:.1f}){wrong}", f"{told['peak_mb']:,}"]


def _heavy(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "## The heaviest part alone, beside data frames\n"
    yield "Pupils by class on two days, highest schooling of teachers, pupils with aid (`bench/heavy.py`): most of the work at size, written for each library by its own means; all came to the same numbers. Data frames were not made to do all indicators.\n"
    yield "| system | " + " | ".join(f"{size} s | MB" for size in found) + " |"
    yield "|---|" + "--:|--:|" * len(found)
    for system in ("duckdb", "polars", "pandas"):
        cells = []
        for one in found.values():
            told = one["heavy"].get(system)
            wrong = f" differs: {told['differences']}" if told and told["differences"] else ""
            cells += (
                [f"{told['seconds']:.2f}{wrong}", f"{told['peak_mb']:,}"]
                if told
                else ["not run", ""]
            )
        yield f"| {system} | " + " | ".join(cells) + " |"
