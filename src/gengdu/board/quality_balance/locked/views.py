"""Pages of locked evaluations: which there are, locking, reported beside known now, the form."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gengdu.access import scope
from gengdu.access.guards import account_of, requires
from gengdu.analytics.quality_balance.school_rows import Faulty
from gengdu.board.quality_balance.locked import comparing, operations
from gengdu.board.quality_balance.views import XLSX
from gengdu.chapters.delivery.evaluation.models import LockedEvaluation
from gengdu.records.renewing import may_lag
from gengdu.web import moments


def _context(request: HttpRequest) -> dict[str, Any]:
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    role = scope.role_of(request.user)
    return {
        "may_lock": scope.allows(role, "review_bureau"),
        "may_export": scope.allows(role, "export_records"),
    }


@requires("view_plan")
def listed(request: HttpRequest) -> HttpResponse:
    """List what was locked, and let the bureau lock the evaluation of the day."""
    rows = [(row, operations.content_of(row)["verdict"]) for row in operations.locked()]
    context = _context(request) | {"rows": [(row, comparing.word(found)) for row, found in rows]}
    return render(request, "board/quality_balance/locked.html", context)


@requires("review_bureau")
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the evaluation of the day, and show it beside what is known."""
    moment = moments.moment_of(request)
    try:
        row = operations.lock(
            moment, account_of(request), reason=request.POST.get("reason", "")[:400],
            at=timezone.now(), strict=bool(request.POST.get("strict")),
        )  # fmt: skip
    except operations.CannotLock as refused:
        messages.error(request, str(refused))
    except Faulty:
        messages.error(request, _("底册里有矛盾，没有计算，也没有锁定。"))
    else:
        said = _("已锁定 %(year)s 年优质均衡评估第 %(version)s 版。")
        messages.success(request, said % {"year": row.year, "version": row.version})
    return redirect(f"{reverse('quality_balance_locked')}?on={moment.on}")


@requires("view_plan")
@may_lag
def compared(request: HttpRequest, number: int) -> HttpResponse:
    """Show what was reported beside what is known now of the same day, differences first."""
    row = _found(number)
    reported = operations.content_of(row)
    context = _context(request) | {
        "row": row, "is_whole": operations.is_whole(row), "reported": reported,
        "verdict": comparing.word(reported["verdict"]),
    }  # fmt: skip
    try:
        now = operations.known_now(row)
    except Faulty as faulty:
        context["faults"] = faulty.faults
    else:
        pairs = comparing.compare(reported, now)
        context |= {
            "different": [pair for pair in pairs if pair.differs],
            "same": [pair for pair in pairs if not pair.differs],
            "rules": comparing.rules_changed(reported, now),
        }
    return render(request, "board/quality_balance/compared.html", context)


@requires("view_plan", "export_records")
def form(request: HttpRequest, number: int) -> HttpResponseBase:
    """Hand over the official form as it was when it was locked, byte by byte."""
    row = _found(number)
    name = _("优质均衡申报表 %(year)s 第%(version)s版.xlsx") % {
        "year": row.year, "version": row.version,
    }  # fmt: skip
    return FileResponse(
        io.BytesIO(bytes(row.form)), as_attachment=True, filename=name, content_type=XLSX
    )


def _found(number: int) -> LockedEvaluation:
    row = LockedEvaluation.objects.select_related("account").filter(pk=number).first()
    if row is None:
        raise Http404
    return row
