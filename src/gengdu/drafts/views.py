"""Pages of a notice on its way to a plan: upload, check side by side, correct."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gengdu.access import looking
from gengdu.access.guards import account_of, requires
from gengdu.documents.limits import MEGABYTE, Refused
from gengdu.drafts import correcting, forms, history, items, opening, pages
from gengdu.drafts.correcting import By, Conflict, Gone, NothingThere
from gengdu.drafts.editing import Adding, Editing
from gengdu.drafts.models import Correction, CorrectionKind, Draft
from gengdu.notices.files import MOST_BYTES
from gengdu.records.evidence.workshop import Busy

MOST_LISTED = 200
NotDone = (Conflict, Gone, NothingThere)


@requires("draft_plans")
def listed(request: HttpRequest) -> HttpResponse:
    """List every notice that was read, and take a new one."""
    if request.method == "POST":
        return _upload(request)
    drafts = Draft.objects.filter(removed_at=None).select_related("account").defer("text")
    rows = [
        {"it": one, "done": done, "count": count, "plans": list(one.adoptions.all())}
        for one in drafts.prefetch_related("adoptions").order_by("-uploaded_at")[:MOST_LISTED]
        for done, count in [items.progress(one.reading)]
    ]
    context = {"rows": rows, "megabytes": MOST_BYTES // MEGABYTE,
               "older": max(0, drafts.count() - MOST_LISTED)}  # fmt: skip
    return pages.page(request, "list", context)


def _upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("没有选择文件；请选择通知的 Word、PDF、网页或文本文件。"))
        return redirect("drafts")
    try:
        opened = opening.receive(file, account_of(request), timezone.now())
    except (Refused, Busy) as refused:
        name = file.name or ""
        said = _("“%(name)s”没有接收：%(why)s") % {"name": name, "why": refused}
        messages.error(request, said)
        return redirect("drafts")
    if not opened.is_new:
        messages.info(request, _("同一份文件已经上传过，以下是原来的草稿，改动都在。"))
    return redirect("draft", opened.draft.pk)


@requires("draft_plans")
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Show a notice beside its reading."""
    found = pages.found(number)
    return pages.page(request, "check", pages.checking(request, found))


@requires("draft_plans")
def item(request: HttpRequest, number: int, item: str) -> HttpResponse:
    """Ask about one item, and write what is answered."""
    found = pages.found(number)
    if items.kind_of(found.reading, item) is None:
        return _not_there(request, found)
    posted = request.POST if request.method == "POST" else None
    editing = Editing(found, item, posted)
    context = {"draft": found, "parts": editing.parts, "item": item, "kind": editing.kind,
               "action": reverse("draft_item", args=[found.pk, item]),
               "quote": items.quote_of(found.reading, item, found.text),
               "promises": pages.promises()}  # fmt: skip
    if posted is None or not editing.is_valid():
        return _form(request, context)
    by = _by(request)
    try:
        correcting.correct(found, by, CorrectionKind.EDIT, editing.wishes)
    except NotDone as error:
        return _form(request, {**context, "refused": str(error), **_both(found, editing)})
    return _done(request, found, by, _("已保存。"), item)


def _both(found: Draft, editing: Editing) -> dict[str, object]:
    """Return where what is kept now differs from what was filled in.

    The form goes on from the version there is now: to save it again is to overwrite knowingly.
    """
    found.refresh_from_db()
    wishes = [wish for wish in editing.wishes(found.reading) if wish.after is not None]
    shown = [
        line
        for wish in wishes
        if (held := items.find(found.reading, wish.item)) is not None
        for line in history.differences(held, wish.after or {})
    ]
    return {"differences": shown, "version": found.version}


