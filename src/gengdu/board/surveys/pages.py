"""What the pages of surveys show, gathered for their templates."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gengdu.access.scope import Viewer
from gengdu.analytics.surveys.estimating import Estimate
from gengdu.analytics.surveys.sampling import ImpossiblePrecision, answers_needed, units_to_ask
from gengdu.board import names
from gengdu.board.surveys import report, results
from gengdu.board.surveys.results import Part, Result
from gengdu.chapters.delivery.evaluation.surveys import codes, frame, queries
from gengdu.chapters.delivery.evaluation.surveys.models import (
    AskedGroup,
    CodeState,
    Survey,
    SurveyPurpose,
    SurveyStratum,
)
from gengdu.chapters.delivery.evaluation.surveys.slips import Sheet
from gengdu.kernel.identifiers import is_row_number
from gengdu.policy.lists import class_order

GROUPS = {group.value: group.label for group in AskedGroup}
COLOURS = {
    queries.DRAFT: "soft", queries.DRAWN: "soft", queries.WAITING: "s-striving",
    queries.OPEN: "s-on_course", queries.CLOSED: "s-met",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A survey with how far it is."""

    it: Survey
    standing: str
    word: str
    colour: str
    groups: str


def row(survey: Survey, on: date) -> Row:
    """Return a survey as pages show it."""
    standing = queries.standing(survey, on=on)
    groups = "、".join(str(GROUPS[group]) for group in survey.groups)
    return Row(survey, standing, str(queries.STANDINGS[standing]), COLOURS[standing], groups)


def is_over(survey: Survey, on: date) -> bool:
    """Tell whether a survey takes no more answers: only then it has a result."""
    return queries.standing(survey, on=on) == queries.CLOSED


def whole_number(text: object) -> int:
    """Return a number of a form; 0, which names nothing, for anything else."""
    said = str(text or "").strip()
    return int(said) if is_row_number(said, digits=9) else 0


def plan(survey: Survey, on: date) -> dict[str, Any]:
    """Return the plan of a survey: as frozen once drawn, else as it would be drawn today."""
    if survey.drawn_at is not None:
        strata = list(survey.strata.order_by("group", "town_key", "label"))
        lines = [(one, one.sampled) for one in strata]
        return {"plan": _grouped(survey, lines), "is_frozen": True}
    try:
        planned = frame.plan(survey, on=on)
    except ImpossiblePrecision as error:
        return {"plan": [], "fault": str(error)}
    made = [
        (SurveyStratum(group=one.stratum.group, label=one.stratum.place.label,
                       town_label=one.stratum.place.town_label, area=one.stratum.place.area,
                       population=one.stratum.population), one.sampled)
        for one in planned
    ]  # fmt: skip
    return {"plan": _grouped(survey, made), "is_frozen": False}


def _grouped(survey: Survey, lines: Sequence[tuple[SurveyStratum, int]]) -> list[dict[str, Any]]:
    found = []
    for group, label in GROUPS.items():
        some = [(one, size) for one, size in lines if one.group == group]
        if some:
            population = sum(one.population for one, _size in some)
            asked = frame.precision(survey)
            found.append({
                "label": label, "lines": some, "population": population,
                "sampled": sum(size for _one, size in some),
                "needed": answers_needed(population, asked),
                "to_ask": units_to_ask(population, asked),
            })  # fmt: skip
    return found


def code_rows(survey: Survey) -> list[dict[str, Any]]:
    """Return the strata of a survey with how many of their codes are in each state."""
    counted = queries.codes_by_state(survey)
    return [
        {"it": one, "group": GROUPS[one.group],
         **{state: counted.get(one.pk, {}).get(state, 0) for state in CodeState.values}}
        for one in survey.strata.order_by("group", "town_key", "label")
    ]  # fmt: skip


def printed(sheets: Iterable[Sheet], address: str) -> Iterator[dict[str, Any]]:
    """Yield sheets with their slips as they are printed, each with the picture of its address."""
    for sheet in sheets:
        yield {
            "stratum": sheet.stratum, "group": GROUPS[sheet.stratum.group],
            "packets": [
                {"label": packet.label, "count": len(packet.slips),
                 "slips": [_slip(slip.serial, slip.code, address) for slip in packet.slips]}
                for packet in sheet.packets
            ],
        }  # fmt: skip


def _slip(serial: int, code: str, address: str) -> dict[str, Any]:
    at = address + reverse("survey_answer", kwargs={"code": code})
    return {"serial": serial, "code": codes.shown(code), "picture": _picture(at)}


