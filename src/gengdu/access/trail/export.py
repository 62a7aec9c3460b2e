"""Writes the trail into a workbook, row by row, so that a long one needs no more memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access.models import Role
from gengdu.access.trail.models import TrailEntry
from gengdu.access.trail.queries import Examination
from gengdu.access.trail.tables import described

MOST_ROWS = 1_000_000
"""A sheet of Excel ends at 1,048,576."""

_ROLES = dict(Role.choices)
_WIDTHS = (8, 20, 16, 16, 16, 12, 14, 30, 8, 20, 40, 30, 16, 66)


class TooLong(ValueError):
    """More entries than one sheet holds; the message says what to do."""


def write(path: Path, entries: Iterable[TrailEntry], *, count: int, found: Examination) -> None:
    """Write entries and what checking the whole trail found.

    Raises:
        TooLong: If there are more entries than a sheet holds.
    """
    if count > MOST_ROWS:
        raise TooLong(
            f"共 {count:,} 条，超过一张表能放的 {MOST_ROWS:,} 条，没有导出。请缩小起止日期再导出。"
        )
    book = xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("审计记录"))
    bold = book.add_format({"bold": True})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for row, line in enumerate(_head(count, found)):
        sheet.write_string(row, 0, line)
    start = len(_head(count, found))
    for column, title in enumerate(_titles()):
        sheet.write_string(start, column, title, bold)
    for row, values in enumerate(_rows(entries), start=start + 1):
        for column, text in enumerate(values):
            sheet.write_string(row, column, text)
    book.close()


def _head(count: int, found: Examination) -> list[str]:
    state = _("整条记录完好") if found.is_whole else found.trouble
    return [
        _("审计记录，共 %(count)s 条") % {"count": count},
        _("核验：%(state)s；末条第 %(number)s 条，校验值 %(seal)s")
        % {"state": state, "number": found.entries, "seal": found.head},
    ]


def _titles() -> list[str]:
    return [
        _("序号"), _("时间"), _("账号"), _("角色"), _("代谁办理"), _("动作"), _("对象"),
        _("记录编号"), _("记录数"), _("学校编号"), _("说明和理由"), _("页面"), _("来源地址"),
        _("校验值"),
    ]  # fmt: skip


def _rows(entries: Iterable[TrailEntry]) -> Iterator[list[str]]:
    for entry in entries:
        yield [
            str(entry.sequence),
            timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
            entry.username,
            str(_ROLES.get(entry.role, entry.role)),
            entry.stands_in_for,
            str(entry.get_kind_display()),
            entry.subject_zh,
            entry.object_ids.strip(","),
            str(entry.object_count or ""),
            entry.school_ids.strip(","),
            described(entry),
            entry.path,
            entry.client,
            entry.hash,
        ]
