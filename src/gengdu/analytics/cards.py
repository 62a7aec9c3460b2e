"""The cards of the indicators: what each counts, in words, and where its SQL is.

An indicator's SQL lists the units it counts, one row each; counting is done around it, so a number
and the records it opens into can never disagree (docs/decisions/0003).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from gengdu.datasets.tables import TABLES
from gengdu.policy import facts, loading
from gengdu.policy.facts import Plan

HERE = Path(__file__).parent
FORMS = ("share", "count", "increase", "growth", "ratio_of_shares", "weighted_share")
_READS = re.compile(r"^-- reads: (.+)$", re.MULTILINE)


class UnknownIndicator(KeyError):
    """No indicator has that name; the message is a Chinese sentence that offers near ones."""

    def __str__(self) -> str:
        return str(self.args[0])


class MalformedCard(ValueError):
    """A card lacks something or says something no engine understands; names the file."""


@dataclass(frozen=True)
class Card:
    """What one indicator means.

    Attributes:
        name: The file's name.
        path: Folder below indicators/, such as workforce/principals.
        form: How counts become a value; see forms.py.
        unit: Unit of the value; a share is 0 to 1.
        unit_kind: What one counted row is: school, staff, pupil, village, …
        unit_zh: The measure word of one row.
        reads: Relations and tables its SQL uses.
        parameters: Constants of this card for a SQL text that several cards share.
        facts: Parameter → fact whose number it takes.
        derived: Parameter → how it follows from a fact or a list.
        parts: Part → its name on screen, for values made of two counts.
        details: Further columns of the SQL → their name on screen.
        compared_with: The fact that states the target; None for a trend indicator.
        sensitivity: open, staff or child: who may see the rows.
        disclosure: none or small_counts.
        rows_fall_due: Each row has its own due day behind it, so one missed decides the period.
        empty: met where nothing to count means the promise holds; else no value.
        missing_zh: What is missing when there is no value.
    """

    name: str
    path: str
    sql: str
    label_zh: str
    measure: int
    form: str
    unit: str
    unit_kind: str
    unit_zh: str
    reads: tuple[str, ...]
    numerator_zh: str
    denominator_zh: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    derived: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    compared_with: str | None = None
    sensitivity: str = "open"
    disclosure: str = "none"
    rows_fall_due: bool = False
    empty: str = "none"
    missing_zh: str = ""


@cache
def every() -> dict[str, Card]:
    """Return every indicator there is by name, in the order of the built-in plan."""
    found = [_card(path) for path in sorted((HERE / "indicators").rglob("*.yaml"))]
    return {card.name: card for card in sorted(found, key=lambda card: (card.measure, card.name))}


@cache
def cards() -> dict[str, Card]:
    """Return the indicators that the plan in force can use by name, in its order.

    One that takes a number from a fact the plan does not state is left out; one whose promise the
    plan does not make is a trend.
    """
    plan = facts.plan()
    if plan is facts.built_in():
        return every()
    found = [_here(card, plan) for card in every().values() if facts_of(card) <= plan.facts.keys()]
    return {card.name: card for card in sorted(found, key=lambda card: (card.measure, card.name))}


def facts_of(card: Card) -> set[str]:
    """Return the facts that an indicator takes numbers from, beside its target."""
    derived = [part for how in card.derived.values() for part in how.values()]
    named = [*card.facts.values(), *(part for part in derived if isinstance(part, str))]
    return {name for name in named if name in facts.built_in().facts}


def _here(card: Card, plan: Plan) -> Card:
    promise = card.compared_with if card.compared_with in plan.facts else None
    place = facts.measure_here(card.measure, [promise] if promise else [])
    return replace(card, measure=place.number, compared_with=promise)


def card(name: str) -> Card:
    """Return one indicator.

    Raises:
        UnknownIndicator: If there is none; the message offers names that look alike.
    """
    if name in cards():
        return cards()[name]
    near = get_close_matches(name, cards(), n=3, cutoff=0.4)
    hint = f"是不是想查：{'、'.join(near)}？" if near else "全部名称见 gengdu indicator --list。"
    raise UnknownIndicator(f"没有名为“{name}”的指标，无法计算。{hint}")


@cache
def by_promise() -> dict[str, Card]:
    """Return the indicator of each promise of the plan in force that has one."""
    return {item.compared_with: item for item in cards().values() if item.compared_with}


@cache
def every_by_promise() -> dict[str, Card]:
    """Return the indicator of each promise that has one, whatever plan is in force."""
    return {item.compared_with: item for item in every().values() if item.compared_with}


@cache
def relation(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the SQL of a shared relation and what it reads."""
    text = (HERE / "relations" / f"{name}.sql").read_text(encoding="utf-8")
    reads = _READS.search(text)
    if reads is None:
        raise MalformedCard(f"relations/{name}.sql lacks its line '-- reads: …'")
    return text, tuple(part.strip() for part in reads[1].split(","))


@cache
def relation_names() -> frozenset[str]:
    """Return the names of all shared relations."""
    return frozenset(path.stem for path in (HERE / "relations").glob("*.sql"))


@cache
def tables_behind(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return every declared table that relations and tables come down to, in order of name."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in TABLES:
            found.add(name)
        elif name in relation_names():
            waiting += relation(name)[1]
    return tuple(sorted(found))


def _card(path: Path) -> Card:
    content = dict(loading.read_yaml(path))
    folder = path.parent.relative_to(HERE / "indicators").as_posix()
    sql_path = HERE / "indicators" / f"{content.pop('sql', f'{folder}/{path.stem}')}.sql"
    try:
        content["reads"] = tuple(content["reads"])
        built = Card(
            name=path.stem, path=folder, sql=sql_path.read_text(encoding="utf-8"), **content
        )
    except (KeyError, TypeError, FileNotFoundError) as error:
        raise MalformedCard(f"{path.name}: {error}") from None
    if built.form not in FORMS:
        raise MalformedCard(f"{path.name}: form is {built.form!r}, expected one of {FORMS}")
    return built
