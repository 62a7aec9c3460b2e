"""The command over the data-quality desk: what is wrong in the district or at a school."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from gengdu.access.actors import typed_at_the_server
from gengdu.access.looking import looked
from gengdu.access.models import Role, ScopeKind
from gengdu.access.scope import Viewer
from gengdu.cli.messages import CannotGoOn
from gengdu.cli.printing import console
from gengdu.registers.quality import checks, pages, queries
from gengdu.registers.quality.pages import Line
from gengdu.registers.quality.queries import Finding
from gengdu.registers.schools import queries as schools

# Whoever types commands at the server sees the whole district; the trail notes it.
AT_THE_SERVER = Viewer(Role.BUREAU_OFFICER, ScopeKind.DISTRICT, None)


def answer(on: date, school: str | None, *, as_json: bool) -> None:
    """Print what the desk finds on a day."""
    found = queries.findings(AT_THE_SERVER, on=on)
    if school is not None:
        found = pages.chosen(found, school_id=_school(school, on), standing="")
    if as_json:
        told = _told(found, on)
        click.echo(json.dumps([_as_data(line) for line in told], ensure_ascii=False, indent=1))
    elif school is not None:
        _print_lines(_told([one for one in found if one.found.check.counts], on))
    else:
        _print_counts(found, on)


def _school(name: str, on: date) -> int:
    """Return the school that goes by a name on a day."""
    known = dict(schools.open_schools(on=on).values_list("name", "school_id"))
    if name in known:
        return known[name]
    near = [item for item in known if name in item] or get_close_matches(name, known, n=3)
    hint = f"是不是想查：{'、'.join(near[:3])}？" if near else "请写完整的校名。"
    raise CannotGoOn(f"{on} 没有名为“{name}”的在办学校，没有查。{hint}")


def _told(found: Sequence[Finding], on: date) -> list[Line]:
    """Put findings into words, and note in the trail whose children's records were seen."""
    for check, some in pages.by_check(found):
        if check.subject is checks.PUPIL:
            looked(
                typed_at_the_server(), subject=check.subject.model, what=f"数据质量：{check.title}",
                ids=[one.found.subject_id for one in some],
                school_ids=[one.found.school_id for one in some if one.found.school_id is not None],
            )  # fmt: skip
    return pages.lines(pages.in_order(found), on=on)


def _as_data(line: Line) -> dict[str, Any]:
    found, given = line.finding.found, line.finding.answer
    return {
        "check": found.check.key,
        "title": str(found.check.title),
        "severity": found.check.severity.value,
        "subject": found.check.subject.thing,
        "subject_id": found.subject_id,
        "name": line.name,
        "school": line.school,
        "told": line.told,
        "standing": line.finding.standing.value,
        "answer": given.kind if given else None,
        "fingerprint": found.fingerprint,
    }


def _print_counts(found: Sequence[Finding], on: date) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("检查项", "程度", "待处理", "已答复", "已认可"):
        table.add_column(head, justify="left" if head in ("检查项", "程度") else "right")
    for check, some in pages.by_check(found):
        counted = [sum(one.standing is standing for one in some) for standing in queries.Standing]
        to_do = str(sum(one.is_to_do for one in some)) if check.counts else f"（{len(some)}）"
        table.add_row(
            escape(str(check.title)), str(check.severity_label), to_do,
            str(counted[2] or ""), str(counted[3] or ""),
        )  # fmt: skip
    out = console()
    out.print(table)
    summed = queries.summary(AT_THE_SERVER, on=on)
    out.print(f"\n截至 {on}：待处理 {summed.to_do} 条，已答复 {summed.waiting} 条")


def _print_lines(lines: Sequence[Line]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("检查项", "对象", "问题", "状态"):
        table.add_column(head)
    for line in lines:
        check = line.finding.found.check
        table.add_row(
            escape(str(check.title)), escape(line.name), escape(line.told),
            str(line.finding.standing_label),
        )  # fmt: skip
    console().print(table)
    console().print(f"\n待处理 {sum(line.finding.is_to_do for line in lines)} 条")
