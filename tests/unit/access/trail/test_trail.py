"""The trail is gapless and sealed; whatever is done to it behind its back is found."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.test import override_settings

from gengdu.access.trail import anchors, operations, queries, triggers
from gengdu.access.trail.models import Kind, TrailEntry
from tests.unit.access.trail.conftest import WANG, fill

pytestmark = pytest.mark.usefixtures("trail")


@contextmanager
def behind_its_back() -> Iterator[None]:
    """Take the triggers away, as somebody could who owns the database."""
    connection = connections["trail"]
    triggers.REFUSAL.remove(connection)
    yield
    triggers.REFUSAL.install(connection)


def change(sequence: int, **values: object) -> None:
    with behind_its_back():
        TrailEntry.objects.filter(sequence=sequence).update(**values)


def test_an_entry_says_who_what_when_and_where() -> None:
    entry = operations.append(
        WANG, Kind.REVEAL, subject="pupils.Pupil", ids=[7, 9], school_ids=[3, 3],
        reason="核对学籍", detail={"what": "学生详情"},
    )  # fmt: skip

    kept = TrailEntry.objects.get()
    assert kept == entry
    assert (kept.sequence, kept.username, kept.role, kept.kind) == (
        1, "wang", "bureau_officer", "reveal",
    )  # fmt: skip
    assert (kept.ids, kept.object_count, kept.school_ids) == ([7, 9], 2, ",3,")
    assert (kept.reason, kept.details) == ("核对学籍", {"what": "学生详情"})
    assert (kept.path, kept.client, kept.subject_zh) == ("/pupils/", "10.0.0.7", "学生")
    assert kept.at.utcoffset() is not None


def test_an_empty_trail_is_whole() -> None:
    assert queries.verify() is None
    assert queries.examine() == queries.Examination(0, "")


def test_a_trail_that_nobody_touched_is_whole() -> None:
    fill(5)

    found = queries.examine()

    assert found.is_whole
    assert (found.entries, found.head) == (5, TrailEntry.objects.get(sequence=5).hash)


def test_of_very_many_records_the_first_are_kept_and_all_are_counted() -> None:
    entry = operations.append(WANG, Kind.EXPORT, ids=range(24_000))

    assert entry.object_count == 24_000
    assert len(entry.ids) == operations.MOST_IDS


@pytest.mark.parametrize(
    "changed",
    [
        {"username": "li"},
        {"object_ids": ",8,"},
        {"object_count": 0},
        {"school_ids": ""},
        {"reason": "x"},
        {"detail": '{"what": "x"}'},
        {"kind": "login"},
        {"client": ""},
        {"stands_in_for": "zhao"},
        {"hash": "0" * 64},
        {"previous_hash": "0" * 64},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_changed_entry_is_found(changed: dict[str, object]) -> None:
    fill(4)

    change(2, **changed)

    assert queries.verify() == 2


def test_a_changed_time_is_found() -> None:
    fill(3)

    change(1, at=TrailEntry.objects.get(sequence=2).at)

    assert queries.verify() == 1


def test_an_entry_taken_out_is_found() -> None:
    fill(4)

    with behind_its_back():
        TrailEntry.objects.filter(sequence=2).delete()

    found = queries.examine()
    assert found.broken_at == 2
    assert "缺少第 2 条" in found.trouble


def test_closing_the_gap_afterwards_is_found_as_well() -> None:
    fill(4)

    with behind_its_back():
        TrailEntry.objects.filter(sequence=2).delete()
        for number in (3, 4):
            TrailEntry.objects.filter(sequence=number).update(sequence=number - 1)

    assert queries.verify() == 2


def test_two_entries_in_each_others_place_are_found() -> None:
    fill(4)

    with behind_its_back():
        for old, new in ((2, 99), (3, 2), (99, 3)):
            TrailEntry.objects.filter(sequence=old).update(sequence=new)

    assert queries.verify() == 2


def test_an_entry_put_in_with_another_key_is_found() -> None:
    fill(2)

    with override_settings(TRAIL_KEY=b"another"):
        fill(1)

    assert queries.verify() == 3


def test_a_trail_cut_short_behind_an_anchor_is_found() -> None:
    fill(anchors.EVERY)

    with behind_its_back():
        TrailEntry.objects.filter(sequence__gt=10).delete()

    found = queries.examine()
    assert found.broken_at == 11
    assert f"第 {anchors.EVERY} 条" in found.trouble


def test_a_trail_cut_and_filled_up_again_is_found() -> None:
    fill(anchors.EVERY)

    with behind_its_back():
        TrailEntry.objects.filter(sequence__gt=10).delete()
    fill(anchors.EVERY - 10)

    assert queries.verify() == anchors.EVERY


def test_an_export_anchors_the_end() -> None:
    fill(3)

    operations.anchor_the_end()
    with behind_its_back():
        TrailEntry.objects.filter(sequence=3).delete()

    assert queries.verify() == 3


def test_an_empty_trail_has_no_end_to_anchor() -> None:
    assert operations.anchor_the_end() is None
    assert anchors.noted() == {}


def test_nobody_else_may_read_the_anchors() -> None:
    fill(1)

    operations.anchor_the_end()

    assert Path(settings.TRAIL_ANCHORS).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses(change: str) -> None:
    fill(1)

    statement = {
        "update": f"UPDATE {triggers.REFUSAL.table} SET username = 'li'",
        "delete": f"DELETE FROM {triggers.REFUSAL.table}",
    }[change]
    with (
        pytest.raises(DatabaseError, match=triggers.REFUSAL.message),
        transaction.atomic(using="trail"),
        connections["trail"].cursor() as cursor,
    ):
        cursor.execute(statement)

    assert TrailEntry.objects.get().username == "wang"


def test_an_entry_stays_when_the_change_it_speaks_of_is_rolled_back() -> None:
    with transaction.atomic():
        fill(1)
        transaction.set_rollback(True)

    assert TrailEntry.objects.count() == 1


def test_eight_threads_leave_no_gap() -> None:
    def write(_: int) -> None:
        fill(50)
        connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(8)))

    numbers = list(TrailEntry.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, 401))
    assert queries.verify() is None


WRITER = """
import os
import django
from django.conf import settings

settings.DATABASES["trail"]["NAME"] = os.environ["TRAIL"]
settings.TRAIL_ANCHORS = os.environ["ANCHORS"]
django.setup()
from gengdu.access.actors import Actor
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append

for number in range(40):
    append(Actor(number, "process"), Kind.LOOK, ids=[number])
"""


def test_two_processes_and_this_one_leave_no_gap(root: Path, tmp_path: Path) -> None:
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gengdu.site.settings",
        "GENGDU_VAR": str(tmp_path),
        "GENGDU_TRAIL_KEY": settings.TRAIL_KEY.decode(),
        "TRAIL": str(connections["trail"].settings_dict["NAME"]),
        "ANCHORS": str(settings.TRAIL_ANCHORS),
        "PYTHONPATH": str(root / "src"),
    }

    writers = [subprocess.Popen([sys.executable, "-c", WRITER], env=surroundings) for _ in range(2)]
    fill(40)
    codes = [writer.wait(timeout=60) for writer in writers]

    assert codes == [0, 0]
    numbers = list(TrailEntry.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, 121))
    assert queries.verify() is None
