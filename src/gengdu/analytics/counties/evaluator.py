"""Runs every indicator over the snapshots of one day, for all their counties in one pass each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, cached_property

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import dataset

from gengdu.analytics import cards, run
from gengdu.analytics.cards import Card
from gengdu.analytics.counties.lifting import COUNTY, GIVEN, lifted, lifted_for_several
from gengdu.analytics.engines.base import PARAMETER, Engine, Parameters
from gengdu.analytics.run import Moment
from gengdu.datasets import snapshots
from gengdu.datasets.snapshots import NoSnapshot, Snapshot
from gengdu.datasets.tables import TABLES

ROWS_KEPT = 100_000
READERS = 3
"""A table of more rows, or that fewer indicators read, is read from its files each time."""
AT_ONCE = 18
"""Indicators counted by one statement: an engine begins, and plans, few times; a stop costs one."""
PEOPLE = frozenset({"staff", "pupil"})
_WHOLE = ("counted", "rows", "unreported")


def batches(of: Iterable[Card]) -> list[list[Card]]:
    """Return indicators as they are best counted together: alike ones beside each other."""
    ordered = sorted(of, key=lambda card: (card.sql, card.name))
    return [ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE)]


class CountiesEvaluator:
    """Computes indicators of all counties of one day; tables are read when some SQL needs them."""

    def __init__(self, engine: Engine, of: Sequence[Snapshot]) -> None:
        """Take the snapshots of one day, one for each county.

        Raises:
            NoSnapshot: If they are of several days, or two are of one county.
        """
        self._engine = engine
        self._of = tuple(of)
        self._built: set[str] = set()
        if len({one.on for one in of}) != 1:
            raise NoSnapshot("同时计算的快照须是同一天的。")
        codes = [one.county for one in of]
        if len(set(codes)) < len(codes):
            twice = sorted({code for code in codes if codes.count(code) > 1})
            raise NoSnapshot(f"{'、'.join(map(str, twice))} 在同一天有两份快照，请只给一份。")
        if any(not one.place.files.equals(of[0].place.files) for one in of):
            raise NoSnapshot("同一天的快照须都在文件夹里，或都在同一处对象存储里，请先复制到一处。")

    @property
    def on(self) -> date:
        """The day of the snapshots."""
        return self._of[0].on

    @cached_property
    def counties(self) -> pa.Table:
        """The codes of the counties: what has no county is the same for each of them."""
        return pa.table({COUNTY: pa.array([one.county for one in self._of], pa.int64())})

    def counts(self, of: Sequence[Card]) -> dict[str, pa.Table]:
        """Return the counts of indicators by their name: per county and part, by town and school.

        Columns: county, part, level (county, town, school), id, counted, rows, unreported,
        weight, total.
        """
        for card in of:
            for name in card.reads:
                self._ensure(name)
        table = self._engine.run(*self.counting(of))
        columns = [name for name in table.column_names if name != "number"]
        return {
            card.name: table.filter(pc.equal(table["number"], number)).select(columns)
            for number, card in enumerate(of)
        }

    def counting(self, of: Sequence[Card]) -> tuple[str, Parameters]:
        """Return the SQL that counts indicators for all counties at once, and its parameters."""
        listed, parameters = [], dict(run.calendar(self.on))
        alike: dict[tuple[str, frozenset[str]], list[int]] = {}
        for number, card in enumerate(of):
            every = run.parameters(card, Moment(self.on))
            own = frozenset(every.keys() - run.calendar(self.on).keys())
            parameters |= {f"{name}_of_{number}": every[name] for name in own}
            alike.setdefault((card.sql, own), []).append(number)
        for (sql, own), numbers in alike.items():
            listed += self._listed(sql, own, {number: of[number] for number in numbers})
        return _by_level(" union all ".join(listed)), parameters

    def _listed(self, sql: str, own: frozenset[str], of: dict[int, Card]) -> list[str]:
        """Return SQL that lists by school what indicators of one text count: together if it can."""
        [*_before, card] = of.values()
        several = lifted_for_several(sql, self._engine.dialect, own) if len(of) > 1 else None
        if several is None or card.parts or card.unit_kind in PEOPLE:
            single = lifted(sql, self._engine.dialect)
            return [
                _by_school(each, str(number), _renamed(single, own, number))
                for number, each in of.items()
            ]
        given = " union all ".join(
            f"select {number} as number, "
            + ", ".join(f":{name}_of_{number} as {name}" for name in sorted(own))
            for number in of
        )
        return [_by_school(card, "number", several.replace(GIVEN, f"({given})", 1))]

    def relation(self, name: str) -> None:
        """Build a relation, so that further SQL may read it."""
        self._ensure(name)

    def define(self, name: str, sql: str, parameters: Parameters) -> None:
        """Keep the result of SQL written for one county, for all of them."""
        self._engine.define(name, lifted(sql, self._engine.dialect), parameters, keep_result=True)

    def register(self, name: str, rows: pa.Table) -> None:
        """Make a table known that has the column county."""
        self._engine.register(name, rows)

    def register_for_each(self, name: str, rows: pa.Table) -> None:
        """Make rows known that are the same for every county."""
        self._engine.register(name, self._for_each(rows))

    def select_lifted(self, sql: str, parameters: Parameters, *, order: str) -> pa.Table:
        """Return the result of SQL written for one county, for all of them, in an order."""
        many = lifted(sql, self._engine.dialect)
        return self._engine.run(f"select * from ({many}) found order by {order}", parameters)

    def select(self, sql: str, parameters: Parameters) -> pa.Table:
        """Return the result of SQL written for all counties."""
        return self._engine.run(sql, parameters)

    def _for_each(self, rows: pa.Table) -> pa.Table:
        codes = self.counties[COUNTY].to_pylist()
        copies = [rows.append_column(COUNTY, pa.array([code] * len(rows), pa.int64()))
                  for code in codes]  # fmt: skip
        return pa.concat_tables(copies)

    def _ensure(self, name: str) -> None:
        if name in self._built:
            return
        if name in TABLES:
            self._read(name)
        elif name in cards.relation_names():
            sql, reads = cards.relation(name)
            for needed in reads:
                self._ensure(needed)
            self.define(name, sql, run.calendar(self.on))
        else:
            self.register_for_each(name, run.list_table(name))
        self._built.add(name)

    def _read(self, name: str) -> None:
        table = TABLES[name]
        for one in self._of:
            if missing := snapshots.missing_columns(one, table):
                raise NoSnapshot(
                    f"{one.county} 在 {one.on} 的快照没有 {name} 的 {'、'.join(missing)}："
                    "写它的是旧版，请用那一版计算，或重写快照。"
                )
        schema = snapshots.schema_of(table)
        rows = sum(one.content["tables"][name]["rows"] for one in self._of)
        if self._of[0].place.is_local:
            files = [one.file(name) for one in self._of]
            self._engine.read(name, files, schema, keep=_is_kept(name, rows))
        else:
            self._engine.register(name, self._remote(name, schema))

    def _remote(self, name: str, schema: pa.Schema) -> dataset.Dataset:
        """Read object storage through Arrow; DuckDB's own reader is an extension."""
        county = pa.schema([(COUNTY, pa.int64())])
        return dataset.dataset(
            [one.file(name) for one in self._of],
            schema=pa.unify_schemas([schema, county]),
            filesystem=self._of[0].place.files,
            partitioning=dataset.partitioning(county, flavor="hive"),
        )


