"""The heaviest part alone, beside data-frame libraries: pupils by class on two days, schooling, aid.

Polars and pandas have no SQL that takes all indicators; this part is most of the work at size.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import duckdb
import psutil

from bench import counties
from gengdu.datasets.snapshots import Snapshot

ON, BASELINE = counties.ON, date(2023, 6, 30)
RUNS = 3
SYSTEMS = {"district": ("duckdb", "polars", "pandas"), "city": ("duckdb", "polars", "pandas"),
           "province": ("duckdb", "polars")}  # fmt: skip
Numbers = list[tuple[int, ...]]
"""County, classes, pupils on the day, on the day of the notice, teachers with a degree, aided pupils."""


def in_duckdb(of: Sequence[Snapshot]) -> Numbers:
    """Compute by SQL."""
    on, then = f"date '{ON}'", f"date '{BASELINE}'"
    files = {name: f"read_parquet({[one.file(name) for one in of]}, hive_partitioning = true, "
                   "hive_types = {'county': bigint})"
             for name in ("enrolments", "degrees", "posts", "aid_recognitions")}  # fmt: skip
    sql = f"""
    with class as (
        select county, school_id, stage, grade, class_number,
            count(*) filter (starts_on <= {on} and (ends_on is null or ends_on > {on})) as now,
            count(*) filter (starts_on <= {then} and (ends_on is null or ends_on > {then})) as before
        from {files["enrolments"]}
        where (starts_on <= {on} and (ends_on is null or ends_on > {on}))
            or (starts_on <= {then} and (ends_on is null or ends_on > {then}))
        group by all
    ),
    level as (select county, staff_id, max(level) as level from {files["degrees"]} where obtained_on <= {on} group by all),
    schooled as (
        select p.county, count(*) as n from {files["posts"]} p join level d on d.county = p.county and d.staff_id = p.staff_id
        where p.kind = 'teacher' and p.starts_on <= {on} and (p.ends_on is null or p.ends_on > {on}) and d.level >= 3 group by all
    ),
    aided as (
        select a.county, count(*) as n from {files["aid_recognitions"]} a
        join {files["enrolments"]} e on e.county = a.county and e.pupil_id = a.pupil_id
        where a.starts_on <= {on} and (a.ends_on is null or a.ends_on > {on})
            and e.starts_on <= {on} and (e.ends_on is null or e.ends_on > {on}) group by all
    )
    select c.county, count(*), sum(now)::bigint, sum(before)::bigint, any_value(s.n), any_value(a.n)
    from class c join schooled s on s.county = c.county join aided a on a.county = c.county group by all order by all"""
    with duckdb.connect(":memory:") as connection:
        connection.execute("set threads = 2")
        return connection.execute(sql).fetchall()


def in_polars(of: Sequence[Snapshot]) -> Numbers:
    """Compute lazily, streaming."""
    import polars as pl

    def scan(name: str) -> pl.LazyFrame:
        return pl.scan_parquet([one.file(name) for one in of], hive_partitioning=True,
                               hive_schema={"snapshot": pl.String, "county": pl.Int64})  # fmt: skip

    def holds(day: date) -> pl.Expr:
        return (pl.col("starts_on") <= day) & (
            pl.col("ends_on").is_null() | (pl.col("ends_on") > day)
        )

    def counted(frame: pl.LazyFrame, name: str) -> pl.LazyFrame:
        return frame.group_by("county").agg(pl.len().cast(pl.Int64).alias(name))

    enrolments = scan("enrolments")
    classes = (
        enrolments.filter(holds(ON) | holds(BASELINE))
        .group_by("county", "school_id", "stage", "grade", "class_number")
        .agg(
            holds(ON).sum().cast(pl.Int64).alias("now"),
            holds(BASELINE).sum().cast(pl.Int64).alias("before"),
        )
        .group_by("county")
        .agg(pl.len().cast(pl.Int64).alias("classes"), pl.col("now").sum(), pl.col("before").sum())
    )
    level = (
        scan("degrees")
        .filter(pl.col("obtained_on") <= ON)
        .group_by("county", "staff_id")
        .agg(pl.col("level").max())
    )
    schooled = counted(
        scan("posts").filter((pl.col("kind") == "teacher") & holds(ON))
        .join(level.filter(pl.col("level") >= 3), on=["county", "staff_id"]), "schooled",
    )  # fmt: skip
    aided = counted(
        scan("aid_recognitions").filter(holds(ON)).select("county", "pupil_id")
        .join(enrolments.filter(holds(ON)).select("county", "pupil_id"), on=["county", "pupil_id"]), "aided",
    )  # fmt: skip
    found = classes.join(schooled, on="county").join(aided, on="county").sort("county")
    return found.collect(engine="streaming").rows()


def in_pandas(of: Sequence[Snapshot]) -> Numbers:
    """Compute in memory."""
    import pandas as pd

    def read(name: str, columns: list[str]) -> pd.DataFrame:
        return pd.concat(
            [
                pd.read_parquet(one.file(name), columns=columns, partitioning=None).assign(
                    county=one.county
                )
                for one in of
            ]
        )

    def holds(frame: pd.DataFrame, day: date) -> pd.Series:
        starts, ends = pd.to_datetime(frame["starts_on"]), pd.to_datetime(frame["ends_on"])
        return (starts <= pd.Timestamp(day)) & (ends.isna() | (ends > pd.Timestamp(day)))

    days = ["starts_on", "ends_on"]
    enrolments = read(
        "enrolments", ["pupil_id", "school_id", "stage", "grade", "class_number", *days]
    )
    enrolments["now"], enrolments["before"] = holds(enrolments, ON), holds(enrolments, BASELINE)
    there = enrolments[enrolments["now"] | enrolments["before"]]
    keys = ["county", "school_id", "stage", "grade", "class_number"]
    classes = there.groupby(keys, dropna=False)[["now", "before"]].sum().reset_index()
    found = classes.groupby("county").agg(
        classes=("now", "size"), now=("now", "sum"), before=("before", "sum")
    )
    degrees = read("degrees", ["staff_id", "level", "obtained_on"])
    degrees = degrees[pd.to_datetime(degrees["obtained_on"]) <= pd.Timestamp(ON)]
    level = degrees.groupby(["county", "staff_id"])["level"].max().reset_index()
    posts = read("posts", ["staff_id", "kind", *days])
    posts = posts[(posts["kind"] == "teacher") & holds(posts, ON)]
    found["schooled"] = (
        posts.merge(level[level["level"] >= 3], on=["county", "staff_id"]).groupby("county").size()
    )
    aid = read("aid_recognitions", ["pupil_id", *days])
    now = enrolments.loc[enrolments["now"], ["county", "pupil_id"]]
    found["aided"] = (
        aid[holds(aid, ON)].merge(now, on=["county", "pupil_id"]).groupby("county").size()
    )
    return [tuple(int(cell) for cell in row) for row in found.reset_index().itertuples(index=False)]


_RUN: dict[str, Callable[[Sequence[Snapshot]], Numbers]] = {
    "duckdb": in_duckdb, "polars": in_polars, "pandas": in_pandas,
}  # fmt: skip


def measure(of: Sequence[Snapshot], size: str) -> dict[str, Any]:
    """Return seconds and memory of each system, once all came to the same numbers."""
    expected, found = [list(row) for row in in_duckdb(of)], {}
    for system in SYSTEMS[size]:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.heavy", system, size], stdout=subprocess.PIPE, text=True
        )
        peak = 0
        while process.poll() is None:
            try:
                peak = max(peak, psutil.Process(process.pid).memory_info().rss)
            except psutil.NoSuchProcess:
                break
            time.sleep(0.05)
        assert process.stdout is not None
        told = json.loads(process.stdout.read().splitlines()[-1])
        process.wait()
        found[system] = {"seconds": told["seconds"], "peak_mb": round(peak / 1e6),
                         "differences": sum(a != b for a, b in zip(told["rows"], expected, strict=True))}  # fmt: skip
    return found


def main() -> None:
    """Run one system a few times and print the median."""
    parser = argparse.ArgumentParser()
    parser.add_argument("system", choices=list(_RUN))
    parser.add_argument("size", choices=list(counties.SIZES))
    given = parser.parse_args()
    of, times, rows = counties.made(given.size), [], []
    for _run in range(1 if given.size == "province" else RUNS):
        start = time.perf_counter()
        rows = _RUN[given.system](of)
        times.append(time.perf_counter() - start)
    print(json.dumps({"seconds": round(statistics.median(times), 3), "rows": rows}))


if __name__ == "__main__":
    main()
