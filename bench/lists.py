"""list_scoped and name_search: the list of pupils under load, asked for by a town's officer.

Twenty people with two seconds between their clicks use a server of two workers for half a minute;
all of them are town officers, whose scope every page has to hold. The yardstick is the plainest
page of the same server, asked for by one more person in the same half minute.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from datetime import datetime
from typing import Any
from urllib.parse import quote

from bench import databases, serving
from bench.serving import PLAIN

USERS = 20
THINK_SECONDS = 2.0
SECONDS = 30
WARM_UP = 2
OFFICER = "zhen"
LISTS = ("/registers/pupils/", "/registers/pupils/?page=3", "/registers/pupils/?sort=name",
         "/registers/pupils/?f_sex=1", "/registers/pupils/?f_stage=junior&page=2")  # fmt: skip
NAMES = ("宇", "梓涵", "丛", "wang", "lxy", "建国")

Times = dict[str, list[float]]


def run(scale: int) -> list[dict[str, Any]]:
    """Measure one scale: about 24,000 enrolled pupils for each district."""
    times: Times = {"list": [], "search": [], "plain": []}
    failures: list[str] = []
    with serving.server(scale) as port:
        cookie = serving.signed_in(port, OFFICER)
        for address in (*LISTS, *(_search(name) for name in NAMES)) * WARM_UP:
            serving.get(port, address, cookie)
        until = time.monotonic() + SECONDS
        people = [threading.Thread(target=_person, args=(port, cookie, n, until, times, failures))
                  for n in range(USERS)]  # fmt: skip
        people.append(threading.Thread(target=_plain, args=(port, until, times)))
        for person in people:
            person.start()
        for person in people:
            person.join()
    assert not failures, failures[:3]
    return [_row("list_scoped", scale, times["list"], times["plain"]),
            _row("name_search", scale, times["search"], times["plain"])]  # fmt: skip


def _search(name: str) -> str:
    return f"/registers/pupils/?q={quote(name)}"


def _person(
    port: int, cookie: str, number: int, until: float, times: Times, failures: list[str]
) -> None:
    chance = random.Random(number)
    time.sleep(chance.random() * THINK_SECONDS)
    while time.monotonic() < until:
        is_search = chance.random() < 0.3
        address = _search(chance.choice(NAMES)) if is_search else chance.choice(LISTS)
        seconds, status, text = serving.get(port, address, cookie)
        times["search" if is_search else "list"].append(seconds)
        if status != 200 or "泊于镇" not in text:
            failures.append(f"{address}: {status}")
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


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gengdu.site.settings")
    print(run(int(sys.argv[1])))
