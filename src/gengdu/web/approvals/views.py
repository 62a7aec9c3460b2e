"""The list of what waits for somebody, and one page on which an act is looked at and done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from gengdu.access.guards import account_of, requires
from gengdu.records import approving, flows, ledgers, waiting
from gengdu.records.approving import Act, Plan
from gengdu.records.flows import Refused
from gengdu.records.models import State, StepKind
from gengdu.records.waiting import Group, Line
from gengdu.records.writing import Moved
from gengdu.web import moments
from gengdu.web.approvals.asking import Asked, Unreadable
from gengdu.web.approvals.desk import ViewerOf, waits_of
from gengdu.web.approvals.effects import EffectsOf

LINES_PER_PAGE = 50
IF_CLEAR = "if_clear"
"""What a button sends that does an act at once unless there is something to look at first."""


def urls(viewer_of: ViewerOf, effects_of: EffectsOf) -> list[URLPattern]:
    """Return the addresses of the pages.

    Args:
        viewer_of: Tells who looks.
        effects_of: Tells how rewritten entries move the plan's numbers.
    """
    desk = Desk(viewer_of, effects_of)
    look = requires("view_records")
    return [
        path("approvals/", look(desk.listed), name="approvals"),
        path("approvals/act/", look(desk.act), name="approvals_act"),
    ]


@dataclass(frozen=True)
class Shown:
    """One line of the list as people read it."""

    line: Line
    name: str
    ledger: str
    url: str
    state: str
    who: str
    at: Any
    note: str
    is_overdue: bool


@dataclass(frozen=True)
class Desk:
    """The pages of approval."""

    viewer_of: ViewerOf
    effects_of: EffectsOf

    def listed(self, request: HttpRequest) -> HttpResponse:
        """List what waits for the person, one group at a time."""
        waits = waits_of(request, self.viewer_of)
        on, counted = waits.on, waits.counts
        group = request.GET.get("group", "")
        if group not in Group.values:
            group = next((g for g in Group.values if counted.get(g)), Group.WAITING.value)
        lines = [line for line in waits.lines if line.group == group]
        page = Paginator(lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "groups": [(g, g.label, counted.get(g, 0)) for g in Group], "group": group,
            "page": page, "lines": shown(list(page.object_list), on), "query": f"group={group}",
            "overdue": counted["overdue"], "on": on, "review_setting": flows.REVIEW_DAYS,
            "soon": waiting.expires_soon_days(on), "soon_setting": waiting.EXPIRES_SOON,
            "review_days": flows.BUREAU.days_on(on),
        }  # fmt: skip
        return render(request, "web/approvals/list.html", context)

    def act(self, request: HttpRequest) -> HttpResponse:
        """Show what an act would do with some entries, and do it once that is confirmed."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        on = moments.present_day()
        account = account_of(request)
        back = _back(request)
        try:
            asked = Asked.read(request.POST, self.viewer_of(account, on=on), account, on)
        except Unreadable as unreadable:
            messages.error(request, str(unreadable))
            return redirect(back)
        acts = asked.acts()
        confirmed = request.POST.get("confirm")
        if confirmed == IF_CLEAR and _is_doubtful(acts):
            confirmed = None
        wrong = self._done(request, asked, acts) if confirmed else ""
        if wrong is None:
            return redirect(back)
        return self._looked_at(request, asked, acts, back, wrong)

    def _done(self, request: HttpRequest, asked: Asked, acts: Sequence[Act]) -> str | None:
        """Do what is asked; return None when it is done, else what is wrong."""
        if asked.errors:
            return _("有内容认不出，请改正后再确认")
        try:
            looked_at = request.POST.get("looked_at", "")
            count = approving.do(acts, timezone.now(), looked_at)
        except (Refused, Moved) as error:
            return str(error)
        words = StepKind(asked.kind).label
        messages.success(request, _("已%(act)s %(count)s 条") % {"act": words, "count": count})
        return None

    def _looked_at(
        self, request: HttpRequest, asked: Asked, acts: Sequence[Act], back: str, error: str
    ) -> HttpResponse:
        plans, rewrites = [], []
        for act in map(_explained, acts):
            try:
                plans.append(approving.plan(act))
                rewrites += approving.rewrites_of(act, plans[-1])
            except Refused as refused:
                error = error or str(refused)
        done = sum(len(plan.done) for plan in plans)
        grants = any(entry.after == State.APPROVED for plan in plans for entry in plan.done)
        context = {
            "kind": StepKind(asked.kind), "asked": asked, "error": error, "back": back,
            "sections": [_section(act, plan) for act, plan in zip(acts, plans, strict=True)],
            "done": done, "refused": len(asked.items) - done,
            "looked_at": approving.digest(plans), "needs_reason": asked.kind in approving.REASONED,
            "asks_day": asked.kind == StepKind.REVOKE, "day_error": asked.errors.get("day", ""),
            "granted": _granted(asked, acts, plans) if asked.kind == StepKind.PASS else [],
            "grants": grants, "items": asked.items,
            "effects": self.effects_of(rewrites, asked.on),
        }  # fmt: skip
        return render(request, "web/approvals/act.html", context)


