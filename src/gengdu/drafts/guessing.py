"""What a selected stretch of the text most likely says, to fill in the form of a new item."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from gengdu.drafts import items
from gengdu.drafts.items import Data, Item
from gengdu.notices import adopting, bodies, promises, targets
from gengdu.notices.cleaning import clean
from gengdu.notices.names import Names
from gengdu.notices.proposing import proposals
from gengdu.notices.reading import what_is_said

_NUMBERED = re.compile(r"^[（(]?(\d{1,3})[）)、.]\s*")
_LABEL = re.compile(r"^[（(]?(?:责任单位|牵头单位|责任部门)[：:]")


def guessed(kind: str, words: str, *, issued: date | None, before: Item | None) -> Item:
    """Return what an item of those words would be.

    Args:
        kind: What is added.
        words: As the text has them, cleaned.
        issued: The day of the notice.
        before: The measure in whose text they stand.
    """
    if kind == items.TARGET:
        return {**_target(words, issued), "measure": before["no"] if before else None}
    if kind == items.CLAUSE:
        return _clause(words)
    found = _NUMBERED.match(words)
    title = words[found.end() :] if found else words
    number = int(found[1]) if found else None
    return {"no": number, "title": re.split(r"[。\n]", title)[0][:200],
            "chapter": before["chapter"] if before else ""}  # fmt: skip


def _target(words: str, issued: date | None) -> Item:
    read, _left = targets.targets(clean(words).text, 0, issued, sets_goals=True)
    if not read:
        return {"kind": "goal", "indicator": words[:300], "scope": "", "year": None,
                "year_kind": None, "comparison": "qualitative", "value": None, "unit": "",
                "force": promises.force_of(words)}  # fmt: skip
    return what_is_said(read[0])


def _clause(words: str) -> Item:
    bare = _LABEL.sub("", words.strip().strip("（）()"))
    read = bodies.parse(bare, 0, Names(), is_sure=True)
    names = [unit.name for unit in read.units] if read else re.split(r"[、，,；;\s]+", bare)
    roles = {name: role.value for name, role in read.roles.items()} if read else {}
    return {"units": [name for name in names if name], "roles": roles, "lead": None,
            "open_ended": bool(read and read.is_open)}  # fmt: skip


def proposed(words: str, target: Item) -> list[dict[str, Any]]:
    """Return the promises that a goal may mean, as `notices.adopting` gives them."""
    if target["kind"] != "goal":
        return []
    return adopting.as_data(proposals(words, target["comparison"], target["unit"]))


def measure_at(data: Data, place: int) -> Item | None:
    """Return the measure in whose text a place stands: the last that begins before it."""
    before = [one for one in data["measures"] if one["start"] <= place]
    return before[-1] if before else None
