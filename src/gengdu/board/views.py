"""The pages across all chapters: overview, measures, targets and the records behind numbers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.guards import requires
from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.analytics import cards
from gengdu.analytics.cards import Card, UnknownIndicator
from gengdu.analytics.quality_balance.school_rows import Faulty
from gengdu.analytics.readings import COEFFICIENT
from gengdu.analytics.run import Moment
from gengdu.board import (
    drill,
    evaluations,
    maps,
    pages,
    palette,
    presentation,
    queries,
    school_page,
    yearly_sheets,
)
from gengdu.board.quality_balance.presentation import other_coefficients
from gengdu.board.queries import Status
from gengdu.board.readings import choices_of
from gengdu.board.school_resources import views as resource_pages
from gengdu.chapters.delivery.evaluation import queries as judgements
from gengdu.chapters.delivery.evaluation.ledger import JUDGEMENTS
from gengdu.policy import facts
from gengdu.policy.facts import UnknownFact
from gengdu.records import tallies
from gengdu.records.ledgers import ledgers
from gengdu.records.renewing import may_lag
from gengdu.registers import scopes
from gengdu.registers.quality import pages as quality
from gengdu.registers.schools import queries as schools
from gengdu.web import moments

ROWS_PER_PAGE = 200
NUMBER_ASKED = "number_asked"


@requires("view_plan")
@may_lag
def overview(request: HttpRequest) -> HttpResponse:
    """Show on one screen which promises are kept, which are late, and whose they are."""
    moment = moments.moment_of(request)
    found = queries.statuses(moment)
    plan = facts.plan()
    context = {
        "plan": plan,
        "total": len(found),
        "words": pages.words_in_order(found),
        "segments": pages.segments(found),
        "timeline": pages.timeline(found, moment.on),
        "urgent": pages.urgent(found),
        "bodies": pages.body_lines(found),
        "goals": [status for status in found if status.measure.number == 0],
        "chapters": [(chapter, _by_measure(found, chapter.key)) for chapter in plan.chapters],
        "statuses": found,
        "quality": quality.box(_viewer(request), on=moment.on),
    }
    return render(request, "board/overview.html", context)


def _by_measure(found: list[Status], key: str) -> list[tuple[facts.Measure, list[Status]]]:
    return [
        (measure, [status for status in found if status.measure is measure])
        for measure in facts.plan().measures
        if measure.chapter == key
    ]


@requires("view_plan")
@may_lag
def chapter(request: HttpRequest, key: str) -> HttpResponse:
    """Show the measures of one chapter with all their promises."""
    plan = facts.plan()
    chosen = next((item for item in plan.chapters if item.key == key), None)
    if chosen is None:
        raise Http404
    found = queries.statuses(moments.moment_of(request))
    measures = _by_measure(found, key)
    own = [status for _, group in measures for status in group]
    viewer = _viewer(request)
    context = {
        "ledgers": [ledger for ledger in ledgers() if viewer.may(ledger.view)],
        "chapter": chosen,
        "measures": measures,
        "words": pages.words_in_order(own),
        "segments": pages.segments(own),
        "total": len(own),
    }
    return render(request, "board/chapter.html", context)


@requires("view_plan")
@may_lag
def measure(request: HttpRequest, number: int) -> HttpResponse:
    """Show the notice's own words beside the promises in them, and how they stand."""
    chosen = next((item for item in facts.plan().measures if item.number == number), None)
    if chosen is None:
        raise Http404
    moment = moments.moment_of(request)
    found = queries.statuses(moment, chosen.promises)
    kept = [ledger for ledger in ledgers() if ledger.place.number == number]
    context = {
        "ledgers": tallies.counts(kept, _viewer(request), moment.on, moment.known),
        "measure": chosen,
        "chapter": _chapter_of(request, chosen),
        "stretches": pages.quotes(chosen, found),
        "found": found,
        "words": pages.words_in_order(found),
        "lead": facts.plan().bodies[chosen.lead],
        "partners": [facts.plan().bodies[key] for key in chosen.partners],
        "rules": [fact for fact in chosen.facts if fact.kind != "goal"],
        "trends": queries.trends_of(number, moments.moment_of(request)),
        "folds": number == 0 and facts.plan() is not facts.built_in(),
        "number_of_last": facts.plan().measures[-1].number,
    }
    return render(request, "board/measure.html", context)


def _chapter_of(request: HttpRequest, chosen: facts.Measure) -> facts.Chapter | None:
    """Return a measure's chapter, and mark it in the menu."""
    found = next((item for item in facts.plan().chapters if item.key == chosen.chapter), None)
    address = reverse("chapter", args=[found.key]) if found else reverse("measure", args=[0])
    request.gengdu_menu = address  # type: ignore[attr-defined]
    return found


