"""Waits for what another thread does."""

from __future__ import annotations

import time
from collections.abc import Callable


def until_true(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)
