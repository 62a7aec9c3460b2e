"""Two entries of one matter side by side, and an entry as a Word document."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.scope import Viewer
from gengdu.analytics.run import Moment
from gengdu.documents.blocks import Document
from gengdu.documents.compare import side_by_side
from gengdu.documents.word import write_word
from gengdu.records.approving import trails_of
from gengdu.records.ledgers import Ledger
from gengdu.web import moments
from gengdu.web.ledgers import papers
from gengdu.web.sheets import details
from gengdu.web.sheets.details import Detail
from gengdu.web.sheets.ground import Ground

OTHERS_OFFERED = 20
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class EntryPages(Ground):
    """Further pages of the entries of one ledger."""

    @property
    def ledger(self) -> Ledger:
        """The ledger."""
        assert isinstance(self.register, Ledger)
        return self.register

    def word(self, request: HttpRequest, thing: int) -> HttpResponseBase:
        """Hand over an entry as a Word document."""
        found = self._found(request, thing)
        trail = trails_of([thing]).get(thing, [])
        unit = self.account(request).title_zh or ""
        return self._handed_over(request, papers.of_entry(self.ledger, found, trail, unit), found)

    def versus(self, request: HttpRequest, thing: int) -> HttpResponseBase:
        """Set an entry beside another of the same matter, on the page or as a Word document."""
        new = self._found(request, thing)
        others = self._others(request, thing)
        chosen = request.GET.get("with", "")
        item = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 else None
        if item is None and others:
            item = others[0][0]
        old = self._found(request, item) if item is not None else None
        if old is not None and request.GET.get("word"):
            unit = self.account(request).title_zh or ""
            return self._handed_over(request, papers.of_two(old, new, unit, new.on), new)
        return self._beside(request, new, old, others)

    def _beside(
        self, request: HttpRequest, new: Detail, old: Detail | None, others: list[tuple[int, str]]
    ) -> HttpResponse:
        differing = papers.differences(old, new) if old else []
        context = {
            **self.shell(request), "thing": new.thing, "new": new, "old": old, "others": others,
            "lines": [(column, side_by_side(before, after)) for column, before, after in differing],
        }  # fmt: skip
        return render(request, "web/ledgers/versus.html", context)

    def _found(self, request: HttpRequest, thing: int) -> Detail:
        """Return an entry that the viewer sees; of any other there is no such page."""
        moment = moments.moment_of(request)
        if not details.find(self.ledger, self.viewer(request), thing, moment.on, moment.known):
            raise Http404
        return Detail(self.ledger, thing, moment.on, known=moment.known)

    def _others(self, request: HttpRequest, thing: int) -> list[tuple[int, str]]:
        """Return the other entries of the same holder, the latest before this one first."""
        moment, viewer = moments.moment_of(request), self.viewer(request)
        rows = _of_same_holder(self.ledger, viewer, thing, moment)
        names = self.ledger.names(rows, moment.on)
        return list(names.items())

    def _handed_over(
        self, request: HttpRequest, document: Document, found: Detail
    ) -> HttpResponseBase:
        file = io.BytesIO()
        write_word(file, document, at=timezone.now())  # noqa: TID251
        file.seek(0)
        schools = [found.school] if found.school else []
        if self.ledger.shows_children:
            looking.exported(
                request, subject=self.ledger.model_label, ids=[found.thing], school_ids=schools,
                what=_("打印为 Word"), reason="",
            )  # fmt: skip
        name = f"{document.title}.docx".replace("/", "_")
        return FileResponse(file, as_attachment=True, filename=name, content_type=WORD)


def _of_same_holder(ledger: Ledger, viewer: Viewer, thing: int, moment: Moment) -> list[Any]:
    within = ledger.within(viewer, moment.on, moment.known)
    row = within.filter(item_id=thing).first()
    holder = ledger.attname(ledger.by_key[ledger.held_by or ledger.name])
    same = within.filter(**{holder: getattr(row, holder)}).exclude(item_id=thing)
    return list(same.order_by("-recorded_at", "-pk")[:OTHERS_OFFERED])
