"""What the worker does in the background, so that a page can be left."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.utils import timezone
from django_tasks import task

from gengdu.documents.limits import Refused
from gengdu.records.importing import batches
from gengdu.records.models import BatchState, ImportBatch
from gengdu.records.writing import Moved

log = logging.getLogger(__name__)
BROKEN = "程序出错，没有写入任何数据；错误已记入日志，请把批次号告诉系统管理员。"


@task()
def read_batch(number: int, schools: list[int] | None) -> None:
    """Preview an uploaded file."""
    batch = ImportBatch.objects.get(pk=number)
    if batch.state == BatchState.READING:
        allowed = None if schools is None else frozenset(schools)
        _guarded(batch, lambda: batches.read(batch, allowed))


@task()
def write_batch(number: int) -> None:
    """Write a confirmed file; a second run after an interruption finds it written or not."""
    batch = ImportBatch.objects.get(pk=number)
    if batch.state == BatchState.WRITING:
        now = timezone.now()  # noqa: TID251
        _guarded(batch, lambda: batches.write(batch, now))


def _guarded(batch: ImportBatch, work: Callable[[], None]) -> None:
    try:
        work()
    except (Refused, Moved) as expected:
        batches.fail(batch, str(expected))
    except Exception:
        log.exception("import batch %s failed", batch.pk)
        batches.fail(batch, BROKEN)
