"""The items of a reading, each by its id: the head, measures, clauses, targets.

An item is taken out and put back whole. A measure is an item without its clauses, and a clause says
in `of` whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

HEAD = "head"
HEAD_KEYS = ("title", "issuer", "doc_no", "date")
MEASURE, CLAUSE, TARGET = "measure", "clause", "target"

Item = dict[str, Any]
Data = dict[str, Any]


def kind_of(data: Data, item: str) -> str | None:
    """Return what an item is; None where there is none of that id."""
    if item == HEAD:
        return HEAD
    for kind, held in every(data):
        if held["id"] == item:
            return kind
    return None


def every(data: Data) -> Iterator[tuple[str, Item]]:
    """Yield every item but the head with its kind: measures with their clauses, then targets."""
    for measure in data["measures"]:
        yield MEASURE, measure
        for clause in measure["bodies"]:
            yield CLAUSE, clause
    for target in data["targets"]:
        yield TARGET, target


def find(data: Data, item: str) -> Item | None:
    """Return a copy of an item as corrections keep it; None where there is none."""
    if item == HEAD:
        return {key: data[key] for key in HEAD_KEYS}
    for measure in data["measures"]:
        if measure["id"] == item:
            return {key: value for key, value in measure.items() if key != "bodies"}
        for clause in measure["bodies"]:
            if clause["id"] == item:
                return {**clause, "of": measure["id"]}
    return next((dict(target) for target in data["targets"] if target["id"] == item), None)


def put(data: Data, kind: str, item: str, value: Item | None) -> None:
    """Write an item into a reading: changed in place, new at its place in the text, or gone.

    A clause whose measure is gone is left out: it comes back with the measure.
    """
    if kind == HEAD:
        data.update(value or {})
    elif kind == TARGET:
        _write(data["targets"], item, value)
    elif kind == MEASURE:
        held = next((one for one in data["measures"] if one["id"] == item), None)
        bodies = held["bodies"] if held else []
        _write(data["measures"], item, None if value is None else {**value, "bodies": bodies})
    else:
        for measure in data["measures"]:
            is_own = value is not None and value["of"] == measure["id"]
            bare = {key: one for key, one in (value or {}).items() if key != "of"}
            if is_own or any(one["id"] == item for one in measure["bodies"]):
                _write(measure["bodies"], item, bare if is_own else None)


def _write(every_one: list[Item], item: str, value: Item | None) -> None:
    place = next((at for at, one in enumerate(every_one) if one["id"] == item), None)
    if value is None:
        if place is not None:
            del every_one[place]
    elif place is not None and every_one[place]["start"] == value["start"]:
        every_one[place] = value
    else:
        if place is not None:
            del every_one[place]
        every_one.append(value)
        every_one.sort(key=lambda one: one["start"])


def is_checked(held: Item) -> bool:
    """Tell whether an item was checked; a measure is with all its clauses."""
    return bool(held["checked"]) and all(one["checked"] for one in held.get("bodies", ()))


def doubts(held: Item) -> list[str]:
    """Return why somebody should look at an item; a measure's clauses speak for themselves too."""
    return [
        one for one in (held["doubt"], *(one["doubt"] for one in held.get("bodies", ()))) if one
    ]


def progress(data: Data) -> tuple[int, int]:
    """Return how many measures and targets were checked, of how many."""
    shown = [*data["measures"], *data["targets"]]
    return sum(map(is_checked, shown)), len(shown)


def name_of(kind: str, held: Item) -> str:
    """Return what an item is called in lists."""
    if kind == MEASURE:
        return f"{held['no']} {held['title'] or ''}"
    if kind == CLAUSE:
        return "、".join(held["units"])
    return str(held.get("indicator") or held.get("title") or "")


def quote_of(data: Data, item: str, text: str) -> str:
    """Return the words of the notice that an item was read from; of a measure, its first line."""
    held = find(data, item) or {}
    if "start" not in held:
        return ""
    line = text[held["start"] :].split("\n", 1)[0]
    return str(held.get("text") or held.get("raw") or line).strip()
