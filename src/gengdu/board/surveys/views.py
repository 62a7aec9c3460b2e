"""Pages of surveys for those who run them, and their response and result for who may look."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gengdu.access import looking, scope
from gengdu.access.guards import account_of, requires
from gengdu.access.scope import Viewer
from gengdu.analytics.surveys.questionnaire import KINDS, SCALE, BadQuestionnaire, Given
from gengdu.analytics.surveys.sampling import ImpossiblePrecision
from gengdu.board.surveys import entering, forms, pages, report, responses, results
from gengdu.board.surveys.answering.views import questions as shown_questions
from gengdu.chapters.delivery.evaluation.surveys import operations, queries, slips
from gengdu.chapters.delivery.evaluation.surveys.holding import Refused
from gengdu.chapters.delivery.evaluation.surveys.models import Survey
from gengdu.registers.schools import queries as schools
from gengdu.web import moments


@requires("view_records")
def listed(request: HttpRequest) -> HttpResponse:
    """List every survey, and let the bureau begin one."""
    on = moments.present_day()
    rows = [pages.row(survey, on) for survey in queries.surveys()]
    trends = pages.trends(on) if Viewer.of(account_of(request)).sees_district else []
    return _page(request, "list", {"rows": rows, "trends": trends})


@requires("run_surveys")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a survey."""
    form = forms.NewSurvey(request.POST or None, others=list(queries.surveys()))
    if not form.is_valid():
        return _page(request, "new", {"form": form})
    given = dict(form.cleaned_data)
    like = Survey.objects.filter(pk=given.pop("like") or 0).first()
    survey = operations.begin(account_of(request), at=timezone.now(), like=like, **given)
    messages.success(request, _("已建立草稿，请核对对象、抽样设置和问卷。"))
    return redirect("survey", survey.pk)


@requires("view_records")
def survey(request: HttpRequest, number: int) -> HttpResponse:
    """Show a survey: how far it is, what comes next, its plan."""
    found, on = _found(number), moments.present_day()
    context: dict[str, Any] = {"row": pages.row(found, on), "form": queries.form_of(found)}
    if scope.allows(scope.role_of(request.user), "run_surveys"):
        context |= pages.plan(found, on)
    return _page(request, "survey", context)


@requires("run_surveys")
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change the settings of a survey and its villages."""
    found, on = _found(number), moments.present_day()
    posted = request.POST if request.method == "POST" else None
    form = forms.Settings(posted, survey=found)
    villages = forms.Villages(found, on, posted)
    context = {"survey": found, "form": form, "villages": villages,
               "is_drawn": found.drawn_at is not None}  # fmt: skip
    if posted is None or not form.is_valid() or villages.faults:
        return _page(request, "edit", context)
    try:
        values = form.values() | {"residents": villages.values}
        operations.change(found.pk, account_of(request), values)
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, "edit", context)
    messages.success(request, _("设置已保存。"))
    return redirect("survey", found.pk)


@requires("run_surveys")
def questions(request: HttpRequest, number: int) -> HttpResponse:
    """Write the questionnaire."""
    found = _found(number)
    kept = queries.form_of(found)
    context: dict[str, Any] = {
        "survey": found, "kinds": KINDS, "scale": list(enumerate(SCALE)),
        "satisfied": kept.satisfied, "rows": forms.question_rows(kept),
    }  # fmt: skip
    if request.method == "POST":
        try:
            form = forms.read_questionnaire(request.POST)
            operations.change_questionnaire(found.pk, account_of(request), form)
        except BadQuestionnaire as bad:
            ticked = request.POST.getlist("satisfied")
            context |= {"faults": bad.faults, "rows": forms.posted_rows(request.POST),
                        "satisfied": [int(one) for one in ticked if one.isdigit()]}  # fmt: skip
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("问卷已保存。"))
            return redirect("survey", found.pk)
    return _page(request, "questions", context)


@requires("run_surveys")
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show the questionnaire as people will see it; nothing can be sent."""
    found = _found(number)
    form = queries.form_of(found)
    context = {
        "survey": found, "questions": shown_questions(form, Given({}, {}, {})),
        "count": len(form.questions), "is_preview": True,
    }  # fmt: skip
    return render(request, "board/surveys/answer.html", context)