@requires("draft_plans")
def new(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Ask about an item that the reading lacks, and add it."""
    if kind not in correcting.LETTERS:
        raise Http404
    found = pages.found(number)
    posted = request.POST if request.method == "POST" else None
    span, measure = _span(request, found), request.GET.get("measure", "")
    adding = Adding(found, kind, span=span, measure=measure, posted=posted)
    context = {"draft": found, "passage": adding.passage, "kind": kind, "item": "new",
               "parts": [{"legend": "", "form": adding.form}], "is_new": True,
               "action": request.get_full_path(), "promises": pages.promises()}  # fmt: skip
    if posted is None or not adding.is_valid():
        return _form(request, context)
    by = _by(request)
    made = correcting.add(found, by, kind, adding.value)
    return _done(request, found, by, _("已新增。"), made)


def _span(request: HttpRequest, found: Draft) -> tuple[int, int] | None:
    """Return the stretch of the raw text that an address names; None for none, or a wrong one."""
    given = [request.GET.get(name, "") for name in ("start", "end")]
    if not all(one.isdecimal() and len(one) < 10 for one in given):
        return None
    start, end = map(int, given)
    return (start, end) if start < end <= len(found.text) else None


@requires("draft_plans")
def deed(request: HttpRequest, number: int) -> HttpResponse:
    """Check an item, drop it, say which promise it means, renumber, undo or do again.

    Whoever only comes to the address, as when a page is loaded again, is led to the draft.
    """
    if request.method != "POST":
        return redirect("draft", number)
    found, by = pages.found(number), _by(request)
    deeds: dict[str, Callable[[str], tuple[Correction | None, str]]] = {
        "check": lambda of: (correcting.check(found, by, of, checked=True), _("已核对。")),
        "uncheck": lambda of: (correcting.check(found, by, of, checked=False), _("改为未核对。")),
        "drop": lambda of: (correcting.drop(found, by, of), _("已删除，可撤销。")),
        "promise": lambda of: (_promise(found, by, of), _("已选定对应的系统指标。")),
        "renumber": lambda _of: (
            correcting.renumber(found, by),
            _("措施已按出现的顺序编号，可撤销。"),
        ),
        "undo": lambda of: (correcting.undo(found, by), _("已撤销。")),
        "redo": lambda of: (correcting.redo(found, by), _("已重做。")),
    }
    named = next((name for name in deeds if name in request.POST), None)
    if named is None:
        raise Http404
    of = request.POST[named]
    try:
        made, said = deeds[named](of)
    except NotDone as error:
        return _refused(request, found, by, str(error), of.partition(":")[0])
    at = made.changes[-1]["item"] if made and named in ("undo", "redo") else of.partition(":")[0]
    return _done(request, found, by, said, at)


def _promise(found: Draft, by: By, given: str) -> Correction | None:
    """Take a proposal, or none where nothing stands after the colon."""
    item, _colon, name = given.partition(":")
    try:
        promise = forms.promise_named(name)
    except ValidationError as error:
        raise Gone(str(error.message)) from None
    return correcting.edit(found, by, item, {"promise": promise})


@requires("draft_plans")
def corrections(request: HttpRequest, number: int) -> HttpResponse:
    """List what was corrected, the latest first."""
    found = pages.found(number)
    every = found.corrections.select_related("account").order_by("-number")
    return pages.page(request, "corrections", history.told(found, every))


@requires("draft_plans")
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """Hand over the file as it was sent."""
    found = pages.found(number)
    path = opening.source(found.digest)
    if not path.exists():
        raise Http404
    looking.exported(request, subject=correcting.MODEL, ids=[found.pk], what=_("下载通知原件"))
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.file_name)


@requires("draft_plans")
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a draft off the list."""
    found = pages.found(number)
    opening.remove(found, account_of(request), timezone.now())
    said = _("“%s”已移出列表；改动都留着，再上传同一份文件就会回来。") % found.title
    messages.success(request, said)
    return redirect("drafts")


def _by(request: HttpRequest) -> By:
    return By(account_of(request), timezone.now(), _version(request, "version"))


def _version(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _seen(request: HttpRequest, by: By) -> int:
    """Return the version that the page shows, which may be older than that of a form on it."""
    return min(by.version, _version(request, "seen")) if "seen" in request.POST else by.version


def _form(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Show the form of an item: alone for a script, else as a page of its own."""
    name = "_form" if pages.is_script(request) else "item"
    response = pages.page(request, name, context)
    if request.method == "POST":
        response.status_code = 422
    return response


def _done(request: HttpRequest, found: Draft, by: By, said: str, at: str) -> HttpResponse:
    if pages.is_script(request):
        with transaction.atomic():
            found.refresh_from_db()
            return pages.answer(found, by.account, _seen(request, by), said, at)
    messages.success(request, said)
    return redirect(_back(request, found, at))


def _refused(request: HttpRequest, found: Draft, by: By, said: str, at: str) -> HttpResponse:
    if pages.is_script(request):
        found.refresh_from_db()
        told: JsonResponse = pages.answer(found, by.account, _seen(request, by), said, at)
        told.status_code = 409
        return told
    messages.error(request, said)
    return redirect(_back(request, found, at))


def _back(request: HttpRequest, found: Draft, at: str) -> str:
    """Return the page to go back to, at the item, in the order and with the filter it had."""
    if "renumber" in request.POST:
        return reverse("draft_adopt", args=[found.pk])
    kept = request.POST.get("kept", "")
    query = f"?{kept}" if kept else ""
    return f"{reverse('draft', args=[found.pk])}{query}#{at}"


def _not_there(request: HttpRequest, found: Draft) -> HttpResponse:
    said = _("这一项已经不在了，可能刚被删除；以下是现在的内容。")
    if pages.is_script(request):
        return JsonResponse({"said": said, "whole": True, "version": found.version}, status=410)
    messages.error(request, said)
    return redirect("draft", found.pk)
