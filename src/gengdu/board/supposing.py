"""What the plan's numbers would be if some rows were written, before anybody writes them.

The same indicators run over the same tables of this moment, with the rows put in their place; so
what is foretold is what is counted afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.urls import reverse

from gengdu.analytics import cards, gap, standing
from gengdu.analytics.run import Moment, Result
from gengdu.analytics.standing import Past, Target, Word
from gengdu.board import presentation
from gengdu.board.live import indicators
from gengdu.datasets.tables import TABLES, Table
from gengdu.policy import facts
from gengdu.policy.facts import Fact
from gengdu.records.models import State
from gengdu.records.rewriting import Rewrite
from gengdu.web.approvals.effects import Effect, Effects

TABLE_OF_MODEL = {table.model: table for table in TABLES.values()}


def effects(rewrites: Sequence[Rewrite], on: date) -> Effects:
    """Return which promises move on a day if some entries of ledgers are rewritten, and how far.

    Entries that do not count, neither before nor after, are left out of account.
    """
    counting = [rewrite for rewrite in rewrites if _counts(rewrite)]
    changed = _changed_tables(counting)
    asked = [
        (promise, card)
        for promise in facts.plan().promises
        if (card := cards.by_promise().get(promise.name))
        and not changed.keys().isdisjoint(cards.tables_behind(card.reads))
    ]
    if not asked:
        return Effects((), is_counted=bool(counting))
    moment = Moment(on)
    with indicators.reading() as live:
        supposed = live.supposing(changed)
        found = [
            _effect(promise, live.result(card, moment), supposed.evaluate(card, moment))
            for promise, card in asked
        ]
    return Effects(tuple(effect for effect in found if effect), is_counted=True)


def _counts(rewrite: Rewrite) -> bool:
    rows: list[Any] = [rewrite.old, *rewrite.new]
    return any(getattr(row, "state", None) == State.APPROVED for row in rows)


def _changed_tables(rewrites: Sequence[Rewrite]) -> dict[str, Callable[[pa.Table], pa.Table]]:
    """Return, by table of the border, how it comes to hold the new rows instead of the old."""
    by_table: dict[str, list[Rewrite]] = {}
    for rewrite in rewrites:
        if table := TABLE_OF_MODEL.get(rewrite.model._meta.label):
            by_table.setdefault(table.name, []).append(rewrite)
    return {name: _rewriter(TABLES[name], some) for name, some in by_table.items()}


def _rewriter(table: Table, rewrites: Sequence[Rewrite]) -> Callable[[pa.Table], pa.Table]:
    old = pa.array([item.old.pk for item in rewrites if item.old is not None], pa.int64())
    new = _as_table(table, [row for item in rewrites for row in item.new])

    def rewritten(recorded: pa.Table) -> pa.Table:
        kept = recorded.filter(pc.invert(pc.is_in(recorded["id"], value_set=old)))
        return pa.concat_tables([kept, new])

    return rewritten


def _as_table(table: Table, rows: Sequence[Any]) -> pa.Table:
    now = datetime.now(UTC).replace(tzinfo=None)
    made: Mapping[str, Callable[[int, Any], object]] = {
        "id": lambda place, _row: -1 - place,  # an id that no saved row has
        "recorded_at": lambda _place, _row: now,
        "superseded_at": lambda _place, _row: None,
    }
    columns = {
        name: [
            made[name](place, row) if name in made else _plain(getattr(row, name))
            for place, row in enumerate(rows)
        ]
        for name in table.columns
    }
    return pa.Table.from_pydict(columns, schema=table.schema)


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def _effect(promise: Fact, before: Result, after: Result) -> Effect | None:
    """Return how a promise moves; None where nothing about it does."""
    if before.district == after.district:
        return None
    target = standing.target_on(promise, before.moment.on)
    was_kept, is_kept = _is_kept(target, before), _is_kept(target, after)
    return Effect(
        promise=promise.name,
        label=promise.label_zh,
        url=reverse("target", args=[promise.name]),
        before=presentation.amount(before.value, promise.unit),
        after=presentation.amount(after.value, promise.unit),
        asked=presentation.threshold(target),
        gap_before=_gap(target, before),
        gap_after=_gap(target, after),
        is_reached=is_kept and not was_kept,
        is_lost=was_kept and not is_kept,
    )


def _is_kept(target: Target, found: Result) -> bool:
    judged = standing.judge(target, found.moment.on, found.value, found.bounds, Past())
    return judged.word == Word.MET


def _gap(target: Target, found: Result) -> str:
    missing = gap.missing_units(found.card.form, found.district, target)
    return presentation.gap(target, found.card, missing)
