"""What the worker does for exports."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from gengdu.web.exports import operations
from gengdu.web.ledgers import packages
from gengdu.web.models import ListExport

log = logging.getLogger(__name__)
BROKEN = "程序出错，没有生成文件；错误已记入日志，请把导出的编号告诉系统管理员。"


@task()
def make_export(number: int) -> None:
    """Make the file of an export; a second run after an interruption begins anew."""
    operations.drop_old(timezone.now())  # noqa: TID251
    export = ListExport.objects.filter(pk=number).first()
    if export is None:  # deleted while it waited
        return
    try:
        operations.make(export, timezone.now)  # noqa: TID251
    except packages.EXPECTED as error:
        operations.fail(export, str(error))
        return
    except Exception:
        log.exception("export %s failed", number)
        operations.fail(export, BROKEN)
        return
    _drop_in_time(export)


def _drop_in_time(export: ListExport) -> None:
    """Let the file disappear on its day, whether or not anybody exports again."""
    due = operations.expires_at(export)
    if due is not None and drop_exports.get_backend().supports_defer:
        drop_exports.using(run_after=due).enqueue()


@task()
def drop_exports() -> None:
    """Delete the exports that were kept long enough."""
    operations.drop_old(timezone.now())  # noqa: TID251
