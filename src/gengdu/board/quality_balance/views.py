"""Pages of 优质均衡 beyond the seven indicators: every item, and what decides one of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gengdu.access.guards import account_of, requires
from gengdu.analytics.quality_balance import item_list
from gengdu.analytics.quality_balance.school_rows import Faulty
from gengdu.board.quality_balance import presentation
from gengdu.board.quality_balance.standing import standing
from gengdu.records.renewing import may_lag
from gengdu.registers.schools import queries as schools
from gengdu.web import moments


@requires("view_plan")
@may_lag
def items(request: HttpRequest) -> HttpResponse:
    """List every item with its verdict, and whether the district passes as a whole."""
    is_strict = _begin(request)
    context: dict[str, Any] = {"strict": is_strict}
    try:
        found = standing(moments.moment_of(request), strict=is_strict)
    except Faulty as faulty:
        context["faults"] = faulty.faults
    else:
        context |= presentation.page(found, _sees_records(request))
    return render(request, "board/quality_balance/items.html", context)


@requires("view_plan")
@may_lag
def item(request: HttpRequest, key: str) -> HttpResponse:
    """Show one item: its lines, its value at each school, what is stated and what is missing."""
    if item_list.item(key) is None:
        raise Http404
    is_strict = _begin(request)
    context: dict[str, Any] = {"strict": is_strict, "item": item_list.item(key)}
    try:
        found = standing(moments.moment_of(request), strict=is_strict)
    except Faulty as faulty:
        context["faults"] = faulty.faults
    else:
        judged = found.conclusion.find(key)
        assert judged is not None
        context |= presentation.one(judged, found.moment.on, _sees_records(request))
    return render(request, "board/quality_balance/item.html", context)


def _begin(request: HttpRequest) -> bool:
    """Mark the line of the menu, and return whether no relaxation shall count."""
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    return bool(request.GET.get("strict"))


def _sees_records(request: HttpRequest) -> bool:
    """Tell whether links into ledgers of the whole district lead anywhere for who looks."""
    viewer = schools.viewer_of(account_of(request), on=moments.moment_of(request).on)
    return viewer.may("view_records") and viewer.sees_district
