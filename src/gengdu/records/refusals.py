"""Says in words which rule the database kept when it refused a row, the same on both stores."""

from __future__ import annotations

import re

import psycopg
from django.apps import apps
from django.db import IntegrityError
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext

_NAME_ON_SQLITE = re.compile(
    r"period overlap: gengdu_(?P<overlap>\w+)_(?:insert|update)"
    r"|CHECK constraint failed: (?P<check>\w+)"
    r"|UNIQUE constraint failed: index '(?P<index>\w+)'"
)


def reason(error: IntegrityError) -> str:
    """Return which rule of the registers a row would have broken, as a form would say it."""
    cause = error.__cause__
    if isinstance(cause, psycopg.Error):
        kind, name = cause.sqlstate or "", cause.diag.constraint_name
    else:
        kind, name = getattr(cause, "sqlite_errorname", ""), _name_on_sqlite(str(error))
    rule = _constraints().get(name or "")
    if rule is not None and rule.violation_error_message != rule.default_violation_error_message:
        return str(rule.get_violation_error_message())
    return _sentence(kind)


def _name_on_sqlite(text: str) -> str | None:
    found = _NAME_ON_SQLITE.search(text)
    return found[found.lastgroup or 0] if found else None


def _constraints() -> dict[str, BaseConstraint]:
    return {rule.name: rule for model in apps.get_models() for rule in model._meta.constraints}


def _sentence(kind: str) -> str:
    match kind:
        case "23505" | "SQLITE_CONSTRAINT_UNIQUE" | "SQLITE_CONSTRAINT_PRIMARYKEY":
            return gettext("已有同样的记录，不能重复。请改正后再保存。")
        case "23503" | "SQLITE_CONSTRAINT_FOREIGNKEY":
            return gettext("引用的记录不存在，或还有别的记录引用它。请先改正那些记录。")
        case "23502" | "SQLITE_CONSTRAINT_NOTNULL":
            return gettext("缺少必填的内容。请填写后再保存。")
    return gettext("不合数据库的约束，没有保存。请核对填写的内容。")
