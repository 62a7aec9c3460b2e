"""Results of many counties on disk: what is done is kept by its content, and not done again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gengdu.analytics import cards, run
from gengdu.analytics.cards import Card
from gengdu.analytics.counties import quality
from gengdu.analytics.counties.evaluator import CountiesEvaluator, batches
from gengdu.analytics.counties.items import Rows, judged
from gengdu.analytics.counties.quality import Quality
from gengdu.analytics.engines.base import Engine
from gengdu.analytics.quality_balance.resources import RELATION, Rules
from gengdu.analytics.run import Moment
from gengdu.datasets.snapshots import Snapshot
from gengdu.datasets.tables import TABLES
from gengdu.policy import lists

KEPT = ".done"
QUALITY = "quality_balance"
KEYS = ("county", "part", "level", "id")


@dataclass(frozen=True)
class Day:
    """What one day's snapshots come to.

    Attributes:
        counts: By indicator, as `CountiesEvaluator.counts` returns them.
        reused: How many of the indicators were kept from an earlier run.
        items: By county, as `items.judged` returns them; None where they were not asked for.
    """

    on: date
    counts: Mapping[str, pa.Table]
    quality: Quality
    reused: int
    items: Mapping[int, Rows] | None = None


class Results:
    """Computes what is not kept yet, piece by piece, so that a stop costs one piece at most."""

    def __init__(
        self, folder: Path, engine: str, make: Callable[[], Engine], *, strict: bool = False
    ) -> None:
        """Take where results go, the engine's name, and how to start it should it be needed."""
        self._kept = folder / KEPT
        self._engine = engine
        self._make = make
        self._strict = strict

    def day(
        self, of: Sequence[Snapshot], tell: Callable[[str], None], *, with_items: bool = False
    ) -> Day:
        """Return what the snapshots of one day come to.

        Args:
            of: One for each county.
            tell: Called with the name of each piece before it is computed or found.
            with_items: Whether the items of 优质均衡 are judged as well, anew each time.

        Raises:
            NoSnapshot: If they cannot be computed together.
        """
        self._kept.mkdir(parents=True, exist_ok=True)
        evaluator = CountiesEvaluator(self._make(), of)
        names = sorted(one.digest for one in of)
        files = {
            card.name: self._kept
            / f"{card.name}-{self._key(names, *_behind(card, evaluator.on))}.parquet"
            for card in cards.cards().values()
        }
        there = {name: pq.read_table(file) for name, file in files.items() if file.exists()}
        missing = [card for card in cards.cards().values() if card.name not in there]
        counts = dict(there)
        for batch in batches(missing):
            tell(f"{batch[0].label_zh}等 {len(batch)} 项")
            for name, table in evaluator.counts(batch).items():
                counts[name] = table.sort_by([(key, "ascending") for key in KEYS])
                _write(files[name], counts[name])
        tell("优质均衡")
        found = Day(evaluator.on, counts, self._quality(evaluator, names), len(there))
        if not with_items:
            return found
        tell("优质均衡条目")
        return replace(found, items=judged(evaluator, strict=self._strict))

    def _key(self, *parts: object) -> str:
        text = json.dumps([self._engine, self._strict, *parts], default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    def _quality(self, evaluator: CountiesEvaluator, names: list[str]) -> Quality:
        rules = repr(Rules.on(evaluator.on, strict=self._strict))
        sql = _sql_behind((RELATION,))
        key = self._key(names, evaluator.on, rules, sql, quality.texts())
        told, schools = (
            self._kept / f"{QUALITY}-{key}.json",
            self._kept / f"{QUALITY}-{key}.parquet",
        )
        if told.exists() and schools.exists():
            kept = json.loads(told.read_text(encoding="utf-8"))
            faults = {int(county): tuple(each) for county, each in kept["faults"].items()}
            return Quality(pq.read_table(schools), kept["stages"], kept["spreads"], faults)
        found = quality.evaluate(evaluator, strict=self._strict)
        _write(schools, found.schools)
        rest = {"stages": found.stages, "spreads": found.spreads, "faults": dict(found.faults)}
        put(told, json.dumps(rest, ensure_ascii=False).encode())
        return found


def _behind(card: Card, on: date) -> tuple[object, ...]:
    """Return everything a result follows from, besides the records."""
    given = run.parameters(card, Moment(on))
    tables = {*TABLES, *cards.relation_names()}
    named = [name for name in card.reads if name not in tables]
    return (
        card.sql,
        card.form,
        _sql_behind(card.reads),
        given,
        [lists.items(name) for name in named],
    )


def _sql_behind(reads: Sequence[str]) -> list[str]:
    found = []
    for name in reads:
        if name in cards.relation_names():
            sql, further = cards.relation(name)
            found += [sql, *_sql_behind(further)]
    return found


def _write(file: Path, table: pa.Table) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    put(file, sink.getvalue())


def put(file: Path, body: bytes | pa.Buffer) -> None:
    """Write a file whole or not at all."""
    aside = file.with_name(f"{file.name}.writing-{os.getpid()}")
    try:
        aside.write_bytes(body)
        os.replace(aside, file)
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()
