"""The pages of tasks: what a plan would assign, how tasks stand, one task with its deeds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gengdu.access.guards import account_of, requires
from gengdu.access.scope import Viewer
from gengdu.analytics.quality_balance.school_rows import Faulty
from gengdu.analytics.quality_balance.verdict import NAMES_ZH
from gengdu.board import names
from gengdu.board.evaluations import STAGES
from gengdu.board.improvement import adopting, candidates, listing, observing, proposals
from gengdu.board.improvement.adopting import Choice, Wish
from gengdu.board.improvement.proposals import Proposals
from gengdu.board.path_to_target import answers
from gengdu.board.path_to_target import views as path_views
from gengdu.board.path_to_target.asked import Unclear
from gengdu.board.path_to_target.county import NoPupils, Unreported
from gengdu.chapters.delivery.task_ledger import operations, queries, rights
from gengdu.chapters.delivery.task_ledger.ledger import IMPROVEMENT_TASKS
from gengdu.chapters.delivery.task_ledger.models import (
    ImprovementTask,
    TaskDeed,
    TaskStage,
    TaskStep,
)
from gengdu.chapters.delivery.task_ledger.operations import Deed, Refused
from gengdu.kernel.identifiers import is_row_number
from gengdu.policy import facts
from gengdu.records.models import Item
from gengdu.records.renewing import may_lag
from gengdu.records.writing import CannotUndo, Moved
from gengdu.registers.schools.queries import viewer_of
from gengdu.web import moments
from gengdu.web.evidence import blocks

SEEN = "seen"
"""The part of an address that says which computation the person came from."""


def _viewer(request: HttpRequest) -> Viewer:
    return viewer_of(account_of(request), on=moments.moment_of(request).on)


@requires("view_records")
@may_lag
def tasks(request: HttpRequest) -> HttpResponse:
    """Show the tasks that the viewer sees, by owner or by school."""
    by = request.GET.get("by", "owner")
    found = listing.page(
        _viewer(request), moments.moment_of(request), by=by if by in listing.BY else "owner",
        light=request.GET.get("light", ""),
    )  # fmt: skip
    change = request.GET.get("change", "")
    context = {
        "page": found, "by": listing.BY.items(), "setting": queries.DUE_SOON,
        "change": int(change) if is_row_number(change, digits=9) else None,
    }  # fmt: skip
    return render(request, "board/improvement/tasks.html", context)


@requires("view_records")
def task(request: HttpRequest, item: int) -> HttpResponse:
    """Show one task: where it came from, how far it is, what the registers show, its deeds."""
    request.gengdu_menu = reverse("tasks")  # type: ignore[attr-defined]
    viewer, moment = _viewer(request), moments.moment_of(request)
    row = _row(viewer, item, request)
    known = queries.steps([item], moment.known)
    context: dict[str, Any] = {
        "line": listing.lines([row], viewer, moment)[0], "row": row, "steps": known,
        "evidence": blocks.block(request, viewer, IMPROVEMENT_TASKS, Item.objects.get(pk=item)),
        "may_work": moment.known is None, "lead": facts.body_zh(row.lead),
        "own_last": known[-1].pk if known and known[-1].account_id == request.user.pk else None,
        **listing.places(row), **_nominees(viewer, row),
    }  # fmt: skip
    return render(request, "board/improvement/task.html", context)


def _nominees(viewer: Viewer, row: ImprovementTask) -> dict[str, Any]:
    """Return how many teachers are named, and their names for those who may see them."""
    found = queries.nominees(row.item_id)
    sees = viewer.may_open("staff", town_id=None, school_id=row.giver_id)
    return {"nominee_count": len(found), "nominees": candidates.titles(found) if sees else []}


def _row(viewer: Viewer, item: int, request: HttpRequest) -> ImprovementTask:
    """Return a task that the viewer sees; of any other there is no such page."""
    moment = moments.moment_of(request)
    row = queries.find(viewer, item, moment.on, moment.known)
    if row is None:
        raise Http404
    return row


@requires("report_tasks")
@require_POST
def task_do(request: HttpRequest, item: int) -> HttpResponse:
    """Sign for a task, report on it, finish, close, send back or open it again."""
    viewer = _viewer(request)
    row = _row(viewer, item, request)
    try:
        deed = _deed(request, viewer, row)
        operations.do(deed, timezone.now())
    except (Refused, Moved) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已%(deed)s。") % {"deed": deed.kind.label})
    return redirect("task", item=item)


def _deed(request: HttpRequest, viewer: Viewer, row: ImprovementTask) -> Deed:
    """Read a deed from a form.

    Raises:
        Refused: If it cannot be read.
    """
    given = request.POST
    kind, done, seen = given.get("kind", ""), given.get("done", "").strip(), given.get("seen", "")
    if kind not in operations.LEADS_TO or not is_row_number(seen, digits=9):
        raise Refused(_("没有读懂要办理什么，没有写入任何数据。请回到任务页再办理。"))
    if done and not is_row_number(done, digits=9):
        raise Refused(
            _("“%(text)s”不是数量，没有写入。请填不小于 0 的整数。") % {"text": done[:20]}
        )
    seen_in = observing.of_tasks([row], moments.moment_of(request))
    return Deed(
        TaskDeed(kind), row.item_id, int(seen), viewer, account_of(request), moments.present_day(),
        note=given.get("note", ""), done=int(done) if done else None,
        shown=bool(seen_in.get(row.item_id, observing.UNSEEN).is_done),
    )  # fmt: skip


@requires("report_tasks")
@require_POST
def task_take_back(request: HttpRequest, item: int) -> HttpResponse:
    """Take back one's own last deed."""
    viewer, given = _viewer(request), request.POST.get("step", "")
    _row(viewer, item, request)
    number = int(given) if is_row_number(given, digits=9) else 0
    step = TaskStep.objects.select_related("change").filter(pk=number, item=item).first()
    if step is None:
        raise Http404
    try:
        operations.take_back(step, viewer, account_of(request), timezone.now())
    except (Refused, CannotUndo) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已撤回，任务恢复到这一步以前的样子。"))
    return redirect("task", item=item)