@requires("run_surveys")
@require_POST
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Draw, open or close a survey, or take a draw back."""
    found, on, at = _found(number), moments.present_day(), timezone.now()
    account = account_of(request)
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "draw": (lambda: operations.draw(found.pk, account, on=on, at=at,
                                         key=settings.SURVEY_KEY),
                 _("已抽样，答题码已备好。")),
        "undraw": (lambda: operations.undraw(found.pk, account), _("已撤销抽样。")),
        "open": (lambda: operations.open_up(found.pk, account, on=on, at=at), _("已开放。")),
        "close": (lambda: operations.close(found.pk, account, on=on, at=at), _("已关闭。")),
    }  # fmt: skip
    chosen = steps.get(request.POST.get("step", ""))
    if chosen is None:
        raise Http404
    try:
        chosen[0]()
    except (Refused, ImpossiblePrecision) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, chosen[1])
    return redirect("survey", found.pk)


@requires("run_surveys")
def codes(request: HttpRequest, number: int) -> HttpResponse:
    """Show how many codes each stratum has, to print and to replace them."""
    found = _found(number)
    context = {"row": pages.row(found, moments.present_day()), "strata": pages.code_rows(found)}
    return _page(request, "codes", context)


@requires("run_surveys")
@require_POST
@never_cache
def print_codes(request: HttpRequest, number: int) -> HttpResponse:
    """Show slips to print, of some strata, or those that replace lost ones; kept nowhere."""
    found, on, key = _found(number), moments.present_day(), settings.SURVEY_KEY
    account = account_of(request)
    stratum = pages.whole_number(request.POST.get("stratum"))
    try:
        if request.POST.get("deed") == "one":
            serial = pages.whole_number(request.POST.get("serial"))
            _one, sheet = slips.replace_code(found.pk, account, stratum, serial, on=on, key=key)
            sheets = [sheet]
        elif request.POST.get("deed") == "all":
            _one, sheet = slips.replace_all(found.pk, account, stratum, on=on, key=key)
            sheets = [sheet]
        else:
            chosen = [pages.whole_number(one) for one in request.POST.getlist("strata")]
            _one, sheets = slips.print_slips(found.pk, account, chosen, on=on, key=key)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("survey_codes", found.pk)
    address = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    context = {"survey": found, "sheets": pages.printed(sheets, address),
               "address": f"{address}{reverse('survey_start')}"}  # fmt: skip
    return render(request, "board/surveys/slips.html", context)


@requires("view_children")
def roster(request: HttpRequest, number: int) -> HttpResponse:
    """Show whom a school's slips go to, by class: names alone, no code; until the survey ends."""
    found, on = _found(number), moments.present_day()
    viewer = schools.viewer_of(account_of(request), on=on)
    rosters = [] if pages.is_over(found, on) else pages.rosters(found, viewer, request.GET)
    pupils, held_by = pages.pupils_of(rosters)
    looking.looked(request, subject="pupils.Pupil", ids=pupils, school_ids=held_by,
                   what=_("问卷发放名单"))  # fmt: skip
    context = {"row": pages.row(found, on), "rosters": rosters,
               "offered": pages.rosters_offered(found, viewer)}  # fmt: skip
    return _page(request, "roster", context)


@requires("view_records")
def response(request: HttpRequest, number: int) -> HttpResponse:
    """Show how many answers came in, as far as the viewer sees."""
    found, on = _found(number), moments.present_day()
    viewer = schools.viewer_of(account_of(request), on=on)
    rows = responses.received(found, viewer)
    limit = results.small_limit(on)
    pace = responses.Pace.of(found, limit, on)
    lines = responses.by_place(rows, pace)
    context = {
        "row": pages.row(found, on), "limit": limit, "lines": lines,
        "whole": responses.whole(rows, pace) if rows else None,
        "groups": responses.by_group(rows, pace),
        "reminder": responses.reminder(found, lines, on=on),
    }  # fmt: skip
    return _page(request, "response", context)


@requires("view_records")
def result(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a survey that is over came to."""
    found, on = _found(number), moments.present_day()
    viewer = schools.viewer_of(account_of(request), on=on)
    context: dict[str, Any] = {"row": pages.row(found, on)}
    if pages.is_over(found, on):
        context |= pages.result(results.result(found, on=on), viewer)
        context["trend"] = pages.trend_of(found.purpose, on)
        context["ledger"] = entering.ledger_of(found)
    return _page(request, "result", context)


@requires("run_surveys", "export_records")
def report_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """Hand over the report of a result as a Word document."""
    found, on = _found(number), moments.present_day()
    if not pages.is_over(found, on):
        raise Http404
    file = io.BytesIO()
    report.write(file, results.result(found, on=on), on=on, at=timezone.now())
    file.seek(0)
    name = _("%(title)s 结果报告.docx") % {"title": found.title}
    return FileResponse(file, as_attachment=True, filename=name)


@requires("run_surveys")
@require_POST
def enter(request: HttpRequest, number: int) -> HttpResponse:
    """Write the result into its ledger, as drafts that still need approval."""
    found, on = _found(number), moments.present_day()
    account = account_of(request)
    who = entering.Who(account, schools.viewer_of(account, on=on), on, timezone.now())
    try:
        change = entering.enter(results.result(found, on=on), who)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("survey_result", found.pk)
    messages.success(request, _("已写入台账草稿，附结果报告；请核对后提交审批。"))
    return redirect(f"{change.register}_list")


def _found(number: int) -> Survey:
    survey = queries.surveys().filter(pk=number).first()
    if survey is None:
        raise Http404
    return survey


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    request.gengdu_menu = reverse("surveys")  # type: ignore[attr-defined]
    may_run = scope.allows(scope.role_of(request.user), "run_surveys")
    return render(request, f"board/surveys/{name}.html", {"may_run": may_run, **context})
