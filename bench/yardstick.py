"""All indicators by hand-written DuckDB SQL: what `gengdu evaluate` is measured against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from gengdu.analytics import cards, run
from gengdu.analytics.quality_balance.resources import INDICATORS, PER_HUNDRED, SPLIT, Rules
from gengdu.analytics.run import Moment
from gengdu.datasets.snapshots import Snapshot
from gengdu.policy import lists

SQL = (Path(__file__).parent / "by_hand.sql").read_text(encoding="utf-8")
LEVELS = """
select * from (
    select indicator, county, part,
        case when grouping(town_id) = 0 then 'town' when grouping(school_id) = 0 then 'school' else 'county' end as level,
        coalesce(town_id, school_id) as id, sum(counted)::bigint as counted, sum(rows)::bigint as rows,
        sum(unreported)::bigint as unreported, sum(weight) as weight, sum(total) as total
    from by_school
    group by grouping sets ((indicator, county, part), (indicator, county, part, town_id), (indicator, county, part, school_id))
)
where level = 'county' or id is not null"""
SCHOOLS = """
select county, school_id, stage, pupils, max(value) filter (number = 1) as value_1, max(value) filter (number = 2) as value_2,
    max(value) filter (number = 3) as value_3, max(value) filter (number = 4) as value_4, max(value) filter (number = 5) as value_5,
    max(value) filter (number = 6) as value_6, max(value) filter (number = 7) as value_7, count(*) filter (value >= line) as met,
    case when count(*) filter (value < {floor} * line) > 0 or count(*) filter (value < line) > {spare} then 'fail'
        when count(value) < 7 then 'not_reported' else 'pass' end as verdict
from quality group by all order by county, school_id, stage"""
SPREADS = """
select q.county, q.stage, q.number, count(*) as schools, sum(q.pupils)::bigint as pupils,
    case when count(value) = count(*) then max(mean) end as mean,
    case when count(value) = count(*) then sqrt(sum(q.pupils * (value - mean) ** 2) / sum(q.pupils)) end as deviation
from quality q
join (select county, stage, number, sum(pupils * value) / sum(pupils) as mean from quality group by all) a
    on a.county = q.county and a.stage = q.stage and a.number = q.number
group by all order by q.county, q.stage, q.number"""


def evaluate(of: Sequence[Snapshot], *, threads: int) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return the counts by level, the schools and the spreads of 优质均衡."""
    given = _given(of)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"set threads = {threads}; set enable_progress_bar = false")
        for statement in _filled(SQL, of, given).split(";\n"):
            if statement.strip():
                connection.execute(statement)
        return tuple(
            connection.execute(sql.format(**given)).to_arrow_table()
            for sql in (LEVELS, SCHOOLS, SPREADS)
        )  # type: ignore[return-value]


def _filled(sql: str, of: Sequence[Snapshot], given: dict[str, str]) -> str:
    sql = re.sub(r"\{files:(\w+)\}", lambda found: _files(found[1], of), sql)
    return sql.format(**given)


def _files(table: str, of: Sequence[Snapshot]) -> str:
    roots = {one.place.path(f"snapshot={one.on}", table, "county=*", "part.parquet") for one in of}
    paths = ", ".join(f"'{root}'" for root in sorted(roots))
    return (
        f"read_parquet([{paths}], hive_partitioning = true, hive_types = {{{{'county': bigint}}}})"
    )


def _given(of: Sequence[Snapshot]) -> dict[str, str]:
    """Return the days and numbers of the rules as literals."""
    on = of[0].on
    found = {name: _literal(value) for name, value in run.calendar(on).items()}
    for name, card, parameter in (
        ("item_count", "town_seat_class_ii_share", "item_count"),
        ("class_limit", "town_seat_class_ii_share", "class_limit"),
        ("class_limit_mbps", "class_hundred_share", "limit"),
        ("school_limit_mbps", "school_gigabit_share", "limit"),
        ("born_after", "young_leader_share", "born_after"),
        ("terms", "two_term_exchange_share", "terms"),
        ("days", "dropout_plan_share", "days"),
        ("small_limit", "small_school_increase", "limit"),
    ):
        found[name] = _literal(run.parameters(cards.card(card), Moment(on))[parameter])
    documents = [
        (card.name, run.parameters(card, Moment(on)))
        for card in cards.cards().values() if "issued_from" in card.parameters
    ]  # fmt: skip
    found["documents"] = ", ".join(
        f"('{name}', '{own['kind']}', {_literal(own['issued_from'])})" for name, own in documents
    )
    found["mechanisms"] = str([item["kind"] for item in lists.items("mechanisms")])
    return found | _rules(Rules.on(on))


def _rules(rules: Rules) -> dict[str, str]:
    first, last = rules.visiting or (1, 0)
    return {
        "fewest": str(rules.fewest), "visiting_from": str(first), "visiting_to": str(last),
        "floor": f"{float(rules.floor)!r}::double", "spare": str(len(INDICATORS) - rules.needed),
        "weights": ", ".join(
            f"('{category.value}', '{stage.value}', {float(weight)!r}::double)"
            for category, weights in rules.weights.items() for stage, weight in weights.items()
        ),
        "lines": ", ".join(
            f"({number}, '{name}', '{stage.value}', {float(lines[name])!r}::double, "
            f"{100.0 if name in PER_HUNDRED else 1.0}::double, {int(name in SPLIT)})"
            for stage, lines in rules.lines.items()
            for number, name in enumerate(INDICATORS, start=1)
        ),
    }  # fmt: skip


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int | float) else f"date '{value}'"
