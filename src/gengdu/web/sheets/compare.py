"""The pages that put two days side by side: a list, its export, and one thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, get_args
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.documents.writing import OutColumn, write_table
from gengdu.kernel.dates import NotADate, parse_date, years_before
from gengdu.web import moments
from gengdu.web.sheets import comparing, details, workbooks
from gengdu.web.sheets.comparing import Comparison, Difference, Kind
from gengdu.web.sheets.ground import Ground
from gengdu.web.sheets.listing import Listing, Wanted

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class Compare(Ground):
    """The comparisons of one register."""

    def _other_day(self, request: HttpRequest) -> date:
        """Return the day to compare with; where none is asked for, a year before."""
        on = moments.moment_of(request).on
        text = request.GET.get("with", "")
        try:
            day = parse_date(text) if text else years_before(on, 1)
        except NotADate as error:
            messages.error(request, str(error))
            return years_before(on, 1)
        if not moments.EARLIEST <= day <= moments.LATEST:
            messages.error(request, _("这一天超出可查的范围，现与一年前对比。"))
            return years_before(on, 1)
        return day

    def _comparison(self, request: HttpRequest, other: date) -> Comparison:
        """Return both lists, each within the scope of its own day, the earlier day first."""
        moment = moments.moment_of(request)
        before, after = (
            Listing(
                Wanted.read(self.register, request.GET, day, moment.known),
                self.viewer(request, day),
            )
            for day in sorted((other, moment.on))
        )
        return Comparison(before, after)

    def compared(self, request: HttpRequest) -> HttpResponse:
        """Show which rows of a list came, went and changed between two days."""
        other = self._other_day(request)
        comparison = self._comparison(request, other)
        asked: Any = request.GET.get("show")
        kind: Kind | None = asked if asked in get_args(Kind) else None
        number = request.GET.get("page", "1")
        start = (int(number) - 1 if _is_page(number) else 0) * ROWS_PER_PAGE
        found = comparing.counted(comparison, kind, start, ROWS_PER_PAGE)
        what = _("%(register)s两日对比") % {"register": self.register.label}
        self._note(request, found.page, what)
        query = {**comparison.after.wanted.query, "with": other.isoformat()}
        pages = Paginator(range(found.counts[found.kind]), ROWS_PER_PAGE)
        context = {
            **self.shell(request), "comparison": comparison, "other": other, "rows": found.page,
            "before": comparison.before.wanted.on, "after": comparison.after.wanted.on,
            "counts": found.counts, "shown": found.kind, "page": pages.get_page(number),
            "query": urlencode({**query, "show": found.kind}), "all_query": urlencode(query),
            "list_query": urlencode(comparison.after.wanted.query),
            "may_export": self.viewer(request).may("export_records"),
        }  # fmt: skip
        return render(request, "web/sheets/compare.html", context)

    def _note(self, request: HttpRequest, rows: Any, what: str) -> None:
        schools = {row.school for row in rows if row.school}
        self.note_look(request, [row.thing for row in rows], schools, what)

    def exported(self, request: HttpRequest) -> HttpResponseBase:
        """Hand over everything that is otherwise, as a workbook."""
        other = self._other_day(request)
        comparison = self._comparison(request, other)
        things: list[int] = []
        schools: set[int] = set()
        file = self._written(request, comparison, things, schools)
        if self.register.shows_children:
            looking.exported(
                request, subject=self.register.model_label, ids=things, school_ids=schools,
                what=_("导出两日对比%(count)s条") % {"count": len(things)},
            )  # fmt: skip
        days = f"{comparison.before.wanted.on:%Y%m%d}-{comparison.after.wanted.on:%Y%m%d}"
        return FileResponse(
            file, as_attachment=True, filename=f"{self.register.label}对比_{days}.xlsx"
        )

    def _written(
        self, request: HttpRequest, comparison: Comparison, things: list[int], schools: set[int]
    ) -> BinaryIO:
        file = workbooks.new_file()

        def rows() -> Iterator[list[Any]]:
            for difference in comparison.differences():
                things.append(difference.thing)
                if difference.school:
                    schools.add(difference.school)
                yield from self._lines(comparison, difference)

        titles = (_("情况"), self.register.by_key[self.register.name].label, _("列"), _("原来"),
                  _("现在"))  # fmt: skip
        wanted = comparison.after.wanted
        write_table(
            file, title=f"{self.register.label}{_('对比')}",
            columns=[OutColumn(str(title), 18) for title in titles], rows=rows(),
            created=timezone.now(),  # noqa: TID251
            facts=[
                (_("原来"), comparison.before.wanted.on.isoformat()),
                (_("现在"), wanted.on.isoformat()),
                (_("条件"), "；".join(f"{key}={value}" for key, value in wanted.query.items())
                 or _("无")),
                (_("导出人"), request.user.get_username()),
            ],
        )  # fmt: skip
        file.seek(0)
        return file

    def _lines(self, comparison: Comparison, difference: Difference) -> Iterator[list[Any]]:
        if difference.kind == "changed":
            for column, old, new in difference.changes:
                yield [_("变化"), difference.name, str(column.title), _said(old), _said(new)]
            return
        cells = "；".join(
            f"{column.title}：{_said(cell)}"
            for column, cell in zip(comparison.columns, difference.cells, strict=True)
            if cell is not None and column.key != self.register.name
        )
        if difference.kind == "added":
            yield [_("增加"), difference.name, "", "", cells]
        else:
            yield [_("减少"), difference.name, "", cells, ""]

    def beside(self, request: HttpRequest, thing: int) -> HttpResponse:
        """Show one thing on two days side by side."""
        moment, other = moments.moment_of(request), self._other_day(request)
        on, known = moment.on, moment.known
        if not details.find(self.register, self.viewer(request), thing, on, known):
            raise Http404
        early, late = (
            details.Detail(self.register, thing, day, known=known) for day in sorted((on, other))
        )
        now = details.Detail(self.register, thing, on, known=known)
        what = _("%(register)s两日对比") % {"register": self.register.label}
        self.note_look(request, [thing], [now.school] if now.school else [], what)
        context = {
            **self.shell(request), "thing": thing, "name": now.name, "other": other,
            "before": early.on, "after": late.on, "groups": _side_by_side(early, late),
        }  # fmt: skip
        return render(request, "web/sheets/beside.html", context)


def _side_by_side(early: details.Detail, late: details.Detail) -> list[tuple[Any, list[Any]]]:
    """Return by part the columns with both cells, and whether they differ, where either holds."""
    found = []
    for before, after in zip(early.groups(), late.groups(), strict=True):
        lines = [
            (old.column, old.value, new.value, early.whole(old.column) != late.whole(new.column))
            for old, new in zip(before.cells, after.cells, strict=True)
            if old.value or new.value
        ]
        if lines:
            found.append((before.part, lines))
    return found


def _is_page(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text[:9]) <= 1_000_000


def _said(cell: Any) -> str:
    return "" if cell is None else str(cell)
