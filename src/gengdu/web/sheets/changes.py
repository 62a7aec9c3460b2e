"""What was done in a register lately: who wrote what and why, and the way to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.scope import Viewer
from gengdu.records import writing
from gengdu.records.importing import batches
from gengdu.records.importing.batches import WrongState
from gengdu.records.models import Change, ChangeKind, ImportBatch
from gengdu.records.sheets import Part
from gengdu.records.writing import CannotUndo
from gengdu.web import moments
from gengdu.web.sheets.ground import Ground

CHANGES_PER_PAGE = 50
THINGS_SHOWN = 100
TAKEN_BACK_HERE = (ChangeKind.EDIT, ChangeKind.BULK_EDIT, ChangeKind.IMPORT)
"""What moves schools or whole years has pages of its own, which know what else hangs on it."""


@dataclass(frozen=True)
class Changes(Ground):
    """The changes of one register, as far as a viewer may see them: always as of today."""

    def listed(self, request: HttpRequest) -> HttpResponse:
        """List what was done, newest first."""
        found = self._visible(request).select_related("account", "batch", "undoes", "undone_by")
        page = Paginator(found.order_by("-at", "-pk"), CHANGES_PER_PAGE).get_page(
            request.GET.get("page")
        )
        context = {**self.shell(request), "page": page, "changes": page.object_list,
                   "query": "", "own": self.account(request).pk}  # fmt: skip
        return render(request, "web/sheets/changes.html", context)

    def _visible(self, request: HttpRequest) -> QuerySet[Change]:
        """Return the person's own changes and those that touch rows within the scope."""
        found = Change.objects.filter(register=self.register.key)
        day = moments.present_day()
        viewer = self.viewer(request, day)
        if viewer.sees_district:
            return found
        touching = Q(account=self.account(request))
        for part in self._tables():
            rows = self._rows_within(part, viewer, day)
            for field in ("recorded_in", "superseded_in"):
                named = rows.filter(**{f"{field}__isnull": False})
                touching |= Q(pk__in=named.order_by().values(field))
        return found.filter(touching)

    def _rows_within(self, part: Part, viewer: Viewer, day: date) -> QuerySet[Any]:
        """Return every row ever recorded of the things that a viewer's scope holds on a day.

        A row that is a thing of its own belongs where it says, also after another replaced it.
        """
        rows: QuerySet[Any] = part.model._default_manager.order_by()
        if not part.link:
            condition = self.register.scope(viewer, day)
            return rows.none() if condition is None else rows.filter(condition)
        things = self.register.within(viewer, day).order_by().values("thing")
        return rows.filter(**{f"{part.link}__in": things})

    def _tables(self) -> list[Part]:
        """Return one part for each table."""
        return list({part.model: part for part in self.register.own_parts}.values())

    def change(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show one change with the things it touched, those of the viewer's scope by name."""
        change = self._change(request, number)
        viewer = self.viewer(request, moments.present_day())
        touched = self.touched(change)
        things, others = self._within(viewer, touched)
        shown = sorted(things)[:THINGS_SHOWN]
        on = moments.present_day()
        names = self.names(shown, on)
        what = _("%(register)s操作记录") % {"register": self.register.label}
        self.note_look(request, shown, self.schools(shown, on), what)
        context = {
            **self.shell(request), "change": change, "touched": len(touched), "others": others,
            "things": [(thing, names.get(thing, "")) for thing in shown], "most": THINGS_SHOWN,
            "may_undo": self._may_undo(viewer, change, others),
            "is_taken_back": Change.objects.filter(undoes=change).first(),
            "batch": self._batch(request, change),
        }  # fmt: skip
        return render(request, "web/sheets/change.html", context)

    def _change(self, request: HttpRequest, number: int) -> Change:
        """Return a change that the viewer may see; of any other there is no such page."""
        found = self._visible(request).select_related("account", "undoes").filter(pk=number).first()
        if found is None:
            raise Http404
        return found

    def touched(self, change: Change) -> set[int]:
        """Return the things of which a change wrote or ended rows.

        Where a row is a thing of its own, those written stand for those they replaced.
        """
        found: set[int] = set()
        for part in self._tables():
            rows = part.model._default_manager.filter(recorded_in=change)
            if part.link:
                rows |= part.model._default_manager.filter(superseded_in=change)
            found.update(rows.order_by().values_list(_link(part), flat=True))
        return found

    def _within(self, viewer: Viewer, touched: set[int]) -> tuple[set[int], int]:
        """Return those of some things that the viewer's scope holds, and how many it does not."""
        day = moments.present_day()
        anchor = self.register.anchor
        if anchor.link:
            rows: QuerySet[Any] = self.register.within(viewer, day).order_by()
            things = touched.intersection(rows.values_list("thing", flat=True))
        else:
            rows = self._rows_within(anchor, viewer, day)
            things = touched.intersection(rows.values_list("pk", flat=True))
        return things, len(touched) - len(things)

    def _may_undo(self, viewer: Viewer, change: Change, others: int) -> bool:
        """Tell whether the viewer may write every row that a change wrote."""
        may = viewer.may(self.register.edit) and (viewer.sees_district or not others)
        return may and change.kind in TAKEN_BACK_HERE

    def _batch(self, request: HttpRequest, change: Change) -> ImportBatch | None:
        """Return the file a change came from, where it is the viewer's own."""
        return ImportBatch.objects.filter(change=change, account=request.user.pk).first()

    def undo(self, request: HttpRequest, number: int) -> HttpResponse:
        """Take a change back."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        change = self._change(request, number)
        viewer = self.viewer(request, moments.present_day())
        touched = self.touched(change)
        if not self._may_undo(viewer, change, self._within(viewer, touched)[1]):
            raise PermissionDenied
        try:
            self._take_back(request, change, sorted(touched))
        except (CannotUndo, WrongState) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("已撤销，底册恢复到这次操作以前的样子。"))
        return redirect(self.route("change"), number=number)

    def _take_back(self, request: HttpRequest, change: Change, touched: list[int]) -> None:
        account, at = self.account(request), timezone.now()  # noqa: TID251
        reason = request.POST.get("reason", "").strip()[:200]
        batch = ImportBatch.objects.filter(change=change).first()
        with transaction.atomic():
            if batch is not None:
                undoing = batches.undo(batch, account=account, at=at, reason=reason)
            else:
                undoing = writing.undo(
                    change,
                    Change(at=at, account=account, register=self.register.key, reason=reason,
                           summary=_("撤销：%(what)s") % {"what": change.summary[:190]}),
                )  # fmt: skip
            self._note_undone(request, undoing, touched, moments.present_day())

    def _note_undone(
        self, request: HttpRequest, undoing: Change, touched: list[int], on: date
    ) -> None:
        if self.register.shows_children:
            looking.wrote(
                request, subject=self.register.model_label, ids=touched, what=undoing.summary,
                school_ids=self.schools(touched, on), reason=undoing.reason,
            )  # fmt: skip


def _link(part: Part) -> str:
    return f"{part.link}_id" if part.link else "pk"
