"""Hides small counts of children from people who may not see the children."""

from __future__ import annotations

from gengdu.analytics.forms import Counts


def is_hidden(counts: Counts, threshold: int) -> bool:
    """Tell whether any count of a group could point to single children.

    Both sides are looked at: 19 of 20 paid says that one child was not.
    """
    return any(0 < number < threshold for number in (counts.counted, counts.rows - counts.counted))
