"""The items of 优质均衡 that figures answer, for many counties: the same judges, one by one.

SQL lists what the registers of all counties say; the judging is that of a single county, so that
neither has to be written twice. What is stated, monitored or surveyed is in no snapshot.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gengdu.analytics.counties.evaluator import CountiesEvaluator
from gengdu.analytics.counties.lifting import COUNTY
from gengdu.analytics.quality_balance import register_facts
from gengdu.analytics.quality_balance.conclusion import JUDGES
from gengdu.analytics.quality_balance.finding import Asked
from gengdu.analytics.quality_balance.item_list import listed

IN_NO_SNAPSHOT = frozenset({"q9", "s1"})
"""Judged by ledgers that do not leave the county: monitoring and the survey of recognition."""
Rows = list[dict[str, Any]]


def judged(of: CountiesEvaluator, *, strict: bool = False) -> Mapping[int, Rows]:
    """Return how each county stands in each item by its figures alone, by county.

    A row has: county, item, group, number, label, verdict, said, missing, needs_statement. One
    county is held in memory at a time.
    """
    for relation, _order in register_facts.RELATIONS.values():
        of.relation(relation)
    return {
        county: _of_county(of, county, strict=strict)
        for county in of.counties[COUNTY].to_pylist()
    }  # fmt: skip


def _of_county(of: CountiesEvaluator, county: int, *, strict: bool) -> Rows:
    rows = {
        name: _rows(of, relation, order, county)
        for name, (relation, order) in register_facts.RELATIONS.items()
    }
    asked = Asked(register_facts.gather(rows, of.on), of.on, strict)
    found = []
    for item in listed():
        if item.key in JUDGES and item.key not in IN_NO_SNAPSHOT:
            finding = JUDGES[item.key](asked)
            found.append({
                "county": county, "item": item.key, "group": item.group, "number": item.number,
                "label": item.label_zh, "verdict": finding.verdict.value, "said": finding.said_zh,
                "missing": "；".join(finding.missing_zh), "needs_statement": item.needs_statement,
            })  # fmt: skip
    return found


def _rows(of: CountiesEvaluator, relation: str, order: str, county: int) -> Rows:
    """Return the rows of a relation of one county, as its own page would have them."""
    table = of.select(
        f"select * from {relation} where county = :county order by {order}", {"county": county}
    )
    rows: Rows = table.drop_columns([COUNTY]).to_pylist()
    return rows
