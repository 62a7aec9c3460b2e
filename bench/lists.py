"""list_scoped and name_search: the list of pupils under load, asked for by a town's officer.

Twenty people with two seconds between their clicks use a server of two workers for half a minute;
all of them are town officers, whose scope every page has to hold. The yardstick is the plainest
page of the same server, asked for by one more person in the same half minute.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from bench import databases

USERS = 20
THINK_SECONDS = 2.0
SECONDS = 30
WARM_UP = 2
OFFICER = "zhen"
LISTS = ("/registers/pupils/", "/registers/pupils/?page=3", "/registers/pupils/?sort=name",
         "/registers/pupils/?f_sex=1", "/registers/pupils/?f_stage=junior&page=2")  # fmt: skip
NAMES = ("宇", "梓涵", "丛", "wang", "lxy", "建国")
PLAIN = "/login/"

Times = dict[str, list[float]]


def run(scale: int) -> list[dict[str, Any]]:
    """Measure one scale: about 24,000 enrolled pupils for each district."""
    times: Times = {"list": [], "search": [], "plain": []}
    failures: list[str] = []
    with _server(scale) as port:
        cookie = _signed_in(port)
        for address in (*LISTS, *(_search(name) for name in NAMES)) * WARM_UP:
            _get(port, address, cookie)
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


@contextlib.contextmanager
def _server(scale: int) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = databases.environment(scale)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], check=True,
                   env=environment, stdout=sys.stderr)  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "gengdu.site.wsgi:application", "--workers", "2",
               "--threads", "4", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]  # fmt: skip
    server = subprocess.Popen(command, env=environment)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    for _ in range(120):
        with contextlib.suppress(OSError):
            _get(port, PLAIN, "")
            return
        time.sleep(0.5)
    raise TimeoutError("the server does not answer")


def _signed_in(port: int) -> str:
    from gengdu.demo.accounts import DEMO_PASSWORD

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", PLAIN)
    response = connection.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.read().decode())
    assert token is not None
    cookie = str(response.headers["Set-Cookie"]).split(";")[0]
    form = {"username": OFFICER, "password": DEMO_PASSWORD, "csrfmiddlewaretoken": token[1]}
    head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", PLAIN, urlencode(form), head)
    answer = connection.getresponse()
    answer.read()
    session = [item.split(";")[0] for item in answer.headers.get_all("Set-Cookie") or []]
    assert any("sessionid" in item for item in session), answer.status
    return "; ".join(session)


def _get(port: int, address: str, cookie: str) -> tuple[float, int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": cookie})
    response = connection.getresponse()
    text = response.read().decode()
    seconds = time.perf_counter() - begun
    connection.close()
    return seconds, response.status, text


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
        seconds, status, text = _get(port, address, cookie)
        times["search" if is_search else "list"].append(seconds)
        if status != 200 or "泊于镇" not in text:
            failures.append(f"{address}: {status}")
        time.sleep(THINK_SECONDS * (0.5 + chance.random()))


def _plain(port: int, until: float, times: Times) -> None:
    while time.monotonic() < until:
        times["plain"].append(_get(port, PLAIN, "")[0])
        time.sleep(THINK_SECONDS / 4)


def _row(name: str, scale: int, ours: list[float], plain: list[float]) -> dict[str, Any]:
    middle, bare = _share(ours, 0.5), _share(plain, 0.5)
    return {
        "name": name, "scale": scale, "seconds": round(middle, 4),
        "yardstick": f"the log-in page in the same half minute ({len(ours)} requests of ours)",
        "yardstick_seconds": round(bare, 4), "ratio": round(middle / bare, 3), "peak_mb": None,
        "p95_ms": round(1000 * _share(ours, 0.95), 1),
        "on": datetime.now().astimezone().date().isoformat(),
    }  # fmt: skip


def _share(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gengdu.site.settings")
    print(run(int(sys.argv[1])))
