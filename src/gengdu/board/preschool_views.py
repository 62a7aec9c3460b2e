"""The page of 学前教育普及普惠: the items that are numbers, and what proves the others."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gengdu.access.guards import requires
from gengdu.analytics.universal_preschool.items import Item, Standing
from gengdu.board.preschool import Preschool, chosen_variant
from gengdu.board.preschool import universal_preschool as evaluated
from gengdu.kernel.quantities import COMPARISON_SIGNS, shown
from gengdu.policy import facts, variants
from gengdu.policy.variants import Variant
from gengdu.records.renewing import may_lag
from gengdu.web import moments

STANDINGS = {Standing.MET: "met", Standing.UNMET: "late", Standing.UNKNOWN: "unknown"}
LARGEST_POPULATION = 10_000_000


@requires("view_plan")
@may_lag
def universal_preschool(request: HttpRequest) -> HttpResponse:
    """Show how the district stands in 普及普惠: the verdict, the numbers, every item."""
    moment, variant = moments.moment_of(request), _variant(request)
    population = _population(request)
    found = evaluated(moment, population=population, variant=variant)
    listed = found.evaluation.items
    context = {
        "found": found, "standing": STANDINGS[found.evaluation.standing],
        "measured": [_numbered(one) for one in listed if one.measure is not None],
        "groups": _groups(listed), "variant": variant, "population": population or "",
        "variants": [(key, variants.variant(key).label_zh) for key in ("", *variants.keys())],
        "changed": _changed(variant, found), "basis": found.basis,
        "met": found.evaluation.count(Standing.MET),
        "unmet": found.evaluation.count(Standing.UNMET),
        "unknown": found.evaluation.count(Standing.UNKNOWN),
    }  # fmt: skip
    return render(request, "board/universal_preschool.html", context)


def _variant(request: HttpRequest) -> Variant:
    """Return the province asked for; an unknown one is told once and the setting taken."""
    try:
        return chosen_variant(request.GET.get("variant"))
    except variants.UnknownVariant as error:
        messages.error(request, _("%(error)s 现按设置显示。") % {"error": error})
        return chosen_variant()


def _population(request: HttpRequest) -> int | None:
    text = request.GET.get("population", "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST_POPULATION:
        return int(text)
    messages.error(request, _("适龄人口应为正整数，例如 3600；现按未报计算。"))
    return None


def _numbered(item: Item) -> dict[str, Any]:
    """Return an item that is a number as its row shows it."""
    measure = item.measure
    assert measure is not None
    unit = measure.fact.unit
    low, high = shown(measure.low, unit), shown(measure.high, unit)
    known = low if low == high else f"{low} — {high}"
    return {
        "item": item, "standing": STANDINGS[item.standing], "value": known,
        "line": f"{COMPARISON_SIGNS[measure.fact.compare]} {shown(measure.line, unit)}",
        "measure": measure, "grade": _grade(measure.fact),
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
    computed = {one.measure.fact.name for one in found.evaluation.items if one.measure is not None}
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
