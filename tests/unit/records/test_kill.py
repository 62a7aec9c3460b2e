"""What was acknowledged survives a kill, though each writer reads through DuckDB as well."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

TABLE = "school_character_outofschoolbrand"


def test_every_acknowledged_row_survives_fifty_kills(tmp_path: Path, root: Path) -> None:
    database = tmp_path / "main.sqlite3"
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gengdu.site.settings",
        "GENGDU_VAR": str(tmp_path),
        "GENGDU_DATABASE": str(database),
        "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
    }

    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.records.kill_child"],
        capture_output=True, text=True, timeout=60, cwd=root, env=surroundings, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    told = done.stdout.split()
    assert "wrong" not in told
    acknowledged = {int(line) for line in told}
    assert acknowledged
    with closing(sqlite3.connect(database)) as connection:
        rows = {row[0] for row in connection.execute(f"SELECT id FROM {TABLE}")}
        revision = connection.execute(
            'SELECT revision FROM records_tablerevision WHERE "table" = ?', [TABLE]
        ).fetchone()[0]
        assert acknowledged <= rows
        assert revision == len(rows)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
