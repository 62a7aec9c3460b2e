"""The pages on which a school year turns over: choose, preview, confirm, result, undo."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gengdu.access import looking
from gengdu.access.guards import requires
from gengdu.access.models import Account
from gengdu.kernel.school_years import SchoolYear
from gengdu.policy import lists
from gengdu.records.models import Change, ChangeKind
from gengdu.records.queries import in_force
from gengdu.records.writing import CannotUndo, Moved
from gengdu.registers.pupils.models import Enrolment, PupilRecord
from gengdu.registers.pupils.turnover import drafts, operations, planning, reading, summary
from gengdu.registers.pupils.turnover.asking import Asked, asked_for, other_schools, system_of
from gengdu.registers.pupils.turnover.choices import NEXT_STAGE, Choices, Outcome
from gengdu.registers.pupils.turnover.drafts import Draft
from gengdu.registers.pupils.turnover.planning import Plan
from gengdu.registers.schools import queries as schools
from gengdu.registers.schools.models import Stage

WAITING_SHOWN = 100
SEX = {"male": gettext_lazy("男"), "female": gettext_lazy("女")}


def _choices(request: HttpRequest, asked: Asked) -> Choices:
    return Draft.of(request.session, asked.year).choices(asked.year, asked.scope, asked.within)


@requires("turn_year")
def school_year(request: HttpRequest) -> HttpResponse:
    """Choose year and schools, look at what turning over means, decide, and confirm."""
    asked = asked_for(request)
    if request.method == "POST":
        if "confirm" in request.POST:
            return _confirm(request, asked)
        return _keep_targets(request, asked)
    plan = planning.plan(_choices(request, asked))
    lines = summary.schools(plan)
    context = {
        "asked": asked,
        "plan": plan,
        "columns": summary.COLUMNS,
        "outcomes": [(outcome, plan.counted()[outcome]) for outcome in Outcome
                     if plan.counted()[outcome]],
        "lines": lines,
        "total": summary.total(lines),
        "grades": summary.grades(plan, asked.chosen) if asked.chosen else [],
        "classes": _classes(plan, asked.chosen) if asked.chosen else [],
        "only_own": plan.choices.within is not None,
        "hand_overs": _hand_overs(plan),
        "ticked": _ticked(plan),
        "runs": _runs(asked),
    }  # fmt: skip
    return render(request, "pupils/turnover/preview.html", context)


def _hand_overs(plan: Plan) -> list[tuple[summary.HandOver, str, list[tuple[int, str]]]]:
    offered = {stage: summary.receivers(plan, stage) for stage in NEXT_STAGE}
    return [
        (item, str(Stage(item.stage).label), offered[item.stage])
        for item in summary.hand_overs(plan)
    ]


def _classes(plan: Plan, school: int) -> list[tuple[str, str, int]]:
    """Return the classes of the old year of a school: key, label, pupils."""
    counted: dict[tuple[int, int, int], int] = {}
    for step in plan.steps:
        if step.old.school == school:
            order = summary.STAGES.index(step.old.stage)
            key = (order, step.old.grade, step.old.class_number)
            counted[key] = counted.get(key, 0) + 1
    system = plan.start.systems.get(school, "five_four")
    found = []
    for (order, grade, number), pupils in sorted(counted.items()):
        stage = summary.STAGES[order]
        label = f"{lists.grade_label(system, stage, grade)}{number}班"
        found.append((f"{stage}-{grade}-{number}", label, pupils))
    return found


def _ticked(plan: Plan) -> int:
    """Return for how many pupils of the plan something was decided by hand."""
    said = plan.choices.repeaters | plan.choices.leavers | plan.choices.moves.keys()
    return sum(step.old.pupil in said for step in plan.steps)


def _runs(asked: Asked) -> list[Change]:
    """Return the turnovers into the year that stand and are about the schools asked for."""
    runs = reading.runs(asked.year)
    return [change for change in runs if asked.scope & set(change.counts["schools"])]


def _keep_targets(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Keep which schools take the graduates."""
    draft = Draft.of(request.session, asked.year)
    for name, to in request.POST.items():
        kind, _colon, key = name.partition("=")
        school, _colon, stage = key.partition(":")
        known = school.isdecimal() and int(school) in asked.offered and stage in NEXT_STAGE
        if kind == "target" and known:
            draft.targets[key] = str(to)
    draft.keep(request.session, asked.year)
    messages.success(request, _("已按新的承接学校重新预览，尚未写入任何数据。"))
    return redirect(asked.address)


def _confirm(request: HttpRequest, asked: Asked) -> HttpResponse:
    assert isinstance(request.user, Account)
    try:
        change = operations.commit(
            _choices(request, asked), digest=request.POST.get("digest", ""),
            account=request.user, at=timezone.now(),
        )  # fmt: skip
    except (operations.AlreadyTurned, Moved) as error:
        messages.error(request, str(error))
        return redirect(asked.address)
    drafts.forget(request.session, asked.year)
    messages.success(request, _("%(what)s：已写入。") % {"what": change.summary})
    return redirect("school_year_done", change_id=change.pk)


