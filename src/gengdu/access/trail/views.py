"""The auditor's pages: who did what, whether the trail is whole, and the trail as a workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path

import django_tables2 as tables
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import naming
from gengdu.access.actors import Actor
from gengdu.access.guards import requires
from gengdu.access.trail import export, operations, queries
from gengdu.access.trail.models import Kind, TrailEntry, unpacked
from gengdu.access.trail.tables import TrailFilter, TrailTable

ROWS_PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("view_trail")
def entries(request: HttpRequest) -> HttpResponse:
    """List what happened, newest first; with ?check=1 the whole trail is proved as well."""
    chosen = _chosen(request)
    table = TrailTable(chosen.qs, schools={})
    tables.RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    shown = [row.record for row in table.page.object_list]
    keys = {key for entry in shown for key in unpacked(entry.school_ids)}
    table.schools = naming.schools(keys, on=timezone.localdate())
    context = {
        "filter": chosen,
        "table": table,
        "total": table.paginator.count,
        "found": queries.examine() if request.GET.get("check") else None,
    }
    return render(request, "access/trail.html", context)


@requires("view_trail")
def download(request: HttpRequest) -> HttpResponseBase:
    """Hand out the entries asked for as a workbook, and note that it was done."""
    chosen = _chosen(request).qs
    count = chosen.count()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trail.xlsx"
        try:
            export.write(path, chosen.iterator(), count=count, found=queries.examine())
        except export.TooLong as error:
            messages.error(request, str(error))
            return redirect("trail")
        file = path.open("rb")
    what = _("导出审计记录 %(count)s 条") % {"count": count}
    operations.append(
        Actor.of(request), Kind.EXPORT, subject=TrailEntry._meta.label, detail={"what": what}
    )
    operations.anchor_the_end()
    name = _("审计记录 %(day)s.xlsx") % {"day": timezone.localdate()}
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _chosen(request: HttpRequest) -> TrailFilter:
    return TrailFilter(request.GET, queryset=queries.newest_first(), on=timezone.localdate())
