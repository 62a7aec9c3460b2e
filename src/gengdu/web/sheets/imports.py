"""The pages on which a file comes into a register: upload, columns, preview, confirm, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.masking import masked
from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.documents.limits import Refused
from gengdu.kernel.dates import NotADate, parse_date
from gengdu.records import tasks
from gengdu.records.importing import batches, mapping
from gengdu.records.importing.batches import WrongState
from gengdu.records.importing.preview import Mode
from gengdu.records.models import BatchState, ImportBatch
from gengdu.records.references import NamedCell
from gengdu.records.sheets import Register
from gengdu.records.staging import Stage
from gengdu.records.writing import CannotUndo
from gengdu.web import moments
from gengdu.web.sheets import workbooks
from gengdu.web.sheets.ground import around

ROWS_SHOWN = 100
ACTIONS = ("rejected", "changed", "new", "unchanged")


@dataclass(frozen=True)
class Imports:
    """The import pages of one register."""

    register: Register
    viewer_of: Callable[..., Viewer]

    def _shell(self, request: HttpRequest) -> dict[str, Any]:
        names = ("list", "template", "import")
        return {
            **around(request, self.register),
            "url": {name: reverse(f"{self.register.key}_{name}") for name in names},
            "batch_view": f"{self.register.key}_batch",
        }

    def begun(self, request: HttpRequest) -> HttpResponse:
        """Take a file, or show where to put one."""
        if request.method == "POST":
            batch = self._upload(request)
            if batch is not None:
                return redirect(f"{self.register.key}_batch", number=batch.pk)
        recent = ImportBatch.objects.filter(account=request.user.pk, register=self.register.key)
        context = {
            **self._shell(request),
            "recent": recent.order_by("-uploaded_at")[:10],
            "on": moments.moment_of(request).on,
        }
        return render(request, "web/sheets/import.html", context)

    def _upload(self, request: HttpRequest) -> ImportBatch | None:
        file = request.FILES.get("file")
        if file is None:
            messages.error(request, _("没有选择文件。请选择 .xlsx、.xls 或 .csv 文件再上传。"))
            return None
        mode: Mode = "correction" if request.POST.get("mode") == "correction" else "change"
        assert isinstance(request.user, Account)
        now = timezone.now()  # noqa: TID251
        batches.sweep(now)
        try:
            return batches.upload(
                self.register, file, account=request.user, on=self._day(request), mode=mode, at=now
            )
        except (Refused, NotADate) as error:
            messages.error(request, str(error))
            return None

    def _day(self, request: HttpRequest) -> date:
        text = request.POST.get("on_day", "")
        return parse_date(text) if text else moments.moment_of(request).on

    def _batch(self, request: HttpRequest, number: int) -> ImportBatch:
        """Return a batch of the person's own; of anybody else's there is no such page."""
        found = ImportBatch.objects.filter(
            pk=number, account=request.user.pk, register=self.register.key
        ).first()
        if found is None:
            raise Http404
        return found

    def batch(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show a batch at the step where it is."""
        batch = self._batch(request, number)
        context = {**self._shell(request), "batch": batch, "step": self._step_url(batch)}
        if batch.state in batches.AT_WORK:
            context |= self._progress(batch)
            if request.headers.get("HX-Request"):
                return render(request, "web/sheets/_progress.html", context)
        elif batch.state in (BatchState.UPLOADED, BatchState.FAILED):
            context |= self._columns(request, batch)
        elif batch.state == BatchState.PREVIEWED:
            context |= self._preview(request, batch)
        response = render(request, "web/sheets/batch.html", context)
        if request.headers.get("HX-Request"):
            response.headers["HX-Refresh"] = "true"
        return response

    def _step_url(self, batch: ImportBatch) -> str:
        return reverse(f"{self.register.key}_step", args=[batch.pk])

    def _progress(self, batch: ImportBatch) -> dict[str, Any]:
        done, expected = batches.progress(batch)
        return {"done": done, "expected": expected,
                "percent": round(100 * done / expected) if expected else 0}  # fmt: skip

    def _columns(self, request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
        proposal = batches.proposal(batch)
        left_out = mapping.ignored(self.register, [line[1] for line in proposal if not line[2]])
        taken = {key for _letter, _name, key in proposal if key}
        missing = [
            column.label
            for column in self.register.shown_columns
            if column.required
            and column.writable
            and column.key not in taken
            and column.key != self.register.school
        ]
        found = batches.recognised(batch)
        is_other = found is not None and found.layout.key not in self.register.layouts
        other = found.layout.register if found is not None and is_other else None
        return {"proposal": proposal, "missing": missing, "found": found, "other": other,
                "other_import": reverse(f"{other.key}_import") if other is not None else "",
                "schools": self._schools(request, batch, taken),
                "matched": [line for line in proposal if line[2]],
                "unmatched": [line for line in proposal if not line[2] and line[1] not in left_out],
                "left_out": left_out,
                "choices": [column for column in self.register.shown_columns
                            if column.writable or column.checked]}  # fmt: skip

    def _schools(
        self, request: HttpRequest, batch: ImportBatch, taken: set[str]
    ) -> list[tuple[int, str]]:
        """Return the schools to choose from where the file's rows name none; else nothing."""
        if not self.register.school or self.register.school in taken:
            return []
        kind = self.register.by_key[self.register.school].kind_on(batch.on)
        assert isinstance(kind, NamedCell)
        viewer = self._viewer(request, batch)
        within = ((school, name) for school, name in kind.known
                  if viewer.sees_district or school in viewer.schools)  # fmt: skip
        offered = list(within)
        is_joined = self.register.is_joined(self.register.by_key[self.register.school])
        # People are found by name and number; a school only tells namesakes apart.
        return offered if len(offered) == 1 or not is_joined else []

    def _viewer(self, request: HttpRequest, batch: ImportBatch) -> Viewer:
        return self.viewer_of(request.user, on=batch.on)

    def _preview(self, request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
        wanted = request.GET.get("show", "")
        shown = wanted if wanted in ACTIONS else next(
            (action for action in ACTIONS if batch.counts.get(action)), "unchanged"
        )  # fmt: skip
        with Stage.opened(batches.stage_path(batch), self.register) as stage:
            rows = stage.looked(shown, most=ROWS_SHOWN)
            numbers = [row[0] for row in rows]
            remarks, differences = stage.remarks(numbers), stage.differences(numbers)
            common = stage.common_remarks()
        self._note_look(request, [thing for _number, thing, _name, _raw in rows])
        return {
            "shown": shown,
            "tabs": [(action, batch.counts.get(action, 0)) for action in ACTIONS],
            "rows": [
                (number, name, self._said(remarks.get(number, [])),
                 self._labelled(differences.get(number, [])))
                for number, _thing, name, _raw in rows
            ],
            "common": [(self._label(key), message, count) for key, message, count in common],
            "most": ROWS_SHOWN,
            "writes": batch.counts.get("new", 0) + batch.counts.get("changed", 0),
        }  # fmt: skip

    def _note_look(self, request: HttpRequest, things: list[int | None]) -> None:
        if self.register.shows_children:
            what = _("%(register)s导入预览") % {"register": self.register.label}
            known = [thing for thing in things if thing is not None]
            looking.looked(request, subject=self.register.model_label, ids=known, what=what)

    def _label(self, key: str) -> str:
        return str(self.register.by_key[key].label)

    def _said(self, remarks: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
        return [(self._label(key), message, is_fault) for key, message, is_fault in remarks]

    def _labelled(self, differences: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """Name columns; what is recorded is hidden as elsewhere, what the file says is not."""
        return [(self._label(key), self._hidden(key, old), new) for key, old, new in differences]

    def _hidden(self, key: str, recorded: str) -> str:
        masking = self.register.by_key[key].masking
        return masked(masking, recorded) if masking and recorded else recorded

    def step(self, request: HttpRequest, number: int) -> HttpResponse:
        """Take a batch one step on."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        batch = self._batch(request, number)
        steps: dict[str, Callable[[HttpRequest, ImportBatch], None]] = {
            "read": self._read, "confirm": self._confirm, "cancel": self._cancel,
            "undo": self._undo, "again": self._again,
        }  # fmt: skip
        take = steps.get(request.POST.get("step", ""))
        if take is None:
            raise Http404
        try:
            take(request, batch)
        except (WrongState, CannotUndo) as error:
            messages.error(request, str(error))
        return redirect(f"{self.register.key}_batch", number=batch.pk)

    def _read(self, request: HttpRequest, batch: ImportBatch) -> None:
        chosen = {
            name: request.POST.get(f"column_{letter}", "")
            for letter, name, _key in batches.proposal(batch)
        }
        offered = self._schools(request, batch, set(filter(None, chosen.values())))
        batches.choose(batch, chosen, self._chosen_school(request, offered))
        self._start_reading(request, batch)

    def _chosen_school(self, request: HttpRequest, offered: list[tuple[int, str]]) -> int | None:
        """Return the school that rows without one belong to: the only one, or the one chosen."""
        if len(offered) == 1:
            return offered[0][0]
        chosen = request.POST.get("school", "")
        return next((school for school, _name in offered if str(school) == chosen), None)

    def _start_reading(self, request: HttpRequest, batch: ImportBatch) -> None:
        viewer = self._viewer(request, batch)
        held = self.register.may_write_for(viewer, batch.on)
        tasks.read_batch.enqueue(batch.pk, None if held is None else sorted(held))

    def _confirm(self, request: HttpRequest, batch: ImportBatch) -> None:
        batches.confirm(batch, without_rejected=bool(request.POST.get("without_rejected")))
        tasks.write_batch.enqueue(batch.pk)

    def _again(self, request: HttpRequest, batch: ImportBatch) -> None:
        """Begin a step again that was interrupted."""
        if batch.state == BatchState.READING:
            self._start_reading(request, batch)
        elif batch.state == BatchState.WRITING:
            tasks.write_batch.enqueue(batch.pk)

    def _cancel(self, request: HttpRequest, batch: ImportBatch) -> None:
        batches.cancel(batch)
        messages.info(request, _("已放弃这一批，没有写入任何数据。"))

    def _undo(self, request: HttpRequest, batch: ImportBatch) -> None:
        assert isinstance(request.user, Account)
        reason = request.POST.get("reason", "").strip()
        if not reason:
            messages.error(request, _("没有撤销：请填写撤销原因。"))
            return
        batches.undo(
            batch, account=request.user, at=timezone.now(), reason=reason,  # noqa: TID251
        )  # fmt: skip
        messages.success(request, _("已撤销，底册恢复到导入以前的样子。"))

    def rejected(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """Hand over the rows that cannot be taken, with what is wrong in each cell."""
        batch = self._batch(request, number)
        if batch.state in batches.AT_WORK or not batches.stage_path(batch).exists():
            raise Http404
        file = workbooks.rejected(self.register, batch, at=timezone.now())  # noqa: TID251
        if self.register.shows_children:
            with Stage.opened(batches.stage_path(batch), self.register) as stage:
                things = [row[1] for row in stage.looked("rejected") if row[1] is not None]
            looking.exported(
                request, subject=self.register.model_label, ids=things,
                what=_("下载未通过的行"),
            )  # fmt: skip
        return FileResponse(file, as_attachment=True, filename=f"未通过的行_{batch.pk}.xlsx")
