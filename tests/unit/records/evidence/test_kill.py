"""Whoever stores or adds a file may be killed at any moment: before or after, never between."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import stores


@pytest.mark.django_db
def test_killed_at_any_moment_a_file_is_stored_and_added_whole_or_not_at_all(
    tmp_path: Path, root: Path
) -> None:
    with stores.own_store(tmp_path, "evidencekill") as (_, surroundings):
        lines = [line.split(" | ") for line in killed_writers(root, tmp_path, surroundings)]

    assert len(lines) == 25
    reached = set()
    for before, after in lines:
        _number, is_done, proofs, changes, missing, spoilt = map(int, before.split())
        assert (missing, spoilt) == (0, 0), before
        assert proofs == changes <= is_done, before  # no half of a change, no proof without a file
        reached.add((is_done, proofs))
        # Doing it again comes to the same end, whatever was done already.
        assert list(map(int, after.split()))[1:] == [1, 1, 1, 0, 0], after
    assert (0, 0) in reached  # some were killed before the file was stored


def killed_writers(root: Path, var: Path, surroundings: dict[str, str]) -> list[str]:
    """Return what the child says of each file."""
    python_path = os.pathsep.join([str(root / "src"), str(root)])
    ours = {"DJANGO_SETTINGS_MODULE": "gengdu.site.settings", "PYTHONPATH": python_path,
            "GENGDU_VAR": str(var)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.records.evidence.kill_child"],
        capture_output=True, text=True, timeout=240, cwd=root, check=False,
        env={**os.environ, **ours, **surroundings},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