@requires("view_staff", "view_plan")
def teachers(request: HttpRequest) -> HttpResponse:
    """List the teachers of a school who fit an action of the cheapest way."""
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    asked = request.GET
    giver, stage = asked.get("giver", ""), asked.get("stage", "")
    kind = candidates.kind_of(asked.get("kind", ""))
    if not is_row_number(giver, digits=9) or stage not in STAGES or not kind:
        raise Http404
    return _teachers_page(request, int(giver), stage, kind, {"count": asked.get("count", "")[:4]})


def _teachers_page(
    request: HttpRequest, giver: int, stage: str, kind: tuple[str, ...], more: dict[str, Any]
) -> HttpResponse:
    """Show who fits.

    Raises:
        PermissionDenied: If the viewer may not see the staff of the school.
    """
    moment = moments.moment_of(request)
    if not _viewer(request).may_open("staff", town_id=None, school_id=giver):
        raise PermissionDenied
    called = names.schools(moment.on, [giver])
    if giver not in called:
        raise Http404
    context = {
        "found": candidates.of_school(moment, giver, stage, kind), "school": called[giver],
        "stage": STAGES[stage], "kind": "、".join(NAMES_ZH[name] for name in kind),
        "not_checked": candidates.NOT_CHECKED,
        "settings": [facts.fact(name) for name in candidates.SETTINGS], **more,
    }  # fmt: skip
    return render(request, "board/improvement/teachers.html", context)


@requires("view_staff", "view_records")
def task_teachers(request: HttpRequest, item: int) -> HttpResponse:
    """List who fits a task of moving teachers, and attach those whom somebody ticked."""
    request.gengdu_menu = reverse("tasks")  # type: ignore[attr-defined]
    row = _row(_viewer(request), item, request)
    kind = candidates.kind_of("+".join(row.levels))
    if row.giver_id is None or not kind:
        raise Http404
    if request.method == "POST":
        return _nominated(request, row, kind)
    more = {
        "row": row, "named": set(queries.nominees(item)), "count": row.wanted,
        "may_name": _may_name(request, row),
    }  # fmt: skip
    return _teachers_page(request, row.giver_id, row.stage_of_school, kind, more)


def _may_name(request: HttpRequest, row: ImprovementTask) -> bool:
    viewer = _viewer(request)
    may = viewer.may(rights.ASSIGN) or rights.answers_for(viewer, row)
    return may and row.stage != TaskStage.CLOSED and moments.moment_of(request).known is None


def _nominated(request: HttpRequest, row: ImprovementTask, kind: tuple[str, ...]) -> HttpResponse:
    """Attach the teachers ticked, of those who fit.

    Raises:
        PermissionDenied: If the viewer may not see the staff of the school.
    """
    viewer, moment = _viewer(request), moments.moment_of(request)
    assert row.giver_id is not None
    if not viewer.may_open("staff", town_id=None, school_id=row.giver_id):
        raise PermissionDenied
    found = candidates.of_school(moment, row.giver_id, row.stage_of_school, kind)
    offered = {str(one.staff_id): one.staff_id for one in found.fitting}
    ticked = [offered[one] for one in request.POST.getlist("staff") if one in offered]
    seen = request.POST.get("seen", "")
    deed = Deed(
        TaskDeed.NOMINATE, row.item_id, int(seen) if is_row_number(seen, digits=9) else 0, viewer,
        account_of(request), moments.present_day(),
        note=_("附人选 %(count)s 人") % {"count": len(ticked)},
    )  # fmt: skip
    try:
        operations.nominate(deed, ticked, timezone.now())
    except (Refused, Moved) as error:
        messages.error(request, str(error))
        return redirect("task_teachers", item=row.item_id)
    messages.success(request, _("已附人选 %(count)s 人，没有决定任何人。") % {"count": len(ticked)})
    return redirect("task", item=row.item_id)


