"""Says where null sorts, wherever a query says nothing and null can be."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import compiler
from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)
from django.db.models.expressions import Col, OrderBy, Ref
from django.db.models.sql.constants import LOUTER

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]


class SQLCompiler(compiler.SQLCompiler):
    """Sorts null first, and last the other way round."""

    def compile(self, node: Any) -> Any:
        """Add where null goes; a column that holds none is left to its index."""
        if (
            isinstance(node, OrderBy)
            and not (node.nulls_first or node.nulls_last)
            and not self._is_never_null(node.expression)
        ):
            node = node.copy()
            node.nulls_first, node.nulls_last = (None, True) if node.descending else (True, None)
        return super().compile(node)

    def _is_never_null(self, expression: Any) -> bool:
        if isinstance(expression, Ref):
            expression = expression.get_source_expressions()[0]
        if not isinstance(expression, Col) or expression.target.null:
            return False
        table = self.query.alias_map.get(expression.alias)
        return table is not None and table.join_type != LOUTER
