"""Measures all indicators of a district, a city and a province, and writes docs/benchmarks.md.

Ours and hand-written DuckDB SQL run in turns in one process, after both were found equal; every
other system runs in a process of its own, and its results are compared with ours as well.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from bench import counties, heavy, record, report, yardstick
from bench.comparing import differences
from gengdu.analytics import cards
from gengdu.analytics.counties import quality
from gengdu.analytics.counties.evaluator import CountiesEvaluator, batches
from gengdu.analytics.engines.base import Engine
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.datasets.snapshots import Snapshot

PAIRS = 8
THREADS = 2
KEPT = Path(__file__).parent / "scale.json"
Tables = tuple[pa.Table, pa.Table, pa.Table]
RIVALS = {
    "district": ("spark", "postgresql"),
    "city": ("spark", "postgresql"),
    "province": ("spark", "postgresql"),
}


def evaluated(engine: Engine, of: Sequence[Snapshot]) -> Tables:
    """Return what `gengdu evaluate` computes: counts by level, schools and spreads of 优质均衡."""
    evaluator = CountiesEvaluator(engine, of)
    counts = []
    for batch in batches(cards.cards().values()):
        for name, table in evaluator.counts(batch).items():
            counts.append(
                table.append_column("indicator", pa.array([name] * len(table), pa.string()))
            )
    found = quality.evaluate(evaluator)
    spreads = pa.Table.from_pylist(found.spreads)
    return pa.concat_tables(counts, promote_options="permissive"), found.schools, spreads


def ours(of: Sequence[Snapshot]) -> Tables:
    """Compute with the default engine."""
    return evaluated(DuckDBEngine(threads=THREADS), of)


def by_hand(of: Sequence[Snapshot]) -> Tables:
    """Compute by hand-written SQL."""
    return yardstick.evaluate(of, threads=THREADS)


def _timed(run: Callable[[Sequence[Snapshot]], Tables], of: Sequence[Snapshot]) -> float:
    start = time.perf_counter()
    run(of)
    return time.perf_counter() - start


def measure(size: str, before: Mapping[str, Any], without: Sequence[str]) -> dict[str, Any]:
    """Measure one size; every result is compared before a time is believed.

    Args:
        size: Of `counties.SIZES`.
        before: What was measured earlier, kept of systems that are not run now.
        without: Systems that are not run now.
    """
    of = counties.made(size)
    found: dict[str, Any] = {"size": size, **counties.described(of), "load": os.getloadavg()[0]}
    mine = ours(of)
    wrong = differences(mine, by_hand(of))
    if wrong:
        raise SystemExit(f"{size}: hand-written SQL differs: {wrong}")
    pairs = [(_timed(ours, of), _timed(by_hand, of)) for _ in range(PAIRS)]
    found["pairs"] = [[round(a, 4), round(b, 4)] for a, b in pairs]
    found["ours"], found["by_hand"] = (statistics.median(each) for each in zip(*pairs, strict=True))
    found["ratio"] = statistics.median(a / b for a, b in pairs)
    found["alone"] = dict(before.get("alone", {}))
    for system in ("ours", "by_hand", *RIVALS[size]):
        if system not in without:
            found["alone"][system] = _alone(system, size, mine)
    found["heavy"] = heavy.measure(of, size)
    found["on"] = f"{datetime.now(UTC):%Y-%m-%d}"
    return found


def measure_again(size: str, before: Mapping[str, Any], system: str) -> dict[str, Any]:
    """Measure one system alone and keep what was measured of the others."""
    of = counties.made(size)
    return {**before, "alone": {**before["alone"], system: _alone(system, size, ours(of))}}


def _alone(system: str, size: str, mine: Tables) -> dict[str, Any]:
    """Run one system in a process of its own; sample the memory of its whole tree."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.scale", "--alone", system, size, "--to", folder],
            env={**os.environ, "PYTHONUTF8": "1"}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        peak = 0
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.05)
        assert process.stdout is not None
        if process.returncode:
            return {"failed": process.returncode}
        told: dict[str, Any] = json.loads(process.stdout.read().splitlines()[-1])
        theirs = tuple(pq.read_table(f"{folder}/{n}.parquet") for n in range(3))
    return {**told, "peak_mb": round(peak / 1e6), "differences": differences(mine, theirs)}


def _memory(pid: int) -> int:
    total = 0
    try:
        root = psutil.Process(pid)
        for each in (root, *root.children(recursive=True)):
            total += each.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total


def run_alone(system: str, size: str, folder: Path) -> None:
    """Run one system once, keep its results, and print how long it took."""
    of = counties.made(size)
    with ExitStack() as stack:
        start = time.perf_counter()
        run = _system(system, of, stack)
        ready = time.perf_counter()
        tables = run(of)
        done = time.perf_counter()
        for number, table in enumerate(tables):
            pq.write_table(table, folder / f"{number}.parquet")
    print(json.dumps({"start": round(ready - start, 2), "seconds": round(done - ready, 3)}))


def _system(
    name: str, of: Sequence[Snapshot], stack: ExitStack
) -> Callable[[Sequence[Snapshot]], Tables]:
    if name in ("ours", "by_hand"):
        return {"ours": ours, "by_hand": by_hand}[name]
    if name == "spark":
        from gengdu.analytics.engines import sessions

        engine: Engine = stack.enter_context(
            sessions.engine("local[2]", spark_driver_memory="6g", spark_sql_shuffle_partitions="8")
        )
    else:
        from bench.postgres import loaded

        engine = stack.enter_context(loaded(of))
    return lambda every: evaluated(engine, every)


def main() -> None:
    """Measure the sizes named, keep what was measured, and write the report."""
    parser = argparse.ArgumentParser(prog="make bench-scale", description=__doc__)
    parser.add_argument("sizes", nargs="*", help=f"of {', '.join(counties.SIZES)}; all if none")
    parser.add_argument("--without", action="append", default=[], metavar="SYSTEM")
    parser.add_argument("--only", metavar="SYSTEM", help="measure it anew beside what is kept")
    parser.add_argument("--alone", metavar="SYSTEM")
    parser.add_argument("--to", type=Path)
    given = parser.parse_args()
    if given.alone:
        run_alone(given.alone, given.sizes[0], given.to)
        return
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for size in given.sizes or counties.SIZES:
        if given.only:
            kept[size] = measure_again(size, kept[size], given.only)
        else:
            kept[size] = measure(size, kept.get(size, {}), given.without)
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
        report.write({name: kept[name] for name in counties.SIZES if name in kept})
        if not given.only:
            record.append(_line(kept[size]))


def _line(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "indicators_scale", "scale": found["size"], "seconds": round(found["ours"], 4),
        "yardstick": "hand-written DuckDB SQL, the same results",
        "yardstick_seconds": round(found["by_hand"], 4), "ratio": round(found["ratio"], 3),
        "peak_mb": found["alone"]["ours"]["peak_mb"], "p95_ms": None, "on": found["on"],
    }  # fmt: skip


if __name__ == "__main__":
    main()