@requires("view_plan")
@may_lag
def target(request: HttpRequest, name: str) -> HttpResponse:
    """Show one promise: value, threshold, its words, formula, trend, comparison and map."""
    try:
        promise = facts.fact(name)
    except UnknownFact as error:
        raise Http404(str(error)) from None
    chosen = facts.plan().measure_of(promise)
    if chosen is None or promise.kind != "goal":
        raise Http404
    moment = moments.moment_of(request)
    status = queries.status(promise, moment)
    context: dict[str, Any] = {
        "status": status,
        "value": promise.on(moment.on),
        "stages": presentation.stages(promise, moment.on),
        "measure": chosen,
        "chapter": _chapter_of(request, chosen),
        "lead": facts.plan().bodies[chosen.lead],
        "partners": [facts.plan().bodies[key] for key in chosen.partners],
        "judgements": judgements.of_promise(promise.name, on=moment.on),
        "may_judge": _viewer(request).may(JUDGEMENTS.edit),
        "trends": [queries.result(cards.card(item), moment) for item in promise.trends],
        "ledgers": [
            ledger
            for ledger in ledgers()
            if promise.name in ledger.promises and _viewer(request).may(ledger.view)
        ],
    }
    if status.card is not None:
        context |= _indicator_context(request, status.card, moment, status)
    return render(request, "board/target.html", context)


def _indicator_context(
    request: HttpRequest, card: Card, moment: Moment, status: Status | None
) -> dict[str, Any]:
    """Return what both the target page and the indicator page show of an indicator."""
    viewer = _viewer(request)
    found = status.result if status and status.result else queries.result(card, moment)
    points = queries.trend(card, moment, status.target if status else None)
    return {
        "card": card,
        "result": found,
        "parts": pages.parts_in_order(found),
        "may_open": drill.may_open(card, drill.Asked(), viewer),
        "points": points,
        "chart": pages.trend_chart(status, card, points),
        "chart_summary": pages.chart_summary(points, card.unit),
        "towns": pages.groups(found, viewer, of="town"),
        "schools": pages.groups(found, viewer, of="school"),
        "map": maps.of_result(found, viewer),
        "facts_used": [facts.fact(item) for item in card.facts.values()],
    }


@requires("view_plan")
@may_lag
def indicators(request: HttpRequest) -> HttpResponse:
    """List every indicator with its value on the day."""
    found = queries.results(moments.moment_of(request))
    measures = {item.number: item for item in facts.plan().measures}
    rows = [(measures[item.card.measure], item) for item in found]
    return render(request, "board/indicators.html", {"rows": rows})


@requires("view_plan")
@may_lag
def quality_balance(request: HttpRequest) -> HttpResponse:
    """Show how the district stands in the resource part of 优质均衡: stages, then every school."""
    moment = moments.moment_of(request)
    is_strict, asked = resource_pages.is_strict(request), resource_pages.stage_asked(request)
    choices = choices_of(request, [COEFFICIENT], moment.on)
    context: dict[str, Any] = {
        "strict": "1" if is_strict else "", "names": resource_pages.heads(), "choices": choices,
    }  # fmt: skip
    try:
        found = evaluations.quality_balance(moment, strict=is_strict, chosen=choices.chosen)
    except Faulty as faulty:
        context["faults"] = faulty.faults
    else:
        shown = [line for line in found.lines if asked is None or line.stage_key == asked.value]
        viewer = _viewer(request)
        context |= {
            "rows": [(line, resource_pages.cells(line, viewer)) for line in shown],
            "found": found, "stages": found.stages, "lines": shown, "total": len(found.lines),
            "stage": asked.value if asked else "",
            "standing": evaluations.STANDINGS[found.evaluation.verdict],
            "rules": facts.fact("quality_balance.indicators_met"),
            "other_coefficients": other_coefficients(
                found, moment.on, strict=is_strict, chosen=choices.chosen
            ),
        }  # fmt: skip
    return render(request, "board/quality_balance.html", context)


@requires("view_plan")
@may_lag
def indicator(request: HttpRequest, name: str) -> HttpResponse:
    """Show one indicator that has no promise of its own."""
    card = _card_or_404(name)
    moment = moments.moment_of(request)
    context = _indicator_context(request, card, moment, None)
    context["measure"] = next(item for item in facts.plan().measures if item.number == card.measure)
    return render(request, "board/indicator.html", context)


def _card_or_404(name: str) -> Card:
    try:
        return cards.card(name)
    except UnknownIndicator as error:
        raise Http404(str(error)) from None


