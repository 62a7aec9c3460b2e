"""The pages on which something happens to a school: choose, fill in, preview, confirm, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gengdu.access.guards import requires
from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.records.models import Change, ChangeKind
from gengdu.records.writing import CannotUndo, Moved
from gengdu.registers.schools.events import operations, planning, standing
from gengdu.registers.schools.events.forms import FORMS, EventForm, OpeningForm
from gengdu.registers.schools.events.headcount import headcounts
from gengdu.registers.schools.events.plans import Effect, Plan
from gengdu.registers.schools.models import School, SchoolEventKind, SchoolProfile
from gengdu.web import moments

# What each kind means, in a sentence, on the page where one is chosen.
MEANING = {
    "merged": gettext_lazy("学校成为另一所学校的一部分：师生转入，称号和台账留在原校名下"),
    "closed": gettext_lazy("学校停止办学：有师生的须写明转入哪所学校"),
    "renamed": gettext_lazy("只换校名：标识码、师生、称号都不变"),
    "moved": gettext_lazy("换校址：师生、称号都不变，城乡属性按新址另填"),
    "split": gettext_lazy("分出班级设立新校：原校可以继续，也可以撤销"),
    "recoded": gettext_lazy("办学类型、学段或标识码变更：学校还是这一所"),
}


@requires("run_school_events")
def school_event(request: HttpRequest, school_id: int) -> HttpResponse:
    """Choose what happens to a school, fill it in, look at what it means, and confirm."""
    _check_scope(request)
    profile = _profile(request, school_id)
    kind = request.GET.get("kind", "")
    context = {"profile": profile, "school_id": school_id}
    if kind not in FORMS:
        if kind:
            raise Http404
        named = [(key, SchoolEventKind(key).label, text) for key, text in MEANING.items()]
        return render(request, "schools/events/choose.html", context | {"kinds": named})
    on = moments.moment_of(request).on
    form = FORMS[kind](_said(request), on=on, school=profile)
    context |= {"kind": kind, "kind_label": SchoolEventKind(kind).label}
    return _answer(request, form, context)


@requires("run_school_events")
def school_open(request: HttpRequest) -> HttpResponse:
    """Fill in a school that opens, look at what it means, and confirm."""
    _check_scope(request)
    form = OpeningForm(_said(request), on=moments.moment_of(request).on, school=None)
    return _answer(request, form, {"kind": "opened", "kind_label": _("设立新学校")})


def _check_scope(request: HttpRequest) -> None:
    """Let only those act on schools whose scope is the whole district."""
    assert isinstance(request.user, Account)
    if not Viewer.of(request.user).sees_district:
        raise PermissionDenied
    request.gengdu_menu = reverse("schools")  # type: ignore[attr-defined]


def _profile(request: HttpRequest, school_id: int) -> SchoolProfile:
    found = standing.profile_on(school_id, moments.moment_of(request).on)
    if found is None:
        raise Http404
    return found


def _said(request: HttpRequest) -> Any:
    """Return what was filled in; nothing where the form is opened for the first time."""
    return request.GET if "day" in request.GET else None


def _answer(request: HttpRequest, form: EventForm, context: dict[str, Any]) -> HttpResponse:
    """Show the form, or what it would mean; write it where it is confirmed."""
    if not form.is_valid():
        return render(request, "schools/events/fill.html", context | {"form": form})
    if request.method == "POST":
        return _confirm(request, form)
    plan = planning.plan(form.asked())
    lines = headcounts(plan, _named(plan)) if plan.schools and not plan.problems else []
    return render(
        request, "schools/events/preview.html",
        context | {"form": form, "plan": plan, "headcounts": lines},
    )  # fmt: skip


def _named(plan: Plan) -> list[tuple[int | School, str]]:
    """Return what the schools of a plan are called, those that open after the others."""
    called: list[tuple[int | School, str]] = []
    for school in plan.schools:
        profile = standing.profile_on(school, standing.day_before(plan.on))
        profile = profile or standing.profile_on(school, plan.on)
        called.append((school, profile.name if profile else ""))
    for row in (row for rewrite in plan.rewrites for row in rewrite.new):
        if isinstance(row, SchoolProfile) and row.school_id is None:
            called.append((row.school, row.name))
    return called


def _confirm(request: HttpRequest, form: EventForm) -> HttpResponse:
    assert isinstance(request.user, Account)
    try:
        change = operations.commit(
            form.asked(), digest=request.POST.get("digest", ""), account=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except (operations.CannotHappen, Moved) as error:
        messages.error(request, str(error))
        return redirect(request.get_full_path())
    messages.success(request, _("已登记：%(event)s。") % {"event": change.summary})
    return redirect("school_change", change_id=change.pk)


@requires("run_school_events")
def school_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """Show what an event wrote, and offer to take it back."""
    _check_scope(request)
    change = get_object_or_404(Change, pk=change_id, kind=ChangeKind.SCHOOL_EVENT)
    lines = [(label, Effect(effect), n) for label, effect, n in change.counts.get("lines", [])]
    context = {
        "change": change,
        "undone": Change.objects.filter(undoes=change).select_related("account").first(),
        "lines": lines,
        "schools": _shown(change),
    }
    return render(request, "schools/events/change.html", context)


def _shown(change: Change) -> list[tuple[int, str]]:
    """Return the schools an event was about, by their latest names."""
    rows = SchoolProfile.objects.filter(
        school__in=change.counts.get("schools", []), superseded_at=None
    ).order_by("starts_on")
    return list(dict(rows.values_list("school_id", "name")).items())


@requires("run_school_events")
@require_POST
def school_change_undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Take an event back."""
    _check_scope(request)
    assert isinstance(request.user, Account)
    change = get_object_or_404(Change, pk=change_id, kind=ChangeKind.SCHOOL_EVENT)
    try:
        operations.undo(change, account=request.user, at=timezone.now())
    except CannotUndo as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已撤销，全部记录恢复到这次变动之前。"))
    return redirect("school_change", change_id=change.pk)
