"""Money as pages about large sums print it."""

from __future__ import annotations

from fractions import Fraction

from django import template

from gengdu.board.path_to_target import words

register = template.Library()


@register.filter
def ten_thousands(yuan: Fraction) -> str:
    """Return an amount of yuan in 万元."""
    return words.in_ten_thousands(yuan)
