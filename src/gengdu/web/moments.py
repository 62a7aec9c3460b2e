"""Which day a page is asked for: ?on= and ?known=, else the demo's last day, else today."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.analytics.run import Moment
from gengdu.kernel.dates import NotADate, parse_date
from gengdu.records.models import last_day_of_sample

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


def moment_of(request: HttpRequest) -> Moment:
    """Return the day a request asks for; a wrong one is told once and the default taken."""
    if not hasattr(request, "gengdu_moment"):
        on = _day(request, "on", LATEST) or present_day()
        known = _day(request, "known", timezone.localdate())  # noqa: TID251
        request.gengdu_moment = Moment(on, known)  # type: ignore[attr-defined]
    found: Moment = request.gengdu_moment  # type: ignore[attr-defined]
    return found


def by_now(request: HttpRequest) -> HttpResponse | None:
    """Return where a page is that writes and was asked for by past knowledge; None for others."""
    if moment_of(request).known is None:
        return None
    messages.error(
        request, _("按过去某天已知的记录只能查看，不能修改。现已改按现在已知，请核对后再改。")
    )
    kept = request.GET.copy()
    kept.pop("known", None)
    return redirect(f"{request.path}?{kept.urlencode()}" if kept else request.path)


def present_day() -> date:
    """Return the day that counts as now, whatever day a page is asked for."""
    return last_day_of_sample() or timezone.localdate()  # noqa: TID251


def _day(request: HttpRequest, name: str, latest: date) -> date | None:
    text = request.GET.get(name)
    if not text:
        return None
    try:
        day = parse_date(text)
    except NotADate as error:
        messages.error(request, _("%(error)s 现按默认日期显示。") % {"error": error})
        return None
    if not EARLIEST <= day <= latest:
        messages.error(request, _("%(day)s 超出可查的范围，现按默认日期显示。") % {"day": day})
        return None
    return day
