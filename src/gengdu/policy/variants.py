"""What another province asks for: its own numbers laid over the national ones, a folder for each.

A folder holds files of the form of policy/standards; a fact there takes the place of the national
one of the same name, and may add one of its own. Only what a document states stands in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from gengdu.policy import facts
from gengdu.policy.facts import Fact

HERE = Path(__file__).parent / "variants"


class UnknownVariant(KeyError):
    """No province has the key."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Variant:
    """The numbers of one province.

    Attributes:
        facts: By the whole name, such as universal_preschool.gross_enrolment_share.
    """

    key: str
    label_zh: str
    note_zh: str
    facts: Mapping[str, Fact]

    def fact(self, name: str) -> Fact:
        """Return a fact as the province has it, else the national one."""
        return self.facts.get(name) or facts.fact(name)

    def fact_on(self, name: str, on: date) -> tuple[Fact, Fraction]:
        """Return a fact with its number on a day; the national one before the province's began.

        Raises:
            facts.UnknownFact: If neither has a number on that day.
        """
        own = self.facts.get(name)
        if own is not None and own.values[0].from_on <= on:
            number = own.on(on).value
            if number is not None:
                return own, number
        return facts.fact(name), facts.value(name, on=on)


NATIONAL = Variant("", "国家办法", "", {})
"""No province's numbers: the national ones alone."""


def keys(folder: Path = HERE) -> tuple[str, ...]:
    """Return the key of every province that has a folder."""
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))


@cache
def variant(key: str, folder: Path = HERE) -> Variant:
    """Return the numbers of a province; without a key, the national ones.

    Raises:
        UnknownVariant: If no province has the key.
        loading.MalformedFact: If a file breaks a rule.
    """
    if not key:
        return NATIONAL
    if key not in keys(folder):
        raise UnknownVariant(f"没有名为“{key}”的省份变体，可用：{'、'.join(keys(folder))}。")
    return _read(key, folder / key)


def _read(key: str, folder: Path) -> Variant:
    label, notes = "", []
    found: dict[str, Fact] = {}
    for path in sorted(folder.glob("*.yaml")):
        card, own = facts.read_standard(path)
        label = card["label_zh"]
        notes.append(card.get("note_zh", ""))
        found |= {fact.name: fact for fact in own}
    return Variant(key, label, "；".join(filter(None, notes)), found)
