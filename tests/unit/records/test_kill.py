"""What was acknowledged survives a kill, and nothing half; each writer reads through DuckDB too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import stores

TABLE = "school_character_outofschoolbrand"
MOVES_PER_PAIR = {"sqlite": 2, "postgresql": 1}


@pytest.mark.django_db
def test_every_acknowledged_pair_survives_fifty_kills_and_no_half_of_one(
    tmp_path: Path, root: Path
) -> None:
    with stores.own_store(tmp_path, "kill") as (name, surroundings):
        told = output_of("kill_child", root, surroundings)
        with stores.another_connection(name) as reader:
            rows = {row[0] for row in stores.execute(reader, f"SELECT id FROM {TABLE}")}
            revision = stores.execute(
                reader,
                f"SELECT sum(revision) FROM records_tablerevision WHERE \"table\" = '{TABLE}'",
            )[0][0]
            if connection.vendor == "sqlite":
                assert stores.execute(reader, "PRAGMA integrity_check") == [("ok",)]
                assert stores.execute(reader, "PRAGMA journal_mode") == [("wal",)]

    assert "wrong" not in told
    acknowledged = {int(key) for line in told for key in line.split(",")}
    assert acknowledged
    assert acknowledged <= rows
    assert len(rows) % 2 == 0
    assert revision == MOVES_PER_PAIR[connection.vendor] * len(rows) // 2


def output_of(child: str, root: Path, surroundings: dict[str, str]) -> list[str]:
    """Run a module that forks writers and kills them, and return the lines it printed."""
    python_path = os.pathsep.join([str(root / "src"), str(root)])
    ours = {"DJANGO_SETTINGS_MODULE": "gengdu.site.settings", "PYTHONPATH": python_path}
    done = subprocess.run(
        [sys.executable, "-m", f"tests.unit.records.{child}"],
        capture_output=True, text=True, timeout=300, cwd=root, check=False,
        env={**os.environ, **ours, **surroundings},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
