"""Template tags that every page uses."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gengdu.kernel.dates import day_before

register = template.Library()

KEPT = ("on", "known")


@register.simple_tag(takes_context=True)
def link(context: dict[str, Any], view: str, *args: Any, **query: Any) -> str:
    """Return the address of a view, keeping the day chosen; empty values are dropped."""
    wanted = {
        **_days(context),
        **{name: value for name, value in query.items() if value not in (None, "")},
    }
    address = reverse(view, args=args)
    return f"{address}?{urlencode(wanted)}" if wanted else address


@register.simple_tag(takes_context=True)
def day_query(context: dict[str, Any]) -> str:
    """Return what keeps the day chosen behind a query that stands already."""
    kept = _days(context)
    return format_html("&amp;{}", urlencode(kept)) if kept else ""


@register.simple_tag(takes_context=True)
def day_fields(context: dict[str, Any]) -> SafeString:
    """Return the hidden fields that keep the day chosen through a form."""
    field = '<input type="hidden" name="{}" value="{}">'
    return format_html_join("", field, _days(context).items())


def _days(context: dict[str, Any]) -> dict[str, str]:
    given = context["request"].GET
    return {name: given[name] for name in KEPT if given.get(name)}


@register.filter
def last_day(ends_on: date) -> date:
    """Return the last day of a period, of the day on which it ends, which counts no longer."""
    return day_before(ends_on)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Return an item by a key held in a variable."""
    return mapping.get(key, "")


@register.filter
def get_at(items: Any, index: int) -> Any:
    """Return an item by a position held in a variable."""
    return items[index]


@register.filter
def thousands(value: float) -> str:
    """Return a number with its thousands divided, decimals only where it has some."""
    return f"{value:,.1f}".removesuffix(".0")


@register.filter
def cell(value: Any) -> str:
    """Return one cell of a list as people read it; a dash where nothing is recorded."""
    if value is None or value == "":
        return "—"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    return f"{value:,}" if isinstance(value, int) else str(value)


@register.filter
def cell_in(value: Any, column: Any) -> str:
    """Return one cell of a column as people read it: 2025 for a year, and 2,025 for others."""
    if isinstance(value, int) and not getattr(column.kind, "has_thousands", True):
        return str(value)
    return cell(value)


STATE_CLASSES = {"approved": "s-met", "returned": "s-late", "revoked": "s-late", "draft": "soft"}


@register.filter
def state_class(state: str) -> str:
    """Return the colour of how far an entry has come; its word stands beside it."""
    return STATE_CLASSES.get(state, "s-on_course")
