"""An evaluation as plain data: what the form is filled from and what is locked; nothing rounded.

Numbers are exact and stand as text, `193/20` where they are no whole ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from gengdu.analytics.quality_balance.conclusion import Conclusion, Judged
from gengdu.analytics.quality_balance.item_list import GROUPS
from gengdu.analytics.quality_balance.register_facts import SchoolFacts
from gengdu.analytics.quality_balance.resources import INDICATORS
from gengdu.analytics.quality_balance.verdict import Evaluation, SchoolVerdict, StageVerdict
from gengdu.analytics.statements import Surveyed
from gengdu.board.quality_balance.basics import basics
from gengdu.board.quality_balance.standing import Standing
from gengdu.policy import facts
from gengdu.registers.schools.cells import own_county

Content = dict[str, Any]
RULES = ("quality_balance", "class_size", "small_schools", "staff_rules")
"""The files of the policy whose facts the evaluation goes by, besides its settings."""


def exact(value: Fraction | int | None) -> str | None:
    """Return a number as text.

    >>> exact(Fraction(193, 20)), exact(4), exact(None)
    ('193/20', '4', None)
    """
    return None if value is None else str(Fraction(value))


def number(text: str | None) -> Fraction | None:
    """Return the number of a text; None where there is none."""
    return None if text is None else Fraction(text)


def of_standing(found: Standing) -> Content:
    """Return everything that the evaluation of the district comes to."""
    moment, concluded = found.moment, found.conclusion
    schools = {one.school_id: one for one in found.county.schools}
    ids = found.district.school_ids
    numbers = basics(found.county, moment)
    return {
        "on": moment.on.isoformat(),
        "known": moment.known.isoformat() if moment.known else None,
        "strict": found.asked.strict,
        "county": own_county(moment.on, moment.known),
        "verdict": concluded.verdict.value,
        "groups": {group: concluded.verdict_of(group).value for group in GROUPS},
        "basics": {name: exact(value) for name, value in numbers.items()},
        **_resources(found.district.evaluation, ids, schools, moment.on),
        "items": items_of(concluded),
        "monitoring": [
            {"subject": one.subject, "level": one.level, "difference": exact(one.difference)}
            for one in found.asked.monitored
        ],
        "survey": {
            "all": _survey(found.asked.surveyed), "parents": _survey(found.parents),
        },
        "relaxed": [[one.school, one.item_zh, one.why_zh] for one in found.relaxed],
        "rules": _rules(found),
    }  # fmt: skip


def of_evaluation(found: Evaluation, on: date, *, strict: bool) -> Content:
    """Return the resource part alone, of a county from a file: all else is not reported."""
    return {
        "on": on.isoformat(), "known": None, "strict": strict, "county": {},
        "verdict": found.verdict.value,
        "groups": {}, "basics": {}, **_resources(found, {}, {}, on), "items": [], "monitoring": [],
        "survey": {"all": None, "parents": None}, "relaxed": [], "rules": [],
    }  # fmt: skip


def _resources(
    found: Evaluation, ids: Mapping[int, int], schools: Mapping[int, SchoolFacts], on: date
) -> Content:
    floor = facts.value("quality_balance.floor_share", on=on)
    return {
        "resources": found.verdict.value,
        "schools": [
            _school(one, schools.get(ids.get(one.stage.row.row, 0)), floor) for one in found.schools
        ],
        "stages": [_stage(one) for one in found.stages],
        "excluded": [
            [one.row.school, one.row.stage.value, one.reason_zh] for one in found.assessed.excluded
        ],
    }


def _school(one: SchoolVerdict, known: SchoolFacts | None, floor: Fraction) -> Content:
    row, measured = one.stage.row, one.stage.measured
    classes = [c for c in known.classes if c.stage == row.stage] if known else []
    return {
        "school_id": known.school_id if known else None,
        "school": row.school,
        "category": row.category.value,
        "stage": row.stage.value,
        "sponsor": known.sponsor if known else None,
        "pupils": row.pupils,
        "grades": len({c.grade for c in classes}) if known else None,
        "classes": len(classes) if known else None,
        "values": {n: exact(m.value if (m := measured[n]) else None) for n in INDICATORS},
        "lines": {n: exact(m.line if (m := measured[n]) else None) for n in INDICATORS},
        "met": one.met,
        "near": [n for n in INDICATORS if (m := measured[n]) and m.is_at_floor(floor)],
        "verdict": one.verdict.value,
        "reason": one.reason_zh,
    }


def _stage(one: StageVerdict) -> Content:
    spreads = one.spreads
    return {
        "stage": one.stage.value,
        "schools": one.schools,
        "pupils": one.pupils,
        "passed": one.passed,
        "means": {n: exact(s.mean if s else None) for n, s in spreads.items()},
        "coefficients": {n: exact(s.coefficient if s else None) for n, s in spreads.items()},
        "within": {n: s.is_within(one.limit) if s else None for n, s in spreads.items()},
        "composite": exact(one.composite),
        "limit": exact(one.limit),
        "verdict": one.verdict.value,
        "reason": one.reason_zh,
    }


def items_of(concluded: Conclusion) -> list[Content]:
    """Return every item with its figures."""
    return [_item(one) for one in concluded.judged]


def _item(one: Judged) -> Content:
    finding, statement = one.finding, one.statement
    return {
        "key": one.item.key,
        "label": one.item.label_zh,
        "verdict": one.verdict.value,
        "said": one.said_zh,
        "missing": list(one.missing_zh),
        "reading": finding.reading_zh if finding else "",
        "figures": {k: exact(v) for k, v in finding.figures.items()} if finding else {},
        "values": [exact(m.item.value) for m in finding.measures] if finding else [],
        "schools": [
            {"school_id": at.school_id, "school": at.school, "verdict": at.verdict.value,
             "values": {m.label_zh: exact(m.item.value) for m in at.measures}}
            for at in finding.schools
        ] if finding else [],
        "statement": statement.text_zh if statement and statement.is_approved else "",
    }  # fmt: skip


def _survey(one: Surveyed | None) -> Content | None:
    return None if one is None else dict(vars(one))


def _rules(found: Standing) -> list[Content]:
    """Return every number of the policy that was in force, with its source and its grade."""
    on = found.moment.on
    rules = []
    for name, fact in sorted(facts.plan().facts.items()):
        is_setting = name.startswith("settings.quality_balance_")
        if name.split(".")[0] in RULES or is_setting:
            value = fact.on(on)
            rules.append({
                "name": name, "label": fact.label_zh, "compare": fact.compare,
                "value": exact(value.value), "upper": exact(value.upper), "grade": value.grade,
                "reading": value.reading, "source": fact.source.title,
                "number": fact.source.number,
            })  # fmt: skip
    return rules
