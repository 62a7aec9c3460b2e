"""Turns SQL written for one county into SQL for many, where every row carries its county's code.

Identifiers are a county's own, so a join, a group and a window of one county must stay inside it:
each join gets the equality of counties, each group and window is parted by county, and each row
keeps its county. Nothing else of a text changes.
"""

from __future__ import annotations

import re
from functools import cache

from sqlglot import exp, parse_one

from gengdu.analytics.cards import MalformedCard
from gengdu.analytics.engines.base import PARAMETER

_WRITTEN = re.compile(r"\$(\w+)|%\((\w+)\)s")
"""A parameter as DuckDB or PostgreSQL writes it."""
GIVEN = "given_parameters"
COUNTY = "county"
"""The column that every table, list and result has: the county's administrative code."""


@cache
def lifted(sql: str, dialect: str) -> str:
    """Return the SQL for many counties, in the words of an engine.

    Args:
        sql: For one county, with parameters as :name.
        dialect: duckdb or spark; postgres for comparisons.

    Raises:
        MalformedCard: If a select reads nothing that has a county.
    """
    tree = parse_one(PARAMETER.sub(r"$\1", sql), dialect="duckdb")
    _lift(tree)
    return _WRITTEN.sub(r":\1\2", str(tree.sql(dialect=dialect, comments=False)))


@cache
def lifted_for_several(sql: str, dialect: str, own: frozenset[str]) -> str | None:
    """Return SQL that lists the units of several indicators that differ in parameters alone.

    Each row has the number of its indicator. The text reads GIVEN, with a row for each indicator:
    its number, and its own parameters as columns.

    Args:
        sql: For one county.
        dialect: As above.
        own: Names of the parameters that differ.

    Returns:
        None where a parameter is not in the outermost condition, so that rows cannot choose.
    """
    tree = parse_one(PARAMETER.sub(r"$\1", sql), dialect="duckdb")
    if not isinstance(tree, exp.Select) or tree.args.get("group"):
        return None
    for found in list(tree.find_all(exp.Placeholder)):
        if found.name not in own:
            continue
        if found.find_ancestor(exp.Select) is not tree or found.find_ancestor(exp.Where) is None:
            return None
        found.replace(exp.column(found.name, "given"))
    _lift(tree)
    tree.join(GIVEN, on=exp.true(), join_alias="given", copy=False)
    tree.select(exp.column("number", "given"), copy=False)
    return _WRITTEN.sub(r":\1\2", str(tree.sql(dialect=dialect, comments=False)))


def _lift(tree: exp.Expr) -> bool:
    """Lift a query in place, innermost first; tell whether its rows have a county."""
    if isinstance(tree, exp.Subquery):
        return _lift(tree.this)
    if isinstance(tree, exp.SetOperation):
        return all([_lift(tree.left), _lift(tree.right)])
    assert isinstance(tree, exp.Select), tree.sql()
    if tree.args.get("from_") is None:
        return False  # a row of constants, the same for all
    first = _join_counties(tree)
    _keep_county(tree, first)
    return True


def _join_counties(select: exp.Select) -> str:
    """Keep every join inside a county; return the source that says which it is."""
    first = ""
    for source, join in _sources(select):
        if isinstance(source, exp.Subquery) and not _lift(source):
            continue
        if not source.alias:  # an engine may put a query in the table's place
            source.set("alias", exp.TableAlias(this=exp.to_identifier(source.name)))
        if not first and join is not None and join.side:
            raise MalformedCard(f"no county on the kept side of a join: {select.sql()}")
        if first and join is not None:
            condition = exp.column(COUNTY, source.alias_or_name).eq(exp.column(COUNTY, first))
            join.on(condition, copy=False)
        first = first or source.alias_or_name
    if not first:
        raise MalformedCard(f"nothing here has a county: {select.sql()}")
    return first


def _sources(select: exp.Select) -> list[tuple[exp.Expr, exp.Join | None]]:
    joins = select.args.get("joins") or []
    return [(select.args["from_"].this, None), *((join.this, join) for join in joins)]


def _keep_county(select: exp.Select, first: str) -> None:
    county = exp.column(COUNTY, first)
    for window in select.find_all(exp.Window):
        if window.find_ancestor(exp.Select) is select:
            window.set("partition_by", [county.copy(), *(window.args.get("partition_by") or [])])
    if group := select.args.get("group"):
        group.set("expressions", [county.copy(), *group.expressions])
    if not any(_is_star_of(part, first) for part in select.expressions):
        select.set("expressions", [county.copy(), *select.expressions])


def _is_star_of(part: exp.Expr, first: str) -> bool:
    if isinstance(part, exp.Star):
        return True
    return isinstance(part, exp.Column) and isinstance(part.this, exp.Star) and part.table == first