@requires("turn_year")
def school_year_class(request: HttpRequest) -> HttpResponse:
    """Tick the pupils of one class who do not simply go up."""
    asked = asked_for(request)
    stage, grade, number = _class_key(request)
    if asked.chosen is None:
        raise Http404
    rows = Enrolment.objects.filter(
        in_force(reading.last_day(asked.year)), school=asked.chosen, stage=stage, grade=grade,
        class_number=number,
    )  # fmt: skip
    ids = list(rows.values_list("pupil_id", flat=True))
    if not ids:
        raise Http404
    draft = Draft.of(request.session, asked.year)
    if request.method == "POST":
        for pupil in ids:
            draft.decide(pupil, _allowed(request.POST.get(f"pupil-{pupil}", ""), asked))
        draft.keep(request.session, asked.year)
        messages.success(request, _("已记下，尚未写入任何数据。"))
        return redirect(asked.address)
    looking.looked(
        request, subject="pupils.Pupil", ids=ids, school_ids=[asked.chosen], what=_("学年升级")
    )
    system = system_of(asked)
    records = PupilRecord.objects.filter(superseded_at=None, pupil__in=ids).order_by("name_sound")
    context = {
        "asked": asked,
        "label": f"{lists.grade_label(system, stage, grade)}{number}班",
        "is_last": grade >= lists.school_system(system)[stage],
        "pupils": [
            (row.pupil_id, row.name, SEX.get(row.sex, ""), draft.pupils.get(str(row.pupil_id), ""))
            for row in records
        ],
        "others": [(str(key), name) for key, name in other_schools(asked)],
    }
    return render(request, "pupils/turnover/class.html", context)


def _class_key(request: HttpRequest) -> tuple[str, int, int]:
    stage, _dash, rest = request.GET.get("class", "").partition("-")
    grade, _dash, number = rest.partition("-")
    if stage not in Stage.values or not grade.isdecimal() or not number.isdecimal():
        raise Http404
    return stage, int(grade), int(number)


def _allowed(choice: str, asked: Asked) -> str:
    """Return a choice that the viewer may make; a head sends nobody to another school."""
    return "" if choice.isdecimal() and asked.within is not None else choice


@requires("turn_year")
def school_year_done(request: HttpRequest, change_id: int) -> HttpResponse:
    """Show what a turnover wrote and who still waits for a place, and offer to take it back."""
    change = _own_change(request, change_id)
    outcomes = change.counts.get("outcomes", {})
    waiting = _waiting(change)
    context = {
        "change": change,
        "year": SchoolYear(change.counts["year"]),
        "undone": Change.objects.filter(undoes=change).select_related("account").first(),
        "outcomes": [(outcome.label, outcomes[outcome]) for outcome in Outcome
                     if outcomes.get(outcome)],
        "waiting": _named(request, change, waiting[:WAITING_SHOWN]),
        "waiting_count": len(waiting),
        "schools": len(change.counts["schools"]),
    }  # fmt: skip
    return render(request, "pupils/turnover/done.html", context)


def _own_change(request: HttpRequest, change_id: int) -> Change:
    """Return a turnover all of whose schools are the viewer's."""
    assert isinstance(request.user, Account)
    request.gengdu_menu = reverse("school_year")  # type: ignore[attr-defined]
    change = get_object_or_404(Change, pk=change_id, kind=ChangeKind.TURNOVER)
    on = reading.last_day(SchoolYear(change.counts["year"]))
    viewer = schools.viewer_of(request.user, on=on)
    own = set(schools.within_scope(viewer, on=on).values_list("school_id", flat=True))
    if not viewer.sees_district and not set(change.counts["schools"]) <= own:
        raise PermissionDenied
    return change


def _waiting(change: Change) -> list[int]:
    """Return the pupils who were left unplaced and still have no place in the new year."""
    year = SchoolYear(change.counts["year"])
    placed = Enrolment.objects.filter(
        superseded_at=None, starts_on__gte=year.starts_on, starts_on__lt=year.ends_on
    )
    there = set(placed.values_list("pupil_id", flat=True)) if change.counts["unplaced"] else set()
    return [pupil for pupil in change.counts["unplaced"] if pupil not in there]


def _named(request: HttpRequest, change: Change, ids: list[int]) -> list[tuple[str, str, str]]:
    """Return name, school and grade of pupils of the old year, and note who sees them."""
    year = SchoolYear(change.counts["year"])
    rows = list(Enrolment.objects.filter(in_force(reading.last_day(year)), pupil__in=ids))
    looking.looked(
        request, subject="pupils.Pupil", ids=ids, what=_("待落实学生"),
        school_ids={row.school_id for row in rows},
    )  # fmt: skip
    records = PupilRecord.objects.filter(superseded_at=None, pupil__in=ids)
    names = dict(records.values_list("pupil_id", "name"))
    called = reading.names(year.starts_on)
    return [
        (names.get(row.pupil_id, ""), called.get(row.school_id, ""), str(Stage(row.stage).label))
        for row in rows
    ]


@requires("turn_year")
@require_POST
def school_year_undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Take a turnover back."""
    change = _own_change(request, change_id)
    assert isinstance(request.user, Account)
    try:
        operations.undo(change, account=request.user, at=timezone.now())
    except CannotUndo as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已撤销，新学年的学籍和班级恢复到升级之前。"))
    return redirect("school_year_done", change_id=change.pk)
