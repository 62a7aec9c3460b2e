"""Template tags of lists; a page of fifty rows has some hundred cells, so they are drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gengdu.web.sheets.listing import Row
from gengdu.web.templatetags.shell import cell, link

register = template.Library()


@register.simple_tag(takes_context=True)
def cells(
    context: dict[str, Any], row: Row, heads: Sequence[dict[str, Any]], detail: str, lead: str
) -> SafeString:
    """Return the cells of one line; the one that says what the row is called opens the row."""
    pairs = [(head["column"], value) for head, value in zip(heads, row.cells, strict=True)]
    plain, dated = '<td data-label="{}">{}</td>', '<td data-label="{}" class="nowrap">{}</td>'
    named = '<td data-label="{}" class="lead-cell"><a class="num" href="{}">{}</a></td>'
    return format_html_join(
        "",
        "{}",
        (
            (format_html(named, column.title, link(context, detail, row.thing), cell(value)),)
            if column.key == lead
            else (
                format_html(dated if isinstance(value, date) else plain, column.title, cell(value)),
            )
            for column, value in pairs
        ),
    )
