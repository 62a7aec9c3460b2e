"""List, detail, form, export and template of a register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.guards import account_of
from gengdu.access.scope import Viewer
from gengdu.analytics.run import Moment
from gengdu.kernel.identifiers import is_row_number
from gengdu.records import sheets
from gengdu.records.importing import direct
from gengdu.records.ledgers import Ledger
from gengdu.records.models import Change, ChangeKind, Item, StepKind
from gengdu.records.sheets import Column, Register
from gengdu.records.writing import Moved
from gengdu.web import moments
from gengdu.web.approvals import entries
from gengdu.web.evidence import blocks
from gengdu.web.exports import operations as exports
from gengdu.web.exports import views as export_pages
from gengdu.web.sheets import besides, details, drafts, numbers, starting, views, workbooks
from gengdu.web.sheets.forms import Form
from gengdu.web.sheets.ground import around
from gengdu.web.sheets.listing import FILTER, Listing, Wanted

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class Pages:
    """The pages of one register."""

    register: Register
    viewer_of: Callable[..., Viewer]

    def viewer(self, request: HttpRequest) -> Viewer:
        """Return who looks."""
        return self.viewer_of(account_of(request), on=moments.moment_of(request).on)

    def _listing(self, request: HttpRequest, data: Any) -> Listing:
        moment = moments.moment_of(request)
        wanted = Wanted.read(self.register, data, moment.on, moment.known)
        return Listing(wanted, self.viewer(request))

    def listed(self, request: HttpRequest) -> HttpResponse:
        """List the rows asked for; where nothing is, as the person's own first view does."""
        if request.method == "POST":
            return self._sent_on(request, self._listing(request, request.POST))
        query = views.first_opened(self.register, request)
        if query is not None:
            return redirect(f"{request.path}?{query}")
        listing = self._listing(request, request.GET)
        if numbers.hides(listing):
            return self._sent_on(request, listing)
        if listing.wanted.q and not self.register.is_searched:
            messages.error(
                request, _("这本底册没有可以查找文字的列，所以没有查到。请用筛选，或清除条件。")
            )
        rows = listing.rows()
        page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
        shown = list(listing.values(page.object_list))
        self._note(request, shown, _("%(register)s列表") % {"register": self.register.label})
        may_edit = listing.viewer.may(self.register.edit) and listing.wanted.known is None
        context = {
            **self._shell(request),
            "listing": listing, "wanted": listing.wanted, "page": page, "rows": shown,
            "total": page.paginator.count, "may_edit": may_edit,
            "may_export": listing.viewer.may("export_records"),
            "heads": [self._head(listing.wanted, column) for column in listing.columns],
            "filters": [self._filter(listing, column) for column in self._filtered()],
            "choice": [(c, c.key in listing.wanted.columns) for c in self.register.shown_columns],
            "query": urlencode(listing.wanted.query),
            "relatives": besides.relatives(self.register, listing.viewer),
            **views.menu(self.register, request, listing.wanted),
            "may_tick": may_edit, **self._for_ledger(listing),
        }  # fmt: skip
        return render(request, "web/sheets/list.html", context)

    def _for_ledger(self, listing: Listing) -> dict[str, Any]:
        """Return what may be done with the entries of a ledger that somebody ticks."""
        viewer = listing.viewer
        if not isinstance(self.register, Ledger) or listing.wanted.known is not None:
            return {}
        acts = [StepKind.SUBMIT] if viewer.may(self.register.edit) else []
        if self.register.flow.waits_for(viewer.may):
            acts += [StepKind.PASS, StepKind.RETURN]
        may_tick = bool(acts) or viewer.may("export_records")
        has_quick = bool(self.register.quick) and viewer.may(self.register.edit)
        quick = reverse(f"{self.register.key}_quick") if has_quick else ""
        return {"is_ledger": True, "ledger_acts": acts, "may_tick": may_tick, "quick_url": quick}

    def _sent_on(self, request: HttpRequest, listing: Listing) -> HttpResponse:
        """Lead to the list that a form asks for, by an address in which no number stands."""
        days = {name: request.GET[name] for name in ("on", "known") if request.GET.get(name)}
        query = numbers.query(listing) or {"view": "0"}
        return redirect(f"{request.path}?{urlencode({**query, **days})}")

    def _shell(self, request: HttpRequest) -> dict[str, Any]:
        names = ("list", "export", "template", "new", "import")
        return {
            **around(request, self.register),
            "url": {name: reverse(f"{self.register.key}_{name}") for name in names},
            "detail": f"{self.register.key}_detail",
        }

    def _note(self, request: HttpRequest, rows: list[Any], what: str) -> None:
        if self.register.shows_children:
            looking.looked(
                request, subject=self.register.model_label, ids=[row.thing for row in rows],
                school_ids={row.school for row in rows if row.school}, what=what,
            )  # fmt: skip

    def _filtered(self) -> list[Column]:
        return [column for column in self.register.columns if column.filtered]

    def _head(self, wanted: Wanted, column: Column) -> dict[str, Any]:
        """Return what the head of a column needs: its name and the address that sorts by it."""
        down = wanted.sort == column.key
        query = {**wanted.query, "sort": f"-{column.key}" if down else column.key}
        state = "asc" if down else "desc" if wanted.sort == f"-{column.key}" else ""
        return {"column": column, "query": urlencode(query), "state": state}

    def _filter(self, listing: Listing, column: Column) -> dict[str, Any]:
        return {
            "name": FILTER + column.key,
            "label": column.title,
            "chosen": listing.wanted.filters.get(column.key, ""),
            "options": listing.options(column),
        }

    def exported(self, request: HttpRequest) -> HttpResponseBase:
        """Hand over the rows of the list as a workbook; whole numbers only for a reason.

        A long list is made in the background.
        """
        data = request.POST if request.method == "POST" else request.GET
        listing = self._listing(request, data)
        if data.get("all_columns"):
            listing = Listing(listing.wanted.without_view(), listing.viewer)
        whole = request.method == "POST" and bool(data.get("whole"))
        if whole and not listing.viewer.may("reveal_personal"):
            whole = False
            messages.error(request, _("您没有查看完整号码的权限，导出的号码仍部分隐去。"))
        reason = data.get("reason", "").strip()
        if whole and not reason:
            messages.error(request, _("没有写明理由，没有导出。请写明用途，例如：核对学籍。"))
            return redirect(
                f"{self._shell(request)['url']['list']}?{urlencode(listing.wanted.query)}"
            )
        rows = listing.rows().count()
        if exports.is_long(rows):
            return export_pages.begin(
                request, exports.Asked(listing, rows, whole=whole, reason=reason)
            )
        file, ids, schools = workbooks.exported(
            listing, whole=whole, at=timezone.now(),  # noqa: TID251
            by=request.user.get_username(),
        )  # fmt: skip
        if self.register.shows_children or whole:
            what = _("导出%(count)s行") % {"count": len(ids)}
            looking.exported(
                request, subject=self.register.model_label, ids=ids, school_ids=schools, what=what,
                reason=reason,
            )  # fmt: skip
        return FileResponse(file, as_attachment=True, filename=self._file_name(listing, len(ids)))

    def _file_name(self, listing: Listing, count: int) -> str:
        return workbooks.file_name(self.register, listing.wanted.on, listing.wanted.known, count)

    def template(self, request: HttpRequest) -> HttpResponseBase:
        """Hand over the import template, filled with what is known where that is asked."""
        elsewhere = moments.by_now(request)
        if elsewhere is not None:
            return elsewhere
        listing = self._listing(request, request.GET)
        filled = bool(request.GET.get("filled"))
        file, ids, schools = workbooks.template(
            listing,
            filled=filled,
            at=timezone.now(),  # noqa: TID251
        )
        if self.register.shows_children and ids:
            looking.exported(
                request, subject=self.register.model_label, ids=ids, school_ids=schools,
                what=_("下载预填模板"),
            )  # fmt: skip
        name = f"{self.register.label}{_('导入模板')}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name)

    def detail(self, request: HttpRequest, thing: int) -> HttpResponse:
        """Show all that is known of one thing, and how it came about."""
        moment, viewer = moments.moment_of(request), self.viewer(request)
        if not details.find(self.register, viewer, thing, moment.on, moment.known):
            return self._later(request, viewer, thing, moment.on)
        reason = request.POST.get("reason", "").strip()
        whole = request.method == "POST" and viewer.may("reveal_personal") and bool(reason)
        found = details.Detail(self.register, thing, moment.on, known=moment.known, whole=whole)
        self._note_detail(request, found, whole, reason)
        covered = besides.covered(self.register, viewer)
        context = {
            **self._shell(request), "found": found, "whole": whole,
            "groups": [group for group in found.groups() if group.part.model not in covered],
            "blocks": besides.blocks(self.register, viewer, thing, moment),
            "owner": self._owner(thing, found),
            "steps": found.history(), "thing": thing,
            "may_edit": viewer.may(self.register.edit) and moment.known is None,
            "may_reveal": viewer.may("reveal_personal") and self.register.hides_numbers,
            "edit_url": reverse(f"{self.register.key}_edit", args=[thing]),
            "entry": self._entry(request, viewer, thing, moment),
            "evidence": self._evidence(request, viewer, thing),
        }  # fmt: skip
        return render(request, "web/sheets/detail.html", context)

    def _entry(
        self, request: HttpRequest, viewer: Viewer, thing: int, moment: Moment
    ) -> entries.Shown | None:
        """Return how far an entry of a ledger has come, and what may be done with it."""
        if not isinstance(self.register, Ledger):
            return None
        return entries.shown(self.register, viewer, thing, moment)

    def _evidence(self, request: HttpRequest, viewer: Viewer, thing: int) -> dict[str, Any] | None:
        """Return the files that prove an entry of a ledger."""
        if not isinstance(self.register, Ledger):
            return None
        return blocks.block(request, viewer, self.register, Item.objects.get(pk=thing))

    def _owner(self, thing: int, found: details.Detail) -> tuple[str, str, str] | None:
        """Return the register, name and address of whose a row is, for the way back."""
        owner = besides.owner(self.register, thing)
        if owner is None:
            return None
        first = sheets.register(self.register.beside)
        return str(first.label), found.name, reverse(f"{first.key}_detail", args=[owner])

    def _later(self, request: HttpRequest, viewer: Viewer, thing: int, on: date) -> HttpResponse:
        """Lead on to the row that stands for one that was replaced since."""
        now = details.now_called(self.register, thing, on)
        if now == thing or not details.find(self.register, viewer, now, on):
            raise Http404
        return redirect(f"{reverse(f'{self.register.key}_detail', args=[now])}{_same_day(request)}")

    def _note_detail(
        self, request: HttpRequest, found: details.Detail, whole: bool, reason: str
    ) -> None:
        schools = [found.school] if found.school else []
        what = _("%(register)s详情") % {"register": self.register.label}
        ids = [found.thing]
        if whole:
            looking.revealed(
                request, subject=self.register.model_label, ids=ids, school_ids=schools, what=what,
                reason=reason,
            )  # fmt: skip
        elif self.register.shows_children:
            looking.looked(
                request, subject=self.register.model_label, ids=ids, school_ids=schools, what=what
            )

    def added(self, request: HttpRequest) -> HttpResponse:
        """Register something new by hand."""
        return moments.by_now(request) or self._form(request, None)

    def edited(self, request: HttpRequest, thing: int) -> HttpResponse:
        """Change or correct what is recorded of one thing."""
        elsewhere = moments.by_now(request)
        if elsewhere is not None:
            return elsewhere
        on = moments.moment_of(request).on
        if not details.find(self.register, self.viewer(request), thing, on):
            raise Http404
        return self._form(request, thing)

    def _form(self, request: HttpRequest, thing: int | None) -> HttpResponse:
        on = moments.moment_of(request).on
        found = details.Detail(self.register, thing, on) if thing is not None else None
        account, draft = account_of(request), None
        if request.method != "POST":
            draft = drafts.find(self.register, account, thing or 0)
        initial = draft.cells if draft else self._initial(request, on) if thing is None else {}
        form = Form(
            self.register, found, request.POST if request.method == "POST" else None, on,
            initial=initial, seen_then=draft.seen if draft else None,
        )  # fmt: skip
        if request.method == "POST" and not form.conflict and not form.error:
            done = self._save(request, form, thing)
            if done is not None:
                drafts.drop(self.register, account, thing or 0)
                return done
        context = {
            **self._shell(request), "form": form, "found": found, "thing": thing, "draft": draft,
            "draft_url": reverse(f"{self.register.key}_draft"),
            "keeps_drafts": drafts.are_kept(self.register),
            "others": drafts.others(self.register, account, thing or 0, timezone.now()),  # noqa: TID251
            "earlier": self._earlier(request, on) if thing is None else [],
        }  # fmt: skip
        return render(request, "web/sheets/form.html", context)

    def drafted(self, request: HttpRequest) -> HttpResponse:
        """Keep what a form holds so far, or forget it; answers in JSON."""
        if request.method != "POST" or not drafts.are_kept(self.register):
            return HttpResponseNotAllowed(["POST"])
        account, on = account_of(request), moments.moment_of(request).on
        text = request.POST.get("draft_of", "")
        thing = int(text) if is_row_number(text) else 0
        if thing and not details.find(self.register, self.viewer(request), thing, on):
            raise Http404
        if request.POST.get("forget"):
            drafts.drop(self.register, account, thing)
            page = f"{self.register.key}_edit" if thing else f"{self.register.key}_new"
            return redirect(page, *([thing] if thing else []))
        kept = drafts.keep(self.register, account, thing, request.POST, timezone.now())  # noqa: TID251
        local = timezone.localtime(kept.saved_at)
        return JsonResponse({"saved_at": f"{local:%H:%M:%S}"})

    def _earlier(self, request: HttpRequest, on: date) -> list[starting.Earlier]:
        """Return the entries that a new one of a ledger may continue."""
        if not isinstance(self.register, Ledger) or request.GET.get(starting.FROM):
            return []
        return starting.earlier(self.register, self.viewer(request), on)

    def _initial(self, request: HttpRequest, on: date) -> dict[str, str]:
        """Return what is known of a new row: of an entry, or whose it is."""
        if isinstance(self.register, Ledger):
            return starting.initial(self.register, request.GET, self.viewer(request), on)
        of = request.GET.get("of", "")
        if not self.register.beside or not is_row_number(of, digits=9):
            return {}
        first = sheets.register(self.register.beside)
        if not details.find(first, self.viewer(request), int(of), on):
            raise Http404
        return besides.filled_in(self.register, int(of), on)

    def _save(self, request: HttpRequest, form: Form, thing: int | None) -> HttpResponse | None:
        viewer = self.viewer(request)
        schools = self.register.may_write_for(viewer, form.holds_from)
        asked = direct.Asked(
            self.register, [(thing, form.cells)], form.holds_from, form.mode, schools
        )
        change = Change(
            at=timezone.now(), account=account_of(request), kind=ChangeKind.EDIT,  # noqa: TID251
            register=self.register.key, reason=form.reason, summary=form.summary,
        )  # fmt: skip
        try:
            outcome = direct.write(asked, change)
        except Moved as error:
            form.error = str(error)
            return None
        if outcome.is_refused:
            form.refuse(outcome.remarks.get(0, []))
            return None
        self._tell(request, outcome)
        if thing is None:
            return self._after_new(outcome)
        return redirect(f"{self.register.key}_detail", thing=self._written(outcome, form, thing))

    def _after_new(self, outcome: direct.Outcome) -> HttpResponse:
        """Go on to the new entry of a ledger; else back to whose the new row is, or to the list."""
        rows = self.register.anchor.model._default_manager.filter(recorded_in=outcome.change)
        if isinstance(self.register, Ledger) and outcome.change:
            item = rows.values_list("item_id", flat=True).first()
            return redirect(f"{self.register.key}_detail", thing=item)
        made = rows.first() if self.register.beside and outcome.change else None
        owner = besides.owner(self.register, made.pk) if made is not None else None
        if owner is None:
            return redirect(f"{self.register.key}_list")
        return redirect(f"{self.register.beside}_detail", thing=owner)

    def _written(self, outcome: direct.Outcome, form: Form, thing: int) -> int:
        """Return what the thing goes by now that it was written."""
        if self.register.identity is not None or outcome.change is None:
            return thing
        rows = self.register.rows(form.holds_from).filter(recorded_in=outcome.change)
        return rows.order_by("pk").values_list("pk", flat=True).last() or thing

    def _next(self) -> str:
        """Return what is to be done once something is saved; empty where nothing is."""
        if not isinstance(self.register, Ledger):
            return ""
        if self.register.evidence:
            return _("还没有提交：先在下面添加证明材料，再点“提交”。")
        return _("还没有提交：核对后点“提交”。")

    def _tell(self, request: HttpRequest, outcome: direct.Outcome) -> None:
        if outcome.change is None:
            messages.info(request, _("没有改动，未写入任何数据。"))
            return
        written = outcome.differences.get(0, [])
        labels = {key: str(self.register.by_key[key].title) for key, *_rest in written}
        said = "、".join(dict.fromkeys(labels[key] for key, *_rest in written))
        messages.success(request, _("已保存。%(said)s") % {"said": said} + self._next())
        for key, message, is_fault in outcome.remarks.get(0, []):
            if not is_fault:
                label = self.register.by_key[key].title
                messages.warning(request, f"{label}：{message}")


def _same_day(request: HttpRequest) -> str:
    """Return the part of an address that keeps the day of the page."""
    days = {name: request.GET[name] for name in ("on", "known") if request.GET.get(name)}
    return f"?{urlencode(days)}" if days else ""
