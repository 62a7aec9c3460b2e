"""The coverage of a ledger: who has a valid entry, who lacks one, whose ends soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access.guards import requires
from gengdu.documents.writing import OutColumn, write_table
from gengdu.records import covered
from gengdu.records.ledgers import Ledger
from gengdu.records.sheets import Register
from gengdu.records.waiting import expires_soon_days
from gengdu.web import moments
from gengdu.web.sheets import workbooks
from gengdu.web.sheets.covering import Mark, Sheet, Wanted
from gengdu.web.sheets.ground import Ground

LINES_PER_PAGE = 200


def urls(register: Register, viewer_of: Any) -> list[URLPattern]:
    """Return the addresses of a ledger's coverage; none for what covers nobody."""
    if not isinstance(register, Ledger) or register.coverage is None:
        return []
    page, key = CoveragePage(register, viewer_of), register.key
    look, take_out = requires(register.view), requires("export_records", register.view)
    return [
        path(f"registers/{key}/coverage/", look(page.shown), name=f"{key}_coverage"),
        path(f"registers/{key}/coverage/export/", take_out(page.exported),
             name=f"{key}_coverage_export"),
    ]  # fmt: skip


@dataclass(frozen=True)
class CoveragePage(Ground):
    """The coverage page of one ledger."""

    @property
    def ledger(self) -> Ledger:
        """The register, which is a ledger."""
        assert isinstance(self.register, Ledger)
        return self.register

    def _sheet(self, request: HttpRequest) -> Sheet:
        moment = moments.moment_of(request)
        viewers = {day: self.viewer(request, day) for day in covered.days(moment.on)}
        wanted = Wanted.read(self.ledger, request.GET)
        return Sheet(wanted, viewers, moment.on, moment.known)

    def shown(self, request: HttpRequest) -> HttpResponse:
        """Show whom the ledger covers, by town, year and unit."""
        sheet = self._sheet(request)
        wanted, query = sheet.wanted, sheet.wanted.query
        page = Paginator(sheet.lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.shell(request), "sheet": sheet, "wanted": wanted, "page": page,
            "total": len(sheet.lines), "tally": sheet.covered.tally,
            "query": urlencode(query), "without_standing": _without(query, "standing"),
            "without_column": _without(query, "column"), "without_town": _without(query, "town"),
            "populations": covered.coverage_of(self.ledger).populations,
            "all_columns": covered.columns(self.ledger).items(),
            "may_export": sheet.viewer.may("export_records"), "soon": expires_soon_days(sheet.on),
            "map": sheet.map if wanted.population.has_points else None,
        }  # fmt: skip
        return render(request, "web/sheets/coverage.html", context)

    def exported(self, request: HttpRequest) -> HttpResponseBase:
        """Hand over the units of the page, all of them, as a workbook."""
        sheet = self._sheet(request)
        file = workbooks.new_file()
        label, noun = str(self.ledger.label), str(sheet.wanted.population.noun)
        heads = [_("镇街"), noun, *(head for words in sheet.columns.values()
                                  for head in _heads(sheet, words))]  # fmt: skip
        write_table(
            file, title=f"{label}{_('覆盖情况')}"[:31],
            columns=[OutColumn(head, 24 if head == noun else 14) for head in heads],
            rows=_rows(sheet), created=timezone.now(),  # noqa: TID251
            facts=_facts(sheet, request.user.get_username()),
        )  # fmt: skip
        file.seek(0)
        name = f"{label}{_('覆盖情况')}_{sheet.on:%Y%m%d}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name)


def _without(query: dict[str, str], name: str) -> str:
    """Return the address of the same page without one of its conditions, to add another."""
    return urlencode({key: value for key, value in query.items() if key != name})


def _heads(sheet: Sheet, words: str) -> Iterator[str]:
    yield words
    if sheet.level_choice:
        yield _("%(column)s级别") % {"column": words}
    yield _("%(column)s有效期至") % {"column": words}


def _rows(sheet: Sheet) -> Iterator[list[Any]]:
    for line in sheet.lines:
        cells = [cell for mark in line.marks for cell in _cells(sheet, mark)]
        yield [line.unit.town.name, line.unit.name, *cells]


def _cells(sheet: Sheet, mark: Mark) -> Iterator[Any]:
    if mark.cell is None:
        yield _("不要求")
    elif mark.cell.needed > 1:
        yield f"{mark.word} {mark.cell.count}/{mark.cell.needed}"
    else:
        yield mark.word
    if sheet.level_choice:
        yield mark.level
    yield mark.until


def _facts(sheet: Sheet, by: str) -> list[tuple[str, str]]:
    tally, population = sheet.covered.tally, sheet.wanted.population
    said = _("%(day)s 当天已知的记录")
    return [
        (_("内容"), f"{sheet.ledger.label}{_('覆盖情况')}"),
        (_("截至"), sheet.on.isoformat()),
        *([(_("依据"), said % {"day": sheet.known.isoformat()})] if sheet.known else []),
        (_("条件"), "；".join(sheet.words)),
        (_("口径"), str(population.reading)),
        (_("有效"), f"{tally.covered} / {tally.needed}"),
        (_("将到期"), _("%(days)s 天内到期，仍算有效") % {"days": expires_soon_days(sheet.on)}),
        (_("导出人"), by),
    ]
