"""The evidence of an entry: listed, added, taken off, named, looked at and handed out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from gengdu.documents.limits import Refused
from gengdu.records.evidence import kinds, operations, queries, rights, showing, workshop
from gengdu.records.evidence.models import Evidence
from gengdu.records.models import Change, Item
from gengdu.web import moments
from gengdu.web.evidence import blocks, serving
from gengdu.web.evidence.ground import EvidenceGround, Malformed, body_of, refused

_EXPECTED = (operations.NotAllowed, operations.TooMuch, operations.Moved)


@dataclass(frozen=True)
class Pages(EvidenceGround):
    """Everything about evidence that stands at an entry; of others there is no such page."""

    def listed(self, request: HttpRequest, item: int) -> HttpResponseBase:
        """Return the list of an entry's files, for the block to be renewed."""
        return self._list(request, self.item(request, item))

    def _list(self, request: HttpRequest, item: Item, **more: Any) -> JsonResponse:
        context = blocks.block(request, self.viewer(request), self.register(item), item)
        html = render_to_string("web/evidence/_list.html", {"evidence": context}, request)
        return JsonResponse({"html": html, "count": len(context["lines"]), **more})

    def attach(self, request: HttpRequest, item: int) -> HttpResponseBase:
        """Add uploads, and files of other entries, to an entry."""
        found = self.item(request, item)

        def done() -> Change | None:
            asked = body_of(request)
            given = queries.chosen(
                [str(one) for one in _listed(asked, "uploads")],
                [one for one in _listed(asked, "files") if isinstance(one, int)],
                ledger=found.ledger, account=self.account(request), viewer=self.viewer(request),
                on=moments.moment_of(request).on,
            )  # fmt: skip
            return operations.attach(found, given, self.by(request))

        return self._written(request, found, done, _("材料已添加。"))

    def detach(self, request: HttpRequest, evidence: int) -> HttpResponseBase:
        """Take a file off its entry."""
        found = self.evidence(request, evidence)
        said = _("已移除“%(name)s”。") % {"name": found.shown_name}
        undo = reverse("evidence_restore", args=[found.pk])
        return self._written(
            request, found.item, lambda: operations.detach(found, self.by(request)), said,
            said=said, undo=undo,
        )  # fmt: skip

    def restore(self, request: HttpRequest, evidence: int) -> HttpResponseBase:
        """Put a file back that was taken off."""
        found = queries.taken_off(evidence, self.viewer(request), moments.moment_of(request).on)
        if found is None:
            raise Http404
        return self._written(
            request, found.item, lambda: operations.restore(found, self.by(request)),
            _("已恢复“%(name)s”。") % {"name": found.shown_name},
        )  # fmt: skip

    def caption(self, request: HttpRequest, evidence: int) -> HttpResponseBase:
        """Say what a file shows."""
        found = self.evidence(request, evidence)
        return self._written(
            request, found.item,
            lambda: operations.change_caption(
                found, request.POST.get("caption", ""), self.by(request)
            ),
            _("说明已保存。"),
        )  # fmt: skip

    def _written(
        self,
        request: HttpRequest,
        item: Item,
        done: Callable[[], Change | None],
        told: str,
        **more: Any,
    ) -> HttpResponseBase:
        """Do a deed and answer it: to a script with the list as it is now, else by going back."""
        is_script = request.headers.get("Accept", "").startswith("application/json")
        try:
            done()
        except Malformed:
            return refused(_("请求没有传完，请重试。"), 400)
        except _EXPECTED as error:
            if is_script:
                return refused(str(error), 409)
            messages.error(request, str(error))
        else:
            if is_script:
                return self._list(request, item, **more)
            messages.success(request, told)
        return redirect(self._page_of(item) or "overview")

    def _page_of(self, item: Item) -> str:
        """Return the address of an entry's page; nothing where it has none."""
        try:
            return f"{reverse(f'{item.ledger}_detail', args=[item.pk])}#evidence"
        except NoReverseMatch:
            return ""

    def offered(self, request: HttpRequest) -> HttpResponseBase:
        """List files of entries that the viewer may see, for one more entry to use."""
        besides = None
        if number := request.GET.get("item", ""):
            besides = self.item(request, int(number) if number.isdigit() else 0)
        found = queries.offered(
            self.viewer(request), moments.moment_of(request).on,
            ledger=besides.ledger if besides is not None else request.GET.get("ledger", ""),
            words=request.GET.get("q", "").strip()[:40], besides=besides,
        )  # fmt: skip
        self.note(request, *found)
        context = {"offered": blocks.of_evidence(found), "most": queries.MOST_OFFERED}
        return render(request, "web/evidence/_offered.html", context)

    def page(self, request: HttpRequest, evidence: int) -> HttpResponse:
        """Show one file as far as a page can."""
        found = self.evidence(request, evidence)
        self.note(request, found)
        others = [one for one in self._beside(request, found.item) if one.pk != found.pk]
        context = {
            "found": found, "line": blocks.Line(found), "register": self.register(found.item),
            "back": self._page_of(found.item), "pass": self.pass_for(request, found),
            "others": [blocks.Line(one) for one in others],
            "elsewhere": self._elsewhere(request, found),
            **self._content(found),
        }  # fmt: skip
        return render(request, "web/evidence/page.html", context)

    def _beside(self, request: HttpRequest, item: Item) -> list[Evidence]:
        return list(queries.of_item(item, moments.moment_of(request).known))

    def _elsewhere(self, request: HttpRequest, found: Evidence) -> int:
        """Return how many other entries that the viewer may see the file proves."""
        items = Item.objects.filter(evidence__file=found.file, evidence__superseded_at=None)
        others = items.exclude(pk=found.item_id).distinct()
        return len(rights.seen_items(others, self.viewer(request), moments.moment_of(request).on))

    def _content(self, found: Evidence) -> dict[str, Any]:
        """Return what is shown of a file: rows, paragraphs or numbers of pages."""
        if found.file.pages:
            return {"pages": range(1, found.file.pages + 1)}
        if not showing.is_read(found.file):
            return {}
        try:
            return {"blocks": showing.blocks(found.file)}
        except (Refused, workshop.Busy) as error:
            return {"trouble": str(error)}

    def file(self, request: HttpRequest, evidence: int) -> HttpResponseBase:
        """Hand out a file to be saved."""
        found = self.evidence(request, evidence)
        response = serving.saved(found.file.kept_digest, found.saved_name, found.file.media_type)
        self.note(request, found, is_taken_out=True)
        return response

    def thumbnail(self, request: HttpRequest, evidence: int) -> HttpResponseBase:
        """Show the small picture of a file, as part of the page that lists it."""
        found = self.evidence(request, evidence)
        return serving.drawn(serving.there(showing.thumbnail(found.file)), "image/jpeg")

    def picture(self, request: HttpRequest, evidence: int) -> HttpResponseBase:
        """Show a picture as large as it is kept."""
        found = self.evidence(request, evidence)
        if found.file.kind != kinds.Kind.PICTURE:
            raise Http404
        self.note_part(request, found)
        return serving.drawn(found.file.kept_digest, "image/jpeg")

    def pdf_page(self, request: HttpRequest, evidence: int, page: int) -> HttpResponseBase:
        """Show one page of a PDF as a picture."""
        found = self.evidence(request, evidence)
        try:
            key = serving.there(showing.page(found.file, page))
        except (Refused, workshop.Busy) as error:
            return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
        self.note_part(request, found)
        return serving.drawn(key, "image/png")

    def video(self, request: HttpRequest, evidence: int) -> HttpResponseBase:
        """Play a video; its parts after the first belong to the look that was noted."""
        found = self.evidence(request, evidence)
        if not found.file.is_played:
            raise Http404
        self.note_part(request, found)
        return serving.played(request, found.file.kept_digest, found.file.media_type)


def _listed(asked: dict[str, Any], name: str) -> list[Any]:
    found = asked.get(name, [])
    if not isinstance(found, list) or len(found) > blocks.MOST_PICKED:
        raise Malformed
    return found
