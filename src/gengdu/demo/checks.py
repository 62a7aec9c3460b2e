"""Looks over a freshly loaded SQLite database before anyone may use it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from gengdu.records import triggers
from gengdu.records.constraints import NoOverlap


class LoadedWrongly(RuntimeError):
    """The demo that was written breaks a rule of the registers: a fault of the generator."""


def check(connection: sqlite3.Connection, *, deep: bool) -> None:
    """Check periods and references; `deep` also reads every page of the file.

    Raises:
        LoadedWrongly: If anything is wrong; nothing has been put in place then.
    """
    for name, statement in overlap_queries():
        found = connection.execute(statement).fetchone()
        if found is not None:
            raise LoadedWrongly(sentence(f"约束 {name} 下有重叠的记录 {found}"))
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise LoadedWrongly(sentence(f"引用了不存在的记录 {broken}"))
    if deep:
        state = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if state != "ok":
            raise LoadedWrongly(sentence(f"数据库文件不完整（{state}）"))


def sentence(wrong: str) -> str:
    """Say what was wrong, that nothing was kept, and whom to tell."""
    return f"示例数据有误：{wrong}，没有写入。请把这句话告诉开发人员。"


def overlap_queries() -> Iterator[tuple[str, str]]:
    """Yield a name and a query for every NoOverlap constraint; it finds one pair that breaks it."""
    for model in triggers.recorded_models():
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            if isinstance(constraint, NoOverlap):
                approved = " AND state = 'approved'" if constraint.is_approvable(model) else ""
                yield constraint.name, _overlap_query(table, constraint.columns(model), approved)


def _overlap_query(table: str, columns: list[str], approved: str) -> str:
    things = ", ".join(f'"{column}"' for column in columns)
    return f"""
        SELECT id, next_id FROM (
            SELECT id, ends_on,
                lead(id) OVER same AS next_id, lead(starts_on) OVER same AS next_starts_on
            FROM "{table}" WHERE superseded_at IS NULL{approved}
            WINDOW same AS (PARTITION BY {things} ORDER BY starts_on)
        ) WHERE next_id IS NOT NULL AND (ends_on IS NULL OR next_starts_on < ends_on) LIMIT 1"""
