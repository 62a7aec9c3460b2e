"""Gives files to a child process to be opened: what a file does to it, the site outlives.

The child gets no secrets, little memory and little time. A few work at once; others wait a while.
"""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gengdu
from gengdu.documents.limits import Refused
from gengdu.records.evidence.limits import Limits

CPU_SECONDS = 60
SECONDS = 90
WAIT_SECONDS = 60
AT_ONCE = 2
UNSAFE = "文件打开时出错或耗时过长，可能已损坏，没有接收；请用原来的软件打开后另存，再重新上传。"
BUSY = "正在处理别的文件，没有轮到；已传的部分都在，请过一会儿再点“继续”。"

_COMMAND = ("-m", "gengdu.records.evidence.examining.child")
_slots = threading.BoundedSemaphore(AT_ONCE)


class Busy(RuntimeError):
    """Too many files are being opened; the message says to try again."""


def examine(path: Path, name: str, folder: Path, limits: Limits) -> dict[str, Any]:
    """Tell what a file is; what is kept of a picture, and thumbnails, are left in the folder.

    Raises:
        Refused: If it is not taken, in one sentence.
        Busy: If nobody has time for it now.
    """
    return _ordered(
        task="examine", path=str(path), name=name, folder=str(folder), side=limits.side,
        megapixels=limits.megapixels, megabytes=limits.by_kind,
    )  # fmt: skip


def draw_pages(path: Path, folder: Path, *, first: int, count: int) -> list[int]:
    """Draw some pages of a PDF into a folder, and return which there are.

    Raises:
        Refused: If it cannot be drawn.
        Busy: If nobody has time for it now.
    """
    order = {"path": str(path), "folder": str(folder), "first": first, "count": count}
    pages: list[int] = _ordered(task="pages", **order)["pages"]
    return pages


def preview(path: Path, kind: str) -> list[dict[str, Any]]:
    """Return the first rows or paragraphs of a file.

    Raises:
        Refused: If it cannot be read.
        Busy: If nobody has time for it now.
    """
    blocks: list[dict[str, Any]] = _ordered(task="preview", path=str(path), kind=kind)["blocks"]
    return blocks


def _ordered(**order: Any) -> dict[str, Any]:
    return ordered(_COMMAND, **order)


def ordered(command: Sequence[str], **order: Any) -> dict[str, Any]:
    """Give an order to a child process and return its answer.

    Args:
        command: What Python is to run; it takes the order as JSON on its input, with the seconds
            of work it may use in `cpu_seconds`, and answers with JSON.
        **order: What it is told.

    Raises:
        Refused: If the child says so, or comes to grief.
        Busy: If nobody has time for it now.
    """
    with _slot():
        try:
            done = subprocess.run(  # nosec B603
                [sys.executable, *command],
                input=json.dumps({**order, "cpu_seconds": CPU_SECONDS}), text=True,
                capture_output=True, timeout=SECONDS, check=False, env=_surroundings(),
            )  # fmt: skip
            answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
        except (subprocess.TimeoutExpired, ValueError):
            answer = {}
    if not answer:
        raise Refused(UNSAFE)
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=WAIT_SECONDS):
        raise Busy(BUSY)
    try:
        yield
    finally:
        _slots.release()


def _surroundings() -> dict[str, str]:
    """Return what the child knows of the machine: where our code is, and no key of the site."""
    source = str(Path(gengdu.__file__).resolve().parents[1])
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return {**kept, "PYTHONPATH": source, "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"}
