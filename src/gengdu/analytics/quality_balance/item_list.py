"""The items of the evaluation besides the seven of resources, as the policy lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gengdu.policy import facts, lists

VETO = "veto"
GROUPS = ("guarantee", "quality", "recognition", VETO)


@dataclass(frozen=True)
class ListedItem:
    """One item of the national form.

    Attributes:
        key: Such as g03, q1, s1, v1.
        group: One of GROUPS.
        number: Within its group.
        stage: What it is asked of: county, school or junior.
        kind: data, document or both.
        facts: Names of the facts it is held against.
        from_zh: Where its figures come from; what to fill in where they are missing.
        statement_zh: What has to be stated and proved; empty where figures alone decide.
        grade: How sure its source is (standards.md §0).
    """

    key: str
    group: str
    number: int
    stage: str
    kind: str
    grade: str
    label_zh: str
    facts: tuple[str, ...]
    from_zh: str
    statement_zh: str
    note_zh: str

    @property
    def is_veto(self) -> bool:
        """Whether it names what must not happen, so that it is met where that did not."""
        return self.group == VETO

    @property
    def needs_statement(self) -> bool:
        """Whether somebody has to state it, with evidence."""
        return self.kind != "data"


@cache
def listed() -> tuple[ListedItem, ...]:
    """Return every item in the order of the form."""
    found = []
    for given in lists.items("quality_balance_items"):
        names = tuple(n if "." in n else f"quality_balance.{n}" for n in given["facts"])
        for name in names:
            facts.fact(name)  # an unknown one is a mistake in the list
        found.append(ListedItem(**{**given, "facts": names}))
    return tuple(found)


def item(key: str) -> ListedItem | None:
    """Return an item by key; None where none is called so."""
    return next((one for one in listed() if one.key == key), None)
