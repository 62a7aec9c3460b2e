"""One line of a benchmark's result, and the file that keeps them all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results.json"
FIELDS = (
    "name", "scale", "seconds", "yardstick", "yardstick_seconds", "ratio", "peak_mb", "p95_ms",
    "on",
)  # fmt: skip


def append(row: dict[str, Any]) -> None:
    """Add one result; the file is replaced whole, so that a kill leaves it as it was."""
    assert tuple(row) == FIELDS, f"a result has the fields {FIELDS}, not {tuple(row)}"
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in [*kept, row])
    fresh = RESULTS.with_suffix(".part")
    fresh.write_text(f"[\n{lines}\n]\n")
    os.replace(fresh, RESULTS)


def cell(value: Any) -> str:
    """Return a value for the printed table."""
    if value is None:
        return "—"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
