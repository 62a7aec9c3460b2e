"""Pages on which people answer with a code: no log-in, no cookie, no script needed.

What goes wrong is said with status 200: the log of refused requests would hold the code.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gengdu.access.actors import client_address
from gengdu.access.guards import public
from gengdu.access.tries.operations import Limit, count_wrong, seconds_to_wait
from gengdu.analytics.surveys.questionnaire import Given
from gengdu.chapters.delivery.evaluation.surveys import answering, codes
from gengdu.policy import facts
from gengdu.web import moments

WHY = "家长、教师和村居群众没有账号，凭一次性答题码作答；登录会使答卷与人相连"


@public(WHY)
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    if request.method != "POST":
        return render(request, "board/surveys/start.html")
    typed = request.POST.get("code", "")[:100]
    try:
        return redirect("survey_answer", code=codes.read(typed))
    except codes.WronglyCopied as wrong:
        return _told(request, str(wrong), typed)


@public(WHY)
@never_cache
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Show the questionnaire of a code, and take its answers."""
    try:
        codes.read(code)  # what cannot be a code is no guess, and asks nothing of the database
    except codes.WronglyCopied as wrong:
        return _told(request, str(wrong), code)
    wait = seconds_to_wait(_limit(), client_address(request), at=timezone.now())
    if wait:
        minutes = {"minutes": wait // 60 + 1}
        said = _("输错的次数太多了，请 %(minutes)s 分钟后再试。码不会失效。")
        return _told(request, said % minutes)
    try:
        if request.method == "POST":
            return _taken(request, code)
        opened = answering.open_form(code, on=moments.present_day(), key=settings.SURVEY_KEY)
    except answering.NotNow as why:
        return _refused(request, code, why)
    return _form(request, opened, Given({}, {}, {}))


def _taken(request: HttpRequest, code: str) -> HttpResponse:
    posted = {name: request.POST.getlist(name) for name in request.POST}
    day, key = moments.present_day(), settings.SURVEY_KEY
    try:
        answering.take(code, posted, on=day, key=key)
    except answering.Incomplete as missing:
        return _form(request, answering.open_form(code, on=day, key=key), missing.given)
    return redirect("survey_thanks")


def _refused(request: HttpRequest, code: str, why: answering.NotNow) -> HttpResponse:
    if isinstance(why, answering.AlreadySent):
        return render(request, "board/surveys/thanks.html", {"said": str(why)})
    if isinstance(why, answering.NoSuchCode):
        count_wrong(_limit(), client_address(request), at=timezone.now())
        return _told(request, str(why), code)
    return _told(request, str(why))


@public("交卷后的致谢页，没有任何内容")
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the answers have arrived."""
    return render(request, "board/surveys/thanks.html")


def _told(request: HttpRequest, said: str, typed: str = "") -> HttpResponse:
    return render(request, "board/surveys/start.html", {"said": said, "typed": typed[:20]})


def _form(request: HttpRequest, opened: answering.Opened, given: Given) -> HttpResponse:
    context = {
        "survey": opened.survey, "questions": questions(opened.form, given),
        "count": len(opened.form.questions), "faults": len(given.faults),
    }  # fmt: skip
    return render(request, "board/surveys/answer.html", context)


def questions(form: Any, given: Given) -> list[dict[str, Any]]:
    """Return the questions of a form as the page shows them, with what was filled in."""
    return [
        {
            "it": one, "number": number, "text": given.texts.get(one.key, ""),
            "fault": given.faults.get(one.key, ""),
            "options": [
                (place, option, place in given.answers.get(one.key, ()))
                for place, option in enumerate(one.options)
            ],
        }
        for number, one in enumerate(form.questions, 1)
    ]  # fmt: skip


def _limit() -> Limit:
    day = moments.present_day()
    most = int(facts.value("settings.survey_wrong_codes", on=day))
    minutes = float(facts.value("settings.survey_wrong_minutes", on=day))
    return Limit("survey codes", most, timedelta(minutes=minutes))
