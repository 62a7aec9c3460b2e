"""People who click through pages of one server, with some seconds between their clicks.

The yardstick is the plainest page of the same server, asked for by one more person in the same half
minute.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bench import databases, serving
from bench.serving import PLAIN

USERS = 20
THINK_SECONDS = 2.0
SECONDS = 30
WARM_UP = 2

Times = dict[str, list[float]]
Ask = Callable[[random.Random], tuple[float, int, str]]


@dataclass(frozen=True)
class Habit:
    """One kind of click.

    Attributes:
        share: Of all clicks, from 0 to 1.
        ask: Clicks once, and returns seconds, status and text.
        holds: What every answer has to hold.
    """

    share: float
    ask: Ask
    holds: str


def pages(port: int, cookie: str, addresses: Sequence[str]) -> Ask:
    """Return what asks for one of some pages."""
    return lambda chance: serving.get(port, chance.choice(addresses), cookie)


def measured(port: int, scale: int, habits: Mapping[str, Habit]) -> list[dict[str, Any]]:
    """Let twenty people click for half a minute; one line for each habit, by its name."""
    times: Times = {name: [] for name in [*habits, "plain"]}
    failures: list[str] = []
    for habit in habits.values():
        for number in range(WARM_UP * 8):
            habit.ask(random.Random(number))
    until = time.monotonic() + SECONDS
    people = [threading.Thread(target=_person, args=(habits, n, until, times, failures))
              for n in range(USERS)]  # fmt: skip
    people.append(threading.Thread(target=_plain, args=(port, until, times)))
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert not failures, failures[:3]
    return [_row(name, scale, times[name], times["plain"]) for name in habits]


def _person(
    habits: Mapping[str, Habit], number: int, until: float, times: Times, failures: list[str]
) -> None:
    chance = random.Random(number)
    names, shares = list(habits), [habit.share for habit in habits.values()]
    time.sleep(chance.random() * THINK_SECONDS)
    while time.monotonic() < until:
        (name,) = chance.choices(names, shares)
        seconds, status, text = habits[name].ask(chance)
        times[name].append(seconds)
        if status != 200 or habits[name].holds not in text:
            failures.append(f"{name}: {status}")
        time.sleep(THINK_SECONDS * (0.5 + chance.random()))


def _plain(port: int, until: float, times: Times) -> None:
    while time.monotonic() < until:
        times["plain"].append(serving.get(port, PLAIN, "")[0])
        time.sleep(THINK_SECONDS / 4)


def _row(name: str, scale: int, ours: list[float], plain: list[float]) -> dict[str, Any]:
    middle, bare = serving.share(ours, 0.5), serving.share(plain, 0.5)
    return {
        "name": databases.named(name), "scale": scale, "seconds": round(middle, 4),
        "yardstick": f"the log-in page in the same half minute ({len(ours)} requests of ours)",
        "yardstick_seconds": round(bare, 4), "ratio": round(middle / bare, 3), "peak_mb": None,
        "p95_ms": round(1000 * serving.share(ours, 0.95), 1),
        "on": datetime.now().astimezone().date().isoformat(),
    }  # fmt: skip