def _picture(text: str) -> SafeString:
    """Return a QR code that a telephone reads, as SVG; made of our own address alone."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", scale=3, border=2, xmldecl=False, svgns=True, omitsize=True
    )
    return mark_safe(out.getvalue().decode())  # nosec


def rosters_offered(survey: Survey, viewer: Viewer) -> list[SurveyStratum]:
    """Return the strata whose names a viewer may see, for choosing one."""
    return [
        one for one in survey.strata.exclude(group=AskedGroup.RESIDENTS).order_by(
            "group", "town_key", "label")
        if _may_open(viewer, one)
    ]  # fmt: skip


def _may_open(viewer: Viewer, stratum: SurveyStratum) -> bool:
    kind = "staff" if stratum.group == AskedGroup.TEACHERS else "child"
    return viewer.may_open(kind, town_id=stratum.town_key, school_id=stratum.place_key)


def rosters(survey: Survey, viewer: Viewer, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return who was drawn of the stratum asked for, by class; of one's only school at once."""
    offered = rosters_offered(survey, viewer)
    chosen = whole_number(asked.get("stratum"))
    places = {one.place_key for one in offered}
    wanted = [one for one in offered if one.pk == chosen or (not chosen and len(places) == 1)]
    return [{"stratum": one, "group": GROUPS[one.group], "classes": _classes(one)}
            for one in wanted]  # fmt: skip


def _classes(stratum: SurveyStratum) -> dict[str, list[tuple[int, str]]]:
    units = sorted(
        stratum.units.order_by("subject_key"), key=lambda unit: class_order(unit.class_label)
    )
    keys = [unit.subject_key for unit in units]
    called = (names.staff if stratum.group == AskedGroup.TEACHERS else names.pupils)(keys)
    found: dict[str, list[tuple[int, str]]] = {}
    for unit in units:
        who = (unit.subject_key, called.get(unit.subject_key, ""))
        found.setdefault(unit.class_label, []).append(who)
    return found


def pupils_of(found: Iterable[Mapping[str, Any]]) -> tuple[list[int], list[int]]:
    """Return the pupils that rosters name, and the schools that they are of."""
    of_pupils = [one for one in found if one["stratum"].group != AskedGroup.TEACHERS]
    ids = [key for one in of_pupils for some in one["classes"].values() for key, _name in some]
    return ids, [one["stratum"].place_key for one in of_pupils]


def shown(found: Estimate | None) -> dict[str, Any] | None:
    """Return an estimate as pages show it, with its bar in percent."""
    if found is None or found.value is None or found.low is None or found.high is None:
        return None
    return {
        "value": report.percent(found.value), "interval": report.interval(found),
        "low": 100 * found.low, "width": max(0.6, 100 * (found.high - found.low)),
        "at": 100 * found.value, "plain": report.percent(found.unweighted),
        "effect": None if found.design_effect is None else f"{found.design_effect:.2f}",
        "error": None if found.error is None else f"{100 * found.error:.2f}",
        "answered": found.answered, "counted": found.counted, "population": found.population,
        "uncovered": found.uncovered, "pooled": found.pooled,
    }  # fmt: skip


def part(one: Part) -> dict[str, Any]:
    """Return the result of a group as pages show it."""
    return {"it": one, "found": shown(one.found), "is_few": one.answered is None}


def result(found: Result, viewer: Viewer) -> dict[str, Any]:
    """Return a result as a viewer sees it: schools see the whole and their own line."""
    return {
        "result": found, "whole": part(found.whole), "line": _line(found),
        "tables": [
            {"key": key, "label": label, "parts": [part(one) for one in parts]}
            for key, label, parts in _seen(found, viewer)
        ],
        "questions": [
            {"it": one, "options": [(option.label, shown(option.found)) for option in one.options],
             "texts": one.texts if viewer.may("run_surveys") else (),
             "number": number}
            for number, one in enumerate(found.questions, 1)
        ] if viewer.sees_district else [],
    }  # fmt: skip


def _line(found: Result) -> dict[str, Any] | None:
    if found.line is None:
        return None
    return {"percent": 100 * found.line, "shown": report.percent(found.line),
            "name": found.line_name, "verdict": found.verdict}  # fmt: skip


def _seen(found: Result, viewer: Viewer) -> Iterator[tuple[str, str, Sequence[Part]]]:
    for key, label, parts in found.by:
        if viewer.sees_district:
            yield key, label, parts
        elif key == "place":
            own = [one for one in parts if _is_own(one.key, viewer)]
            yield key, label, own


def _is_own(key: Any, viewer: Viewer) -> bool:
    is_village, place = key
    return not is_village and place in viewer.schools


def trend_of(purpose: str, on: date) -> list[dict[str, Any]]:
    """Return the results of the surveys of a purpose that are over, the oldest first."""
    return [
        {"survey": survey, "found": shown(one.found)}
        for survey, one in results.trend(purpose, on=on)
    ]


def trends(on: date) -> list[dict[str, Any]]:
    """Return the trend of each purpose that has one."""
    found = [{"label": purpose.label, "rows": trend_of(purpose.value, on)}
             for purpose in SurveyPurpose]  # fmt: skip
    return [one for one in found if one["rows"]]
