"""What migrations of ledgers share: entries get their identity, and what points to one follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

STATE: models.Field[Any, Any] = models.CharField(
    choices=[
        ("draft", "草稿"),
        ("submitted", "待审"),
        ("at_school", "待学校审核"),
        ("at_town", "待镇审核"),
        ("at_bureau", "待分局审核"),
        ("at_notice", "公示中"),
        ("returned", "退回"),
        ("approved", "已批准"),
        ("revoked", "已撤销"),
    ],
    default="draft",
    max_length=10,
    verbose_name="状态",
)
REVOKED_ON: models.Field[Any, Any] = models.DateField(
    blank=True, null=True, verbose_name="撤销日期"
)

_ITEMS = "records_item"


def item_field(**more: Any) -> models.Field[Any, Any]:
    """Return the pointer of a row to its item, as these migrations add it."""
    return models.ForeignKey(
        on_delete=models.PROTECT,
        related_name="%(app_label)s_%(class)s",
        to="records.item",
        verbose_name="条目",
        **more,
    )


def one_live_row(app: str, model: str) -> models.UniqueConstraint:
    """Return the rule that an item has one row that has not been replaced."""
    return models.UniqueConstraint(
        condition=models.Q(superseded_at=None),
        fields=("item",),
        name=f"{app}_{model}_one_live_row",
    )


def give_items(ledgers: Mapping[str, str]) -> Callable[[Any, Any], None]:
    """Return a step that gives every row of some tables an item of its own.

    No page wrote these tables before they had items, so no row was the correction of another.

    Args:
        ledgers: Key of the ledger by table.
    """

    def step(apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            for table, ledger in ledgers.items():
                cursor.execute(f"SELECT coalesce(max(id), 0) FROM {_ITEMS}")
                base = int(cursor.fetchone()[0])
                cursor.execute(
                    f"INSERT INTO {_ITEMS} (id, ledger) SELECT {base} + id, %s FROM {table}",
                    [ledger],
                )
                cursor.execute(
                    f"UPDATE {table} SET item_id = {base} + id, state = "
                    "CASE state WHEN 'submitted' THEN 'at_bureau' ELSE state END"
                )
            _renew_sequence(connection, cursor)
            _settle(connection, cursor)

    return step


def point_to_items(table: str, old: str, new: str, target: str) -> Callable[[Any, Any], None]:
    """Return a step that fills a pointer to items from one to rows.

    Args:
        table: Whose pointer it is.
        old: Column with the id of a row.
        new: Column for the id of that row's item.
        target: Table of the rows.
    """

    def step(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {new} = "
                f"(SELECT r.item_id FROM {target} r WHERE r.id = {table}.{old})"
            )
            _settle(schema_editor.connection, cursor)

    return step


def _renew_sequence(connection: BaseDatabaseWrapper, cursor: Any) -> None:
    """Let the next item get an id that is free; SQLite sees to that itself."""
    if connection.vendor == "postgresql":
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{_ITEMS}', 'id'), "
            f"(SELECT coalesce(max(id), 1) FROM {_ITEMS}))"
        )


def _settle(connection: BaseDatabaseWrapper, cursor: Any) -> None:
    """Check deferred constraints now: PostgreSQL alters no table that has checks to come."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
