"""The pages of the data-quality desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gengdu.access import looking
from gengdu.access.guards import requires
from gengdu.access.scope import Viewer
from gengdu.records.renewing import may_lag
from gengdu.registers.quality import checks, operations, pages, queries
from gengdu.registers.quality.checks import Check
from gengdu.registers.quality.models import AnswerKind
from gengdu.registers.quality.operations import Act, Moved, NotAnswered, Reply
from gengdu.registers.quality.queries import STANDING_LABELS, Finding, Standing
from gengdu.registers.schools import queries as schools
from gengdu.registers.schools import scopes
from gengdu.web import moments

ROWS_PER_PAGE = 50
ROWS_PER_CHECK = 10


@requires("view_registers")
@may_lag
def desk(request: HttpRequest) -> HttpResponse:
    """Show counts by school and check; of one school, what was found there."""
    viewer, on = _viewer(request), moments.moment_of(request).on
    found = queries.findings(viewer, on=on)
    told_only = pages.by_check([one for one in found if not one.found.check.counts])
    school_id = pages.own_school(viewer) or _school(request)
    context: dict[str, Any] = {
        "told_only": [(check, len(some)) for check, some in told_only],
        "may_review": viewer.may("accept_findings"),
        "waiting": sum(one.standing is Standing.WAITING for one in found),
    }
    if school_id is None:
        return render(
            request, "quality/desk.html", {**context, "matrix": pages.matrix(found, on=on)}
        )
    own = pages.chosen(found, school_id=school_id, standing=pages.UNSETTLED)
    sections = [
        (check, len(some), pages.lines(pages.in_order(some)[:ROWS_PER_CHECK], on=on))
        for check, some in pages.by_check([one for one in own if one.found.check.counts])
    ]
    _note(request, [line.finding for _, _, some in sections for line in some])
    context |= {
        "sections": sections,
        "school_id": school_id,
        "school": scopes.schools([school_id], on=on).get(school_id, ""),
        "is_own": pages.own_school(viewer) is not None,
        "to_do": sum(one.is_to_do for one in own),
    }
    return render(request, "quality/school.html", context)


@requires("view_registers")
@may_lag
def check_list(request: HttpRequest, key: str) -> HttpResponse:
    """List the findings of one check, to be answered one by one or many at once."""
    return _list(request, _check_or_404(request, key), {})


def _list(request: HttpRequest, check: Check, typed: Mapping[str, Any]) -> HttpResponse:
    viewer, on = _viewer(request), moments.moment_of(request).on
    every = queries.findings(viewer, on=on, check=check)
    kept = pages.in_order(_asked(request, every))
    is_print = bool(request.GET.get("print"))
    page = Paginator(kept, max(len(kept), 1) if is_print else ROWS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    _note(request, page.object_list)
    ids = {one.found.school_id for one in every if one.found.school_id is not None}
    context = {
        "check": check,
        "facts": pages.facts_of(check),
        "lines": pages.lines(list(page), on=on),
        "page": page,
        "total": len(kept),
        "answerable": len(_answerable(kept)),
        "may_answer": viewer.may("answer_findings") and check.counts and not is_print,
        "schools": sorted(scopes.schools(ids, on=on).items(), key=lambda item: item[1]),
        "school_id": _school(request),
        "standings": STANDING_LABELS.items(),
        "standing": _standing(request),
        "kinds": AnswerKind.choices,
        "typed": typed,
        "typed_tokens": typed.getlist("token") if isinstance(typed, QueryDict) else (),
        "is_print": is_print,
    }
    return render(request, "quality/list.html", context)


@requires("answer_findings")
@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Take one answer to all chosen findings, and go back to the list."""
    check = _check_or_404(request, key)
    act, kind = _act(request), _kind_or_404(request)
    reply = Reply(kind, request.POST.get("note", ""), request.POST.get("approved_by", ""))
    try:
        count = operations.answer(act, check, _tokens(request, check, act), reply)
    except (NotAnswered, Moved) as error:
        messages.error(request, str(error))
        return _list(request, check, request.POST)
    messages.success(
        request, _("已答复 %(count)s 条：%(kind)s。") % {"count": count, "kind": kind.label}
    )
    return _back(request, "quality_check", key)


def _kind_or_404(request: HttpRequest) -> AnswerKind:
    try:
        return AnswerKind(request.POST.get("kind", ""))
    except ValueError:
        raise Http404 from None


