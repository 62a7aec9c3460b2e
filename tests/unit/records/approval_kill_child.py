"""Run by test_approval_kill.py in a process of its own: approvers are killed in the middle.

A dozen entries are sent and taken back together, again and again. Prints one line for each act that
an approver said was done, and `wrong` with what is half-done after a kill, should anything be.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from gengdu.access.models import Account  # noqa: E402
from gengdu.chapters.moral_education.campus_titles.ledger import CAMPUS_TITLES  # noqa: E402
from gengdu.policy import facts  # noqa: E402
from gengdu.records.flows import Refused  # noqa: E402
from gengdu.records.models import Change, ChangeKind, Item, Step  # noqa: E402
from tests import ledgers, world  # noqa: E402

APPROVERS = 200
TITLES = 12


def send_and_take_back(pipe: int, items: list[int]) -> None:
    """Send all entries and take them back, saying so each time; for ever."""
    head = Account.objects.get(username="li")
    while True:
        for kind in ("submit", "withdraw"):
            try:
                ledgers.act(CAMPUS_TITLES, head, kind, *items)
            except Refused:
                continue  # the last approver was killed between the two
            os.write(pipe, f"{kind}\n".encode())


def kill_one(chance: random.Random, items: list[int], *, after: int) -> None:
    """Fork an approver, kill it 2 to 50 ms after it said so many acts, and print what it said."""
    reading, writing = os.pipe()
    approver = os.fork()
    if approver == 0:
        send_and_take_back(writing, items)
        os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as file:
        for _act in range(after):
            sys.stdout.write(file.readline())
        time.sleep(chance.uniform(0.002, 0.050))
        os.kill(approver, signal.SIGKILL)
        os.waitpid(approver, 0)
        sys.stdout.write(file.read())


def half_done(items: list[int]) -> str:
    """Return what does not fit together; empty where all does."""
    rows = list(CAMPUS_TITLES.model.objects.filter(item_id__in=items, superseded_at=None))
    if len(rows) != len(items):
        return f"{len(rows)} live rows"
    if len({row.state for row in rows}) != 1:
        return "entries in different states"
    steps = Step.objects.filter(item_id__in=items).order_by("pk")
    last = {step.item_id: step.after for step in steps}
    if any(last.get(row.item_id, "draft") != row.state for row in rows):
        return "a state without its step"
    acts = Change.objects.filter(kind=ChangeKind.APPROVAL).count()
    return "" if len(steps) == acts * len(items) else "an act with some of its steps"


def main() -> None:
    for store in ("default", "trail"):
        call_command("migrate", database=store, verbosity=0, interactive=False)
    district = world.build()
    kinds = [(kind, level) for kind in ("文明校园", "绿色校园", "书香校园", "温馨校园")
             for level in ("省级", "市级", "国家级")]  # fmt: skip
    items = [ledgers.new(CAMPUS_TITLES, district.li, kind=kind, level=level)
             for kind, level in kinds]  # fmt: skip
    assert Item.objects.filter(pk__in=items).count() == TITLES
    facts.plan()  # read once here, else each approver spends its short life reading it
    chance = random.Random(20251231)
    for number in range(APPROVERS):
        connections.close_all()
        # On a busy machine few live long enough to do anything: some are left to.
        kill_one(chance, items, after=2 if number % 20 == 0 else 0)
        if number % 20 == 19 and (found := half_done(items)):
            sys.stdout.write(f"wrong: {found}\n")


if __name__ == "__main__":
    main()
