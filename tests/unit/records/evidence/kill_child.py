"""Run by test_kill.py: finishes uploads and adds them to an entry, and is killed at any moment.

Prints one line for each file: whether its upload is done, its bytes are whole, it proves the entry,
and how many rows lack their bytes.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from gengdu.access.models import Account  # noqa: E402
from gengdu.records.evidence import filing, operations, uploads  # noqa: E402
from gengdu.records.evidence.models import Evidence, Upload, UploadState  # noqa: E402
from gengdu.records.evidence.operations import Given  # noqa: E402
from gengdu.records.models import Change, Item  # noqa: E402
from tests import evidence, files, world  # noqa: E402

ROUNDS = 25


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


def finish_and_attach(number: int, body: bytes) -> None:
    upload = Upload.objects.get(file_name=f"{number}.jpg")
    account = Account.objects.get(username="li")
    uploads.receive(upload, 0, [body])
    uploads.finish(upload, on=evidence.ON, at=evidence.AT)
    upload.refresh_from_db()
    item = Item.objects.get(moral_education_schoolplan__school=account.scope_key)
    operations.attach(item, [Given.of_upload(upload)], evidence.by(account))


def told(number: int) -> str:
    upload = Upload.objects.get(file_name=f"{number}.jpg")
    found = filing.check()
    proofs = Evidence.objects.filter(name=f"{number}.jpg", superseded_at=None).count()
    changes = Change.objects.filter(summary__contains=f"：{number}.jpg").count()
    is_done = upload.state == UploadState.DONE
    return " ".join(map(str, (number, int(is_done), proofs, changes, len(found.missing),
                              len(found.spoilt))))  # fmt: skip


def main() -> None:
    for alias in ("default", "trail"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    world.build()
    account = Account.objects.get(username="li")
    evidence.plan_of(account.scope_key)  # opens it for changes
    chance = random.Random(20230630)
    longest = 0.0
    with evidence.declared():
        for number in range(ROUNDS):
            body = files.photo(300 + number, 200, colour=f"rgb({number},90,40)")
            evidence.begun(account, f"{number}.jpg", body)
            if number == 0:  # nobody is killed yet: how long it takes here says when to kill
                begun = time.perf_counter()
                finish_and_attach(number, body)
                longest = 1.2 * (time.perf_counter() - begun)
            else:
                killed(lambda n=number, b=body: finish_and_attach(n, b), chance.uniform(0, longest))
            before = told(number)
            finish_and_attach(number, body)
            print(before, "|", told(number))  # noqa: T201


if __name__ == "__main__":
    main()
