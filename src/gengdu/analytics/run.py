"""Runs indicators over tables of one state of the registers, at any day and state of knowledge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pyarrow as pa

from gengdu.analytics import cards, forms
from gengdu.analytics.cards import Card
from gengdu.analytics.engines.base import Engine, Parameter
from gengdu.analytics.forms import Counts
from gengdu.datasets.tables import TABLES
from gengdu.kernel.dates import years_before
from gengdu.kernel.school_years import SchoolYear, term_containing
from gengdu.policy import facts, lists

MOMENTS_KEPT = 60

TableOf = Callable[[str], pa.Table]
END_OF_DAY_IN_UTC = "16:00:00"  # midnight in China; the registers keep their times in UTC


@dataclass(frozen=True)
class Moment:
    """The day asked for, and the day whose knowledge is asked for (None: all that is known now)."""

    on: date
    known: date | None = None


@dataclass(frozen=True)
class Result:
    """What an indicator comes to at one moment.

    Attributes:
        district: Counts of the whole district, by part.
        towns: Counts by place id of the town, then by part.
        schools: Counts by school id, then by part.
    """

    card: Card
    moment: Moment
    district: Mapping[str, Counts]
    towns: Mapping[int, Mapping[str, Counts]]
    schools: Mapping[int, Mapping[str, Counts]]

    @property
    def value(self) -> Fraction | None:
        """The value of the whole district."""
        return forms.value(self.card.form, self.district)

    @property
    def bounds(self) -> forms.Range | None:
        """How far missing reports could move the value."""
        return forms.bounds(self.card.form, self.district)

    @property
    def unreported(self) -> int:
        """How many rows wait for a record."""
        return sum(counts.unreported for counts in self.district.values())


class Evaluator:
    """Computes indicators from tables that are fetched only when some SQL needs them.

    Relations that several indicators share are built once for each moment.
    """

    def __init__(self, engine: Engine, table_of: TableOf) -> None:
        """Take an engine and a function that returns the Arrow table of a declared name."""
        self._engine = engine
        self._table_of = table_of
        self._registered: dict[str, pa.Table] = {}
        self._built: dict[str, set[str]] = {}

    def evaluate(self, card: Card, moment: Moment) -> Result:
        """Return what one indicator comes to, for the district, each town and each school."""
        self._prepare(card.reads, moment)
        rows = self._engine.run(_aggregation(card), parameters(card, moment)).to_pylist()
        district: dict[str, Counts] = {}
        towns: dict[int, dict[str, Counts]] = {}
        schools: dict[int, dict[str, Counts]] = {}
        for row in rows:
            counts = forms.from_row(row)
            if row["of_town"]:
                towns.setdefault(row["town_id"], {})[row["part"]] = counts
            elif row["of_school"]:
                schools.setdefault(row["school_id"], {})[row["part"]] = counts
            else:
                district[row["part"]] = counts
        towns.pop(None, None)  # type: ignore[call-overload]
        schools.pop(None, None)  # type: ignore[call-overload]
        return Result(card, moment, district, towns, schools)

    def units(self, card: Card, moment: Moment) -> pa.Table:
        """Return the rows an indicator counts with all columns its SQL names, in a fixed order."""
        self._prepare(card.reads, moment)
        order = "town_id, school_id, unit_id" + (", part" if card.parts else "")
        return self._engine.run(
            f"select * from ({card.sql}) units order by {order}", parameters(card, moment)
        )

    def relation(self, name: str, moment: Moment, *, order: str) -> pa.Table:
        """Return the rows of a relation that several things are computed from, in an order."""
        self._prepare((name,), moment)
        return self._engine.run(f"select * from {name} order by {order}", calendar(moment.on))

    def _prepare(self, reads: tuple[str, ...], moment: Moment) -> None:
        for name in cards.tables_behind(reads):
            self._refresh(name)
        if len(self._built) >= MOMENTS_KEPT:
            self._engine.leave_all()
            self._built.clear()
        space = _space(moment)
        if not self._engine.enter(space):
            self._built.pop(space, None)
        built = self._built.setdefault(space, set())
        for name in reads:
            self._ensure(name, moment, built)

    def _ensure(self, name: str, moment: Moment, built: set[str]) -> None:
        if name in built:
            return
        if name in TABLES:
            self._engine.define(name, known_rows(name, moment.known), {}, keep_result=False)
        elif name in cards.relation_names():
            sql, reads = cards.relation(name)
            for needed in reads:
                self._ensure(needed, moment, built)
            self._engine.define(name, sql, calendar(moment.on), keep_result=True)
        else:
            self._engine.register(name, list_table(name))
        built.add(name)

    def _refresh(self, name: str) -> None:
        table = self._table_of(name)
        if self._registered.get(name) is not table:
            self._engine.register(f"recorded_{name}", table)
            self._registered[name] = table
            for built in self._built.values():
                built -= {other for other in built if name in cards.tables_behind((other,))}


def _space(moment: Moment) -> str:
    known = moment.known.strftime("%Y%m%d") if moment.known else "now"
    return f"on_{moment.on:%Y%m%d}_{known}"


def known_rows(name: str, known: date | None) -> str:
    """Return the SQL that keeps the rows of a table that were known, live and approved."""
    if known is None:
        condition = "superseded_at is null"
    else:
        end = f"cast('{known} {END_OF_DAY_IN_UTC}' as timestamp)"
        condition = f"recorded_at < {end} and (superseded_at is null or superseded_at >= {end})"
    if TABLES[name].approvable:
        condition += " and state = 'approved'"
    return f"select * from recorded_{name} where {condition}"


def _aggregation(card: Card) -> str:
    part = "part" if card.parts else "'all'"
    weighted = card.form in ("growth", "weighted_share")
    weight = "sum(cast(weight as double))" if weighted else "cast(null as double)"
    total = (
        "sum(cast(total as double))" if card.form == "weighted_share" else "cast(null as double)"
    )
    return f"""