@requires("assign_tasks")
def from_path(request: HttpRequest) -> HttpResponse:
    """Preview and assign the tasks of the cheapest way to pass."""
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    return _adopt(request, _of_path, "path_to_target")


def _of_path(request: HttpRequest) -> Proposals:
    moment = moments.moment_of(request)
    allowed, strict = path_views.allowed_of(request), path_views.is_strict(request)
    ids = path_views.ids_of(request)
    answer = answers.of_district(moment, allowed, strict=strict, effort=answers.QUICK)
    return proposals.of_path(answer, allowed, ids, moment.on, strict=strict)


@requires("assign_tasks")
def from_forecast(request: HttpRequest, name: str) -> HttpResponse:
    """Preview and assign the task of one promise that is not kept by what is foreseen."""
    request.gengdu_menu = reverse("forecasts")  # type: ignore[attr-defined]
    if name not in facts.plan().facts:
        raise Http404

    def made(request: HttpRequest) -> Proposals:
        found = proposals.of_forecast(moments.moment_of(request), name)
        return found or proposals.nothing(facts.fact(name).short_zh, moments.moment_of(request).on)

    return _adopt(request, made, "forecasts")


@requires("assign_tasks")
def from_relaxations(request: HttpRequest) -> HttpResponse:
    """Preview and assign a task for each school that passes only under a relaxation."""
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    return _adopt(
        request, lambda one: proposals.of_relaxations(moments.moment_of(one)),
        "quality_balance_items",
    )  # fmt: skip


def _adopt(request: HttpRequest, make: Any, back: str) -> HttpResponse:
    """Preview what would be assigned; on a post, fill in for all or assign."""
    if elsewhere := moments.by_now(request):
        return elsewhere
    moment = moments.moment_of(request)
    context: dict[str, Any] = {"back": back, "query": request.GET.urlencode()}
    try:
        found = make(request)
    except (Faulty, NoPupils, Unreported, Unclear) as why:
        context |= path_views.why(why)
        return render(request, "board/improvement/adopt.html", context)
    figures = observing.figures_of(moment)
    choices = adopting.compare(found, figures)
    looked_at, wishes = adopting.mark(found, choices), adopting.first_wishes(choices)
    if request.method == "POST":
        wishes = adopting.read_wishes(choices, request.POST.dict(), moments.present_day())
        if request.POST.get("do") == "write":
            done = _written(request, found, wishes, figures, looked_at)
            if done is not None:
                return done
    context |= _preview(request, found, choices, wishes, looked_at)
    return render(request, "board/improvement/adopt.html", context)


def _written(
    request: HttpRequest, found: Proposals, wishes: list[Wish], figures: observing.Figures,
    looked_at: str,
) -> HttpResponse | None:  # fmt: skip
    """Assign, and return where to go; None where something is to be mended first."""
    told = _not_ready(request, found, wishes, looked_at)
    if told:
        messages.error(request, told)
        return None
    try:
        change = adopting.adopt(
            found, wishes, figures, account_of(request), timezone.now(), looked_at=looked_at
        )
    except (Refused, Moved) as error:
        messages.error(request, str(error))
        return None
    count = sum(wish.is_ticked for wish in wishes)
    messages.success(request, _("已交办 %(count)s 项任务。") % {"count": count})
    return redirect(f"{reverse('tasks')}?change={change.pk}")


def _not_ready(
    request: HttpRequest, found: Proposals, wishes: list[Wish], looked_at: str
) -> str:  # fmt: skip
    if request.POST.get("looked_at") != looked_at:
        return _(
            "核对之后数据、设置或已有任务变了，没有写入任何数据。下面是按现在重算的，请重新核对。"
        )
    if any(wish.fault for wish in wishes):
        return _("有要改的地方，没有写入任何数据。请看标红的行。")
    if found.on != moments.present_day() and not request.POST.get("older"):
        return _("方案不是按今天的数据算的，请勾选“仍按这一天的方案交办”，或改按今天重算。")
    return ""


def _preview(
    request: HttpRequest, found: Proposals, choices: list[Choice], wishes: list[Wish],
    looked_at: str,
) -> dict[str, Any]:  # fmt: skip
    seen = request.GET.get(SEEN, "")
    return {
        "found": found, "wishes": wishes, "looked_at": looked_at,
        "bodies": facts.plan().bodies.items(), "of_school": adopting.OF_SCHOOL,
        "new": sum(one.new is not None for one in choices),
        "differing": sum(one.differs for one in choices),
        "there": sum(one.new is None for one in choices),
        "has_schools": any(one.proposal.school_id for one in choices),
        "is_moved": bool(seen) and not found.digest.startswith(seen),
        "today": moments.present_day(), "is_older": found.on != moments.present_day(),
    }  # fmt: skip
