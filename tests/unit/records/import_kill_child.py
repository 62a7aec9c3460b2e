"""Run by test_import_kill.py: uploads files, and kills whoever previews and writes them.

Prints one line for each batch: its number, its state, whether it has a change, how many of its
pupils are enrolled, how many it should have written.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from functools import partial

import django

django.setup()

from datetime import UTC, datetime  # noqa: E402

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from gengdu.access.models import Account  # noqa: E402
from gengdu.kernel.identifiers import identity_check_digit  # noqa: E402
from gengdu.records import tasks  # noqa: E402
from gengdu.records.importing import batches  # noqa: E402
from gengdu.records.models import BatchState, ImportBatch  # noqa: E402
from gengdu.registers.pupils.models import Enrolment  # noqa: E402
from gengdu.registers.pupils.register import PUPILS  # noqa: E402
from tests import world  # noqa: E402

BATCHES = 12
ROWS = 400
STARTING = 0.1
"""Seconds that a fresh process needs to open the databases."""

AT = datetime(2025, 9, 2, tzinfo=UTC)


def upload(number: int) -> ImportBatch:
    """Upload a file of new pupils with all columns recognised."""
    lines = ["姓名,性别,出生日期,身份证件号,学校名称,年级,班级"]
    for row in range(ROWS):
        digits = f"{371000 + number}2016{row % 12 + 1:02d}15{row // 12:03d}"
        identity = digits + identity_check_digit(digits)
        lines.append(
            f"新{number}之{row},男,2016{row % 12 + 1:02d}15,{identity},崮山小学,四年级,1班"
        )
    file = SimpleUploadedFile(f"{number}.csv", "\n".join(lines).encode())
    account = Account.objects.get(username="li")
    batch = batches.upload(PUPILS, file, account=account, on=AT.date(), mode="change", at=AT)
    batches.choose(batch, {name: key for _, name, key in batches.proposal(batch)})
    return batch


def killed(work: Callable[[], object], seconds: float) -> None:
    """Do a piece of work in a child, and kill it after some seconds unless it is done."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    os.makedirs(settings.IMPORTS, exist_ok=True)
    for alias in ("default", "trail"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    world.build()
    chance = random.Random(20230630)
    longest = {"read": 1.0, "write": 1.0}
    for number in range(BATCHES):
        batch = upload(number)
        reading = partial(tasks.read_batch.call, batch.pk, None)
        writing = partial(tasks.write_batch.call, batch.pk)
        if number == 0:  # nobody is killed yet: how long it takes here says when to kill
            longest["read"] = timed(reading)
        else:
            killed(reading, chance.uniform(0, longest["read"]))
        batch.refresh_from_db()
        if batch.state == BatchState.READING:
            tasks.read_batch.call(batch.pk, None)
            batch.refresh_from_db()
        batches.confirm(batch)
        if number == 0:
            longest["write"] = timed(writing)
        else:
            killed(writing, chance.uniform(0, longest["write"] + STARTING))
        batch.refresh_from_db()
        written = Enrolment.objects.filter(
            pupil__records__name__startswith=f"新{number}之", superseded_at=None
        ).count()
        print(number, batch.state, int(batch.change_id is not None), written, ROWS)  # noqa: T201


if __name__ == "__main__":
    main()