@requires("accept_findings")
@may_lag
def review(request: HttpRequest) -> HttpResponse:
    """List answers that wait for the town or the bureau, under their checks."""
    viewer, on = _viewer(request), moments.moment_of(request).on
    standing = Standing.ACCEPTED if request.GET.get("accepted") else Standing.WAITING
    waiting = [one for one in queries.findings(viewer, on=on) if one.standing is standing]
    sections = [
        (check, len(some), pages.lines(some[:ROWS_PER_PAGE], on=on), _may_accept(some))
        for check, some in pages.by_check(waiting)
    ]
    _note(request, [line.finding for section in sections for line in section[2]])
    _mark_menu(request)
    context = {
        "sections": sections,
        "total": len(waiting),
        "is_accepted": standing is Standing.ACCEPTED,
    }
    return render(request, "quality/review.html", context)


def _may_accept(findings: Iterable[Finding]) -> bool:
    """Tell whether there is evidence among answers that wait; only that can be accepted."""
    return any(
        one.answer and one.answer.kind == AnswerKind.EVIDENCE and one.standing is Standing.WAITING
        for one in findings
    )


@requires("accept_findings")
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Accept or return the chosen answers, and go back to what waits."""
    check = _check_or_404(request, key)
    act, note = _act(request), request.POST.get("note", "")
    tokens = request.POST.getlist("token")
    try:
        if request.POST.get("decision") == "accept":
            count = operations.accept(act, check, tokens, note)
            messages.success(request, _("已认可 %(count)s 条佐证。") % {"count": count})
        else:
            count = operations.send_back(act, check, tokens, note)
            messages.success(request, _("已退回 %(count)s 条答复。") % {"count": count})
    except (NotAnswered, Moved) as error:
        messages.error(request, str(error))
    return _back(request, "quality_review")


def _check_or_404(request: HttpRequest, key: str) -> Check:
    """Return a check whose subject the person may read; any other is no address at all."""
    try:
        check = checks.get(key)
    except KeyError:
        raise Http404 from None
    if not _viewer(request).may(check.subject.permission):
        raise Http404
    _mark_menu(request)
    return check


def _mark_menu(request: HttpRequest) -> None:
    request.gengdu_menu = reverse("quality")  # type: ignore[attr-defined]


def _viewer(request: HttpRequest) -> Viewer:
    on = moments.moment_of(request).on
    return schools.viewer_of(request.user, on=on)  # type: ignore[arg-type]


def _act(request: HttpRequest) -> Act:
    on = moments.moment_of(request).on
    return Act(request.user, _viewer(request), request, timezone.now(), on)  # type: ignore[arg-type]


def _school(request: HttpRequest) -> int | None:
    text = request.GET.get("school", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 18):
        raise Http404
    return int(text) if text else None


def _standing(request: HttpRequest) -> str:
    """Return the standing asked for; without one, all that is not settled."""
    asked = request.GET.get("standing", pages.UNSETTLED)
    if asked not in ("", pages.UNSETTLED, pages.TO_DO, *Standing):
        raise Http404
    return asked


def _asked(request: HttpRequest, every: Iterable[Finding]) -> list[Finding]:
    return pages.chosen(every, school_id=_school(request), standing=_standing(request))


def _answerable(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.standing is not Standing.ACCEPTED]


def _tokens(request: HttpRequest, check: Check, act: Act) -> list[str]:
    """Return the findings that were ticked, or all that match the filter.

    Raises:
        Moved: If no longer as many match as the form said.
    """
    if not request.POST.get("all"):
        return request.POST.getlist("token")
    every = queries.findings(act.viewer, on=act.on, check=check)
    matching = _answerable(_asked(request, every))
    if str(len(matching)) != request.POST["all"]:
        raise Moved(
            _("符合条件的问题现在是 %(count)s 条，与刚才不同，没有保存。请看过再答。")
            % {"count": len(matching)}
        )
    return [one.token for one in matching]


def _back(request: HttpRequest, view: str, *args: str) -> HttpResponse:
    kept = QueryDict(mutable=True)
    kept.update({name: request.GET[name] for name in request.GET if name != "page"})
    address = reverse(view, args=args)
    return redirect(f"{address}?{kept.urlencode()}" if kept else address)


def _note(request: HttpRequest, shown: Iterable[Finding]) -> None:
    """Note in the trail which children's records are seen."""
    for check, some in pages.by_check(list(shown)):
        if check.subject.permission == checks.PUPIL.permission:
            looking.looked(
                request, subject=check.subject.model, what=_("数据质量：%s") % check.title,
                ids=[one.found.subject_id for one in some],
                school_ids=[one.found.school_id for one in some if one.found.school_id is not None],
            )  # fmt: skip
