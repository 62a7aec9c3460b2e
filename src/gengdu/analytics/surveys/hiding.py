"""Which groups are too small for what they answered to be shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def hidden(answered: Mapping[Key, int], limit: int) -> frozenset[Key]:
    """Return the groups of one table whose answers must not be shown.

    A group of fewer than `limit` answers is hidden. Where what is hidden is itself fewer than
    `limit` answers, the total shown beside the table would give it away: then the smallest groups
    that are left are hidden too, until it is not.

    >>> sorted(hidden({"a": 3, "b": 9, "c": 20}, 5)), sorted(hidden({"a": 0, "b": 9}, 5))
    (['a', 'b'], [])
    """
    small = {key for key, count in answered.items() if 0 < count < limit}
    others = sorted((count, str(key), key) for key, count in answered.items() if count >= limit)
    found = set(small)
    while found and others and sum(answered[key] for key in found) < limit:
        found.add(others.pop(0)[2])
    return frozenset(found)