select
    part, town_id, school_id,
    1 - grouping(town_id) as of_town,
    1 - grouping(school_id) as of_school,
    sum(case when counted = 1 then 1 else 0 end) as counted,
    count(*) as rows,
    sum(case when counted is null then 1 else 0 end) as unreported,
    {weight} as weight,
    {total} as total
from (select {part} as part, {", ".join(_aggregated(card))} from ({card.sql}) listed) units
group by grouping sets ((part), (part, town_id), (part, school_id))"""


def _aggregated(card: Card) -> tuple[str, ...]:
    extra = {"growth": ("weight",), "weighted_share": ("weight", "total")}.get(card.form, ())
    return ("town_id", "school_id", "counted", *extra)


def calendar(on: date) -> dict[str, Parameter]:
    """Return the dates that any SQL may ask for."""
    year = SchoolYear.containing(on)
    closed = on == date(on.year, 12, 31)
    return {
        "on": on,
        "year_start": date(on.year, 1, 1),
        "year_ago": years_before(on, 1),
        "last_full_year": on.year if closed else on.year - 1,
        "school_year": year.begins_in,
        "school_year_start": year.starts_on,
        "term_start": term_containing(on).starts_on,
        "training_since": years_before(
            on, int(facts.value("staff_rules.teacher_training_cycle", on=on))
        ),
        "baseline": date.fromisoformat(facts.plan().source.issued_on),
    }


def parameters(card: Card, moment: Moment) -> dict[str, Parameter]:
    """Return what the SQL of a card may ask for at a moment."""
    found: dict[str, Parameter] = calendar(moment.on)
    found.update(_constants(card))
    for name, fact in card.facts.items():
        number = facts.value(fact, on=moment.on)
        found[name] = int(number) if number.denominator == 1 else float(number)
    for name, rule in card.derived.items():
        found[name] = _derive(rule, moment.on)
    return found


def _constants(card: Card) -> dict[str, Parameter]:
    return {
        name: date.fromisoformat(text) if _is_date(text) else text
        for name, text in card.parameters.items()
    }


def _is_date(text: object) -> bool:
    return isinstance(text, str) and len(text) == 10 and text[4] == text[7] == "-"


def _derive(rule: Mapping[str, object], on: date) -> Parameter:
    if "years_before_on" in rule:
        years = facts.value(str(rule["years_before_on"]), on=on) + int(str(rule.get("plus", 0)))
        return years_before(on, int(years))
    if "length_of" in rule:
        return len(lists.items(str(rule["length_of"])))
    raise cards.MalformedCard(f"no rule derives a parameter from {dict(rule)}")


def list_table(name: str) -> pa.Table:
    """Return a list of the policy as a table, numbered from 1."""
    rows = [{"number": number, **item} for number, item in enumerate(lists.items(name), start=1)]
    return pa.Table.from_pylist(rows)
