"""How far a value is from its target, in whole units that somebody can act on."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from gengdu.analytics.forms import NOTHING, Parts
from gengdu.analytics.standing import Target


def missing_units(form: str, parts: Parts, target: Target) -> int | None:
    """Return the smallest number of rows that must change for the target to be met.

    For a share these are rows to count that do not count yet; for the ratio of shares rural
    teachers to reach the level; for what must not be, rows that should not be there. None where
    rows do not say it, such as money.
    """
    asked = target.counts_from
    if asked is None:
        return None
    everything = parts.get("all", NOTHING)
    match form:
        case "share":
            return max(0, ceil(asked * everything.rows) - everything.counted)
        case "count" if target.compare == "avoid":
            return max(0, everything.counted - floor(asked))
        case "count":
            return max(0, ceil(asked) - everything.counted)
        case "increase":
            now, then = parts.get("now", NOTHING).counted, parts.get("baseline", NOTHING).counted
            return max(0, now - then - floor(asked))
        case "ratio_of_shares":
            return _teachers_missing(parts, asked)
        case _:
            return None


def _teachers_missing(parts: Parts, limit: Fraction) -> int | None:
    """Solve city_share ÷ ((rural + k) ÷ rows) ≤ limit for the smallest whole k."""
    city, rural = parts.get("city", NOTHING), parts.get("rural", NOTHING)
    if not (city.rows and rural.rows and limit):
        return None
    needed = Fraction(city.counted, city.rows) * rural.rows / limit
    at_least_one = max(1, ceil(needed))  # to nobody there is no ratio
    return max(0, at_least_one - rural.counted)