def _is_doubtful(acts: Sequence[Act]) -> bool:
    """Tell whether something should be looked at before acts are done."""
    try:
        return any(entry.warnings for act in acts for entry in approving.plan(act).entries)
    except Refused:
        return False  # doing it says why


def _back(request: HttpRequest) -> str:
    """Return where to go afterwards: a page of this site alone."""
    wanted = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return reverse("approvals")


def _explained(act: Act) -> Act:
    """Return an act with a reason to be filled in yet, and a day, so that it can be looked at."""
    return replace(act, note=act.note or "…", day=act.day or act.on)


def _granted(asked: Asked, acts: Sequence[Act], plans: Sequence[Plan]) -> list[dict[str, Any]]:
    """Return the fields that may be filled in for the entries that are decided for good."""
    found: dict[str, dict[str, Any]] = {}
    for act, plan in zip(acts, plans, strict=True):
        if any(act.ledger.decides_for_good(entry.row) for entry in plan.entries):
            found |= {item["name"]: item for item in asked.fields(act.ledger)}
    return list(found.values())


def _section(act: Act, plan: Plan) -> dict[str, Any]:
    """Return what the page shows of one ledger."""
    names = act.ledger.names([entry.row for entry in plan.entries], act.on)
    return {
        "ledger": act.ledger,
        "missing": plan.missing,
        "lines": [
            {
                "entry": entry, "name": names[entry.row.item_id],
                "url": reverse(f"{act.ledger.key}_detail", args=[entry.row.item_id]),
                "before": State(entry.row.state).label,
                "after": State(entry.after).label if entry.after else "",
            }
            for entry in plan.entries
        ],
    }  # fmt: skip


def shown(lines: Sequence[Line], on: date) -> list[Shown]:
    """Return lines as people read them: what each is called, who sent it, and why."""
    by_ledger: dict[str, list[int]] = {}
    for line in lines:
        by_ledger.setdefault(line.ledger, []).append(line.item)
    names: dict[int, str] = {}
    for key, items in by_ledger.items():
        ledger = ledgers.find(key)
        assert ledger is not None
        rows = ledger.model._default_manager.filter(item_id__in=items, superseded_at=None)
        names |= ledger.names(rows, on)
    trails = approving.trails_of([line.item for line in lines])
    return [_shown(line, names, trails, on) for line in lines]


def _shown(line: Line, names: dict[int, str], trails: dict[int, Any], on: date) -> Shown:
    ledger = ledgers.find(line.ledger)
    assert ledger is not None
    last = trails.get(line.item, [None])[-1]
    return Shown(
        line, names[line.item], str(ledger.label), reverse(f"{line.ledger}_detail",
                                                           args=[line.item]),
        str(State(line.state).label),
        (last.account.title_zh or last.account.username) if last else "",
        last.at if last else None, last.note if last else "", line.is_overdue(on),
    )  # fmt: skip
