"""The pages of the cheapest way to pass: the plan, and changes of admission beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access.guards import requires
from gengdu.analytics.quality_balance import resources, verdict
from gengdu.analytics.quality_balance.resources import INDICATORS, Rules
from gengdu.analytics.quality_balance.school_rows import Faulty
from gengdu.analytics.quality_balance.verdict import COEFFICIENT, Evaluation, SchoolVerdict
from gengdu.analytics.verdicts import Verdict
from gengdu.board.evaluations import STAGES, District, quality_balance
from gengdu.board.path_to_target import answers, asked, tasks, words
from gengdu.board.path_to_target.allowed import BUDGETS, SORTS, Allowed
from gengdu.board.path_to_target.answers import Answer
from gengdu.board.path_to_target.county import NoPupils, Unreported
from gengdu.board.school_resources import words as indicator_words
from gengdu.documents.writing import Fact
from gengdu.kernel.quantities import shown
from gengdu.records.renewing import may_lag
from gengdu.web import moments
from gengdu.web.sheets.workbooks import new_file

SLIDER_STEPS = 40
SLIDER_MOST = "slider_most"


@dataclass(frozen=True)
class TermsRow:
    """One sort of action in the form: what it costs and how often it may be done."""

    name: str
    label: Any
    unit: Any
    cost: str
    each: str
    together: str
    is_counted_together: bool
    months: int


@requires("view_plan")
@may_lag
def path(request: HttpRequest) -> HttpResponse:
    """Show the cheapest way for everything to pass, or how far the limits reach and why."""
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    day = moments.moment_of(request).on
    query = _query(request)
    context: dict[str, Any] = {
        **_form(request, query), "faults": query.faults, "due_on": tasks.due_on(day),
    }  # fmt: skip
    try:
        answer = _answer(request, query.understood)
    except asked.Unclear:
        pass  # a result of other limits than those that were meant would mislead
    except (Faulty, NoPupils, Unreported) as error:
        context |= why(error)
    else:
        context |= _shown(answer) | {
            "slider": _slider(request, answer, query.allowed),
            "tasks": tasks.of(answer, query.allowed, day),
            "givers": ids_of(request),
            "mark": tasks.mark(answer, query.allowed, day, strict=is_strict(request))[:16],
        }
    return render(request, "board/path_to_target/path.html", context)


def _query(request: HttpRequest) -> asked.Asked:
    moment = moments.moment_of(request)
    try:
        district = quality_balance(moment, strict=is_strict(request))
    except Faulty:
        return asked.read(request.GET, moment.on)
    schools = {one.stage.row.school for one in district.evaluation.schools}
    return asked.read(request.GET, moment.on, schools)


def allowed_of(request: HttpRequest) -> Allowed:
    """Return what the address of the page allows.

    Raises:
        asked.Unclear: If something in it could not be read.
    """
    return _query(request).understood


def _answer(request: HttpRequest, allowed: Allowed) -> Answer:
    moment = moments.moment_of(request)
    return answers.of_district(moment, allowed, strict=is_strict(request), effort=answers.QUICK)


def ids_of(request: HttpRequest) -> dict[str, int]:
    """Return the id of each school by its name."""
    district = quality_balance(moments.moment_of(request), strict=is_strict(request))
    return {one.stage.row.school: district.id_of(one) for one in district.evaluation.schools}


def is_strict(request: HttpRequest) -> bool:
    """Tell whether the relaxation for visiting teachers is left out."""
    return bool(request.GET.get("strict"))


def why(error: Faulty | NoPupils | Unreported | asked.Unclear) -> dict[str, Any]:
    """Return what keeps the answer from being computed: what is to be mended, or why not at all."""
    if isinstance(error, asked.Unclear):
        return {"refused": _("没有计算：%(faults)s。") % {"faults": error}}
    if isinstance(error, NoPupils):
        return {"refused": str(error)}
    if isinstance(error, Unreported):
        return {"unanswered": list(error.places)}
    return {"unanswered": [str(one) for one in error.faults]}


def _form(request: HttpRequest, query: asked.Asked) -> dict[str, Any]:
    """Return what stands in the form; as it was typed where some of it could not be read."""
    allowed = query.allowed
    usual = Allowed.on(moments.moment_of(request).on)

    def text(name: str, read: str) -> str:
        return request.GET.get(name, read) if query.faults else read

    rows = []
    for sort in SORTS:
        name, terms = sort.name, allowed.terms[sort.name]
        cost = f"{float(terms.cost):g}" if terms.cost % 1 else str(int(terms.cost))
        together = "" if terms.together is None else str(terms.together)
        rows.append(
            TermsRow(name, sort.label, sort.unit, text(f"{name}_cost", cost),
                     text(f"{name}_each", str(terms.each)), text(f"{name}_together", together),
                     sort.is_of_people, terms.months)
        )  # fmt: skip
    budgets = [
        (key, label, text(f"{asked.BUDGET}{key}", words.in_ten_thousands(allowed.budgets[key])
         .replace(",", "") if key in allowed.budgets else ""))
        for key, label in BUDGETS.items()
    ]  # fmt: skip
    of_schools = request.GET.get(asked.OF_SCHOOLS, "")
    changed = sum(allowed.terms[sort.name] != usual.terms[sort.name] for sort in SORTS)
    return {
        "terms": rows, "budgets": budgets[1:], "all_budget": budgets[0][2],
        "strict": "1" if is_strict(request) else "",
        "of_schools": of_schools, "changed_terms": changed + len(allowed.of_schools),
        "is_open": bool(changed or of_schools.strip() or query.faults),
        "is_changed": allowed != usual or bool(query.faults),
        "query": request.GET.urlencode(),
    }  # fmt: skip


def _slider(request: HttpRequest, answer: Answer, allowed: Allowed) -> dict[str, str]:
    """Return the ends and the place of the slider for all the money, in 万元.

    The ends go by what it costs without any budget, so that the slider can be drawn back.
    """
    most, step = _ends_of_slider(request, answer, allowed)
    at = allowed.budgets.get("all", answer.plan.cost)
    return {
        "most": str(most), "step": str(step),
        "at": words.in_ten_thousands(min(at, Fraction(most * words.TEN_THOUSAND)))
        .replace(",", ""),
    }  # fmt: skip


def _ends_of_slider(request: HttpRequest, answer: Answer, allowed: Allowed) -> tuple[int, int]:
    """Return the upper end and the step in 万元; the slider sends the end it was drawn with.

    Only a page that is opened with a budget has to solve once more without any.
    """
    drawn = request.GET.get(SLIDER_MOST, "")
    if allowed.budgets and drawn.isdecimal() and 0 < len(drawn) < 8 and int(drawn):
        return int(drawn), max(1, int(drawn) // SLIDER_STEPS)
    free = _answer(request, replace(allowed, budgets={})) if allowed.budgets else answer
    most = max(free.plan.cost * 3 / 2, Fraction(100_000)) / words.TEN_THOUSAND
    step = max(1, int(most / SLIDER_STEPS))
    return step * (int(most / step) + 1), step


def _shown(answer: Answer) -> dict[str, Any]:
    plan, reach = answer.plan, answer.reach
    saved = None if plan.greedy_cost is None else plan.greedy_cost - plan.cost
    return {
        "answer": answer, "reach": reach, "nothing": reach is None and not plan.cost,
        "cost": words.in_ten_thousands(plan.cost),
        "bound": words.in_ten_thousands(plan.bound), "gap": words.gap(plan.gap),
        "greedy": None if plan.greedy_cost is None else words.in_ten_thousands(plan.greedy_cost),
        "saved": words.in_ten_thousands(saved) if saved else None,
        "limits": list(words.limits(answer.culprits)) if answer.culprits else [],
        "kept_from": list(words.requirements(answer.culprits)) if answer.culprits else [],
        "is_minimal": bool(answer.culprits and answer.culprits.is_minimal),
        "changed": list(_changed(answer)), "coefficients": list(_coefficients(answer)),
    }  # fmt: skip


def _changed(answer: Answer) -> Iterator[dict[str, Any]]:
    """Yield each school whose values move, with the values that do."""
    for was, now in answer.changed:
        moved = [
            {
                "label": indicator_words.SHORT[name],
                "before": indicator_words.two_places(before.value),
                "after": indicator_words.two_places(after.value),
                "line": indicator_words.two_places(after.line), "is_met": after.is_met,
            }
            for name in INDICATORS
            for before, after in [(was.stage.measured[name], now.stage.measured[name])]
            if before is not None and after is not None and before != after
        ]  # fmt: skip
        row = was.stage.row
        yield {
            "school": row.school, "stage": STAGES[row.stage.value], "moved": moved,
            "was": was, "now": now, "passes": now.verdict == Verdict.MET,
        }  # fmt: skip


def _coefficients(answer: Answer) -> Iterator[dict[str, Any]]:
    for was, now in zip(answer.before.stages, answer.after.stages, strict=True):
        rows = []
        for name in INDICATORS:
            before, after = was.spreads[name], now.spreads[name]
            if before is None or after is None:
                continue
            rows.append({
                "label": indicator_words.SHORT[name],
                "before": shown(before.coefficient, COEFFICIENT),
                "after": shown(after.coefficient, COEFFICIENT),
                "was_within": before.is_within(was.limit),
                "is_within": after.is_within(now.limit),
                "is_moved": before.variance != after.variance or before.mean != after.mean,
            })  # fmt: skip
        yield {
            "label": STAGES[was.stage.value], "limit": shown(was.limit, COEFFICIENT), "rows": rows,
            "was": was, "now": now,
        }  # fmt: skip


@requires("export_records", "view_plan")
def tasks_workbook(request: HttpRequest) -> HttpResponseBase:
    """Hand over the tasks of the plan that the page shows, as a workbook."""
    day = moments.moment_of(request).on
    try:
        allowed = allowed_of(request)
        answer = _answer(request, allowed)
    except (Faulty, NoPupils, Unreported, asked.Unclear):
        return path(request)
    file, found = new_file(), tasks.of(answer, allowed, day)
    tasks.write(file, found, _about(answer, allowed, day), at=timezone.now())
    file.seek(0)
    name = f"{_('优质均衡_达标任务单')}_{day:%Y%m%d}_{len(found)}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)


def _about(answer: Answer, allowed: Allowed, day: Any) -> list[Fact]:
    """Return what the tasks rest on: the day, the money, and every term, all settings."""
    plan = answer.plan
    about: list[Fact] = [
        (_("数据日期"), f"{day:%Y-%m-%d}"),
        (_("费用合计（万元）"), words.number_of_ten_thousands(plan.cost)),
        (_("已证明的下限（万元）"), words.number_of_ten_thousands(plan.bound)),
    ]
    about += [
        (
            _("经费上限：%(name)s（万元）") % {"name": BUDGETS[key]},
            words.number_of_ten_thousands(yuan),
        )
        for key, yuan in allowed.budgets.items()
    ]
    for sort in SORTS:
        terms = allowed.terms[sort.name]
        together = _("不限") if terms.together is None else str(terms.together)
        about.append((
            _("设置（示例）：%(sort)s") % {"sort": sort.label},
            _("每%(unit)s %(cost)s 元，每处至多 %(each)s，全区至多 %(together)s，"
              "需 %(months)s 个月")
            % {"unit": sort.unit, "cost": f"{float(terms.cost):,.0f}", "each": terms.each,
               "together": together, "months": terms.months},
        ))  # fmt: skip
    return about


@dataclass(frozen=True)
class Scenario:
    """One change of admission, or none, and what it would take to pass then."""

    said: str
    text: str
    fault: str = ""
    evaluation: Evaluation | None = None
    answer: Answer | None = None
    failing: tuple[SchoolVerdict, ...] = ()
    cost: str = ""
    bound: str = ""
    gap: str = ""
    apart: int = 0


@requires("view_plan")
@may_lag
def scenarios(request: HttpRequest) -> HttpResponse:
    """Show changes of admission beside each other: each alters the weights, each has its bound."""
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    moment = moments.moment_of(request)
    context: dict[str, Any] = {"strict": "1" if is_strict(request) else ""}
    try:
        district = quality_balance(moment, strict=is_strict(request))
    except Faulty as error:
        context |= why(error)
        return render(request, "board/path_to_target/scenarios.html", context)
    names = {district.id_of(one): one.stage.row.school for one in district.evaluation.schools}
    texts = list(dict.fromkeys([*request.GET.getlist(asked.SHIFT), _added(request)]))
    wanted = list(asked.shifts([text for text in texts if text], names))
    stages_of: dict[int, list[str]] = {}
    for one in district.evaluation.schools:
        stages_of.setdefault(district.id_of(one), []).append(one.stage.row.stage.value)
    schools = [(key, name, " ".join(stages_of[key])) for key, name in names.items()]
    context |= {
        "schools": sorted(schools, key=lambda school: school[1]), "stages": STAGES.items(),
        "kept": [text for text in texts if text][: asked.MOST_SCENARIOS],
        "most": asked.MOST_SCENARIOS,
    }  # fmt: skip
    try:
        allowed = allowed_of(request)
        context["scenarios"] = [
            _scenario(request, district, allowed, None),
            *(_scenario(request, district, allowed, shift) for shift in wanted),
        ]
    except (NoPupils, Unreported, asked.Unclear) as error:
        context |= why(error)
    return render(request, "board/path_to_target/scenarios.html", context)


def _added(request: HttpRequest) -> str:
    parts = [request.GET.get(name, "") for name in ("stage", "from", "to", "pupils")]
    return "-".join(parts) if all(parts) else ""


def _scenario(
    request: HttpRequest, district: District, allowed: Allowed, shift: asked.Shift | None
) -> Scenario:
    moment = moments.moment_of(request)
    said = _("现状（不调整划片）") if shift is None else shift.said
    if shift is None:
        found, rows = district.evaluation, list(district.rows)
    else:
        try:
            rows = shift.done(district.rows)
        except ValueError as why:
            return Scenario(said, "", fault=str(why))
        standard = Rules.on(moment.on, strict=is_strict(request))
        found = verdict.evaluate(resources.assess(rows, standard), standard)
    answer = answers.of_changed(
        moment, district, rows, found, allowed, strict=is_strict(request), effort=answers.QUICK
    )
    plan, stages = answer.plan, found.stages
    return Scenario(
        said, "", evaluation=found, answer=answer,
        failing=tuple(one for one in found.schools if one.verdict == Verdict.UNMET),
        cost=words.in_ten_thousands(plan.cost), bound=words.in_ten_thousands(plan.bound),
        gap=words.gap(plan.gap),
        apart=sum(
            spread is not None and not spread.is_within(stage.limit)
            for stage in stages for spread in stage.spreads.values()
        ),
    )  # fmt: skip
