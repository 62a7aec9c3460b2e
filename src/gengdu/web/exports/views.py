"""The pages of one's own exports: all of them, how far one has come, and its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.guards import requires
from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.records import sheets
from gengdu.web.exports import operations, tasks
from gengdu.web.exports.operations import AT_WORK
from gengdu.web.models import ExportForm, ExportState, ListExport
from gengdu.web.sheets.selection import Selection

ViewerOf = Callable[..., Viewer]


@dataclass(frozen=True)
class Exports:
    """The exports of whoever has signed in; of anybody else's there is no such page."""

    viewer_of: ViewerOf

    def listed(self, request: HttpRequest) -> HttpResponse:
        """List one's exports, newest first."""
        operations.drop_old(timezone.now())
        mine = ListExport.objects.filter(account=request.user.pk).order_by("-asked_at", "-pk")
        shown = [self._line(request, one) for one in mine]
        mine.filter(seen_at=None).exclude(state__in=AT_WORK).update(seen_at=timezone.now())
        return render(request, "web/exports/list.html", {"exports": shown})

    def _line(self, request: HttpRequest, export: ListExport) -> dict[str, Any]:
        register = sheets.register(export.register)
        done = operations.progress(export) if export.state == ExportState.MAKING else 0
        return {
            "export": export,
            "register": register,
            "words": Selection(register, export.on, export.query, None).words,
            "is_refused": not self._covers(request, export),
            "is_offered": operations.is_offered(export, timezone.now()),
            "expires_at": operations.expires_at(export),
            "done": done,
            "percent": min(99, round(100 * done / export.rows)) if export.rows else 0,
        }

    def _covers(self, request: HttpRequest, export: ListExport) -> bool:
        assert isinstance(request.user, Account)
        return operations.covers(self.viewer_of(request.user, on=export.on), export)

    def _own(self, request: HttpRequest, number: int) -> ListExport:
        found = ListExport.objects.filter(pk=number, account=request.user.pk).first()
        if found is None:
            raise Http404
        return found

    def export(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show how far an export has come; posted, begin it again or delete it."""
        export = self._own(request, number)
        if request.method == "POST":
            return self._step(request, export)
        context = self._line(request, export)
        is_at_work = export.state in AT_WORK
        if is_at_work and request.headers.get("HX-Request"):
            return render(request, "web/exports/_progress.html", context)
        if not is_at_work and export.seen_at is None:
            export.seen_at = timezone.now()
            export.save(update_fields=["seen_at"])
        response = render(request, "web/exports/export.html", context)
        if request.headers.get("HX-Request"):
            response.headers["HX-Refresh"] = "true"
        return response

    def _step(self, request: HttpRequest, export: ListExport) -> HttpResponse:
        step = request.POST.get("step")
        if step == "again" and export.state in AT_WORK:
            tasks.make_export.enqueue(export.pk)
            return redirect("export", number=export.pk)
        if step == "drop" and export.state not in AT_WORK:
            operations.drop(export)
            messages.info(request, _("已删除这份导出的文件。"))
            return redirect("exports")
        messages.error(request, _("这份导出的状态已变，没有改动。"))
        return redirect("export", number=export.pk)

    def file(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """Hand over the file, and say so in the trail; refused where the rights have shrunk."""
        export = self._own(request, number)
        if not self._covers(request, export):
            raise PermissionDenied  # the page of the export says why
        if not operations.is_offered(export, timezone.now()):
            messages.error(request, _("文件还没有生成，或已过保存期。请重新导出。"))
            return redirect("export", number=export.pk)
        register = sheets.register(export.register)
        file = operations.path(export).open("rb")
        if register.shows_children or export.whole or export.form == ExportForm.PACKAGE:
            ids, schools = operations.held(export)
            looking.exported(
                request, subject=register.model_label, ids=ids, school_ids=schools,
                what=_("下载后台导出的%(form)s%(count)s条")
                % {"form": export.get_form_display(), "count": len(ids)}, reason=export.reason,
            )  # fmt: skip
        name = operations.file_name(export)
        return FileResponse(file, as_attachment=True, filename=name)


def urls(viewer_of: ViewerOf) -> list[URLPattern]:
    """Return the addresses of one's own exports.

    Args:
        viewer_of: Returns who looks, with the schools of their scope on a day.
    """
    own, may = Exports(viewer_of), requires("export_records")
    return [
        path("exports/", may(own.listed), name="exports"),
        path("exports/<int:number>/", may(own.export), name="export"),
        path("exports/<int:number>/file/", may(own.file), name="export_file"),
    ]


def begin(request: HttpRequest, asked: operations.Asked) -> HttpResponse:
    """Let the worker make a long list, and show the page that says how far it has come."""
    assert isinstance(request.user, Account)
    try:
        export, is_new = operations.ask(asked, request.user, timezone.now())
    except operations.TooMany as error:
        messages.error(request, str(error))
        return redirect("exports")
    if is_new:
        tasks.make_export.enqueue(export.pk)
    return redirect(reverse("export", args=[export.pk]))
