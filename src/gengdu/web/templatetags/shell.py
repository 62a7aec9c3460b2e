"""Template tags that every page uses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()

KEPT = ("on", "known")


@register.simple_tag(takes_context=True)
def link(context: dict[str, Any], view: str, *args: Any, **query: Any) -> str:
    """Return the address of a view, keeping the day chosen; empty values are dropped."""
    request = context["request"]
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    wanted = {**kept, **{name: value for name, value in query.items() if value not in (None, "")}}
    address = reverse(view, args=args)
    return f"{address}?{urlencode(wanted)}" if wanted else address


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Return an item by a key held in a variable."""
    return mapping.get(key, "")


@register.filter
def get_at(items: Any, index: int) -> Any:
    """Return an item by a position held in a variable."""
    return items[index]