def _renamed(sql: str, own: frozenset[str], number: int) -> str:
    """Give the parameters of one card names that no other card has."""

    def name(found: re.Match[str]) -> str:
        return f":{found[1]}_of_{number}" if found[1] in own else found[0]

    return PARAMETER.sub(name, sql)


def _by_school(card: Card, number: str, listed: str) -> str:
    """Return SQL for the few rows that levels are added up from.

    People are counted by school first; schools, towns and documents are few already.
    """
    part = "part" if card.parts else "'all'"
    weighted = card.form in ("growth", "weighted_share")
    sums = {
        "counted": "case when counted = 1 then 1 else 0 end",
        "rows": "1",
        "unreported": "case when counted is null then 1 else 0 end",
        "weight": "cast(weight as double)" if weighted else "cast(null as double)",
        "total": "cast(total as double)"
        if card.form == "weighted_share"
        else "cast(null as double)",
    }
    is_reduced = card.unit_kind in PEOPLE
    summed = {name: f"sum({cell})" if is_reduced else cell for name, cell in sums.items()}
    columns = ", ".join(f"{cell} as {name}" for name, cell in summed.items())
    keys = ["county", *(["part"] if card.parts else []), "town_id", "school_id"]
    group = f" group by {', '.join(keys)}" if is_reduced else ""
    return f"""
select {number} as number, county, {part} as part, town_id, school_id, {columns}
from ({listed}) listed{group}"""


def _by_level(by_school: str) -> str:
    whole = ", ".join(f"cast(sum({name}) as bigint) as {name}" for name in _WHOLE)
    return f"""
select * from (
    select
        number, county, part,
        case
            when grouping(town_id) = 0 then 'town' when grouping(school_id) = 0 then 'school'
            else 'county'
        end as level,
        coalesce(town_id, school_id) as id,
        {whole}, sum(weight) as weight, sum(total) as total
    from ({by_school}) by_school
    group by grouping sets (
        (number, county, part), (number, county, part, town_id), (number, county, part, school_id)
    )
) by_level
where level = 'county' or id is not null"""


def _is_kept(table: str, rows: int) -> bool:
    return rows <= ROWS_KEPT and _readers()[table] >= READERS


@cache
def _readers() -> Counter[str]:
    """Return how many indicators and relations read each table."""
    texts = [card.reads for card in cards.cards().values()]
    texts += [cards.relation(name)[1] for name in cards.relation_names()]
    return Counter(name for reads in texts for name in reads)
