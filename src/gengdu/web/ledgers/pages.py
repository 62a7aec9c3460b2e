"""Two entries of one matter side by side, and an entry as a Word document."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.scope import Viewer
from gengdu.analytics.run import Moment
from gengdu.documents.blocks import Document
from gengdu.documents.compare import side_by_side
from gengdu.documents.package.parts import Package
from gengdu.documents.word import write_word
from gengdu.kernel.identifiers import is_row_number
from gengdu.records.approving import trails_of
from gengdu.records.ledgers import Ledger
from gengdu.web import moments
from gengdu.web.exports import operations as exports
from gengdu.web.exports import views as export_pages
from gengdu.web.ledgers import packages, papers
from gengdu.web.models import ExportForm
from gengdu.web.sheets import details
from gengdu.web.sheets.details import Detail
from gengdu.web.sheets.ground import Ground
from gengdu.web.sheets.listing import Listing, Wanted
from gengdu.web.sheets.selection import Selection

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
        item = int(chosen) if is_row_number(chosen) else None
        if item is None and others:
            item = others[0][0]
        old = self._found(request, item) if item is not None else None
        if old is not None and request.GET.get("word"):
            unit = self.account(request).title_zh or ""
            return self._handed_over(request, papers.of_two(old, new, unit, new.on), new)
        return self._beside(request, new, old, others)

    def packaged(self, request: HttpRequest) -> HttpResponseBase:
        """Hand over the evidence of the entries chosen on the list as one package."""
        moment, viewer = moments.moment_of(request), self.viewer(request)
        chosen = Selection.read(self.ledger, request.GET, moment.on)
        items = chosen.things(viewer, packages.MOST_ENTRIES)
        account = self.account(request)
        asked = packages.Asked(
            self.ledger, items, moment, account.title_zh or "", account.username,
            timezone.now(),  # noqa: TID251
        )  # fmt: skip
        try:
            if not items:
                raise packages.TooLarge(_("还没有选中任何一条，请先在列表里勾选"))
            if packages.is_long(asked):
                return self._later(request, chosen, len(items))
            file = self._packed(packages.package(asked))
        except packages.EXPECTED as error:
            messages.error(request, str(error))
            return redirect(f"{self.address('list')}?{urlencode(chosen.list_query)}")
        looking.exported(
            request, subject=self.ledger.model_label, ids=items,
            school_ids=self.schools(items, moment.on), what=_("迎检资料包"),
        )  # fmt: skip
        name = packages.file_name(self.ledger, moment.on, len(items))
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")

    def _later(self, request: HttpRequest, chosen: Selection, count: int) -> HttpResponse:
        """Let the worker make a package that takes long."""
        moment = moments.moment_of(request)
        wanted = Wanted.read(self.ledger, chosen.query, moment.on, moment.known)
        listing = Listing(wanted, self.viewer(request))
        asked = exports.Asked(listing, count, form=ExportForm.PACKAGE, ticked=chosen.ticked)
        return export_pages.begin(request, asked)

    def _packed(self, package: Package) -> BinaryIO:
        """Return a package as a file that is gone once it was read."""
        with tempfile.TemporaryDirectory(prefix="gengdu-") as folder:
            path = Path(folder) / "package.zip"
            packages.write(path, package)
            return path.open("rb")  # the system keeps its bytes until it is closed

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
