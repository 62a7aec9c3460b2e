"""pages_during_import: what others wait for their pages while a district's pupils are imported.

Six people of other places ask for pages of every kind with two seconds between their clicks, first
while nothing happens (the yardstick), then while 24,000 pupils of 77 columns are read, written and
taken back again, each on the page and by the worker that really do it.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bench import databases, imports, serving

THINK_SECONDS = 2.0
QUIET_SECONDS = 20
IMPORTER = "fenju"
PEOPLE = ("zhen", "xiaozhang", "ziliao", "quguan", "duxue", "jiaoyan")
PAGES = ("/", "/schools/", "/measures/3/", "/indicators/", "/registers/staff/",
         "/registers/classes/", "/registers/schools/", "/quality/")  # fmt: skip
DONE_WITHIN_SECONDS = 120

Times = list[tuple[float, str]]


def run(scale: int) -> list[dict[str, Any]]:
    """Measure one scale; seconds and p95 are of the pages asked for during the import."""
    file = databases.in_own_process("bench.imports", scale, "--file-only")[0]["file"]
    with serving.server(scale, with_worker=True) as port:
        cookies = [serving.signed_in(port, name) for name in PEOPLE]
        importer = serving.signed_in(port, IMPORTER)
        pages = [_open_to(port, cookie) for cookie in cookies]
        quiet = _asked(port, cookies, pages, lambda: time.sleep(QUIET_SECONDS))
        busy = _asked(port, cookies, pages, lambda: _import(port, importer, file))
    slowest = ", ".join(f"{page} {seconds:.2f} s" for seconds, page in sorted(busy)[-3:])
    middle, bare = (serving.share([s for s, _ in times], 0.5) for times in (busy, quiet))
    return [{
        "name": databases.named("pages_during_import"), "scale": scale,
        "seconds": round(middle, 4),
        "yardstick": f"the same pages before ({len(busy)} requests; slowest: {slowest})",
        "yardstick_seconds": round(bare, 4), "ratio": round(middle / bare, 3), "peak_mb": None,
        "p95_ms": round(1000 * serving.share([s for s, _ in busy], 0.95), 1),
        "on": datetime.now().astimezone().date().isoformat(),
    }]  # fmt: skip


def _open_to(port: int, cookie: str) -> list[str]:
    """Return the pages a person may see, each asked for twice by both workers, to be warm."""
    found = [page for page in PAGES if serving.get(port, page, cookie)[1] == 200]
    for page in found * 4:
        serving.get(port, page, cookie)
    return found


def _asked(
    port: int, cookies: list[str], pages: list[list[str]], work: Callable[[], object]
) -> Times:
    """Return what each page took that was asked for while the work was done."""
    times: Times = []
    over = threading.Event()

    def person(number: int) -> None:
        chance = random.Random(number)
        while not over.wait(THINK_SECONDS * (0.5 + chance.random()) / 2):
            page = chance.choice(pages[number])
            seconds, status, _text = serving.get(port, page, cookies[number])
            assert status == 200, page
            times.append((seconds, page))

    people = [threading.Thread(target=person, args=(number,)) for number in range(len(cookies))]
    for one in people:
        one.start()
    try:
        work()
    finally:
        over.set()
        for one in people:
            one.join()
    return times


def _import(port: int, cookie: str, file: str) -> None:
    begun = "/registers/pupils/import/"
    form = {"mode": "change", "on_day": imports.DAY.isoformat()}
    batch = serving.post(port, begun, begun, cookie, form, Path(file))
    for step in ("read", "confirm", "undo"):
        _when_ready(port, batch, cookie, step)
        chosen = _columns(port, batch, cookie) if step == "read" else {}
        serving.post(
            port, batch, f"{batch}step/", cookie, {"step": step, "reason": "bench", **chosen}
        )
    _when_ready(port, batch, cookie, "", words="已撤销")


def _columns(port: int, batch: str, cookie: str) -> dict[str, str]:
    text = serving.get(port, batch, cookie)[2]
    selects = re.findall(r'<select[^>]* name="(column_\w+)"[^>]*>(.*?)</select>', text, re.S)
    picked = {name: re.search(r'value="([^"]*)" selected', options) for name, options in selects}
    return {name: found[1] if found else "" for name, found in picked.items()}


def _when_ready(port: int, batch: str, cookie: str, step: str, words: str = "") -> None:
    wanted = words or f'name="step" value="{step}"'
    until = time.monotonic() + DONE_WITHIN_SECONDS
    while time.monotonic() < until:
        if wanted in serving.get(port, batch, cookie)[2]:
            return
        time.sleep(0.5)
    raise TimeoutError(f"the import does not come to {wanted}")
