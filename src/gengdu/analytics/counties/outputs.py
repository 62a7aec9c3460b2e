"""What each county gets of the results, in a folder of its own: Parquet, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gengdu.analytics import cards, disclosure, forms
from gengdu.analytics.cards import Card
from gengdu.analytics.counties.results import Day, put
from gengdu.datasets.snapshots import Snapshot
from gengdu.policy import facts

FORMATS = ("parquet", "csv", "json")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Rows = list[dict[str, Any]]


def write(folder: Path, day: Day, of: Sequence[Snapshot], form: str) -> None:
    """Write the results of each county into a folder of its own.

    Args:
        folder: Where results go.
        day: What the day came to.
        of: The snapshots; small counts are hidden where persons were taken out of one.
        form: parquet, csv or json.
    """
    threshold = int(facts.value("settings.small_count", on=day.on))
    counted = {name: _by_county(table) for name, table in day.counts.items()}
    schools = _by_county(day.quality.schools)
    for one in of:
        hides = threshold if one.is_deidentified else None
        own = folder / f"snapshot={day.on}" / f"county={one.county}"
        own.mkdir(parents=True, exist_ok=True)
        pieces = _pieces(one.county, day, counted, hides)
        pieces["quality_balance_schools"] = schools.get(one.county, [])
        if day.items is not None:
            pieces["quality_balance_items"] = _items(day.items[one.county], hides)
        for name, rows in pieces.items():
            put(own / f"{name}.{form}", _encoded(rows, form))


def _by_county(table: pa.Table) -> dict[int, Rows]:
    found: dict[int, Rows] = {}
    for row in table.to_pylist():
        found.setdefault(row["county"], []).append(row)
    return found


def _items(rows: Rows, hides: int | None) -> Rows:
    """Return the items; where persons were taken out, without sentences that tell small counts."""
    return rows if hides is None else [{**row, "said": ""} for row in rows]


def _pieces(
    county: int, day: Day, counted: Mapping[str, Mapping[int, Rows]],
    hides: int | None,
) -> dict[str, Rows]:  # fmt: skip
    values, counts = [], []
    for card in cards.cards().values():
        rows = counted[card.name].get(county, [])
        if hides is not None and card.disclosure == "small_counts":
            rows = without_small(rows, hides)
        counts += [{"indicator": card.name, **row} for row in rows]
        values.append(_value(card, county, day.on, rows))
    return {
        "indicators": values,
        "counts": counts,
        "quality_balance_stages": [one for one in day.quality.stages if one["county"] == county],
        "quality_balance_spreads": [one for one in day.quality.spreads if one["county"] == county],
        "quality_balance_faults": [
            {"county": county, "fault": fault} for fault in day.quality.faults.get(county, ())
        ],
    }


def without_small(rows: Rows, threshold: int) -> Rows:
    """Return counts of children without a level that has a small group.

    A level goes whole: one group alone could be had back from the total.
    """
    small = {row["level"] for row in rows if disclosure.is_hidden(forms.from_row(row), threshold)}
    if "county" in small:
        return [
            {**row, **dict.fromkeys(("counted", "rows", "unreported", "weight", "total"))}
            for row in rows
            if row["level"] == "county"
        ]
    return [row for row in rows if row["level"] not in small]


def _value(card: Card, county: int, on: date, rows: Rows) -> dict[str, Any]:
    whole = [row for row in rows if row["level"] == "county"]
    hidden = any(row["rows"] is None for row in whole)
    parts = {} if hidden else {row["part"]: forms.from_row(row) for row in whole}
    value, bounds = forms.value(card.form, parts), forms.bounds(card.form, parts)
    return {
        "county": county, "on": str(on), "indicator": card.name, "label": card.label_zh,
        "unit": card.unit, "value": None if value is None or hidden else float(value),
        "least": float(bounds.least) if bounds and not hidden else None,
        "greatest": float(bounds.greatest) if bounds and not hidden else None,
        "unreported": None if hidden else sum(counts.unreported for counts in parts.values()),
        "hidden": hidden,
    }  # fmt: skip


def _encoded(rows: Rows, form: str) -> bytes | pa.Buffer:
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1).encode()
    if form == "csv":
        return _csv(rows).encode("utf-8-sig")  # Excel takes it for GBK otherwise
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows), sink, compression="zstd")
    return sink.getvalue()


def _csv(rows: Rows) -> str:
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
