"""The private server for tests is gone afterwards, whatever happens to who asked for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.postgresql


@pytest.fixture
def waiting(root: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The script with a server up, waiting for Ctrl+C."""
    script = subprocess.Popen(
        [sys.executable, str(root / "scripts/postgres_cluster.py")],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    yield script
    script.kill()
    script.wait()
    assert script.stdout is not None
    script.stdout.close()


def folder_told(script: subprocess.Popen[str]) -> Path:
    assert script.stdout is not None
    url = script.stdout.readline().split("=", 1)[1].strip().strip("'")
    return Path(unquote(url.split("host=")[1]))


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_neither_server_nor_folder_outlives_it(
    waiting: subprocess.Popen[str], blow: signal.Signals
) -> None:
    folder = folder_told(waiting)
    server = int((folder / "data/postmaster.pid").read_text().splitlines()[0])

    os.kill(waiting.pid, blow)

    until = time.monotonic() + 60
    while (folder.exists() or is_alive(server)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.exists()
    assert not is_alive(server)


def is_alive(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def test_the_exit_code_is_that_of_the_command(root: Path) -> None:
    script = str(root / "scripts/postgres_cluster.py")

    done = subprocess.run([sys.executable, script, "bash", "-c", "exit 7"], check=False, timeout=60)

    assert done.returncode == 7
