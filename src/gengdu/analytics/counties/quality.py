"""The resource part of 优质均衡 for many counties at once.

SQL computes with floating-point numbers; wherever a value lies so near to a line that these could
err, the exact fractions of `analytics.quality_balance` decide. Tests hold both ways together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa

from gengdu.analytics.counties.evaluator import CountiesEvaluator
from gengdu.analytics.quality_balance import resources, school_rows, verdict
from gengdu.analytics.quality_balance.resources import (
    INDICATORS,
    PER_HUNDRED,
    RELATION,
    SPLIT,
    AssessedStage,
    Rules,
)
from gengdu.analytics.quality_balance.school_rows import Faulty
from gengdu.analytics.verdicts import Verdict, together

HERE = Path(__file__).parent
NEAR = Fraction(1, 10**9)


@dataclass(frozen=True)
class Quality:
    """How the counties stand.

    Attributes:
        schools: One row per county, school and stage: the seven values, met, verdict.
        stages: One row per county and stage: schools, passed, verdict, limit.
        spreads: One row per county, stage and indicator: mean, deviation, coefficient.
        faults: What contradicts itself, by county; such a county is not judged.
    """

    schools: pa.Table
    stages: list[dict[str, Any]]
    spreads: list[dict[str, Any]]
    faults: Mapping[int, tuple[str, ...]]


def evaluate(of: CountiesEvaluator, *, strict: bool = False) -> Quality:
    """Return how every county, stage and school stands."""
    rules = Rules.on(of.on, strict=strict)
    _measure(of, rules)
    faults = _faults(of)
    schools = _schools(of, rules)
    spreads = [one for one in _spreads(of, rules) if one["county"] not in faults]
    return Quality(schools, _stages(schools, spreads, rules, faults), spreads, faults)


def texts() -> list[str]:
    """Return the SQL that decides, of which a result is made."""
    return [_sql(name) for name in ("measured", "schools", "spreads")]


def _sql(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


def _measure(of: CountiesEvaluator, rules: Rules) -> None:
    of.relation(RELATION)
    of.register_for_each("quality_balance_lines", _lines(rules))
    of.register_for_each("quality_balance_weights", _weights(rules))
    first, last = rules.visiting or (1, 0)
    of.define(
        "quality_balance_measured", _sql("measured"),
        {"floor": float(rules.floor), "fewest": rules.fewest,
         "visiting_from": first, "visiting_to": last},
    )  # fmt: skip


def _lines(rules: Rules) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "number": number, "name": name, "stage": stage.value, "line": float(lines[name]),
                "per": 100.0 if name in PER_HUNDRED else 1.0, "is_split": int(name in SPLIT),
            }
            for stage, lines in rules.lines.items()
            for number, name in enumerate(INDICATORS, start=1)
        ]
    )  # fmt: skip


def _weights(rules: Rules) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {"category": category.value, "stage": stage.value, "weight": float(weight)}
            for category, weights in rules.weights.items()
            for stage, weight in weights.items()
        ]
    )


def _rows_where(of: CountiesEvaluator, condition: str) -> dict[int, list[dict[str, Any]]]:
    """Return the rows of schools for which something holds, by county."""
    table = of.select(
        f"""
        select r.* from {RELATION} r
        join (select distinct county, school_id from {condition}) n
            on n.county = r.county and n.school_id = r.school_id
        order by r.county, r.school_id, r.stage""",
        {},
    )
    found = defaultdict(list)
    for row in table.to_pylist():
        found[row["county"]].append(row)
    return dict(found)


def _faults(of: CountiesEvaluator) -> dict[int, tuple[str, ...]]:
    """Return what the rows of a county say against each other, as its own page would."""
    allowed = ", ".join(
        f"'{category.value} {stage.value}'"
        for category, stages in school_rows.STAGES_OF.items() for stage in stages
    )  # fmt: skip
    odd = _rows_where(
        of,
        f"""{RELATION} where (category <> 'teaching_point'
            and concat(category, ' ', stage) not in ({allowed}))
            or indoor_sports_area_m2 > teaching_area_m2 or indoor_sports_area_m2 > sports_area_m2
            or teaching_area_m2 < 0 or indoor_sports_area_m2 < 0 or sports_area_m2 < 0
            or equipment_yuan < 0 or multimedia_rooms < 0 or visiting_pe_art_teachers < 0""",
    )
    found = {}
    for county, rows in odd.items():
        try:
            school_rows.of_records(rows)
        except Faulty as faulty:
            names = {number: row["school"] for number, row in enumerate(rows, start=1)}
            found[county] = tuple(
                f"{names.get(fault.row, '')} {fault.column}：{fault.message_zh}"
                for fault in faulty.faults
            )
    return found


def _schools(of: CountiesEvaluator, rules: Rules) -> pa.Table:
    near = _rows_where(of, "quality_balance_measured where is_near = 1")
    exact = [
        {
            "county": county, "school_id": school_id, "stage": stage.row.stage.value,
            "number": number, "is_met": int(measured.is_met),
            "is_deep": int(measured.value < rules.floor * measured.line),
        }
        for county, rows in near.items()
        for stage, school_id in _assessed(rows, rules)
        for number, name in enumerate(INDICATORS, start=1)
        if (measured := stage.measured[name]) is not None
    ]  # fmt: skip
    kinds = {"county": pa.int64(), "school_id": pa.int64(), "stage": pa.string(),
             "number": pa.int64(), "is_met": pa.int64(), "is_deep": pa.int64()}  # fmt: skip
    of.register("quality_balance_exact", pa.Table.from_pylist(exact, pa.schema(kinds)))
    return of.select_lifted(
        _sql("schools"),
        {"spare": len(INDICATORS) - rules.needed, "indicators": len(INDICATORS)},
        order="county, school_id, stage",
    )


def _assessed(rows: list[dict[str, Any]], rules: Rules) -> list[tuple[AssessedStage, int]]:
    """Return the assessed stages of rows, exactly, with the id of the school of each."""
    try:
        found = resources.assess(school_rows.of_records(rows), rules)
    except Faulty:
        return []  # told among the faults
    ids = {number: int(row["school_id"]) for number, row in enumerate(rows, start=1)}
    return [(stage, ids[stage.row.row]) for stage in found.stages]


def _spreads(of: CountiesEvaluator, rules: Rules) -> list[dict[str, Any]]:
    table = of.select_lifted(
        _sql("spreads"), {"is_weighted": int(rules.is_weighted)}, order="county, stage, number"
    )
    found: list[dict[str, Any]] = table.to_pylist()
    for one in found:
        limit = rules.limits[school_rows.Stage(one["stage"])]
        mean, deviation = one["mean"], one["deviation"]
        one["coefficient"] = deviation / mean if mean else None
        one["is_within"] = None if mean is None else bool(mean) and deviation <= float(limit) * mean
        if one["coefficient"] and abs(Fraction(one["coefficient"]) - limit) <= NEAR:
            one["is_within"] = _is_within_exactly(of, one, rules)
    return found


def _is_within_exactly(of: CountiesEvaluator, one: Mapping[str, Any], rules: Rules) -> bool:
    table = of.select(
        f"select * from {RELATION} where county = :county order by school_id, stage",
        {"county": one["county"]},
    )
    assessed = resources.assess(school_rows.of_records(table.to_pylist()), rules)
    for stage in verdict.evaluate(assessed, rules).stages:
        if stage.stage.value == one["stage"]:
            spread = stage.spreads[one["name"]]
            return spread is not None and spread.is_within(stage.limit)
    raise LookupError(one)


def _stages(
    schools: pa.Table, spreads: list[dict[str, Any]], rules: Rules,
    faults: Mapping[int, tuple[str, ...]],
) -> list[dict[str, Any]]:  # fmt: skip
    judged: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    counted = schools.group_by(["county", "stage", "verdict"]).aggregate(
        [([], "count_all"), ("pupils", "sum")]
    )
    for row in counted.to_pylist():
        group = judged[row["county"], row["stage"]]
        group[row["verdict"]] += row["count_all"]
        group["pupils"] += int(row["pupils_sum"])
    within = defaultdict(list)
    for one in spreads:
        within[one["county"], one["stage"]].append(one["is_within"])
    return [
        {
            "county": county, "stage": stage,
            "schools": sum(group[each.value] for each in Verdict),
            "pupils": group["pupils"], "passed": group[Verdict.MET.value],
            "limit": float(rules.limits[school_rows.Stage(stage)]),
            "verdict": _verdict(group, within[county, stage]).value,
        }
        for (county, stage), group in sorted(judged.items())
        if county not in faults
    ]  # fmt: skip


def _verdict(schools: Mapping[str, int], within: list[bool | None]) -> Verdict:
    """Return whether a stage passes, as `verdict.evaluate` does."""
    of_spreads = {None: Verdict.UNKNOWN, False: Verdict.UNMET, True: Verdict.MET}
    return together([
        *(each for each in Verdict if schools[each.value]), *(of_spreads[one] for one in within),
    ])  # fmt: skip
