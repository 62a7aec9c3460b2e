"""Demo databases for benchmarks, each made once, and processes that measure over them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

VAR = Path(os.environ.get("GENGDU_VAR", Path(__file__).resolve().parents[1] / "var")) / "bench"


def environment(scale: int) -> dict[str, str]:
    """Return the environment of a process over a demo of a scale; a server's URL stays as it is."""
    return {**os.environ, "GENGDU_DATABASE": str(database(scale)), "PYTHONUTF8": "1"}


def in_own_process(module: str, scale: int) -> list[dict[str, Any]]:
    """Run a benchmark's module over a scale; what it prints last is its lines as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, str(scale)],
        env=environment(scale), check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def database(scale: int) -> Path:
    """Return a demo database of a scale with every migration, made where it is not there yet."""
    VAR.mkdir(parents=True, exist_ok=True)
    path = VAR / f"demo-x{scale}.sqlite3"
    if not path.exists():
        _cli("demo", "--scale", str(scale), "--out", str(path))
    for alias in ("default", "trail"):
        command = [sys.executable, "manage.py", "migrate", "--database", alias, "-v0"]
        given = {**os.environ, "GENGDU_DATABASE": str(path)}
        subprocess.run(command, check=True, stdout=sys.stderr, env=given)
    return path


def _cli(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "gengdu.cli", *arguments], check=True, stdout=sys.stderr)
