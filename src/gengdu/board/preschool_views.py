"""The page of 学前教育普及普惠: the items that are numbers, and what proves the others."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from gengdu.access.guards import requires
from gengdu.analytics.readings import UNIVERSAL_PRESCHOOL
from gengdu.analytics.universal_preschool.items import REPORTED, UP, Item, Measure, space_lines
from gengdu.analytics.universal_preschool.spaces import AREAS
from gengdu.analytics.verdicts import Verdict
from gengdu.board.preschool import DISPUTE, Preschool, chosen_variant
from gengdu.board.preschool import universal_preschool as evaluated
from gengdu.board.readings import choices_of
from gengdu.board.statements import sees_ledgers
from gengdu.kernel.quantities import COMPARISON_SIGNS, shown
from gengdu.policy import facts, variants
from gengdu.policy.variants import Variant
from gengdu.records.renewing import may_lag
from gengdu.web import moments

STANDINGS = {Verdict.MET: "met", Verdict.UNMET: "late", Verdict.UNKNOWN: "unknown"}
YEARS = ("preschool_years", _lazy("学前教育年度数据"))
RECOGNITION = 0
"""Stands for the recognition, which is none of the items of the list."""
LEDGERS = {
    RECOGNITION: (("recognition_surveys", _lazy("社会认可度调查结果")),),
    1: (YEARS,),
    2: (("inclusive_kindergartens", _lazy("普惠性民办园名单")), YEARS),
    9: (("residential_kindergartens", _lazy("小区配套幼儿园清单")), YEARS),
}
"""The ledgers behind each item that is a number, where it is not of the registers alone."""


SPACES = {
    "outdoor_area": _lazy("户外活动场地"), "activity_room_area": _lazy("幼儿活动用房"),
    "building_area": _lazy("园舍建筑"), "books": _lazy("图书（册）"),
}  # fmt: skip
"""What each child is to have, as the heads of the list of kindergartens call it."""
BOOKS_UNIT = "per_pupil"


@requires("view_plan")
@may_lag
def universal_preschool(request: HttpRequest) -> HttpResponse:
    """Show how the district stands in 普及普惠: the verdict, the numbers, every item."""
    moment, variant = moments.moment_of(request), _variant(request)
    choices = choices_of(request, UNIVERSAL_PRESCHOOL, moment.on)
    found = evaluated(moment, variant=variant, basis=choices.chosen[DISPUTE.key])
    listed = found.evaluation.items
    context = {
        "found": found, "standing": STANDINGS[found.evaluation.standing],
        "measured": [
            *(_numbered(one.measure, one.number) for one in listed if one.measure is not None),
            _numbered(found.evaluation.recognition),
        ],
        "groups": _groups(listed), "variant": variant,
        "variants": [(key, variants.variant(key).label_zh) for key in ("", *variants.keys())],
        "changed": _changed(variant, found), "basis": found.basis,
        "met": found.evaluation.count(Verdict.MET),
        "unmet": found.evaluation.count(Verdict.UNMET),
        "unknown": found.evaluation.count(Verdict.UNKNOWN),
        "sees_records": sees_ledgers(request), "choices": choices,
        "spaces": _spaces(found, moment.on), "since": found.new_from,
        "others": [
            (words, _numbered(one.measure)) for words, one in found.others if one.measure
        ],
    }  # fmt: skip
    return render(request, "board/universal_preschool.html", context)


def _variant(request: HttpRequest) -> Variant:
    """Return the province asked for; an unknown one is told once and the setting taken."""
    try:
        return chosen_variant(request.GET.get("variant"))
    except variants.UnknownVariant as error:
        messages.error(request, _("%(error)s 现按设置显示。") % {"error": error})
        return chosen_variant()


def _numbered(measure: Measure, number: int = RECOGNITION) -> dict[str, Any]:
    """Return a number as its row shows it.

    Args:
        measure: The number.
        number: Of the item it is, in the list; that of the recognition where it is of none.
    """
    unit = measure.fact.unit
    low, high = shown(measure.low, unit), shown(measure.high, unit)
    known = low if low == high else f"{low} — {high}"
    return {
        "number": number, "note": measure.fact.note_zh if number in REPORTED else "",
        "ledgers": LEDGERS.get(number, ()),
        "standing": STANDINGS[measure.standing], "value": known,
        "line": f"{COMPARISON_SIGNS[measure.fact.compare]} {shown(measure.line, unit)}",
        "measure": measure, "grade": _grade(measure.fact),
    }  # fmt: skip


def _spaces(found: Preschool, on: date) -> dict[str, Any]:
    """Return what every kindergarten has for each child beside the lines; nothing of none."""
    lines = space_lines(found.variant, on)
    units = {name: facts.fact(f"{UP}.{name}").unit for name in AREAS} | {"books": BOOKS_UNIT}
    return {
        "heads": [
            (label, f"{COMPARISON_SIGNS[lines[name].fact.compare]} "
             f"{shown(lines[name].number, units[name])}" if name in lines else _("没有标准"))
            for name, label in SPACES.items()
        ],
        "rows": [
            {
                "space": one, "standing": STANDINGS[one.standing(lines)],
                "cells": [
                    (shown(one.values[name], units[name]), label,
                     STANDINGS[one.reaches(name, lines[name])] if name in lines else "")
                    for name, label in SPACES.items()
                ],
            }
            for one in found.counts.spaces
        ],
    }  # fmt: skip


def _grade(fact: facts.Fact) -> str:
    return fact.values[0].grade or fact.source.grade


def _groups(listed: tuple[Item, ...]) -> list[tuple[str, list[tuple[Item, str]]]]:
    found: dict[str, list[tuple[Item, str]]] = {}
    for item in listed:
        found.setdefault(item.group_zh, []).append((item, STANDINGS[item.standing]))
    return list(found.items())


def _changed(variant: Variant, found: Preschool) -> list[dict[str, Any]]:
    """Return the numbers that the province has of its own, with the national one beside each."""
    evaluation = found.evaluation
    measures = [evaluation.recognition, *(one.measure for one in evaluation.items if one.measure)]
    computed = {one.fact.name for one in measures}
    return [
        {
            "fact": fact, "value": shown(fact.values[0].value, fact.unit), "grade": _grade(fact),
            "national": _national(name, fact.unit), "is_used": name in computed,
        }
        for name, fact in variant.facts.items()
    ]  # fmt: skip


def _national(name: str, unit: str) -> str:
    found = facts.plan().facts.get(name)
    return shown(found.values[0].value, unit) if found is not None else "—"
