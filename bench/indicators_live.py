"""indicators_live: every indicator over the live database, against the same SQL run by hand.

By hand means: read the same columns of the same tables with Python's sqlite3 into Arrow, hand them
to a DuckDB connection and run the same SQL texts. Eight interleaved pairs (three from a hundred
districts on), medians. A second line repeats the live side after one row of a small table changed.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from bench import databases

PAIRS = 8
PAIRS_OF_LARGE = 3  # from 100 districts on, where one pair takes minutes: the growth is what counts
LARGE = 100
DAY = date(2026, 9, 30)


def run(scale: int) -> list[dict[str, Any]]:
    """Measure one scale in a process of its own, so that peak memory is its own too."""
    return databases.in_own_process("bench.indicators_live", scale)


def measure(scale: int) -> list[dict[str, Any]]:
    """Return the two lines of one scale; Django is set up and points at the scale's database."""
    from gengdu.board.live import LiveIndicators

    warm = LiveIndicators()
    _live(warm)
    _by_hand()
    repeats = range(PAIRS if scale < LARGE else PAIRS_OF_LARGE)
    pairs = [(_timed(lambda: _live(LiveIndicators())), _timed(_by_hand)) for _ in repeats]
    after = []
    for _ in range(PAIRS):
        _change_one_row()
        after.append(_timed(lambda: _live(warm)))
    live, hand = zip(*pairs, strict=True)
    return [
        _row("indicators_live", scale, live, hand),
        _row("indicators_live_after_small_change", scale, after, hand),
    ]


def _live(live: Any) -> None:
    from gengdu.analytics import cards
    from gengdu.analytics.run import Moment

    with live.reading() as reader:
        for card in cards.cards().values():
            reader.result(card, Moment(DAY))


def _by_hand() -> None:
    """Do the same work without our engine room: plain sqlite3, plain Arrow, plain DuckDB."""
    import duckdb
    import pyarrow as pa
    from django.apps import apps
    from django.conf import settings

    from gengdu.analytics import cards, run
    from gengdu.datasets.tables import TABLES

    moment = run.Moment(DAY)
    store = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    engine = duckdb.connect(":memory:")
    engine.execute("set threads = 2")
    for name, table in TABLES.items():
        columns = list(table.columns)
        model = apps.get_model(table.model)
        cursor = store.execute(f'SELECT {", ".join(columns)} FROM "{model._meta.db_table}"')
        batches = []
        while rows := cursor.fetchmany(50_000):
            arrays = [
                pa.array(list(values)).cast(wanted)
                for values, wanted in zip(
                    zip(*rows, strict=True), table.columns.values(), strict=True
                )
            ]
            batches.append(pa.RecordBatch.from_arrays(arrays, schema=table.schema))
        engine.register(f"recorded_{name}", pa.Table.from_batches(batches, schema=table.schema))
        engine.execute(f"create temp view {name} as {run._known_rows(name, None)}")
    store.close()
    done: set[str] = set()
    for card in cards.cards().values():
        for name in card.reads:
            _make(engine, name, moment, done)
        sql, given = _named(run._aggregation(card), run._parameters(card, moment))
        engine.execute(sql, given).to_arrow_table()


def _make(engine: Any, name: str, moment: Any, done: set[str]) -> None:
    from gengdu.analytics import cards, run
    from gengdu.datasets.tables import TABLES

    if name in TABLES or name in done:
        return
    done.add(name)
    if name not in cards.relation_names():
        engine.register(name, run._list_table(name))
        return
    text, reads = cards.relation(name)
    for needed in reads:
        _make(engine, needed, moment, done)
    sql, given = _named(text, run._calendar(moment.on))
    engine.execute(f"create temp table {name} as {sql}", given)


def _named(sql: str, parameters: Any) -> tuple[str, dict[str, Any]]:
    from gengdu.analytics.engines.duckdb import _PARAMETER

    names = set(_PARAMETER.findall(sql))
    return _PARAMETER.sub(r"$\1", sql), {name: parameters[name] for name in names}


def _change_one_row() -> None:
    from gengdu.chapters.moral_education.models import CampusTitle

    title = CampusTitle.objects.first()
    assert title is not None
    title.document_number = (
        f"{title.document_number[:20]}·" if len(title.document_number) < 40 else "1"
    )
    title.save(update_fields=["document_number"])


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _row(name: str, scale: int, ours: Any, yardstick: Any) -> dict[str, Any]:
    seconds, by_hand = statistics.median(ours), statistics.median(yardstick)
    return {
        "name": name,
        "scale": scale,
        "seconds": round(seconds, 4),
        "yardstick": "same SQL by hand in DuckDB + reading the tables",
        "yardstick_seconds": round(by_hand, 4),
        "ratio": round(seconds / by_hand, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "p95_ms": round(1000 * sorted(ours)[-1], 1),
        "on": datetime.now().astimezone().date().isoformat(),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gengdu.site.settings")
    import django

    django.setup()
    print(json.dumps(measure(int(sys.argv[1])), ensure_ascii=False))
