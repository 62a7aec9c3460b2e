"""Template tags of lists; a page of fifty rows has some hundred cells, so they are drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gengdu.web.sheets.listing import Row
from gengdu.web.templatetags.shell import cell_in, link

register = template.Library()


@register.simple_tag(takes_context=True)
def cells(
    context: dict[str, Any], row: Row, heads: Sequence[dict[str, Any]], detail: str, lead: str
) -> SafeString:
    """Return the cells of one line; the one that says what the row is called opens the row."""
    pairs = [(head["column"], value) for head, value in zip(heads, row.cells, strict=True)]
    named = '<td data-label="{}" class="lead-cell"><a class="num" href="{}">{}</a></td>'
    other = '<td data-label="{}" class="{}">{}</td>'
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html(
                    named, column.title, link(context, detail, row.thing), cell_in(value, column)
                ),
            )
            if column.key == lead
            else (format_html(other, column.title, _class_of(value), cell_in(value, column)),)
            for column, value in pairs
        ),
    )


def _class_of(value: Any) -> str:
    """Return what a style goes by: a day keeps to one line, and phones leave blanks out."""
    if value is None or value == "":
        return "blank"
    return "nowrap" if isinstance(value, date) else ""
