"""Pages of 优质均衡 beyond the seven indicators: every item, and what decides one of them."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gengdu.access import scope
from gengdu.access.guards import requires
from gengdu.analytics.quality_balance import item_list
from gengdu.analytics.quality_balance.school_rows import Faulty
from gengdu.analytics.readings import QUALITY_BALANCE
from gengdu.board.quality_balance import presentation, report
from gengdu.board.quality_balance.form import book
from gengdu.board.quality_balance.standing import standing
from gengdu.board.readings import choices_of
from gengdu.board.statements import sees_ledgers
from gengdu.records.renewing import may_lag
from gengdu.web import moments

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("view_plan")
@may_lag
def items(request: HttpRequest) -> HttpResponse:
    """List every item with its verdict, and whether the district passes as a whole."""
    is_strict, moment = _begin(request), moments.moment_of(request)
    may_export = scope.allows(scope.role_of(request.user), "export_records")
    choices = choices_of(request, QUALITY_BALANCE, moment.on)
    context: dict[str, Any] = {"strict": is_strict, "may_export": may_export, "choices": choices}
    try:
        found = standing(moment, strict=is_strict, chosen=choices.chosen)
    except Faulty as faulty:
        context["faults"] = faulty.faults
    else:
        context |= presentation.page(found, sees_ledgers(request))
    return render(request, "board/quality_balance/items.html", context)


@requires("view_plan")
@may_lag
def item(request: HttpRequest, key: str) -> HttpResponse:
    """Show one item: its lines, its value at each school, what is stated and what is missing."""
    if item_list.item(key) is None:
        raise Http404
    is_strict, moment = _begin(request), moments.moment_of(request)
    disputes = [one for one in QUALITY_BALANCE if one.item == key]
    choices = choices_of(request, disputes, moment.on)
    context: dict[str, Any] = {
        "strict": is_strict, "item": item_list.item(key), "choices": choices,
    }  # fmt: skip
    try:
        found = standing(moment, strict=is_strict, chosen=choices.chosen)
    except Faulty as faulty:
        context["faults"] = faulty.faults
    else:
        judged = found.conclusion.find(key)
        assert judged is not None
        context |= presentation.one(judged, found, sees_ledgers(request))
    return render(request, "board/quality_balance/item.html", context)


@requires("view_plan", "export_records")
def form(request: HttpRequest) -> HttpResponseBase:
    """Hand over the official form of the day; it always goes by the readings of the settings."""
    moment = moments.moment_of(request)
    try:
        found = standing(moment, strict=_begin(request))
    except Faulty:
        messages.error(request, _("底册里有矛盾，没有计算，也就没有申报表。"))
        return redirect("quality_balance")
    content = report.of_standing(found)
    name = _("优质均衡申报表 %(on)s.xlsx") % {"on": moment.on}
    return FileResponse(
        io.BytesIO(book.write(content)), as_attachment=True, filename=name,
        content_type=XLSX,
    )  # fmt: skip


def _begin(request: HttpRequest) -> bool:
    """Mark the line of the menu, and return whether no relaxation shall count."""
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    return bool(request.GET.get("strict"))
