"""How well and how fast any notice is read: by field, by notice, and in seconds.

Scores the notices of tests/notices against their labels; the last rows are those held out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from tests.notices import labels
from tests.notices.scoring import Score, Tally, score

from gengdu.notices import reading

PAGE_CHARACTERS = 28 * 22
"""A full page of GB/T 9704: 22 lines of 28 characters."""
FIVE_MEGABYTES = 5_000_000
LIMITS = {"30 pages": 1.0, "5 MB": 5.0}
"""Seconds the issue allows."""


def read(text: str) -> dict[str, Any]:
    """Return what the reader says of a text, as its JSON form."""
    data: dict[str, Any] = json.loads(json.dumps(reading.read(text).as_data()))
    return data


def scored(names: Iterable[str]) -> dict[str, Score]:
    """Return the score of each notice."""
    return {name: score(labels.load(name), read(labels.load(name).text)) for name in names}


def together(scores: Iterable[Score]) -> Score:
    """Return the score of some notices taken together."""
    whole = Score()
    for one in scores:
        whole.take(one)
    return whole


def hostile() -> dict[str, str]:
    """Return texts of five megabytes that bait a pattern into going back and back."""
    pieces = ["(", "（", "（" * 40 + "）" * 40, "9", "【教育局、", "到2025年，", "达到9%", "一、\n",
              " \n", "教育局、", "责任单位：教育局；", "由教育局牵头，", "| 教育局\n", "|",
              "序号\n单位\n", "教育局 ", "责任单位：教育局 ", "1.教育局（", "[(",
              "[bookmark", "一\n"]  # fmt: skip
    return {repr(piece[:8]): piece * _times(piece) for piece in pieces}


def _times(piece: str) -> int:
    return FIVE_MEGABYTES // len(piece.encode())


def thirty_pages() -> str:
    """Return a notice of thirty pages, made of our own one again and again."""
    ours = labels.load(labels.OURS).text
    return (ours * (30 * PAGE_CHARACTERS // len(ours) + 1))[: 30 * PAGE_CHARACTERS]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that something takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def by_field(title: str, whole: Score) -> Table:
    """Return recall and precision by field."""
    table = Table(title=title)
    for head in ("field", "wanted", "given", "right", "recall", "precision"):
        table.add_column(head, justify="left" if head == "field" else "right")
    for name, tally in sorted(whole.tallies.items()):
        shown = [tally.wanted, tally.given, tally.right]
        table.add_row(name, *map(str, shown), _percent(tally.recall), _percent(tally.precision))
    return table


BY_NOTICE = ("measures", "bodies", "lead", "targets", "year, comparison, value, unit", "goals read")


def by_notice(scores: dict[str, Score]) -> Table:
    """Return right ÷ wanted (of goals read: right ÷ given) for each notice."""
    table = Table(title="by notice: right / wanted; goals read: true / given")
    table.add_column("notice")
    for head in BY_NOTICE:
        table.add_column(head, justify="right")
    for name, one in scores.items():
        cells = [_share(one.tallies.get(field, Tally()), field) for field in BY_NOTICE]
        table.add_row(name, *cells)
    return table


def by_speed() -> Table:
    """Return the seconds of long and of hostile texts beside what the issue allows."""
    table = Table(title="processor seconds")
    for head in ("text", "characters", "seconds", "at most"):
        table.add_column(head, justify="left" if head == "text" else "right")
    long = {"30 pages": thirty_pages()}
    for name, text in {**long, **hostile()}.items():
        allowed = LIMITS.get(name, LIMITS["5 MB"])
        took = seconds(lambda text=text: reading.read(text).as_data())  # type: ignore[misc]
        table.add_row(name, f"{len(text):,}", f"{took:.2f}", f"{allowed:.0f}")
    return table


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}%"


def _share(tally: Tally, name: str) -> str:
    return f"{tally.right}/{tally.given if name == 'goals read' else tally.wanted}"


def main() -> None:
    """Score, time, print."""
    parser = argparse.ArgumentParser(prog="make bench-notice", description=__doc__)
    parser.add_argument("names", nargs="*", help="which notices; all if none")
    parser.add_argument("--faults", action="store_true", help="print what went wrong, in words")
    parser.add_argument("--no-speed", action="store_true", help="leave the timings out")
    given = parser.parse_args()
    chosen = given.names or labels.names()
    scores = scored(chosen)
    console = Console(width=150)
    for title, group in _groups(scores).items():
        if group:
            console.print(by_field(title, together(group.values())))
    console.print(by_notice(scores))
    for name, one in scores.items() if given.faults else ():
        for fault in one.faults:
            console.print(f"{name}: {fault}", markup=False)
    if not given.no_speed:
        console.print(by_speed())


def _groups(scores: dict[str, Score]) -> dict[str, dict[str, Score]]:
    kept = {name: one for name, one in scores.items() if name.startswith("held_out/")}
    developed = {name: one for name, one in scores.items() if name not in kept}
    return {"developed on": developed, "held out": kept}


if __name__ == "__main__":
    main()
