"""Run by test_kill.py in a process of its own: makes a database, forks writers and kills them.

Prints one line for each transaction of two rows that a writer said was committed: their ids, or
`wrong` where the writer then did not read its own rows back through the indicators.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402

from gengdu.analytics import cards  # noqa: E402
from gengdu.analytics.run import Moment  # noqa: E402
from gengdu.board.live import LiveIndicators  # noqa: E402
from gengdu.chapters.school_character.models import OutOfSchoolBrand  # noqa: E402
from gengdu.policy import facts  # noqa: E402
from tests import world  # noqa: E402

WRITERS = 50


def write_and_read(pipe: int) -> None:
    """Commit a pair of rows, say so, read them back; for ever."""
    card, moment, live = cards.card("brand_count"), Moment(world.ON), None
    for number in range(10_000):
        with transaction.atomic():
            pair = [brand(f"品牌{number}之{half}") for half in (1, 2)]
        os.write(pipe, f"{pair[0].pk},{pair[1].pk}\n".encode())
        live = live or LiveIndicators()  # DuckDB starts threads: each process has its own
        with live.reading() as now:
            counted = now.result(card, moment).district["all"].counted
            there = OutOfSchoolBrand.objects.count()
        if counted != there:
            os.write(pipe, b"wrong\n")


def brand(name: str) -> OutOfSchoolBrand:
    return world.entry(OutOfSchoolBrand, world.NOTICE_DAY, name=name)  # type: ignore[no-any-return]


def kill_one(chance: random.Random) -> None:
    """Fork a writer, kill it after 2 to 60 ms, and print what it acknowledged.

    Of every second one the time runs from its first word, however slow the machine begins.
    """
    reading, writing = os.pipe()
    is_heard = chance.random() < 0.5
    writer = os.fork()
    if writer == 0:
        write_and_read(writing)
        os._exit(1)
    os.close(writing)
    if is_heard:
        select.select([reading], [], [], 60)
    time.sleep(chance.uniform(0.002, 0.060))
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    with os.fdopen(reading) as file:
        sys.stdout.write(file.read())


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    facts.plan()
    cards.cards()
    connections.close_all()
    chance = random.Random(20230630)
    for _ in range(WRITERS):
        kill_one(chance)


if __name__ == "__main__":
    main()
