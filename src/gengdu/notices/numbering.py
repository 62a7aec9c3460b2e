"""Numbers of the measures of a draft: a notice may count anew in each section, a plan does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Item = dict[str, Any]
Data = Mapping[str, Any]


def measure_of(data: Data, target: Mapping[str, Any]) -> Item | None:
    """Return the measure that a target is of.

    Where a notice counts its measures anew in each section, it is the last of that number before
    the target.
    """
    of_number: list[Item] = [one for one in data["measures"] if one["no"] == target["measure"]]
    before = [one for one in of_number if one["start"] <= target["start"]]
    every_one = before or of_number
    return every_one[-1] if every_one else None


def repeats(data: Data) -> bool:
    """Tell whether two measures have one number."""
    return any(count > 1 for count in Counter(one["no"] for one in data["measures"]).values())


def in_order(data: Data) -> Iterator[Item]:
    """Yield the measures that get another number when all count from 1, and their targets."""
    number_of = {one["id"]: number for number, one in enumerate(data["measures"], start=1)}
    for measure in data["measures"]:
        if measure["no"] != number_of[measure["id"]]:
            yield {**measure, "no": number_of[measure["id"]]}
    for target in data["targets"]:
        own = measure_of(data, target)
        if own is not None and target["measure"] != number_of[own["id"]]:
            yield {**target, "measure": number_of[own["id"]]}


def renumbered(data: Data) -> Item:
    """Return a draft whose measures count from 1."""
    changed = {one["id"]: one for one in in_order(data)}
    return {
        **data,
        **{
            name: [changed.get(one["id"], one) for one in data[name]]
            for name in ("measures", "targets")
        },
    }
