"""The pages of the seven resource indicators of 优质均衡, besides the matrix itself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access.guards import requires
from gengdu.access.scope import Viewer
from gengdu.analytics.quality_balance.resources import ASSESSED_STAGES, INDICATORS, Rules
from gengdu.analytics.quality_balance.school_rows import Faulty, Stage
from gengdu.analytics.quality_balance.verdict import NAMES_ZH, SchoolVerdict
from gengdu.board import names
from gengdu.board.drill import NotYours
from gengdu.board.evaluations import STAGES, Cell, District, Line, quality_balance
from gengdu.board.school_resources import explained, records, spread, words, workbook
from gengdu.board.school_resources import years as years_page
from gengdu.records.renewing import may_lag
from gengdu.registers.schools import queries as schools
from gengdu.web import moments
from gengdu.web.sheets.workbooks import new_file

STRICT, STAGE, AS_THEN = "strict", "stage", "then"


def is_strict(request: HttpRequest) -> bool:
    """Tell whether the relaxation for visiting teachers is left out."""
    return bool(request.GET.get(STRICT))


def stage_asked(request: HttpRequest) -> Stage | None:
    """Return the stage that a page is narrowed to; None for all, and for what is no stage."""
    asked = request.GET.get(STAGE)
    return next((stage for stage in ASSESSED_STAGES if stage.value == asked), None)


def heads() -> list[tuple[str, dict[str, str]]]:
    """Return the heads of the matrix, in the order of the form."""
    return [
        (name, {"full": words.full(name), "number": words.NUMBERS[name],
                "short": str(words.SHORT[name])})
        for name in INDICATORS
    ]  # fmt: skip


def cells(line: Line, viewer: Viewer) -> list[tuple[Cell, bool]]:
    """Return the cells of a line, each with whether the viewer may open what is behind it."""
    return [(cell, _may_open(viewer, line.school_id, cell.name)) for cell in line.cells]


def _may_open(viewer: Viewer, school_id: int, name: str) -> bool:
    sensitivity = "staff" if name in records.COUNTS_BY else "open"
    return viewer.may_open(sensitivity, town_id=None, school_id=school_id)


def _district(request: HttpRequest) -> District:
    """Return how the district stands; an address that contradictions left empty leads back."""
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    try:
        return quality_balance(moments.moment_of(request), strict=is_strict(request))
    except Faulty:
        raise Http404(_("底册里有矛盾，没有计算；请先看“优质均衡”页列出的各处。")) from None


def _common(request: HttpRequest) -> dict[str, Any]:
    return {"strict": "1" if is_strict(request) else ""}


def _rules(request: HttpRequest) -> Rules:
    return Rules.on(moments.moment_of(request).on, strict=is_strict(request))


@requires("view_plan")
@may_lag
def indicator(request: HttpRequest, name: str) -> HttpResponse:
    """Show one indicator of one stage: every school, the coefficient, and whom to move first."""
    if name not in INDICATORS:
        raise Http404
    found = _district(request)
    there = [one.stage for one in found.evaluation.stages]
    context: dict[str, Any] = {
        **_common(request), "name": name, "full_name": words.full(name),
        "tabs": [(key, words.NUMBERS[key], NAMES_ZH[key]) for key in INDICATORS],
        "stages": [(stage.value, STAGES[stage.value]) for stage in there],
    }  # fmt: skip
    if there:
        asked = stage_asked(request)
        stage = asked if asked in there else there[0]
        context |= {
            "stage": stage.value, "stage_label": STAGES[stage.value],
            **spread.of(found, stage, name, _rules(request)),
        }  # fmt: skip
    return render(request, "board/school_resources/indicator.html", context)


@requires("view_plan")
@may_lag
def years(request: HttpRequest) -> HttpResponse:
    """Show the coefficients and the schools that pass, year beside year."""
    request.gengdu_menu = reverse("quality_balance")  # type: ignore[attr-defined]
    as_then = bool(request.GET.get(AS_THEN))
    try:
        found = years_page.gather(
            moments.moment_of(request), strict=is_strict(request), as_known_then=as_then
        )
    except Faulty:
        raise Http404(_("底册里有矛盾，没有计算；请先看“优质均衡”页列出的各处。")) from None
    context = {
        **_common(request), "years": found, "as_then": as_then,
        "tables": [(one, years_page.passed(found, one.stage)) for one in years_page.tables(found)],
    }  # fmt: skip
    return render(request, "board/school_resources/years.html", context)


@requires("view_plan")
@may_lag
def school(request: HttpRequest, school_id: int) -> HttpResponse:
    """Explain one school in plain words, a section for each of its stages."""
    found = _district(request)
    on = moments.moment_of(request).on
    called = names.schools(on, [school_id]).get(school_id)
    if called is None:
        raise Http404
    left_out = [one for one in found.evaluation.assessed.excluded
                if found.school_ids[one.row.row] == school_id]  # fmt: skip
    viewer = schools.viewer_of(request.user, on=on)  # type: ignore[arg-type]
    context = {
        **_common(request), "school_id": school_id, "called": called, "left_out": left_out,
        "stages": explained.stages(found, school_id, _rules(request)),
        "opens": {name: _may_open(viewer, school_id, name) for name in INDICATORS},
        "opens_pupils": viewer.may_open("child", town_id=None, school_id=school_id),
    }  # fmt: skip
    return render(request, "board/school_resources/school.html", context)


@requires("view_records")
@may_lag
def behind(request: HttpRequest, school_id: int, stage: str, name: str) -> HttpResponse:
    """List exactly the records that one cell of the matrix counts."""
    found = _district(request)
    one = _cell(found, school_id, stage, name)
    moment = moments.moment_of(request)
    viewer = schools.viewer_of(request.user, on=moment.on)  # type: ignore[arg-type]
    try:
        listed = records.of(one, school_id, name, moment, viewer)
    except NotYours:
        raise PermissionDenied from None
    context = {
        **_common(request), "behind": listed, "heading": records.heading(listed, name),
        "school_id": school_id, "school": one.stage.row.school, "stage": stage,
        "stage_label": STAGES[stage], "name": name, "full_name": words.full(name),
        "measured": one.stage.measured[name], "is_of_people": name in records.COUNTS_BY,
        "is_split": one.stage.measured[name] is not None
        and one.stage.measured[name].pupils != one.stage.row.pupils,  # type: ignore[union-attr]
        "pupils": one.stage.row.pupils,
        "opens_pupils": viewer.may_open("child", town_id=None, school_id=school_id),
    }  # fmt: skip
    return render(request, "board/school_resources/records.html", context)


def _cell(found: District, school_id: int, stage: str, name: str) -> SchoolVerdict:
    if name not in INDICATORS:
        raise Http404
    for one in found.evaluation.schools:
        if found.id_of(one) == school_id and one.stage.row.stage.value == stage:
            return one
    raise Http404


@requires("export_records", "view_plan")
def exported(request: HttpRequest) -> HttpResponseBase:
    """Hand over the matrix that the page shows, as a workbook."""
    found = _district(request)
    asked = stage_asked(request)
    lines = [line for line in found.lines if asked is None or line.stage_key == asked.value]
    file, moment = new_file(), moments.moment_of(request)
    workbook.write(
        file, found, lines, moment, _rules(request),
        at=timezone.now(), by=request.user.get_username(),
    )  # fmt: skip
    file.seek(0)
    narrowed = f"_{STAGES[asked.value]}" if asked else ""
    name = f"{_('优质均衡_资源配置')}{narrowed}_{moment.on:%Y%m%d}_{len(lines)}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)
