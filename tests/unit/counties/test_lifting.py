"""SQL of one county becomes SQL of many: what is added, and what is refused."""

from __future__ import annotations

import pytest

from gengdu.analytics.cards import MalformedCard
from gengdu.analytics.counties.lifting import lifted

CASES = {
    "a row keeps its county": ("select a.x from t a", "SELECT a.county, a.x FROM t AS a"),
    "a star has it already": ("select a.*, 1 as n from t a", "SELECT a.*, 1 AS n FROM t AS a"),
    "a join stays inside": (
        "select a.x from t a left join u b on b.x = a.x",
        "SELECT a.county, a.x FROM t AS a LEFT JOIN u AS b ON b.x = a.x AND b.county = a.county",
    ),
    "a group is of one county": (
        "select x, count(*) as n from t group by x",
        "SELECT t.county, x, COUNT(*) AS n FROM t AS t GROUP BY t.county, x",
    ),
    "a window is of one county": (
        "select sum(x) over (order by y) as s from t a",
        "SELECT a.county, SUM(x) OVER (PARTITION BY a.county ORDER BY y) AS s FROM t AS a",
    ),
    "constants are the same for all": (
        "select m.part, a.x from (select 'now' as part) m join t a on a.x > 0",
        "SELECT a.county, m.part, a.x FROM (SELECT 'now' AS part) AS m JOIN t AS a ON a.x > 0",
    ),
    "a parameter stays one": (
        "select a.x from t a where a.y <= :on",
        "SELECT a.county, a.x FROM t AS a WHERE a.y <= :on",
    ),
}


@pytest.mark.parametrize(("sql", "expected"), CASES.values(), ids=list(CASES))
def test_the_county_is_added_and_nothing_else(sql: str, expected: str) -> None:
    assert lifted(sql, "duckdb") == expected


@pytest.mark.parametrize(
    "sql",
    [
        "select m.part from (select 'now' as part) m",
        "select m.part from (select 'now' as part) m left join t a on a.x > 0",
    ],
)
def test_what_would_belong_to_no_county_is_refused(sql: str) -> None:
    with pytest.raises(MalformedCard, match="county"):
        lifted(sql, "duckdb")
