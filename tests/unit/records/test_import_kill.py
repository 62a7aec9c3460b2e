"""Whoever previews or writes a file may be killed at any moment: it is written whole or not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import stores


@pytest.mark.django_db
def test_a_killed_import_is_written_whole_or_not_at_all_and_can_go_on(
    tmp_path: Path, root: Path
) -> None:
    with stores.own_store(tmp_path, "importkill") as (_, surroundings):
        lines = killed_imports(root, tmp_path, surroundings)

    outcomes = {(state, bool(int(change)), int(written)) for _, state, change, written, _ in lines}
    rows = int(lines[0][4])
    assert len(lines) == 12
    assert outcomes <= {("done", True, rows), ("writing", False, 0)}


def killed_imports(root: Path, var: Path, surroundings: dict[str, str]) -> list[list[str]]:
    """Return what the child says of each batch."""
    python_path = os.pathsep.join([str(root / "src"), str(root)])
    ours = {"DJANGO_SETTINGS_MODULE": "gengdu.site.settings", "PYTHONPATH": python_path,
            "GENGDU_VAR": str(var)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.records.import_kill_child"],
        capture_output=True, text=True, timeout=240, cwd=root, check=False,
        env={**os.environ, **ours, **surroundings},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]