@requires("view_records")
@may_lag
def records(request: HttpRequest, name: str) -> HttpResponse:
    """List exactly the records that a number counts."""
    card = _card_or_404(name)
    asked = _asked(request, card)
    try:
        found = drill.lines(card, moments.moment_of(request), asked, _viewer(request))
    except drill.NotYours:
        raise PermissionDenied from None
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    if card.sensitivity == "child":
        _note_children(request, card, list(page))
    promise = facts.plan().facts.get(card.compared_with or "")
    context = {
        "card": card,
        "asked": asked,
        "of": drill.OF[asked.of],
        "total": len(found),
        "page": page,
        "heads": drill.detail_heads(card),
        "has_part": bool(card.parts) and not asked.part,
        "part": card.parts.get(asked.part, ""),
        "promise": promise,
    }
    return render(request, "board/records.html", context)


def _note_children(request: HttpRequest, card: Card, shown: list[drill.Line]) -> None:
    looking.looked(
        request,
        subject=drill.SUBJECTS.get(card.unit_kind, card.unit_kind),
        ids=[line.unit_id for line in shown],
        school_ids=[line.school_id for line in shown if line.school_id],
        what=card.label_zh,
    )


def _viewer(request: HttpRequest) -> Viewer:
    on = moments.moment_of(request).on
    return schools.viewer_of(request.user, on=on)  # type: ignore[arg-type]


def _asked(request: HttpRequest, card: Card) -> drill.Asked:
    """Read which records are asked for; anything unknown is an address that does not exist."""
    of, part = request.GET.get("of", drill.ROWS), request.GET.get("part", "")
    if of not in drill.OF or (part and part not in card.parts):
        raise Http404
    try:
        town, school = (
            int(text) if (text := request.GET.get(key)) else None for key in ("town", "school")
        )
    except ValueError:
        raise Http404 from None
    return drill.Asked(of=of, part=part, town_id=town, school_id=school)


@requires("view_plan")
def standard(request: HttpRequest, name: str) -> HttpResponse:
    """Show one standard or setting with its source and how sure it is."""
    try:
        fact = facts.fact(name)
    except UnknownFact as error:
        raise Http404(str(error)) from None
    return render(
        request,
        "board/standard.html",
        {"fact": fact, "value": fact.on(moments.moment_of(request).on)},
    )


@requires("view_registers")
@may_lag
def school(request: HttpRequest, school_id: int) -> HttpResponse:
    """Show one school: what it is, who leads it, whom it teaches, where it stands in the plan."""
    viewer = _viewer(request)
    context = school_page.gather(school_id, moments.moment_of(request), viewer)
    if context is None:
        raise Http404
    request.gengdu_menu = reverse("schools")  # type: ignore[attr-defined]
    context["may_report"] = _reports_on(viewer, school_id)
    return render(request, "board/school.html", context)


@requires("edit_reports")
def yearly_report(request: HttpRequest, school_id: int) -> HttpResponseBase:
    """Hand over the yearly report of one school, filled from the records, to be brought back."""
    elsewhere = moments.by_now(request)
    if elsewhere is not None:
        return elsewhere
    moment = moments.moment_of(request)
    found = None
    if _reports_on(_viewer(request), school_id):
        found = yearly_sheets.sheet(school_id, moment, at=timezone.now())
    if found is None:
        raise Http404
    name = _("%(school)s 办学条件年报.xlsx") % {"school": found[0]}
    return FileResponse(found[1], as_attachment=True, filename=name)


def _reports_on(viewer: Viewer, school_id: int) -> bool:
    """Tell whether a viewer writes the reports of a school."""
    is_own = viewer.sees_district or school_id in scopes.schools_of(viewer)
    return viewer.may("edit_reports") and is_own


@requires("view_plan")
def search(request: HttpRequest) -> HttpResponse:
    """Show what a few letters find, also without scripts.

    A number waits in the session until it is shown, once: it must stand in no address.
    """
    assert isinstance(request.user, Account)
    asked = palette.Search.of(request, request.user)
    if asked.is_number:
        request.session[NUMBER_ASKED] = asked.text
        return redirect(palette.address(request))
    if request.method == "POST":
        return redirect(palette.address(request, q=asked.text))
    if not asked.text and NUMBER_ASKED in request.session:
        number = request.session.pop(NUMBER_ASKED)
        asked = palette.Search.for_text(request, request.user, number)
    return render(request, "board/search.html", {"asked": asked, "groups": asked.groups()})


@requires("view_plan")
def search_json(request: HttpRequest) -> HttpResponse:
    """Return what a few letters find, for the palette that Ctrl+K opens."""
    assert isinstance(request.user, Account)
    groups = palette.Search.of(request, request.user).groups()
    response = JsonResponse({"groups": [_as_json(group) for group in groups]})
    response.headers["Cache-Control"] = "no-store"
    return response


def _as_json(group: palette.Group) -> dict[str, Any]:
    hits = [{"label": hit.label, "hint": hit.hint, "url": hit.url} for hit in group.hits]
    return {"title": group.title, "hits": hits, "more": group.more}
