"""Money as pages about large sums print it."""

from __future__ import annotations

from fractions import Fraction

from django import template

from gengdu.board.path_to_target import words
from gengdu.kernel import quantities

register = template.Library()


@register.filter
def ten_thousands(yuan: Fraction) -> str:
    """Return an amount of yuan in 万元."""
    return words.in_ten_thousands(yuan)


@register.filter
def yuan_in_ten_thousands(yuan: float) -> str:
    """Return an amount of yuan, as tables keep it, in 万元."""
    return words.in_ten_thousands(quantities.exact(yuan))
