"""Template tags that show a promise's standing, and numbers that open into their records."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gengdu.access import scope
from gengdu.analytics.standing import Word
from gengdu.board import presentation
from gengdu.board.drill import OF
from gengdu.board.queries import Status
from gengdu.kernel import quantities
from gengdu.policy import facts
from gengdu.web.templatetags.shell import link

register = template.Library()

register.filter("counted", presentation.counted)
register.filter("due", presentation.due)
register.filter("shortfall", presentation.shortfall)
register.filter("projection", presentation.projection)
register.filter("word_of", presentation.word_of)
register.filter("threshold", presentation.threshold)
register.filter("lead_zh", presentation.lead_zh)
register.filter("time_left", presentation.time_left)


@register.filter
def sign(word: Word) -> str:
    """Return the sign of a standing."""
    return presentation.SIGNS[word]


@register.filter
def word(found: Word) -> str:
    """Return the word of a standing."""
    return str(presentation.WORDS[found])


@register.filter
def force(name: str) -> str:
    """Return how strictly a promise is worded, in the notice's word."""
    return str(presentation.FORCES.get(name, ""))


@register.filter
def recurrence(name: str | None) -> str:
    """Return how often a promise falls due."""
    return str(presentation.RECURRENCE.get(name or "", ""))


@register.filter
def body(key: str) -> str:
    """Return the name of a responsible body."""
    return facts.plan().bodies[key]


@register.filter
def shown(value: Any, unit: str) -> str:
    """Return a value as people read it."""
    return quantities.shown(value, unit)


@register.filter
def number(value: Any) -> str:
    """Return an exact number in the shortest form."""
    return "" if value is None else f"{float(value):g}"


@register.simple_tag
def tag(status: Status) -> SafeString:
    """Return the standing as a small label: sign and word, colour added."""
    key = status.standing.word.value
    return format_html(
        '<span class="tag s-{}">{} {}</span>',
        key,
        presentation.SIGNS[status.standing.word],
        presentation.word_of(status),
    )


@register.simple_tag(takes_context=True)
def opens(
    context: dict[str, Any], count: int, card: Any, may_open: bool = True, **query: Any
) -> SafeString:
    """Return a count that opens into its records; plain where the viewer may not open them."""
    if query.get("of") not in OF:
        raise ValueError(f"{query.get('of')!r} is no kind of records")
    role = scope.role_of(context["request"].user)
    if not may_open or not scope.allows(role, "view_records"):
        return format_html("<span>{}</span>", f"{count:,}")
    address = link(context, "records", card.name, **query)
    return format_html('<a class="num" href="{}">{}</a>', address, f"{count:,}")


@register.simple_tag(takes_context=True)
def reading_link(context: dict[str, Any], view: str, *args: Any, **query: Any) -> str:
    """Return the address of a view, keeping the day and the readings that the page shows."""
    choices = context.get("choices")
    return link(context, view, *args, **{**(choices.query if choices else {}), **query})
